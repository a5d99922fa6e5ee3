"""Writes the sentence of a time limit in English."""

import re

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event
from functions.views.wording.limits.parts import Mark, Parts, ToldTo

_FILING = "complaint|appeal|objection|dispute|grievance|request|suggestion"
_THE_FILING = re.compile(rf"\bthe ((?:[a-z]+ ){{0,2}}?)({_FILING})\b(?! (?:for|team|manager)\b)")
_FILING_WORD = re.compile(rf"\b(?:{_FILING})\b")
_FILER = re.compile(r"\bthe (?:appellant|complainant)\b")
_OF_FILING = re.compile(rf"\b(?:your|the) (?:[a-z]+ ){{0,2}}?(?:{_FILING})\b(?! for\b)")
_WHERE = re.compile(r", (where [^,;]+)$")
_ELSE = re.compile(r"; (?:else|otherwise)\b.+$")
_INVOLVED = re.compile(r",| (?:what|which|whether|how|until|within|where|who) ")
_MOST_WORDS = 10
"""A longer act, or one with a clause of its own, is set off by a comma from its time."""

_OF: dict[Event, str] = {
    "decision": "the decision or notice",
    "report": "receiving the report",
    "registered": "registration",
    "forwarded": "the day it is passed on",
    "dissatisfied": "the day the answer is called unsatisfactory",
    "answered_again": "the second answer",
    "appealed": "the appeal",
}
"""What follows `within 3 days of`, for the events that do not depend on who must act."""

_FIRST_ACTS = re.compile(r"(?:pass|hand|forward|acknowledge|confirm|register) ", re.IGNORECASE)
"""What is done by whoever has received a filing; others act after the organisation received it."""


def english_act(action: str, reader: ToldTo, is_window: bool = False) -> str:
    """The act as it stands in a sentence to `reader`: a filer's own filing is `your appeal`."""
    same = type(action)
    if is_window:
        return same(_THE_FILING.sub(_indefinite, action))
    if reader == "staff":
        return action
    return same(_FILER.sub("you", _THE_FILING.sub(r"your \1\2", action)))


def event(limit: Limit, action: str, reader: ToldTo) -> str:
    """What follows `within 3 days of`, for a built-in event."""
    start = limit.starts or "received"
    if start == "received":
        first = limit.party == "organisation" and _FIRST_ACTS.match(action)
        return "receiving it" if first and _FILING_WORD.search(action) else "receipt"
    if start == "dissatisfied" and reader == "filer":
        return "the day you say that the answer does not satisfy you"
    if start == "ruling":
        given = "the notice of the decision"
        return f"receiving {given}" if limit.party == "filer" else f"receipt of {given}"
    return _OF.get(start, start)


def english_sentence(parts: Parts, mark: Mark) -> str:
    """The sentence, without its full stop."""
    action, front = parts.action, parts.condition
    same = type(action)
    if found := _WHERE.search(action):
        action = same(action[: found.start()])
        front = f"{found[1]}, {front}" if front else same(found[1])
    elif front:
        front = same("if ") + front
    elif parts.longer:
        front = same("if the time is extended")
    if _OF_FILING.search(front):
        action = same(_OF_FILING.sub("it", action))
    who = mark(_subject(parts.who, front))
    tail = same("")
    if found := _ELSE.search(action):
        action, tail = same(action[: found.start()]), same(found[0])
    pieces = [front, ", "] if front else []
    if parts.bond == "please":
        pieces += [action, _set_off(action, parts.time)]
    elif (parts.bond == "asked" or parts.longer) and parts.until:
        has = "have" if parts.plural else "has"
        # The name of a time zone has commas on both sides.
        stop = "," if "," in parts.until else ""
        pieces += [who, f" {has} ", parts.until, f"{stop} to ", action]
    else:
        bond = "must" if parts.bond == "asked" else parts.bond
        pieces += [who, f" {bond} ", action, _set_off(action, parts.time)]
    return _capital(same("").join([*pieces, parts.after, tail]))


def _set_off(action: str, time: str) -> str:
    if not time:
        return ""
    if " by " in action:
        return f", and {time} at the latest"
    is_long = len(action.split()) > _MOST_WORDS or _INVOLVED.search(action)
    return f", {time}" if is_long else f" {time}"


def _indefinite(found: re.Match[str]) -> str:
    said = found[1] + found[2]
    return ("an " if said[0] in "aeio" else "a ") + said


def _subject(who: str, front: str) -> str:
    """The subject after a condition: without its capital; not named twice."""
    if not front:
        return who
    named = _bare(who).replace("any other ", "another ", 1)
    if named in _bare(front):
        return type(who)("they")
    starts = ("The ", "You", "Any ", "Customer ")
    return type(who)(who[0].lower() + who[1:]) if who.startswith(starts) else who


def _bare(said: str) -> str:
    return said.replace(",", "").lower()


def _capital(said: str) -> str:
    """The sentence with its capital; a subject that is marked as such has one."""
    return said if said.startswith("<") else type(said)(said[:1].upper() + said[1:])

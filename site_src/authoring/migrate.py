"""Moves facts of a policy to the keys that say them better, where the text leaves no doubt.

Everything else in the file stays as it is, byte for byte: comments, quotes and layout.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from site_src.authoring.yaml_edits import Edit, edited, flow_mapping, round_trip
from site_src.bilingual import Bilingual
from site_src.numbers.durations import same_length
from site_src.numbers.grammar import Number
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.edition import Edition
from site_src.policy.folders import POLICY_FILE

_DAYS_OF_WEEK = 7
_KEPT = re.compile("保存|保管|留存|存档|归档|kept|keep|retain", re.IGNORECASE)
_OF_RETENTION = {"id", "value", "unit", "from", "action", "clause", "kind"}
"""The keys of a limit that a length of time can take over."""

_OF_CONTACT = {"id", "type", "name", "value", "hours", "clause"}


@dataclass(frozen=True)
class Move:
    """What moves and why; `made` says whether it could be made without losing a comment."""

    line: int
    words: Bilingual
    made: bool


@dataclass(frozen=True)
class Migration:
    """A policy.yaml as it should be, and what changes in it."""

    file: Path
    text: str
    moves: tuple[Move, ...]


def migration(source: Edition) -> Migration:
    """What would change in the policy's own file; nothing is written."""
    file = source.folder / POLICY_FILE
    text = file.read_text(encoding="utf-8")
    moves: list[Move] = []
    done: set[Bilingual] = set()
    while proposed := next(
        (each for each in _proposed(source, round_trip(text)) if each[1] not in done), None
    ):
        line, words, edit = proposed
        done.add(words)
        changed = edited(text, edit)
        moves.append(Move(line, words, changed is not None))
        text = changed or text
    return Migration(file, text, tuple(moves))


def _proposed(source: Edition, data: CommentedMap) -> Iterator[tuple[int, Bilingual, Edit]]:
    yield from _weeks(source, data)
    yield from _retention(source, data)
    yield from _contacts_of_bodies(data)


def _weeks(source: Edition, data: CommentedMap) -> Iterator[tuple[int, Bilingual, Edit]]:
    """A limit of 14 days where the clause says two weeks."""
    for index, limit in enumerate(data.get("limits") or ()):
        value = limit.get("value")
        if limit.get("unit") != "day" or limit.get("recurring") or not isinstance(value, int):
            continue
        said = _said(source, limit)
        if said and all(number.duration and number.duration.unit == "week" for number in said):
            weeks = value // _DAYS_OF_WEEK
            words = Bilingual(
                f"limits[{index}] ({limit['id']}): {value} day → {weeks} week, as clause "
                f"{limit['clause']} says {said[0].words}",
                f"limits[{index}]（{limit['id']}）：{value} day → {weeks} week，"
                f"条款“{limit['clause']}”写的是“{said[0].words}”",
            )
            yield data["limits"].lc.item(index)[0] + 1, words, _setting(index, weeks)


def _setting(index: int, weeks: int) -> Edit:
    def edit(data: CommentedMap) -> None:
        data["limits"][index]["value"] = weeks
        data["limits"][index]["unit"] = "week"

    return edit


def _retention(source: Edition, data: CommentedMap) -> Iterator[tuple[int, Bilingual, Edit]]:
    """How long records are kept is no limit: nobody waits for its end."""
    limits = data.get("limits") or ()
    named = {limit.get("extends") for limit in limits} | {
        id
        for key in ("reviews", "suspensions")
        for fact in data.get(key) or ()
        for id in fact.get("limits") or ()
    }
    for index, limit in enumerate(limits):
        said = _said(source, limit)
        if (
            not set(limit) <= _OF_RETENTION
            or limit.get("id") in named
            or len(said) != 1
            or limit.get("unit") not in ("month", "year")
            or not _KEPT.search(str(limit.get("action")))
        ):
            continue
        words = Bilingual(
            f"limits[{index}] ({limit['id']}) → durations: {said[0].words} is how long something "
            "is kept",
            f"limits[{index}]（{limit['id']}）→ durations：“{said[0].words}”是保存的时间，不是时限",
        )
        yield data["limits"].lc.item(index)[0] + 1, words, _to_duration(index, said[0].words)


def _to_duration(index: int, says: str) -> Edit:
    def edit(data: CommentedMap) -> None:
        limit = data["limits"].pop(index)
        kind = {"kind": limit["kind"]} if "kind" in limit else {}
        fact = flow_mapping(
            {"says": says, "of": "retention", "text": limit["action"], **kind}
            | {"clause": limit["clause"]}
        )
        if not data.get("durations"):
            data.pop("durations", None)
            data.insert(list(data).index("limits") + 1, "durations", CommentedSeq())
        data["durations"].append(fact)

    return edit


def _contacts_of_bodies(data: CommentedMap) -> Iterator[tuple[int, Bilingual, Edit]]:
    """A number in a clause about a body outside, which nothing else cites, is that body's."""
    channels, reviews = data.get("channels") or (), data.get("reviews") or ()
    conditions = [
        fact.get("when", {}).get("channel")
        for key in ("limits", "steps")
        for fact in data.get(key) or ()
    ]
    for index, channel in enumerate(channels):
        clause = channel.get("clause")
        bodies = [place for place, review in enumerate(reviews) if review.get("clause") == clause]
        if (
            len(bodies) != 1
            or reviews[bodies[0]].get("inside") is not False
            or not set(channel) <= _OF_CONTACT
            or not channel.get("value")
            or channel.get("id") in conditions
            or len(channels) == 1
            or _cited(data, clause) != {"channels", "reviews"}
        ):
            continue
        words = Bilingual(
            f"channels[{index}] ({channel['id']}) → reviews[{bodies[0]}].contacts: clause {clause} "
            "gives it as the contact of that body",
            f"channels[{index}]（{channel['id']}）→ reviews[{bodies[0]}].contacts："
            f"条款“{clause}”写的是该机构的联系方式",
        )
        yield data["channels"].lc.item(index)[0] + 1, words, _to_contact(index, bodies[0])


def _cited(data: CommentedMap, clause: str) -> set[str]:
    """The lists whose facts cite the clause."""
    return {
        key
        for key, facts in data.items()
        if isinstance(facts, list)
        for fact in facts
        if isinstance(fact, dict) and fact.get("clause") == clause
    }


def _to_contact(index: int, body: int) -> Edit:
    def edit(data: CommentedMap) -> None:
        channel = data["channels"].pop(index)
        keys = ("type", "value", "name", "hours")
        contact = flow_mapping({key: channel[key] for key in keys if key in channel})
        review = data["reviews"][body]
        if "contacts" not in review:
            contacts = CommentedSeq()
            contacts.fa.set_flow_style()
            review.insert(list(review).index("clause"), "contacts", contacts)
        review["contacts"].append(contact)

    return edit


def _said(source: Edition, limit: CommentedMap) -> list[Number]:
    """The places where the cited clause says the limit's length."""
    clause = source.clause(str(limit.get("clause")))
    value, unit = limit.get("value"), limit.get("unit")
    if clause is None or not isinstance(value, int) or unit is None:
        return []
    length = same_length(value, unit, bool(limit.get("recurring")))
    numbers = find_numbers(clause.words, grammar_of(source.policy.language))
    return [number for number in numbers if number.duration and number.key == length]

"""Reads from a clause whether its limit is a duty or leaves the act to somebody."""

import re
from collections.abc import Iterator, Mapping

from functions.model.contract.terms import Modal
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.limits.occurrences import Claim, claims
from site_src.check.meaning.rules import cited_clauses
from site_src.check.words.modals import CHINESE_MODALS, ENGLISH_MODALS, ModalWords
from site_src.policy.edition import Edition
from site_src.policy.model.limits import LimitFact

_INSIDE = 2
"""How many characters, such as 内 and 起, may stand between a length and the comma after it."""


def limit_modals(source: Edition) -> Mapping[str, Modal]:
    """What the text says of each limit's act, by the limit's id.

    A limit that is not there binds whoever it is for.
    """
    return dict(_modals(source))


def _modals(source: Edition) -> Iterator[tuple[str, Modal]]:
    words = ENGLISH_MODALS if source.policy.language == "en" else CHINESE_MODALS
    for cited in cited_clauses(source):
        if any(isinstance(placed.fact, LimitFact) for placed in cited.facts):
            for claim in claims(cited):
                modal = _modal(cited, claim, words)
                if modal != "must" or claim.limit.party == "filer":
                    yield claim.limit.id, modal


def _modal(cited: CitedClause, claim: Claim, words: ModalWords) -> Modal:
    limit, action = claim.limit, cited.words(claim.limit.action)
    if limit.party != "filer":
        if limit.extends is not None:
            # What is to be done within the longer time is a duty as before.
            return "may" if cited.lexicon.extends.search(action) else "must"
        said = None if limit.recurring or limit.by else _said(cited, claim, words)
        return "may" if said == "may" else "must"
    remedy, supply = words.remedies.search(action), words.supplies.search(action)
    if remedy and not supply:
        return "may"
    said = _said(cited, claim, words)
    return "unsaid" if said is None or (said == "must" and remedy) else said


def _said(cited: CitedClause, claim: Claim, words: ModalWords) -> Modal | None:
    """The word nearest to the length in its part of the sentence; None if there is none."""
    number = claim.number
    first, last = cited.sentence(number.start, cited.lexicon.part_end)
    part = cited.text[first:last]
    segments = list(parts(part, cited.lexicon.segment_end))
    start, end = number.start - first, number.end - first
    own = max((index for index, (at, _) in enumerate(segments) if at <= start), default=0)
    at, segment = segments[own]
    before, after = segment[: start - at], segment[end - at :]
    found = _last(before, words) or _first(after, words)
    if found is None and len(after.strip()) <= _INSIDE and own + 1 < len(segments):
        found = _first(segments[own + 1][1], words)
    if found is None and own and claim.limit.party == "filer":
        found = _last(segments[own - 1][1], words)
    return found


def _last(text: str, words: ModalWords) -> Modal | None:
    """The last word of a text, unless another act follows it there."""
    found = max(_all(text, words), key=lambda each: each[1].start(), default=None)
    if found is None or words.another_act.search(text, found[1].end()):
        return None
    return _active(text, *found, words)


def _first(text: str, words: ModalWords) -> Modal | None:
    found = min(_all(text, words), key=lambda each: each[1].start(), default=None)
    return _active(text, *found, words) if found else None


def _all(text: str, words: ModalWords) -> Iterator[tuple[Modal, re.Match[str]]]:
    for match in words.may.finditer(text):
        yield "may", match
    for match in words.must.finditer(text):
        yield "must", match


def _active(text: str, modal: Modal, match: re.Match[str], words: ModalWords) -> Modal | None:
    """A duty that something be done names nobody who must do it."""
    return None if modal == "must" and words.passive.match(text, match.end()) else modal

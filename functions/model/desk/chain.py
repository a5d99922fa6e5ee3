"""Chains the acts of a case, so that a change or a gap in its log shows."""

from collections.abc import Iterable
from json import dumps

from functions.model.case import CaseEvent
from functions.model.case_log import is_act
from functions.model.derived_keys import keyed


def link(key: bytes, reference: str, previous: str, event: CaseEvent) -> str:
    """The link of an event to the one before it, whose link is `previous` ("" for the first).

    Keyed with OMBUD_KEY (`key`): who can write to the store alone cannot make one.
    """
    content = [reference, previous, event.at.isoformat(), event.type, event.detail]
    return keyed(key, "chain", dumps(content, ensure_ascii=False))[:32]


def head(events: Iterable[CaseEvent]) -> str:
    """The link of the last act; "" if no act has one."""
    return next((event.link for event in reversed(tuple(events)) if event.link), "")


def first_broken(
    keys: Iterable[bytes], reference: str, events: Iterable[CaseEvent]
) -> CaseEvent | None:
    """The first act that does not follow from those before it; None if the chain is whole.

    A link may have been made under any of the `keys`. Acts of before 0.2.0 have none; after one
    that has a link, an act without one was put in.
    """
    known, previous = tuple(keys), ""
    for event in events:
        if not event.link:
            if previous and is_act(event.type):
                return event
            continue
        if all(link(key, reference, previous, event) != event.link for key in known):
            return event
        previous = event.link
    return None


def is_cut_off(events: Iterable[CaseEvent], kept: str) -> bool:
    """Whether acts are gone from the end: none of the `events` has the link `kept`.

    `kept` is the head in a summary that was read before the events; "" if there is none. It may be
    behind the log, as an act of a filer comes before its summary.
    """
    return bool(kept) and all(event.link != kept for event in events)

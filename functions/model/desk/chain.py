"""Chains the acts of a case, so that a change or a gap in its log shows."""

from collections.abc import Iterable
from json import dumps

from functions.model.case import CaseEvent
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

    A link may have been made under any of the `keys`. An act without a link after one that has a
    link is a gap, too.
    """
    known, previous = tuple(keys), ""
    for event in events:
        if not event.link:
            continue
        if all(link(key, reference, previous, event) != event.link for key in known):
            return event
        previous = event.link
    return None

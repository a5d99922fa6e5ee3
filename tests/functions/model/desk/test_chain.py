"""The chain of the acts of a case: a change or a gap in the log shows."""

from datetime import timedelta

import pytest

from functions.model.case import CaseEvent
from functions.model.case_log import ActDetails, act_event
from functions.model.desk.chain import first_broken, head, is_cut_off, link
from tests.conftest import KEY, MORNING

REFERENCE = "SEC-22222-22222"


def chained(*texts: str) -> tuple[CaseEvent, ...]:
    """Notes of these texts, an hour apart, each linked to the one before it."""
    events: list[CaseEvent] = []
    for hour, text in enumerate(texts):
        event = act_event("note", ActDetails(text=text), MORNING + timedelta(hours=hour))
        previous = head(events)
        events.append(
            event.model_copy(update={"link": link(KEY, REFERENCE, previous, event)}),
        )
    return tuple(events)


def test_whole_chain_has_no_broken_link() -> None:
    """Acts that follow each other under one key are whole; so is no act at all."""
    assert first_broken((KEY,), REFERENCE, chained("a", "b", "c")) is None
    assert first_broken((KEY,), REFERENCE, ()) is None


@pytest.mark.parametrize("index", [0, 1, 2])
def test_changed_words_break_the_chain(index: int) -> None:
    """An act whose words were changed is the first that does not fit."""
    events = list(chained("a", "b", "c"))
    changed = ActDetails(text="x").model_dump_json(exclude_defaults=True)
    events[index] = events[index].model_copy(update={"detail": changed})
    assert first_broken((KEY,), REFERENCE, events) == events[index]


def test_act_that_is_gone_breaks_the_chain() -> None:
    """The act after one that was deleted does not fit."""
    first, _, last = chained("a", "b", "c")
    assert first_broken((KEY,), REFERENCE, (first, last)) == last


def test_act_of_another_case_does_not_fit() -> None:
    """A whole chain that was moved to another case is broken from its first act."""
    events = chained("a", "b")
    assert first_broken((KEY,), "SEC-33333-33333", events) == events[0]


def test_links_of_an_earlier_key_hold() -> None:
    """After a new key the links made under the earlier one still fit."""
    events = chained("a", "b")
    assert first_broken((bytes(32), KEY), REFERENCE, events) is None
    assert first_broken((bytes(32),), REFERENCE, events) == events[0]


def test_events_without_a_link_are_passed_over() -> None:
    """What mails and scans add stands in no chain."""
    first, last = chained("a", "b")
    sent = CaseEvent(at=MORNING, type="mail_sent", detail="update")
    assert first_broken((KEY,), REFERENCE, (first, sent, last)) is None
    assert head((first, last, sent)) == last.link


def test_act_without_a_link_breaks_the_chain() -> None:
    """After a chained act, an act without a link was put in; before the first one it is of 0.1."""
    first, last = chained("a", "b")
    bare = act_event("decision", ActDetails(text="x"), MORNING)
    assert first_broken((KEY,), REFERENCE, (first, bare, last)) == bare
    assert first_broken((KEY,), REFERENCE, (bare, first, last)) is None
    assert first_broken((KEY,), REFERENCE, (bare,)) is None


def test_acts_that_are_gone_from_the_end_show() -> None:
    """The kept head must be in the log; behind the last act it may be, as summaries lag."""
    first, second, last = chained("a", "b", "c")
    assert is_cut_off((first, second), last.link)
    assert is_cut_off((), last.link)
    assert not is_cut_off((first, second, last), last.link)
    assert not is_cut_off((first, second, last), second.link)
    assert not is_cut_off((first, second), "")

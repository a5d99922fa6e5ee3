"""What people do on a case: how it is kept, and where it leaves the case."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from functions.model.case import CaseEvent
from functions.model.case_log import ActDetails, CaseAct, act_event, act_key, case_acts, case_state
from functions.model.contract.terms import FilerAct, StaffAct
from tests.conftest import KEY, MORNING

HOUR = timedelta(hours=1)


def happening(act: FilerAct | StaffAct) -> CaseAct:
    """An act without words."""
    return CaseAct(MORNING, act, ActDetails())


@pytest.mark.parametrize(
    ("acts", "reached"),
    [
        ([], "received"),
        (["information", "message"], "received"),
        (["acknowledged"], "acknowledged"),
        (["acknowledged", "registered", "acknowledged"], "handling"),
        (["done"], "handling"),
        (["decision", "forwarded"], "answered"),
        (["decision", "review_requested"], "review"),
        (["decision", "review_requested", "decision", "closed"], "closed"),
        (["decision", "closed", "review_requested"], "review"),
        (["withdrawn", "decision", "closed"], "withdrawn"),
    ],
)
def test_state_follows_from_events(acts: list[FilerAct | StaffAct], reached: str) -> None:
    """Words change nothing; an answer, a review, an end and a withdrawal do, in this order."""
    assert case_state(map(happening, acts)) == reached


def test_entry_is_read_back_among_other_events() -> None:
    """What people did is found among what became of mails."""
    entry = ActDetails(text="补充\n第二行", happened_on=date(2026, 3, 2), keeps=("reply",))
    sent = CaseEvent(at=MORNING, type="mail_sent", detail="notice")
    events = (sent, act_event("decision", entry, MORNING), sent)
    assert case_acts(events) == (CaseAct(MORNING, "decision", entry),)


def test_same_words_on_another_day_are_another_entry() -> None:
    """A second click is the same entry; the same words the next day are not."""
    entry, day = ActDetails(text="还没有消息吗？"), MORNING.date()
    assert act_key(KEY, "information", entry, day) == act_key(KEY, "information", entry, day)
    keys = {
        act_key(KEY, "information", entry, day),
        act_key(KEY, "information", entry, day + timedelta(days=1)),
        act_key(KEY, "information", ActDetails(text="?"), day),
        act_key(KEY, "message", entry, day),
    }
    assert len(keys) == 4


def test_entry_is_bounded() -> None:
    """No entry is longer than 5000 characters."""
    with pytest.raises(ValidationError):
        ActDetails(text="字" * 5001)

"""What people do on a case: how it is kept, and where it leaves the case."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from functions.model.attachment import Attachment
from functions.model.case import CaseEvent
from functions.model.case_log import (
    ActDetails,
    CaseAct,
    act_event,
    act_key,
    case_acts,
    case_state,
    is_waiting,
    recorded_acts,
    said_satisfaction,
    standing_answer,
    without_words,
)
from functions.model.contract.terms import FilerAct, StaffAct
from functions.model.text import Text
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


def test_entry_that_was_taken_back_counts_for_nothing() -> None:
    """Taking an answer back leaves the case as it was before; the log keeps both entries."""
    registered = act_event("registered", ActDetails(), MORNING)
    answer = act_event("decision", ActDetails(text="不成立"), MORNING + HOUR)
    back = act_event("corrected", ActDetails(text="写错了", corrects=answer.at), MORNING + 2 * HOUR)
    events = (registered, answer, back)
    standing = case_acts(events)
    assert [act.act for act in standing] == ["registered", "corrected"]
    assert case_state(standing) == "handling"
    assert [act.act for act in recorded_acts(events)] == ["registered", "decision", "corrected"]


@pytest.mark.parametrize(
    ("acts", "waiting"),
    [
        (["asked"], True),
        (["asked", "note", "forwarded"], True),
        (["asked", "information"], False),
        (["asked", "decision"], False),
        (["asked", "information", "asked"], True),
        (["asked", "closed"], False),
        ([], False),
    ],
)
def test_case_waits_for_an_answer_of_the_filer(
    acts: list[FilerAct | StaffAct], waiting: bool
) -> None:
    """A question waits until the filer acts or there is nothing left to ask."""
    assert is_waiting(map(happening, acts)) is waiting


def test_filing_that_is_not_accepted_is_answered() -> None:
    """Not to take a filing on is an answer; a later review opens it again."""
    refused, asked = happening("not_accepted"), happening("review_requested")
    assert case_state((refused,)) == "answered"
    assert case_state((refused, asked)) == "review"


KEPT = {"level", "event", "calendar", "to_role", "tells", "keeps", "outcome", "extends", "role"}
"""The details in words that belong to policy or program, not to a person."""


def test_erasing_keeps_no_word_and_no_person() -> None:
    """Every detail that can hold free text, a name, a mark or a file is emptied; dates stay."""
    file = Attachment(id="0" * 32, name="WORDS", type="pdf", size=1, sha256="0" * 64)
    known = {"role": Text({"zh-CN": "客服部"}), "tells": ("sales",), "keeps": ("reply",)}
    known |= {"outcome": "upheld", "files": (file,)}
    typed = {
        name: "WORDS"
        for name, field in ActDetails.model_fields.items()
        if name not in known and "str" in str(field.annotation)
    }
    entry = ActDetails.model_validate(
        known | typed | {"until": date(2026, 3, 2), "corrects": MORNING, "satisfied": False}
    )
    assert set(typed) >= {"text", "remedy", "owner", "person", "mark", "clause", "once", "barred"}
    left = ActDetails.model_validate_json(without_words(act_event("note", entry, MORNING)).detail)
    assert {name for name, value in left if value == "WORDS"} <= KEPT
    assert left.files == ()
    assert (left.until, left.corrects, left.satisfied) == (date(2026, 3, 2), MORNING, False)
    other = CaseEvent(at=MORNING, type="mail_failed", detail="notice: WORDS")
    assert without_words(other).detail == "notice"


def test_same_files_under_new_ids_are_the_same_entry() -> None:
    """A form that is sent twice stores its files twice; another content is another entry."""
    file = Attachment(id="0" * 32, name="a.pdf", type="pdf", size=1, sha256="0" * 64)
    again = file.model_copy(update={"id": "1" * 32})
    other = file.model_copy(update={"sha256": "1" * 64})
    keys = [
        act_key(KEY, "information", ActDetails(text="见附件", files=(each,)), MORNING.date())
        for each in (file, again, other)
    ]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    ("acts", "stands", "said"),
    [
        (["message"], False, False),
        (["decision"], True, False),
        (["decision", "satisfaction", "closed"], True, True),
        (["decision", "satisfaction", "decision"], True, False),
        (["not_accepted", "information"], True, False),
        (["decision", "review_requested"], False, False),
        (["decision", "review_requested", "decision"], True, False),
        (["decision", "withdrawn", "decision"], False, False),
    ],
)
def test_answer_stands_until_its_review(
    acts: list[FilerAct | StaffAct], stands: bool, said: bool
) -> None:
    """What a filer said is about the last answer; a new one has nothing said of it yet."""
    happened = [happening(act) for act in acts]
    assert (standing_answer(happened) is not None) is stands
    assert (said_satisfaction(happened) is not None) is said

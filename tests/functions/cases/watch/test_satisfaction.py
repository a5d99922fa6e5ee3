"""Filers are asked once whether they are satisfied, where the procedure has somebody ask."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from functions.cases.delivery import drain
from functions.cases.watch.watching import watch
from functions.model.mail import TYPE_HEADER
from tests.conftest import MORNING
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.mails.reading import plain

REFERENCE = "QAP-22222-22222"
FILER = "zhang@example.com"


def answered(cases: WatchedCases, organisation: str = "qa-operations", **answers: str) -> None:
    """A complaint that is answered on Monday 2 March 2026 at 10:00."""
    cases.file(organisation, REFERENCE, **({"email": FILER} | answers))
    cases.act(REFERENCE, "decision", text="已处理")


def asked(cases: WatchedCases, days: float) -> list[datetime]:
    """When the filer is asked, with a sweep every half hour for so many days."""
    found: list[datetime] = []
    end = cases.clock.at + timedelta(days=days)
    while cases.clock.at <= end:
        watch(cases.ports)
        drain(cases.ports)
        mails = [each for each in cases.mailbox.messages if each[TYPE_HEADER] == "satisfaction"]
        found += [cases.clock.at] * (len(mails) - len(found))
        assert {str(each["To"]) for each in mails} <= {FILER}
        cases.clock.forward(minutes=30)
    return found


def test_asked_once_a_week_later(watched: WatchedCases) -> None:
    """On the first working morning after seven days; the case says so, and nobody asks again."""
    answered(watched)
    # Monday 9 March at 10:00 is a week later; the office opens next on Tuesday at 8:30.
    assert asked(watched, 60) == [datetime(2026, 3, 10, 0, 30, tzinfo=UTC)]
    types = [event.type for event in watched.ports.store.events(REFERENCE)]
    assert types.count("satisfaction_asked") == 1
    assert watched.ports.lists.due_cases(watched.clock.at, 10) == ()


def test_mail_leads_to_the_case_and_says_nothing_of_it(watched: WatchedCases) -> None:
    """It names the reference and where to look it up, not what was filed or answered."""
    answered(watched)
    watched.clock.at = datetime(2026, 3, 10, 1, tzinfo=UTC)
    watch(watched.ports)
    drain(watched.ports)
    (mail,) = [each for each in watched.mailbox.messages if each[TYPE_HEADER] == "satisfaction"]
    content = plain(mail)
    assert REFERENCE in content
    assert "/track/" in content
    assert not any(word in content for word in ("李四", "说明", "已处理"))
    assert mail["Date"].datetime == watched.clock.at


Do = Callable[[WatchedCases], None]


def close_in_review(cases: WatchedCases) -> None:
    """The filer asks for a review, and the case is closed without another answer."""
    cases.act(REFERENCE, "review_requested", review=0)
    cases.clock.forward(hours=1)
    cases.act(REFERENCE, "closed")


NOT_ASKED: dict[str, Do] = {
    "said it already": lambda cases: cases.act(REFERENCE, "satisfaction", satisfied=True),
    "withdrew": lambda cases: cases.act(REFERENCE, "withdrawn"),
    "has no answer that stands": close_in_review,
}


@pytest.mark.parametrize("why", NOT_ASKED)
def test_not_asked(watched: WatchedCases, why: str) -> None:
    """Who has said it, or wants nothing any more, is not asked."""
    answered(watched)
    watched.clock.forward(days=1)
    NOT_ASKED[why](watched)
    assert asked(watched, 30) == []


@pytest.mark.parametrize("organisation", ["commercial-bank", "accreditation-body"])
def test_procedure_that_asks_nobody(watched: WatchedCases, organisation: str) -> None:
    """Where no clause has anybody ask, nobody does."""
    answered(watched, organisation)
    assert asked(watched, 30) == []


def test_filer_without_a_mailbox(watched: WatchedCases) -> None:
    """Who gave no address cannot be asked by mail, and the case is not due for ever."""
    watched.file("qa-operations", REFERENCE)
    watched.act(REFERENCE, "decision", text="已处理")
    assert asked(watched, 30) == []
    assert watched.ports.lists.due_cases(watched.clock.at, 10) == ()


def test_unanswered_filer_is_not_asked(watched: WatchedCases) -> None:
    """Before there is an answer there is nothing to be satisfied with."""
    assert watched.clock.at == MORNING
    watched.file("qa-operations", REFERENCE, email=FILER)
    assert asked(watched, 30) == []

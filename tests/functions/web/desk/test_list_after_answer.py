"""What must still be done after the answer is in the lists of what is due, each by its own day."""

import pytest

from functions.cases.ports.ports import Ports
from functions.cases.statistics.measured_cases import still_open
from functions.cases.watch.watching import watch
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.appeals import ANSWER, APPEAL
from tests.helpers.desk.handled_case import HandledCase
from tests.helpers.desk.listed_case import lists_with


@pytest.fixture
def upheld(stored: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal that was upheld on Wednesday 11 March 2026: it must be carried out by the 25th."""
    case = HandledCase("accreditation-body", stored, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    office, member = case.staff("office"), case.staff("committee")
    case.does(office, "forwarded", to="committee", keeps__forward="yes")
    case.does(member, "proposed", **ANSWER)
    case.does(case.staff("director"), "approved")
    case.at("2026-03-11 10:00")
    case.does(member, "decision")
    case.does(member, "forwarded", to="office")
    assert (case.state, case.due("carry-out")) == ("answered", "2026-03-26 00:00")
    return case


@pytest.mark.parametrize(
    ("moment", "lists", "when"),
    [
        ("2026-03-12 10:00", ["answered"], "3月25日"),
        ("2026-03-19 10:00", ["soon", "answered"], "3月25日"),
        ("2026-03-25 10:00", ["today", "answered"], "今天"),
        ("2026-05-12 10:00", ["today", "overdue", "answered"], "逾期"),
    ],
)
def test_what_is_left_to_keep_is_listed_by_its_day(
    upheld: HandledCase, moment: str, lists: list[str], when: str
) -> None:
    """It is in the lists of what is due, in none of what has no answer, and says what is late."""
    upheld.at(moment)
    watch(upheld.ports)
    found = lists_with(upheld, upheld.staff("office"))
    assert list(found) == lists
    assert all(when in said and "3月11日答复" in said for said in found.values())
    assert list(still_open("accreditation-body", upheld.ports)) == []


def test_case_of_one_person_is_theirs_until_it_is_done(upheld: HandledCase) -> None:
    """What was handed on by name is among theirs; what is done leaves all lists of what is due."""
    office = upheld.staff("office")
    upheld.does(office, "forwarded", to=f"person.{office.mark}")
    upheld.at("2026-05-12 10:00")
    assert list(lists_with(upheld, office)) == ["today", "overdue", "answered", "mine"]
    upheld.does(office, "done", **{"keeps__carry-out": "yes"})
    assert list(lists_with(upheld, office)) == ["answered"]


def test_closed_case_is_late_for_nobody(upheld: HandledCase) -> None:
    """Once it is closed nothing of it is due."""
    upheld.does(upheld.staff("office"), "closed", text="结束")
    upheld.at("2026-05-12 10:00")
    assert list(lists_with(upheld, upheld.staff("office"))) == ["over"]

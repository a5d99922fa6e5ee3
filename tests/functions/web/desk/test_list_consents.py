"""What waits for somebody's consent is in their lists until they have said what they say."""

import pytest

from functions.cases.desk.access import Person
from functions.cases.ports.ports import Ports
from functions.cases.watch.watching import watch
from functions.model.desk.summary import CONSENT
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.appeals import ANSWER, APPEAL
from tests.helpers.desk.handled_case import HandledCase
from tests.helpers.desk.listed_case import lists_with


@pytest.fixture
def appeal(stored: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal of 2 March 2026 that the committee has; its answers the director approves."""
    case = HandledCase("accreditation-body", stored, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.does(case.staff("office"), "forwarded", to="committee", keeps__forward="yes")
    watch(stored)
    return case


@pytest.fixture
def bank(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A complex complaint of 2 March 2026; the head of the superior consents to more time."""
    case = HandledCase("commercial-bank", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", category="other")
    case.does(case.staff("complaints"), "classified", level="complex")
    return case


def lists(case: HandledCase, person: Person) -> dict[str, bool]:
    """Whether each list that has the case says that the person must approve it."""
    return {name: "待您批准" in said for name, said in lists_with(case, person).items()}


def test_proposed_answer_is_in_the_lists_of_who_approves(appeal: HandledCase) -> None:
    """Until the verdict the director has it among today's and all open cases, as theirs to approve;
    the committee has it as before.
    """
    member, director = appeal.staff("committee"), appeal.staff("director")
    assert lists(appeal, director) == {}
    appeal.at("2026-03-10 10:00")
    appeal.does(member, "proposed", **ANSWER)
    assert lists(appeal, director) == {"today": True, "open": True}
    assert lists(appeal, member) == {"open": False}
    appeal.at("2026-03-10 11:00")
    appeal.does(director, "returned", text="请补充依据")
    assert lists(appeal, director) == {}
    appeal.at("2026-03-10 12:00")
    appeal.does(member, "proposed", **ANSWER)
    assert lists(appeal, director) == {"today": True, "open": True}
    appeal.does(director, "approved")
    assert lists(appeal, director) == {}


def test_own_proposal_is_not_theirs_to_approve(appeal: HandledCase) -> None:
    """A director who has the case and proposes its answer has it among the open ones only."""
    director = appeal.staff("director")
    appeal.does(appeal.staff("committee"), "forwarded", to=f"person.{director.mark}")
    appeal.does(director, "proposed", **ANSWER)
    assert lists(appeal, director) == {"open": False, "mine": False}


def test_proposed_extension_is_in_the_list_of_who_consents(bank: HandledCase) -> None:
    """More time is proposed like an answer, and waits in the same lists."""
    desk, head = bank.staff("complaints"), bank.staff("superior-head")
    assert lists(bank, head) == {}
    bank.does(desk, "proposed", extends="decide-longer", text="需要境外核查")
    assert lists(bank, head) == {"today": True, "open": True}
    bank.does(head, "approved", extends="decide-longer")
    assert lists(bank, head) == {}


def test_withdrawn_filing_waits_for_nobody(appeal: HandledCase) -> None:
    """Once the filer withdraws, the sweep takes the case out of the approver's lists."""
    appeal.does(appeal.staff("committee"), "proposed", **ANSWER)
    appeal.filer("withdrawn", confirm="yes")
    watch(appeal.ports)
    assert lists(appeal, appeal.staff("director")) == {}
    assert appeal.ports.lists.listed("accreditation-body", "director", CONSENT).found == ()

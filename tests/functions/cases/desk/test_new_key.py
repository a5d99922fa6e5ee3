"""A new key changes what stands for people on new entries, and nothing of what they may do."""

from dataclasses import replace

import pytest

from functions.cases.desk.access import Person, may_open
from functions.cases.desk.lists import ListChoice, ListName, list_cases, office_of_desk
from functions.cases.desk.permissions import correctable
from functions.cases.ports.ports import Ports
from tests.conftest import KEY, Mailbox, StoppedClock
from tests.helpers.desk.handled_case import HandledCase

ANSWER = {"text": "依据 2.4，维持原决定。", "outcome": "upheld"}


@pytest.fixture
def appeal(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal that the committee has."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    sent = {"category": "initial", "decision": "认可决定 2026-12", "decided_on": "2026-02-20"}
    case.file("appeal", "2026-03-02 10:00", **sent)
    case.does(case.staff("office"), "forwarded", to="committee")
    return case


def turn_key(case: HandledCase) -> None:
    """Has everything run under a new key from now on; what is stored keeps the marks of before."""
    case.ports = replace(case.ports, key=KEY[::-1], earlier_keys=(KEY,))


def listed(case: HandledCase, person: Person, name: ListName = "open") -> bool:
    """Whether the case stands in a list of the person's."""
    directory = case.ports.contracts.directory(case.organisation)
    assert directory is not None
    office = office_of_desk(directory, case.ports)
    return bool(list_cases(person, ListChoice(name), office, case.ports).found)


def test_recused_person_stays_out(appeal: HandledCase) -> None:
    """Whoever recused themselves under the earlier key neither opens nor lists the case."""
    appeal.does(appeal.staff("committee"), "recused")
    turn_key(appeal)
    recused, other = appeal.staff("committee"), appeal.staff("committee", 1)
    happened = appeal.opened.progress.happened
    assert appeal.case is not None
    assert not may_open(recused, appeal.case, appeal.contract, happened, appeal.ports)
    assert not listed(appeal, recused)
    assert listed(appeal, other)


def test_own_proposal_is_still_their_own(appeal: HandledCase) -> None:
    """Nobody approves what they proposed under the earlier key."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    appeal.does(member, "forwarded", to=f"person.{director.mark}")
    appeal.does(director, "proposed", **ANSWER)
    turn_key(appeal)
    director = appeal.staff("director")
    assert appeal.refuses(director, "approved") == [("act", "not_offered")]


def test_own_entry_can_still_be_taken_back(appeal: HandledCase) -> None:
    """Who takes nothing in corrects their own entry of before, and still no other's."""
    appeal.does(appeal.staff("committee"), "note", text="已阅")
    appeal.does(appeal.staff("office"), "note", text="请留意")
    appeal.does(appeal.staff("committee", 1), "forwarded", to="director")
    turn_key(appeal)
    entries = correctable(appeal.work, appeal.staff("committee"))
    assert [entry.entry.text for entry in entries] == ["已阅"]


def test_case_of_one_person_is_still_theirs(appeal: HandledCase) -> None:
    """A case that was handed on to a person is in their own list, and its note may be added."""
    member, other = appeal.staff("committee"), appeal.staff("committee", 1)
    appeal.does(other, "forwarded", to=f"person.{member.mark}")
    turn_key(appeal)
    member, other = appeal.staff("committee"), appeal.staff("committee", 1)
    assert listed(appeal, member, "mine")
    assert not listed(appeal, other, "mine")
    appeal.does(member, "note", text="已阅")


def test_entered_filing_is_still_open_to_whoever_entered_it(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """The taker of a filing may open it under the new key, though no role of theirs has it."""
    case = HandledCase("car-dealer", ports, clock, mailbox)
    case.at("2026-03-02 11:00")
    case.enter(
        case.staff("sales-manager"),
        "complaint",
        "telephone",
        "2026-03-02 10:00",
        category="finance",
    )
    turn_key(case)
    taker = case.staff("sales-manager")
    assert case.case is not None
    assert not set(case.work.held.roles) & set(taker.member.roles)
    happened = case.opened.progress.happened
    assert may_open(taker, case.case, case.contract, happened, case.ports)

"""What was handed on to somebody who left is listed under their role, and theirs once back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from functions.cases.desk.access import as_person
from functions.cases.desk.lists import ListChoice, ListName, list_cases, office_of_desk
from functions.cases.desk.revocations import restore_access, revoke_access
from functions.cases.ports.ports import Ports
from functions.cases.watch.watching import watch
from functions.model.contract.directory import Directory
from functions.model.contract.terms import StaffAct
from functions.model.desk.staff import mark
from tests.conftest import KEY, Mailbox, StoppedClock
from tests.helpers.desk.appeals import ANSWER, APPEAL
from tests.helpers.desk.handled_case import HandledCase
from tests.helpers.desk.staff_directory import member, with_staff, write_directory

BODY = "accreditation-body"
LEAVING, STAYING = "ai@accreditation.example.com", "bo@accreditation.example.com"
STAFF = (
    member(LEAVING, "艾文", "committee"),
    member(STAYING, "薄云", "committee"),
    member("chi@accreditation.example.com", "池宁", "office"),
    member("du@accreditation.example.com", "杜若", "director"),
)


@pytest.fixture
def appeal(
    stored: Ports, built: Path, tmp_path: Path, clock: StoppedClock, mailbox: Mailbox
) -> HandledCase:
    """An appeal of 2 March 2026 that was handed on to one member of the committee."""
    ports = with_staff(stored, built, tmp_path / "contracts", {BODY: STAFF})
    case = HandledCase(BODY, ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.does(case.staff("office"), "forwarded", to="committee")
    leaving = case.staff("committee")
    case.does(case.staff("committee", 1), "forwarded", to=f"person.{leaving.mark}")
    watch(ports)
    return case


def lists_of(case: HandledCase, address: str, *roles: str) -> set[ListName]:
    """Which lists have the case for somebody with these roles, whether or not they have access."""
    directory = case.ports.contracts.directory(BODY)
    assert directory is not None
    person = as_person(BODY, member(address, "某人", *roles), case.ports)
    office, names = office_of_desk(directory, case.ports), set[ListName]()
    for name in ("open", "answered", "over", "mine"):
        if list_cases(person, ListChoice(name), office, case.ports).found:
            names.add(name)
    return names


def listed(case: HandledCase) -> tuple[set[ListName], set[ListName]]:
    """Which lists have the case under the name of the person who leaves, and for a colleague."""
    return lists_of(case, LEAVING), lists_of(case, STAYING, "committee")


def publish(case: HandledCase, tmp_path: Path, **changes: object) -> None:
    """Deploys a directory of the organisation with these changes."""
    directory = case.ports.contracts.directory(BODY)
    assert directory is not None
    changed = Directory.model_validate(directory.model_dump() | changes)
    write_directory(tmp_path / "contracts", changed)


def test_revoked_person_has_nothing_from_the_next_sweep(appeal: HandledCase) -> None:
    """The case is in the lists of the role and in none of the person's; once back, it is theirs."""
    assert listed(appeal) == ({"open", "mine"}, set())
    revoke_access(BODY, LEAVING, appeal.ports)
    watch(appeal.ports)
    assert listed(appeal) == (set(), {"open"})
    assert restore_access(BODY, LEAVING, appeal.ports)
    watch(appeal.ports)
    assert listed(appeal) == ({"open", "mine"}, set())


def test_last_day_passes(appeal: HandledCase, tmp_path: Path) -> None:
    """On the last day the case is the person's; the first sweep of the next day gives it to the
    role, though nobody touches it.
    """
    staff = (STAFF[0].model_copy(update={"until": date(2026, 3, 10)}), *STAFF[1:])
    publish(appeal, tmp_path, staff=staff)
    appeal.at("2026-03-10 23:59")
    watch(appeal.ports)
    assert listed(appeal) == ({"open", "mine"}, set())
    appeal.at("2026-03-11 00:00")
    watch(appeal.ports)
    assert listed(appeal) == (set(), {"open"})


def test_deploy_that_drops_and_lists_a_person(appeal: HandledCase, tmp_path: Path) -> None:
    """Whoever is in staff.yaml no more has nothing from the next day on, and has it again once they
    are; a deploy that still lists somebody who was revoked gives them nothing.
    """
    publish(appeal, tmp_path, staff=STAFF[1:])
    appeal.at("2026-03-03 00:00")
    watch(appeal.ports)
    assert listed(appeal) == (set(), {"open"})
    publish(appeal, tmp_path, staff=STAFF)
    appeal.at("2026-03-04 00:00")
    watch(appeal.ports)
    assert listed(appeal) == ({"open", "mine"}, set())
    revoke_access(BODY, LEAVING, appeal.ports)
    publish(appeal, tmp_path, staff=STAFF)
    appeal.at("2026-03-05 00:00")
    watch(appeal.ports)
    assert listed(appeal) == (set(), {"open"})


@pytest.mark.parametrize(
    ("act", "theirs", "list_"),
    [("decision", {"answered", "mine"}, "answered"), ("closed", {"over"}, "over")],
)
def test_answered_and_closed_cases_fall_back_too(
    appeal: HandledCase, act: StaffAct, theirs: set[ListName], list_: ListName
) -> None:
    """What the person had is the role's in every list, also under an earlier key."""
    person, director = appeal.staff("committee"), appeal.staff("director")
    appeal.at("2026-03-03 10:00")
    appeal.does(person, "proposed", **ANSWER)
    appeal.does(director, "approved")
    appeal.at("2026-03-03 11:00")
    appeal.does(person, "decision")
    if act == "closed":
        appeal.at("2026-03-03 12:00")
        appeal.does(person, "closed", text="结束")
    assert listed(appeal) == (theirs, set())
    appeal.ports = replace(appeal.ports, key=KEY[::-1], earlier_keys=(KEY,))
    revoke_access(BODY, LEAVING, appeal.ports)
    watch(appeal.ports)
    assert listed(appeal) == (set(), {list_})


def test_walk_goes_on_where_time_ran_out(appeal: HandledCase) -> None:
    """A sweep without time for one organisation leaves it to the next one."""
    revoked = appeal.ports.lists.revoke  # as an earlier release did, which lists nothing anew
    revoked(BODY, mark(KEY, BODY, LEAVING), appeal.clock.at)
    appeal.at("2026-03-03 00:00")
    times = iter([True, False])
    watch(appeal.ports, lambda: next(times, False))
    assert listed(appeal) == ({"open", "mine"}, set())
    watch(appeal.ports)
    assert listed(appeal) == (set(), {"open"})

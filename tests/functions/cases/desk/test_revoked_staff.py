"""Nobody whose access was revoked is told of a case, offered it, or counted on for an act."""

from pathlib import Path

import pytest

from functions.cases.desk.access import Person
from functions.cases.desk.revocations import restore_access, revoke_access
from functions.cases.ports.ports import Ports
from functions.cases.staff.choices import choices_of
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.appeals import APPEAL
from tests.helpers.desk.handled_case import HandledCase
from tests.helpers.desk.staff_directory import member, with_staff

BODY = "accreditation-body"
STAFF = {
    BODY: (
        member("a@accreditation.example.com", "甲", "office"),
        member("b@accreditation.example.com", "乙", "committee"),
        member("c@accreditation.example.com", "丙", "committee"),
        member("d@accreditation.example.com", "丁", "director"),
        member("e@accreditation.example.com", "戊", "director"),
    )
}


@pytest.fixture
def appeal(
    ports: Ports, built: Path, tmp_path: Path, clock: StoppedClock, mailbox: Mailbox
) -> HandledCase:
    """An appeal that the office has registered."""
    staffed = with_staff(ports, built, tmp_path / "staff", STAFF)
    case = HandledCase(BODY, staffed, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.mails()
    return case


def revoke(case: HandledCase, *people: Person) -> None:
    """Ends their access."""
    for person in people:
        revoke_access(BODY, person.member.address, case.ports)


def organisation_mailbox(case: HandledCase) -> str:
    """The organisation's own mailbox."""
    directory = case.ports.contracts.directory(BODY)
    assert directory is not None
    assert "director" not in directory.mailboxes
    return directory.mailbox


def test_notices_go_to_those_who_are_left(appeal: HandledCase) -> None:
    """Who is told as a role: current staff, and the organisation's mailbox once nobody is left."""
    office, first, second = appeal.staff("office"), *(appeal.staff("director", n) for n in (0, 1))
    revoke(appeal, first)
    appeal.does(office, "told", tells__director="yes", text="请知悉")
    assert appeal.mails() == [("concerned", second.member.address)]
    revoke(appeal, second)
    appeal.at("2026-03-02 11:00")
    appeal.does(office, "told", tells__director="yes", text="再次请知悉")
    assert appeal.mails() == [("concerned", organisation_mailbox(appeal))]
    restore_access(BODY, first.member.address, appeal.ports)
    appeal.at("2026-03-02 12:00")
    appeal.does(office, "told", tells__director="yes", text="第三次请知悉")
    assert appeal.mails() == [("concerned", first.member.address)]


def test_notices_of_a_role_that_may_not_know(appeal: HandledCase) -> None:
    """Where all who have a role are kept from the case, the organisation is written to."""
    office, first, second = appeal.staff("office"), *(appeal.staff("director", n) for n in (0, 1))
    for hour, person in ((11, first), (12, second)):
        appeal.at(f"2026-03-02 {hour}:00")
        appeal.does(office, "recused", barred=person.mark, text="有利害关系")
    appeal.mails()
    appeal.does(office, "told", tells__director="yes", text="请知悉")
    assert appeal.mails() == [("concerned", organisation_mailbox(appeal))]


def test_role_of_revoked_staff_has_nobody(appeal: HandledCase) -> None:
    """What only they could do is no longer theirs alone."""
    first, second = (appeal.staff("director", n) for n in (0, 1))
    assert "director" in appeal.work.staff.roles
    revoke(appeal, first)
    assert "director" in appeal.work.staff.roles
    revoke(appeal, second)
    assert appeal.work.staff.roles == {"office", "committee"}


def test_revoked_staff_are_not_offered(appeal: HandledCase) -> None:
    """A sealed link offers no hand-over to them."""
    office, first = appeal.staff("office"), appeal.staff("committee")

    def offered() -> list[str]:
        return [each.label for each in choices_of(appeal.opened, office, appeal.ports).to][-4:]

    assert offered() == ["乙", "丙", "丁", "戊"]
    revoke(appeal, first)
    assert offered()[1:] == ["丙", "丁", "戊"]
    assert "乙" not in offered()


def test_role_whose_others_are_kept_out(appeal: HandledCase) -> None:
    """A role cannot have a case if whoever is left in it is kept from it."""
    office, first, second = appeal.staff("office"), *(appeal.staff("committee", n) for n in (0, 1))
    revoke(appeal, first)
    appeal.does(office, "recused", barred=second.mark, text="有利害关系")
    assert appeal.refuses(office, "forwarded", to="committee") == [("to", "kept_out")]

"""Cases are handed on within their time, with dates, and only one party has them."""

import pytest

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.cases.staff.links import (
    MailboxReader,
    handling_token,
    read_handling_token,
    reader_of,
)
from functions.model.contract.terms import StaffAct
from functions.model.errors import NamesSomebody, TokenInvalid
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.appeals import APPEAL
from tests.helpers.desk.handled_case import HandledCase

CAR = {"category": "sales-product", "plate": "京A12345"}


@pytest.fixture
def dealer(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A complaint about a salesman, on Monday 2 March 2026 at ten."""
    case = HandledCase("car-dealer", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", **CAR)
    case.mailbox.messages.clear()
    return case


@pytest.fixture
def appeal(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal to the accreditation body, on Monday 2 March 2026 at ten."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.mailbox.messages.clear()
    return case


def test_dealer_hands_on_within_thirty_minutes(dealer: HandledCase) -> None:
    """Registered at 10:20, the complaint must be with the manager by 10:50, and is at 10:45."""
    desk = dealer.staff("customer-service")
    assert dealer.next_acts(desk) == ["registered"]
    offer = dealer.offer(desk, "registered")
    assert "四、1.1.2" in [step.clause for step in offer.steps]
    assert [each.milestone.limit.id for each in offer.limits] == ["hand-over"]
    dealer.at("2026-03-02 10:20")
    dealer.does(desk, "registered")
    assert (dealer.due("hand-over"), dealer.done("hand-over")) == (
        "2026-03-02 10:30",
        "2026-03-02 10:20",
    )
    assert dealer.next_acts(desk) == ["classified", "forwarded"]
    offer = dealer.offer(desk, "forwarded")
    assert [each.milestone.limit.id for each in offer.limits] == ["assign"]
    assert [(each.role_id, each.clause) for each in offer.to] == [
        ("general-manager", "三、8"),
        ("leader", "四、1.4"),
    ]
    dealer.at("2026-03-02 10:45")
    dealer.does(desk, "forwarded", to="sales-manager")
    assert (dealer.due("assign"), dealer.done("assign")) == ("2026-03-02 10:50", "2026-03-02 10:45")
    assert (dealer.state, dealer.roles) == ("handling", ("sales-manager",))


def test_assignment_after_thirty_minutes_is_late(dealer: HandledCase) -> None:
    """What staff say happened at 11:05 was fifteen minutes late, though recorded the day after."""
    desk = dealer.staff("customer-service")
    dealer.at("2026-03-02 10:20")
    dealer.does(desk, "registered")
    dealer.at("2026-03-03 09:00")
    sent = {"to": "sales-manager", "keeps__assign": "yes", "happened_on": "2026-03-02"}
    assert dealer.refuses(desk, "forwarded", **sent) == [("happened_at", "time")]
    dealer.does(desk, "forwarded", happened_at="11:05", **sent)
    lateness = dealer.limit("assign").lateness
    assert lateness is not None
    assert (lateness.value, lateness.unit) == (15, "minute")


def test_office_forwards_within_three_days(appeal: HandledCase) -> None:
    """The office hands the appeal to the committee, which is told at once; the filer later."""
    office = appeal.staff("office")
    offer = appeal.offers(office)[0]
    assert (offer.act, offer.is_next) == ("forwarded", True)
    assert [(step.id, step.clause) for step in offer.steps] == [("forward", "2.5")]
    assert [each.milestone.limit.id for each in offer.limits] == ["forward"]
    assert appeal.next_acts(appeal.staff("committee")) == []
    appeal.at("2026-03-04 09:00")
    appeal.does(office, "forwarded", to="committee", keeps__forward="yes")
    assert (appeal.due("forward"), appeal.done("forward")) == (
        "2026-03-06 00:00",
        "2026-03-04 09:00",
    )
    assert appeal.roles == ("committee",)
    committee = [appeal.staff("committee", place).member.address for place in range(3)]
    assert appeal.mails() == sorted(
        [*(("handed_on", address) for address in committee), ("update", "liu@example.com")]
    )
    assert [offer.act for offer in appeal.offers(office)] == ["note", "recused", "corrected"]
    assert appeal.next_acts(appeal.staff("committee")) == ["proposed", "note"]


def test_mail_to_staff_lists_open_limits_only(dealer: HandledCase) -> None:
    """Whoever is handed a case is not told to do what was done within its time."""
    desk, kept = dealer.staff("customer-service"), "把重大投诉交给客服部"

    def told() -> str:
        drain(dealer.ports)
        mails = [mail for mail in dealer.mailbox.messages if "dealer.example" in mail["To"]]
        body = mails[-1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    dealer.does(desk, "forwarded", to="business-manager")
    assert kept in told()
    manager = dealer.staff("business-manager")
    dealer.does(manager, "forwarded", to="sales-manager", **{"keeps__hand-over-major": "yes"})
    assert kept not in told()
    assert "sales@dealer.example.com" in {mail["To"] for mail in dealer.mailbox.messages}


def test_old_link_ends_and_limits_stay(dealer: HandledCase) -> None:
    """The link of who had the case is dead, the new one's works, and no date moves."""
    case, ports = dealer.case, dealer.ports
    assert case is not None

    def reads(mailbox: str) -> object:
        _, sealed = read_handling_token(handling_token(case, mailbox, ports), ports)
        return reader_of(sealed, dealer.opened, ports)

    before = reads("service@dealer.example.com")
    assert isinstance(before, MailboxReader)
    assert before.may_hand_on
    desk = dealer.staff("customer-service")
    assert reads(desk.member.address) == desk
    due = dealer.due("hand-over")
    dealer.at("2026-03-02 10:10")
    dealer.does(desk, "forwarded", to="sales-manager", **{"keeps__hand-over": "yes"})
    for old in ("service@dealer.example.com", desk.member.address):
        with pytest.raises(TokenInvalid):
            reads(old)
    assert isinstance(reads("sales@dealer.example.com"), MailboxReader)
    manager = dealer.staff("sales-manager")
    assert reads(manager.member.address) == manager
    assert dealer.due("hand-over") == due == "2026-03-02 10:30"
    assert ("handed_on", "sales@dealer.example.com") in dealer.mails()


def test_handed_on_to_a_person(dealer: HandledCase) -> None:
    """A person alone has the case, in a role of theirs, and is written to at their address."""
    desk, manager = dealer.staff("customer-service"), dealer.staff("service-manager")
    dealer.does(desk, "forwarded", to=f"person.{manager.mark}")
    held = dealer.work.held
    assert (held.holders, held.roles) == ((manager.mark,), ("service-manager",))
    assert dealer.mails() == [
        ("handed_on", manager.member.address),
        ("update", "liu@example.com"),
    ]
    assert "forwarded" in [offer.act for offer in dealer.offers(manager)]
    dealer.does(manager, "forwarded", to=f"person.{desk.mark}")
    colleague = dealer.staff("customer-service", 1)
    assert "message" not in [offer.act for offer in dealer.offers(colleague)]
    dealer.ports.lists.revoke("car-dealer", desk.mark, dealer.clock.at)
    assert dealer.work.held.holders == ("customer-service",)
    assert "message" in [offer.act for offer in dealer.offers(colleague)]


@pytest.mark.parametrize("to", ["", "nobody", "person.", "person.0123"])
def test_somebody_must_be_chosen(dealer: HandledCase, to: str) -> None:
    """A case goes to a role of the procedure or a current member of staff, else nowhere."""
    desk = dealer.staff("customer-service")
    assert dealer.refuses(desk, "forwarded", to=to) == [("to", "to")]


def test_those_who_must_know_are_told(appeal: HandledCase) -> None:
    """Telling is inside: the role gets a mail and may read from then on, the filer none."""
    office, director = appeal.staff("office"), appeal.staff("director")
    assert appeal.refuses(office, "told") == [("tells", "tells")]
    assert appeal.refuses(office, "told", tells__boss="yes") == [("tells", "tells")]
    appeal.does(office, "told", tells__director="yes", text="请知悉")
    assert appeal.mails() == [("concerned", director.member.address)]
    assert appeal.last.tells == ("director",)
    assert appeal.state == "received"


def test_mailbox_opens_no_case_that_names_somebody(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """Several people may read a mailbox; a person's own link opens it, unless they are named."""
    appeal = HandledCase("accreditation-body", ports, clock, mailbox)
    named, other = appeal.staff("office"), appeal.staff("office", 1)
    appeal.file("appeal", "2026-03-02 10:00", involved=f"办公室{named.member.name}", **APPEAL)
    case = appeal.case
    assert case is not None

    def reads(address: str) -> object:
        _, sealed = read_handling_token(handling_token(case, address, ports), ports)
        return reader_of(sealed, appeal.opened, ports)

    with pytest.raises(NamesSomebody):
        reads("office@accreditation.example.com")
    with pytest.raises(TokenInvalid):
        reads(named.member.address)
    assert reads(other.member.address) == other
    assert appeal.offers(named) == ()
    sent = {"to": f"person.{named.mark}"}
    assert appeal.refuses(other, "forwarded", **sent) == [("to", "kept_out")]


def test_who_has_several_roles_acts_in_the_one_that_has_the_case(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """四、1.1.1 has any member of staff take a filing; 四、1.1.2 has customer service register it.

    Whoever is both registers and hands on as customer service, which has the case; once it has been
    handed on, nobody else must hand it to customer service.
    """
    case = HandledCase("car-dealer", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", category="sales-attitude")
    desk = case.staff("customer-service")
    assert {"customer-service", "staff"} <= set(desk.member.roles)
    done: dict[StaffAct, dict[str, str]] = {
        "acknowledged": {},
        "registered": {},
        "told": {"tells.general-manager": "yes"},
        "note": {"text": "已核对"},
        "forwarded": {"to": "sales-manager"},
    }
    for act, fields in done.items():
        case.does(desk, act, **fields)
        assert case.last.role is not None
        assert case.last.role.words("zh-CN") == "客服部", act
    assert "forwarded" not in case.next_acts(case.staff("sales-manager"))

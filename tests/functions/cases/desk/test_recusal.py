"""Who is part of a matter does not handle it: named, recused, or kept from it by others."""

import pytest

from functions.cases.desk.access import may_open
from functions.cases.desk.acts.consenters import lacks_consenter
from functions.cases.desk.permissions import correctable
from functions.cases.ports.ports import Ports
from functions.cases.staff.links import (
    MailboxReader,
    handling_token,
    read_handling_token,
    reader_of,
)
from functions.model.errors import NamesSomebody, TokenInvalid
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.appeals import APPEAL
from tests.helpers.desk.handled_case import HandledCase


@pytest.fixture
def appeal(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal that the committee has."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.does(case.staff("office"), "forwarded", to="committee")
    case.mails()
    return case


def opens(case: HandledCase, role: str, place: int = 0) -> bool:
    """Whether a member of staff may open the case."""
    assert case.case is not None
    happened = case.opened.progress.happened
    return may_open(case.staff(role, place), case.case, case.contract, happened, case.ports)


def test_recusing_oneself(appeal: HandledCase) -> None:
    """Who says that they have an interest gets nowhere from then on; the filer is not told."""
    member = appeal.staff("committee")
    appeal.does(member, "recused", text="与申诉方有亲属关系")
    assert appeal.mails() == []
    assert appeal.last.barred == member.mark
    assert not opens(appeal, "committee")
    assert opens(appeal, "committee", 1)
    assert appeal.offers(member) == ()
    assert appeal.refuses(member, "message", text="再说") == [("act", "not_offered")]


def test_case_of_a_recused_person_goes_back_to_the_role(appeal: HandledCase) -> None:
    """What was handed on to a person who recuses themselves is with their role again."""
    member, other = appeal.staff("committee"), appeal.staff("committee", 1)
    appeal.does(other, "forwarded", to=f"person.{member.mark}")
    assert appeal.work.held.holders == (member.mark,)
    appeal.mails()
    appeal.does(member, "recused")
    assert appeal.work.held.holders == ("committee",)
    assert appeal.mails() == [
        ("handed_on", appeal.staff("committee", place).member.address) for place in (1, 2)
    ]


def test_those_who_take_in_or_approve_keep_others_away(appeal: HandledCase) -> None:
    """Office and director keep a member from the case; another member cannot."""
    member, other, director = (
        appeal.staff("committee"),
        appeal.staff("committee", 1),
        appeal.staff("director"),
    )
    assert appeal.refuses(other, "recused", barred=member.mark) == [("barred", "barred")]
    assert appeal.refuses(director, "recused", barred="0" * 24) == [("barred", "barred")]
    appeal.does(director, "recused", barred=member.mark, text="参与过原评审")
    assert appeal.refuses(director, "recused", barred=member.mark) == [("barred", "kept_out")]
    assert not opens(appeal, "committee")
    sent = {"to": f"person.{member.mark}"}
    assert appeal.refuses(other, "forwarded", **sent) == [("to", "kept_out")]


def test_role_that_is_kept_out_whole(appeal: HandledCase) -> None:
    """A case is not handed on to a role whose every member is kept from it."""
    director = appeal.staff("director")
    appeal.does(director, "recused")
    member = appeal.staff("committee")
    assert appeal.refuses(member, "forwarded", to="director") == [("to", "kept_out")]


def test_recusal_is_lifted_by_those_who_may_keep_out(appeal: HandledCase) -> None:
    """A colleague who has the case does not lift it; office and director do, and who set it."""
    director, member, other = (
        appeal.staff("director"),
        appeal.staff("committee"),
        appeal.staff("committee", 1),
    )
    appeal.does(director, "recused", barred=member.mark, text="参与过原评审")
    entry = appeal.opened.progress.happened[-1]
    lifting = {"corrects": entry.at.isoformat(), "text": "没有关系"}
    assert entry not in correctable(appeal.work, other)
    appeal.does(other, "note", text="已阅")
    assert appeal.refuses(other, "corrected", **lifting) == [("corrects", "corrects")]
    assert not opens(appeal, "committee")
    assert entry not in correctable(appeal.work, member)
    assert entry in correctable(appeal.work, appeal.staff("office"))
    assert entry in correctable(appeal.work, director)
    appeal.does(appeal.staff("office"), "corrected", **lifting)
    assert opens(appeal, "committee")


def test_recusal_can_be_taken_back(appeal: HandledCase) -> None:
    """An entry that was a mistake is corrected, inside like the entry itself."""
    office, member = appeal.staff("office"), appeal.staff("committee", 2)
    appeal.does(office, "recused", barred=member.mark)
    entry = appeal.opened.progress.happened[-1]
    appeal.does(office, "corrected", corrects=entry.at.isoformat(), text="认错了人")
    assert appeal.last.inside
    assert appeal.mails() == []
    assert opens(appeal, "committee", 2)


CAR = {"category": "sales-product", "plate": "京A12345"}
MANAGER = "manager@dealer.example.com"


@pytest.fixture
def dealer(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A complaint that the sales manager has; the general manager alone consents to answers."""
    case = HandledCase("car-dealer", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", **CAR)
    desk = case.staff("customer-service")
    case.does(desk, "registered")
    case.does(desk, "forwarded", to="sales-manager", keeps__assign="yes")
    case.mails()
    return case


def reads(case: HandledCase, address: str) -> object:
    """Who reads the link that a mail to this address has."""
    assert case.case is not None
    _, sealed = read_handling_token(handling_token(case.case, address, case.ports), case.ports)
    return reader_of(sealed, case.opened, case.ports)


def propose(case: HandledCase) -> None:
    """The sales manager proposes an answer."""
    sent = {"text": "换一台新车。", "outcome": "upheld", "remedy": "换车", "clause": "五、3"}
    case.does(case.staff("sales-manager"), "proposed", **sent)


def test_mailbox_of_a_role_that_is_recused(dealer: HandledCase) -> None:
    """Somebody recused does not open the case by the mailbox of their role; other mailboxes do."""
    propose(dealer)
    assert ("consent_asked", MANAGER) in dealer.mails()
    assert isinstance(reads(dealer, MANAGER), MailboxReader)
    desk, manager = dealer.staff("customer-service"), dealer.staff("general-manager")
    dealer.does(desk, "recused", barred=manager.mark)
    with pytest.raises(NamesSomebody):
        reads(dealer, MANAGER)
    assert isinstance(reads(dealer, "sales@dealer.example.com"), MailboxReader)


def test_proposal_to_which_nobody_can_consent(dealer: HandledCase) -> None:
    """The proposer is told before and after; customer service follows, and hears of it."""
    desk, manager = dealer.staff("customer-service"), dealer.staff("general-manager")
    proposer = dealer.staff("sales-manager")
    assert not lacks_consenter(dealer.work, proposer, dealer.ports)
    dealer.does(desk, "recused", barred=manager.mark)
    assert lacks_consenter(dealer.work, proposer, dealer.ports)
    assert not lacks_consenter(dealer.work, desk, dealer.ports)
    propose(dealer)
    assert lacks_consenter(dealer.work, desk, dealer.ports)
    assert dealer.mails() == [("no_consenter", "service@dealer.example.com")]
    entry = dealer.opened.progress.happened[-2]
    dealer.does(desk, "corrected", corrects=entry.at.isoformat(), text="认错了人")
    assert not lacks_consenter(dealer.work, proposer, dealer.ports)


def test_role_with_a_mailbox_of_which_one_is_recused(appeal: HandledCase) -> None:
    """The others are written to at their own addresses: the mailbox of the role opens nothing."""
    recused, other = appeal.staff("office"), appeal.staff("office", 1)
    appeal.does(other, "recused", barred=recused.mark)
    appeal.does(appeal.staff("committee"), "forwarded", to="office")
    told = [recipient for type_, recipient in appeal.mails() if type_ == "handed_on"]
    assert other.member.address in told
    assert not {recused.member.address, "office@accreditation.example.com"} & {*told}
    with pytest.raises(NamesSomebody):
        reads(appeal, "office@accreditation.example.com")
    with pytest.raises(TokenInvalid):
        reads(appeal, recused.member.address)
    assert reads(appeal, other.member.address) == other

"""Staff enter calls, visits and letters: the same questions, the true time, the channel's time."""

import pytest

from functions.cases.delivery import drain
from functions.cases.desk.enter import EntryRefused, filed_before
from functions.cases.desk.found_by import index_case
from functions.cases.desk.index import refresh
from functions.cases.ports.ports import Ports
from functions.cases.submit import Accepted
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.handled_case import HandledCase

CAR = {"category": "sales-product", "plate": "京A12345"}


@pytest.fixture
def dealer(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """The car dealer, on Monday 2 March 2026 at 10:12."""
    case = HandledCase("car-dealer", ports, clock, mailbox)
    case.at("2026-03-02 10:12")
    return case


@pytest.fixture
def factory(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """The factory, on Monday 2 March 2026 at 10:12."""
    case = HandledCase("factory-staff", ports, clock, mailbox)
    case.at("2026-03-02 10:12")
    return case


def test_call_to_the_dealer(dealer: HandledCase) -> None:
    """A call of 10:00 is with customer service by 10:30, registered, read back and handed on."""
    taker, desk = dealer.staff("parts-supervisor"), dealer.staff("customer-service")
    entered = dealer.enter(taker, "complaint", "telephone", "2026-03-02 10:00", **CAR)
    assert isinstance(entered, Accepted)
    case = entered.case
    assert case.entered is not None
    assert (case.entered.channel, case.entered.person) == ("telephone", taker.member.name)
    assert (case.entered.mark, case.entered.at) == (taker.mark, dealer.clock.at)
    assert f"{dealer.opened.local(case.received_at):%H:%M}" == "10:00"
    assert dealer.due("hand-over") == "2026-03-02 10:30"
    assert dealer.mails() == [
        ("acknowledgement", "liu@example.com"),
        ("notice", "sales@dealer.example.com"),
        ("notice", "service@dealer.example.com"),
    ]
    assert dealer.next_acts(desk) == ["registered", "read_back"]
    assert [step.clause for step in dealer.offer(desk, "read_back").steps] == ["四、1.2"]
    dealer.at("2026-03-02 10:20")
    dealer.does(desk, "registered", **{"keeps__hand-over": "yes"})
    dealer.does(desk, "read_back")
    assert dealer.done("hand-over") == "2026-03-02 10:20"
    assert dealer.next_acts(desk) == ["classified", "forwarded"]
    assert dealer.due("assign") == "2026-03-02 10:50"


def test_filing_by_the_form_is_not_read_back(dealer: HandledCase) -> None:
    """Nobody spoke with who filed on the site, or wrote a letter."""
    dealer.file("complaint", "2026-03-02 10:00", **CAR)
    assert "read_back" not in dealer.next_acts(dealer.staff("customer-service"))


def test_limits_of_its_channel_hold_and_no_other(factory: HandledCase) -> None:
    """Told to a representative: passed on within 24 hours; on the site that limit is not."""
    representative = factory.staff("representative")
    factory.enter(representative, "grievance", "representatives", "2026-03-02 09:00")
    assert factory.due("pass-on") == "2026-03-03 09:00"
    assert factory.roles == ("representative",)
    offer = factory.offer(representative, "forwarded")
    assert [each.milestone.limit.id for each in offer.limits] == ["pass-on"]
    factory.at("2026-03-02 17:00")
    sent = {"to": "supervisor", "tells__supervisor": "yes", "keeps__pass-on": "yes"}
    factory.does(representative, "forwarded", **sent)
    assert (factory.done("pass-on"), factory.due("answer")) == (
        "2026-03-02 17:00",
        "2026-03-10 00:00",
    )
    factory.enter(representative, "grievance", "extension-1", "2026-03-02 09:00")
    limits = [step.milestone.limit.id for step in factory.opened.progress.steps]
    assert "pass-on" not in limits
    assert factory.roles == ("talent",)


def test_it_is_stored_once(dealer: HandledCase) -> None:
    """The form that is sent again gives the same case, and no second mail."""
    desk = dealer.staff("customer-service")
    first = dealer.enter(desk, "complaint", "telephone", "2026-03-02 10:00", **CAR)
    dealer.mails()
    again = dealer.enter(desk, "complaint", "telephone", "2026-03-02 10:00", **CAR)
    assert isinstance(first, Accepted)
    assert again == Accepted(first.case, repeated=True)
    assert dealer.mails() == []


@pytest.mark.parametrize(
    "received",
    ["2026-03-02 10:13", "2025-02-28 10:00", "0206-03-02 10:00", "2026-03-02 ", " 10:00", "x y"],
)
def test_true_time_is_neither_ahead_nor_absurd(dealer: HandledCase, received: str) -> None:
    """When it reached the organisation is not after now and not more than a year ago."""
    desk = dealer.staff("customer-service")
    outcome = dealer.enter(desk, "complaint", "telephone", received, **CAR)
    assert isinstance(outcome, EntryRefused)
    assert [(each.name, each.code) for each in outcome.entry] == [("received_on", "received")]


@pytest.mark.parametrize("channel", ["", "web", "pigeon"])
def test_channel_is_one_of_the_procedure(dealer: HandledCase, channel: str) -> None:
    """What came by the site was filed there; other ways are those that the procedure names."""
    desk = dealer.staff("customer-service")
    outcome = dealer.enter(desk, "complaint", channel, "2026-03-02 10:00", **CAR)
    assert isinstance(outcome, EntryRefused)
    assert [(each.name, each.code) for each in outcome.entry] == [("channel", "channel")]


def test_questions_are_those_of_the_form(dealer: HandledCase) -> None:
    """What the form requires is required here, and everything that is wrong is said at once."""
    desk = dealer.staff("customer-service")
    sent = {"category": "sales-product", "consent": "", "email": "liu@"}
    outcome = dealer.enter(desk, "complaint", "telephone", "x y", **sent)
    assert isinstance(outcome, EntryRefused)
    assert {(each.name, each.code) for each in outcome.answers} == {
        ("consent", "consent"),
        ("email", "not_email"),
    }
    assert len(outcome.entry) == 1


def test_no_address_no_acknowledgement(dealer: HandledCase) -> None:
    """Who gave a telephone number gets no mail; staff do."""
    desk = dealer.staff("customer-service")
    sent = {"email": "", "phone": "400-000-0000"}
    dealer.enter(desk, "complaint", "telephone", "2026-03-02 10:00", **CAR | sent)
    assert {type_ for type_, _ in dealer.mails()} == {"notice"}


def test_mails_are_dated_as_they_are_stored(dealer: HandledCase) -> None:
    """The acknowledgement of a call of last week is of today, and says when the call was."""
    desk = dealer.staff("customer-service")
    dealer.enter(desk, "complaint", "telephone", "2026-02-23 10:00", **CAR)
    drain(dealer.ports)
    dates = {str(message["Date"]) for message in dealer.mailbox.messages}
    assert dates == {"Mon, 02 Mar 2026 02:12:00 +0000"}
    (body,) = [
        message.get_body(("plain",))
        for message in dealer.mailbox.messages
        if message["To"] == "liu@example.com"
    ]
    assert body is not None
    assert "2026年2月23日（星期一）10:00" in body.get_content()


def test_has_filed_before(dealer: HandledCase, factory: HandledCase) -> None:
    """Earlier cases of the same address, number or plate in the same organisation, latest first."""
    found = []
    for hour, more in (
        ("08:00", {"email": "", "phone": "400-000-0000"}),
        ("09:00", {"email": "LIU@example.com"}),
        ("10:00", {"plate": "京A99999", "phone": "400-000-0000"}),
    ):
        dealer.file("complaint", f"2026-03-02 {hour}", **CAR | more)
        assert dealer.case is not None
        found.append(dealer.case)
    factory.file("grievance", "2026-03-02 10:00")
    assert factory.case is not None
    for case in (*found, factory.case):
        index_case(case.reference, dealer.ports)
        assert refresh(case.reference, dealer.ports)
    assert filed_before(found[2], dealer.ports) == (found[1].reference, found[0].reference)
    assert filed_before(factory.case, dealer.ports) == ()

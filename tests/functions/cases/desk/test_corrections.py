"""Staff take entries back; everything derived from them falls back, and nothing is deleted."""

import pytest

from functions.cases.desk.permissions import correctable
from functions.cases.ports.ports import Ports
from functions.model.case_log import recorded_acts
from functions.model.contract.terms import StaffAct
from functions.model.statistics.measure import open_measures
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.appeals import APPEAL
from tests.helpers.desk.handled_case import HandledCase

CAR = {"category": "sales-product", "plate": "京A12345"}


@pytest.fixture
def dealer(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A complaint that customer service has registered and handed on."""
    case = HandledCase("car-dealer", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", **CAR)
    desk = case.staff("customer-service")
    case.at("2026-03-02 10:10")
    case.does(desk, "registered", **{"keeps__hand-over": "yes"})
    case.at("2026-03-02 10:20")
    case.does(desk, "forwarded", to="general-manager", keeps__assign="yes")
    case.mails()
    return case


def entry(case: HandledCase, place: int) -> str:
    """The moment of an entry, as the form names it."""
    return case.opened.progress.happened[place].at.isoformat()


def test_hand_over_is_taken_back(dealer: HandledCase) -> None:
    """The case is with whom it was before, who is told; the limit runs again."""
    desk = dealer.staff("customer-service")
    dealer.does(desk, "corrected", corrects=entry(dealer, 1), text="应当由销售经理处理")
    assert dealer.roles == ("customer-service", "sales-manager")
    assert dealer.limit("assign").done is None
    assert dealer.due("assign") == "2026-03-02 10:40"
    assert dealer.done("hand-over") == "2026-03-02 10:10"
    assert dealer.mails() == [
        ("handed_on", "sales@dealer.example.com"),
        ("handed_on", "service@dealer.example.com"),
    ]
    dealer.at("2026-03-02 11:00")
    assert dealer.mails() == [("update", "liu@example.com")]
    assert dealer.case is not None
    events = dealer.ports.store.events(dealer.case.reference)
    assert [act.act for act in recorded_acts(events)] == ["registered", "forwarded", "corrected"]


def test_state_falls_back(dealer: HandledCase) -> None:
    """Without the entry that brought it, the case is not in its state."""
    desk = dealer.staff("customer-service")
    for place in (1, 0):
        dealer.does(desk, "corrected", corrects=entry(dealer, place), text="误记")
    assert dealer.state == "received"
    assert dealer.due("hand-over") == "2026-03-02 10:30"
    dealer.does(desk, "registered")
    assert dealer.state == "handling"


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-03-02T10:10:00", "2020-01-01T00:00Z"])
def test_only_entries_are_taken_back(dealer: HandledCase, moment: str) -> None:
    """A moment at which nothing was recorded names no entry."""
    desk = dealer.staff("customer-service")
    assert dealer.refuses(desk, "corrected", corrects=moment, text="误记") == [
        ("corrects", "corrects")
    ]


def test_neither_a_filers_act_nor_a_correction(dealer: HandledCase) -> None:
    """What the filer said stays; a correction is not corrected, the entry is made anew."""
    desk = dealer.staff("customer-service")
    dealer.at("2026-03-02 11:00")
    dealer.filer("information", text="补充")
    added = entry(dealer, 2)
    dealer.does(desk, "corrected", corrects=entry(dealer, 0), text="误记")
    for moment in (added, entry(dealer, -1)):
        assert dealer.refuses(desk, "corrected", corrects=moment, text="误记") == [
            ("corrects", "corrects")
        ]


def test_correction_needs_a_reason(dealer: HandledCase) -> None:
    """Why an entry counts for nothing is part of the log."""
    desk = dealer.staff("customer-service")
    assert dealer.refuses(desk, "corrected", corrects=entry(dealer, 0)) == [("text", "words")]


def test_own_entries_only_for_those_who_register_nothing(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """A member of the committee takes their own note back, and not the office's entry."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", category="about-body")
    office, member = case.staff("office"), case.staff("committee")
    case.does(office, "forwarded", to="committee")
    case.does(office, "note", text="请留意")
    case.does(member, "note", text="已阅")
    case.does(office, "corrected", corrects=entry(case, 1), text="误记")
    theirs = entry(case, 1)
    assert case.refuses(office, "corrected", corrects=theirs, text="误记")[0][0] in (
        "act",
        "corrects",
    )
    case.does(member, "corrected", corrects=theirs, text="误记")


def test_only_a_step_lets_take_back_what_others_recorded(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """Who has the case takes back their own entries alone, if no step has them register filings."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    office, member = case.staff("office"), case.staff("committee")
    case.does(office, "note", text="请留意")
    case.does(office, "forwarded", to="committee")
    case.does(member, "note", text="已阅")
    assert [act.entry.text for act in correctable(case.work, member)] == ["已阅"]


@pytest.mark.parametrize("act", ["approved", "returned"])
def test_consent_is_taken_back_by_who_gave_it(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox, act: StaffAct
) -> None:
    """Neither who proposed the answer nor who takes filings in undoes what the director said."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    office, member, director = (case.staff(role) for role in ("office", "committee", "director"))
    case.does(office, "forwarded", to="committee")
    case.does(member, "proposed", text="撤销", outcome="upheld")
    case.does(director, act, text="请看")
    said = case.opened.progress.happened[-1]
    for person in (office, member):
        assert said not in correctable(case.work, person)
    case.does(director, "corrected", corrects=said.at.isoformat(), text="误点")
    assert case.work.proposal is not None
    assert case.work.proposal.is_pending


def test_measures_have_an_owner_and_a_day(dealer: HandledCase) -> None:
    """A measure says what, who and by when; filers are not told of it."""
    leader = dealer.staff("general-manager")
    assert dealer.refuses(leader, "measure") == [
        ("text", "words"),
        ("owner", "owner"),
        ("until", "until"),
    ]
    sent = {"text": "培训交车流程", "owner": "销售部", "until": "2026-04-30"}
    assert dealer.refuses(leader, "measure", **sent | {"until": "2026-02-30"}) == [
        ("until", "until")
    ]
    dealer.does(leader, "measure", **sent)
    assert (dealer.last.owner, str(dealer.last.until)) == ("销售部", "2026-04-30")
    assert dealer.mails() == []


def test_measure_is_carried_out_once(dealer: HandledCase) -> None:
    """Whoever says that a measure was carried out chooses it; owner and day are those it had."""
    leader = dealer.staff("general-manager")
    dealer.does(leader, "measure", text="培训", owner="销售部", until="2026-04-30")
    (noted,) = open_measures(dealer.opened.progress.happened)
    wrong = {"text": "培训了", "carried_out": "2026-01-01T00:00:00+00:00"}
    assert dealer.refuses(leader, "measure", **wrong) == [("carried_out", "corrects")]
    done = {"text": "培训了", "carried_out": noted.at.isoformat()}
    dealer.does(leader, "measure", **done)
    assert (dealer.last.owner, str(dealer.last.until)) == ("销售部", "2026-04-30")
    assert dealer.last.happened_on == dealer.opened.today
    assert open_measures(dealer.opened.progress.happened) == ()
    assert dealer.refuses(leader, "measure", **done) == [("carried_out", "corrects")]

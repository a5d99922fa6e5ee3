"""Filings are accepted in writing, and answers consented to by another person before they go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from functions.cases.desk.approval import Proposal, latest_proposal
from functions.cases.ports.case_store import CaseStore
from functions.cases.ports.ports import Ports
from functions.model.case_log import ActDetails, CaseAct, recorded_acts
from functions.model.contract.terms import StaffAct
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.appeals import ANSWER, APPEAL
from tests.helpers.desk.handled_case import HandledCase

CAR = {"category": "sales-product", "plate": "京A12345"}


@pytest.fixture
def appeal(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal that the office has handed on to the committee."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.at("2026-03-03 10:00")
    case.does(case.staff("office"), "forwarded", to="committee", keeps__forward="yes")
    case.mails()
    return case


@pytest.fixture
def dealer(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A complaint that the sales manager has; the general manager alone consents to answers."""
    case = HandledCase("car-dealer", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", **CAR)
    desk = case.staff("customer-service")
    case.does(desk, "registered")
    case.does(desk, "forwarded", to="sales-manager")
    return case


def test_acceptance_within_five_working_days(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """The certifier says by clause 6.1.2 that it takes the appeal on, by Monday 9 March."""
    case = HandledCase("product-certifier", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **_appeal_of(case))
    case.mails()
    desk = case.staff("customer-service")
    assert case.next_acts(desk)[:2] == ["accepted", "not_accepted"]
    offer = case.offer(desk, "accepted")
    assert [step.clause for step in offer.steps] == ["6.1.2"]
    assert [each.milestone.limit.id for each in offer.limits] == ["accept"]
    case.at("2026-03-06 15:00")
    case.does(desk, "accepted", clause="6.1.2", keeps__accept="yes")
    assert (case.due("accept"), case.done("accept")) == ("2026-03-10 00:00", "2026-03-06 15:00")
    assert (case.state, case.mails()) == ("handling", [("update", "liu@example.com")])
    assert case.next_acts(desk)[0] == "forwarded"


def test_refusal_names_its_ground_and_clause(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """The exam centre tells in writing why it does not take a filing on; that answers it."""
    case = HandledCase("exam-centre", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", **_complaint_of(case))
    centre = case.staff("centre")
    assert case.next_acts(centre) == ["accepted", "not_accepted", "acknowledged"]
    assert case.refuses(centre, "not_accepted") == [("text", "words"), ("clause", "clause")]
    case.does(centre, "not_accepted", text="材料没有签名。", clause="6")
    assert (case.state, case.last.clause) == ("answered", "6")
    assert ("update", "liu@example.com") in case.mails()


def test_director_approves_what_the_committee_proposes(appeal: HandledCase) -> None:
    """Exactly the approved answer is sent, within two months; then the office carries it out."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    assert appeal.next_acts(member) == ["proposed", "note"]
    offer = appeal.offer(member, "proposed")
    assert [each.milestone.limit.id for each in offer.limits] == ["decide"]
    assert appeal.refuses(member, "decision", text="先答复", outcome="upheld") == [
        ("act", "approval")
    ]
    appeal.at("2026-04-01 10:00")
    appeal.does(member, "proposed", keeps__decide="yes", **ANSWER)
    assert appeal.mails() == [("consent_asked", director.member.address)]
    assert (appeal.due("decide"), appeal.done("decide")) == ("2026-05-07 00:00", "2026-04-01 10:00")
    assert appeal.refuses(member, "approved") == [("act", "not_offered")]
    assert appeal.next_acts(member) == ["note"]
    assert appeal.next_acts(director) == ["approved", "returned"]
    assert appeal.refuses(director, "returned") == [("text", "words")]
    appeal.does(director, "approved")
    assert appeal.mails() == [("proposal_approved", member.member.address)]
    assert (appeal.state, appeal.last.clause) == ("handling", "2.5")
    assert appeal.next_acts(member)[0] == "decision"
    for field, value in (("text", "维持"), ("outcome", "settled"), ("remedy", "赔偿")):
        assert appeal.refuses(member, "decision", **{field: value}) == [(field, "changed")]
    appeal.at("2026-04-02 10:00")
    appeal.does(member, "decision", outcome="upheld")
    sent = appeal.last
    assert {name: getattr(sent, name) for name in ANSWER} == ANSWER
    assert (appeal.state, appeal.due("carry-out")) == ("answered", "2026-04-18 00:00")
    assert appeal.next_acts(member) == ["forwarded"]
    appeal.does(member, "forwarded", to="office")
    office = appeal.staff("office")
    assert appeal.next_acts(office) == ["done"]
    appeal.at("2026-04-10 10:00")
    appeal.does(office, "done", **{"keeps__carry-out": "yes"})
    assert appeal.done("carry-out") == "2026-04-10 10:00"


def test_returned_answer_is_proposed_anew(appeal: HandledCase) -> None:
    """What is sent back cannot go out; the next proposal needs consent of its own."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    appeal.does(member, "proposed", **ANSWER)
    appeal.does(director, "returned", text="请写明依据")
    assert appeal.refuses(member, "decision") == [("act", "approval")]
    assert "proposed" in appeal.next_acts(member)
    appeal.does(member, "proposed", **ANSWER | {"text": "依据 2.5，撤销。"})
    appeal.does(director, "approved")
    appeal.does(member, "decision")
    assert appeal.last.text == "依据 2.5，撤销。"


def test_consent_stays_with_what_it_was_given_to(appeal: HandledCase) -> None:
    """If the approved answer is taken back, an earlier proposal is not approved in its place."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    appeal.does(member, "proposed", **ANSWER | {"text": "维持原决定。"})
    appeal.does(member, "proposed", **ANSWER)
    approved = appeal.opened.progress.happened[-1].at
    appeal.does(director, "approved")
    assert appeal.last.proposed_at == approved
    appeal.does(member, "corrected", corrects=approved.isoformat(), text="有误")
    assert appeal.work.proposal is not None
    assert appeal.work.proposal.act.entry.text == "维持原决定。"
    assert appeal.work.proposal.is_pending
    assert appeal.refuses(member, "decision") == [("act", "approval")]
    assert appeal.next_acts(director) == ["approved", "returned"]


def test_what_is_sent_back_sends_no_earlier_proposal_back(appeal: HandledCase) -> None:
    """An approved answer stays approved when a later proposal was sent back and taken back."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    appeal.does(member, "proposed", **ANSWER)
    appeal.does(director, "approved")
    appeal.does(member, "proposed", **ANSWER | {"text": "维持原决定。"})
    later = appeal.opened.progress.happened[-1].at
    appeal.does(director, "returned", text="不妥")
    assert appeal.refuses(member, "decision") == [("act", "approval")]
    appeal.does(member, "corrected", corrects=later.isoformat(), text="有误")
    appeal.does(member, "decision")
    assert appeal.last.text == ANSWER["text"]


@pytest.mark.parametrize("act", ["approved", "returned"])
def test_nobody_consents_to_what_they_have_not_read(appeal: HandledCase, act: StaffAct) -> None:
    """A form that showed another proposal, or none, neither approves nor sends this one back."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    appeal.does(member, "proposed", **ANSWER)
    read = appeal.shown_proposals
    appeal.does(member, "proposed", **ANSWER | {"text": "维持原决定。"})
    for shown in (read, "", "yesterday"):
        sent = {"shown_proposals": shown, "text": "可"}
        assert appeal.refuses(director, act, **sent) == [("act", "overtaken")]
    appeal.does(director, act, text="可")


def test_nobody_sends_an_answer_that_they_have_not_read(appeal: HandledCase) -> None:
    """A form that showed what was approved before does not send what was approved since."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    appeal.does(member, "proposed", **ANSWER)
    appeal.does(director, "approved")
    read = appeal.shown_proposals
    appeal.does(appeal.staff("committee", 1), "proposed", **ANSWER | {"text": "维持原决定。"})
    appeal.does(director, "approved")
    refused = appeal.refuses(member, "decision", shown_proposals=read)
    assert refused == [("act", "overtaken")]
    appeal.does(member, "decision")
    assert appeal.last.text == "维持原决定。"


AT = datetime(2026, 3, 4, 2, tzinfo=UTC)


def _log(*acts: tuple[StaffAct, int | None]) -> tuple[CaseAct, ...]:
    """Acts a minute apart, each with the place of the entry that it takes back, if it does."""
    return tuple(
        CaseAct(
            AT + timedelta(minutes=minute),
            act,
            ActDetails(corrects=None if back is None else AT + timedelta(minutes=back)),
        )
        for minute, (act, back) in enumerate(acts)
    )


@pytest.mark.parametrize(
    ("acts", "place", "verdict"),
    [
        ([("proposed", None), ("proposed", None), ("approved", None)], 1, 2),
        ([("proposed", None), ("proposed", None), ("approved", None), ("corrected", 1)], 0, None),
        ([("proposed", None), ("proposed", None), ("corrected", 1), ("approved", None)], 0, 3),
        ([("proposed", None), ("approved", None), ("corrected", 1)], 0, None),
        ([("proposed", None), ("approved", None), ("proposed", None), ("corrected", 2)], 0, 1),
    ],
)
def test_entry_without_the_moment_is_about_what_was_proposed_last(
    acts: list[tuple[StaffAct, int | None]], place: int, verdict: int | None
) -> None:
    """An entry that does not say to what it consents is about what stood proposed last then."""
    recorded = _log(*acts)
    said = recorded[verdict] if verdict is not None else None
    assert latest_proposal(recorded) == Proposal(recorded[place], said)


def test_closing_goes_round_no_consent(appeal: HandledCase) -> None:
    """Where another must consent to the answer, a case is closed once there is one; then again
    after a review was asked for.
    """
    member, director = appeal.staff("committee"), appeal.staff("director")
    assert appeal.refuses(member, "closed") == [("act", "approval")]
    appeal.does(member, "proposed", **ANSWER)
    assert appeal.refuses(member, "closed") == [("act", "approval")]
    appeal.does(director, "returned", text="请写明依据")
    assert "closed" not in [offer.act for offer in appeal.offers(member)]
    appeal.does(member, "proposed", **ANSWER)
    appeal.does(director, "approved")
    appeal.does(member, "decision")
    appeal.does(member, "closed")
    assert appeal.state == "closed"


def test_what_needs_no_answer_is_closed_without_consent(appeal: HandledCase) -> None:
    """What the filer withdrew, what another body takes over and what was not accepted is closed."""
    member = appeal.staff("committee")
    appeal.does(member, "referred", text="请向监管部门提出。")
    assert "closed" in [offer.act for offer in appeal.offers(member)]
    referred = appeal.opened.progress.happened[-1].at.isoformat()
    appeal.does(member, "corrected", corrects=referred, text="误记")
    assert appeal.refuses(member, "closed") == [("act", "approval")]
    appeal.filer("withdrawn", confirm="yes")
    appeal.does(member, "closed")
    assert appeal.state == "withdrawn"


def test_who_decides_alone_closes_alone(dealer: HandledCase) -> None:
    """The general manager needs nobody's consent; a manager of the dealer needs theirs."""
    manager, leader = dealer.staff("sales-manager"), dealer.staff("general-manager")
    assert dealer.refuses(manager, "closed") == [("act", "approval")]
    dealer.does(manager, "forwarded", to="general-manager")
    dealer.does(leader, "closed")
    assert dealer.state == "closed"


class Overtaken:
    """A store in which somebody else records something just before the first act is added."""

    def __init__(self, store: CaseStore, first: Callable[[], None]) -> None:
        self._store, self._first = store, [first]

    def __getattr__(self, name: str) -> object:
        """Everything else is the store's own."""
        return getattr(self._store, name)

    def add_event(self, *arguments: object) -> object:
        """See CaseStore."""
        while self._first:
            self._first.pop()()
        return self._store.add_event(*arguments)  # type: ignore[arg-type]  # passed on as they are


def test_answer_that_is_overtaken_is_judged_again(appeal: HandledCase) -> None:
    """If a colleague proposes something else at that moment, the approved answer is not sent."""
    member, colleague = appeal.staff("committee"), appeal.staff("committee", 1)
    appeal.does(member, "proposed", **ANSWER)
    appeal.does(appeal.staff("director"), "approved")
    ports = appeal.ports
    store = Overtaken(
        ports.store, lambda: _with(appeal, ports).does(colleague, "proposed", **ANSWER)
    )
    racing = replace(ports, store=cast(CaseStore, store))
    assert _with(appeal, racing).refuses(member, "decision") == [("act", "approval")]
    assert _with(appeal, ports).opened.progress.happened[-1].act == "proposed"


def _with(case: HandledCase, ports: Ports) -> HandledCase:
    """The same case over other ports."""
    other = HandledCase(case.organisation, ports, case.clock, case.mailbox)
    other.case = case.case
    return other


def test_nobody_approves_their_own_proposal(appeal: HandledCase) -> None:
    """Whoever has both roles needs somebody else's consent."""
    member, director = appeal.staff("committee"), appeal.staff("director")
    appeal.does(member, "forwarded", to=f"person.{director.mark}")
    appeal.does(director, "proposed", **ANSWER)
    assert appeal.refuses(director, "approved") == [("act", "not_offered")]


def test_filer_sees_nothing_of_the_approval(appeal: HandledCase) -> None:
    """Proposal and consent are inside: no mail to the filer, and no line on their page."""
    appeal.does(appeal.staff("committee"), "proposed", **ANSWER)
    appeal.does(appeal.staff("director"), "approved")
    assert [type_ for type_, _ in appeal.mails()] == ["consent_asked", "proposal_approved"]
    assert [act.is_inside for act in appeal.opened.progress.happened] == [False, True, True]


def test_general_manager_decides_at_the_dealer(dealer: HandledCase) -> None:
    """By 三、8 a manager's plan is the general manager's to decide; the manager then answers."""
    manager, leader = dealer.staff("sales-manager"), dealer.staff("general-manager")
    answer = {"text": "退还定金。", "outcome": "upheld"}
    assert dealer.refuses(manager, "decision", **answer) == [("act", "approval")]
    assert "proposed" in dealer.next_acts(manager)
    dealer.does(manager, "proposed", **answer)
    assert dealer.next_acts(leader) == ["approved", "returned"]
    dealer.does(leader, "approved")
    assert "decision" in dealer.next_acts(manager)
    dealer.does(manager, "decision")
    assert (dealer.state, dealer.last.text) == ("answered", "退还定金。")


def test_marketing_vice_president_approves_the_reply(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """Clause 4.5 of the manufacturer: the reply is proposed, approved, and sent by the salesman."""
    case = HandledCase("manufacturer", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", **_complaint_of(case))
    sales, vice = case.staff("salesperson"), case.staff("marketing-vice-president")
    case.does(sales, "registered")
    case.at("2026-03-03 16:00")
    assert case.next_acts(sales) == ["forwarded"]
    case.does(sales, "done", keeps__visit="yes")
    assert (case.due("visit"), case.done("visit")) == ("2026-03-05 00:00", "2026-03-03 16:00")
    case.does(sales, "proposed", text="换货。", outcome="upheld")
    case.does(vice, "approved")
    assert case.offer(vice, "note").is_next is False
    case.does(sales, "decision")
    assert case.state == "answered"


def test_answer_needs_an_outcome_where_the_form_asks(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """A form that asks what is decided wants an answer to it; one of before the desk does not."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", category="about-body")
    office = case.staff("office")
    for outcome in ("", "won"):
        assert case.refuses(office, "decision", text="已处理", outcome=outcome) == [
            ("outcome", "outcome")
        ]
    case.does(office, "decision", text="已处理")
    assert case.state == "answered"


def test_nothing_is_recorded_silently_after_closing(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """A closed case takes notes and corrections; a message or a registration is refused."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", category="about-body")
    office = case.staff("office")
    case.does(office, "decision", text="已处理")
    case.does(office, "closed")
    for act in ("message", "registered", "decision", "forwarded"):
        assert case.refuses(office, act, text="再说一句") == [("act", "over")]
    assert {offer.act for offer in case.offers(office)} == {"note", "corrected"}
    case.does(office, "note", text="留档")
    closing = case.opened.progress.happened[-2]
    case.does(office, "corrected", corrects=closing.at.isoformat(), text="还有一事未办")
    assert case.state == "answered"
    case.does(office, "message", text="另有答复")


def test_form_that_is_sent_twice_is_recorded_once(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """The same `once` is the same act, also where it could not be recorded a second time."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", category="about-body")
    office = case.staff("office")
    case.does(office, "closed", once="a1")
    assert case.repeats(office, "closed", once="a1")
    case.at("2026-03-03 10:00")
    assert case.repeats(office, "closed", once="a1")
    assert case.case is not None
    assert len(recorded_acts(ports.store.events(case.case.reference))) == 1


def _complaint_of(case: HandledCase) -> dict[str, str]:
    """What the organisation's form asks besides."""
    return _required(case, "complaint")


def _appeal_of(case: HandledCase) -> dict[str, str]:
    return _required(case, "appeal")


def _required(case: HandledCase, kind: str) -> dict[str, str]:
    fields = next(found.fields for id_, found in case.contract.kinds.items() if id_ == kind)
    answers = {"signature": "刘方", "decision": "决定 7", "decided_on": "2026-02-27"}
    found = {}
    for field in fields:
        if field.required and field.name not in ("account", "name", "consent"):
            value = answers.get(field.name, "说明")
            found[field.name] = field.choices[0].value if field.choices else value
    return {name: value for name, value in found.items() if name != "email"}


def test_answer_keeps_no_limit_of_a_review_to_come(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """Before anybody asks for a review, its limits are not among those that an answer keeps."""
    handled = HandledCase("commercial-bank", ports, clock, mailbox)
    handled.file("complaint", "2026-03-02 10:00", category="other")
    answer = handled.offer(handled.staff("complaints"), "decision")
    kept = {step.milestone.limit.id for step in answer.limits}
    reviewing = {
        step.milestone.limit.id
        for step in handled.opened.progress.steps
        if step.milestone.limit.in_review
    }
    assert reviewing
    assert kept
    assert kept.isdisjoint(reviewing)

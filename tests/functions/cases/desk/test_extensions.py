"""Time limits are made longer only by a clause, for a reason, with the consent that it wants."""

from pathlib import Path

import pytest

from functions.cases.ports.ports import Ports
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.handled_case import HandledCase
from tests.helpers.desk.staff_directory import member, with_staff


@pytest.fixture
def bank(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A complex complaint to the bank of Monday 2 March 2026: to be decided within thirty days."""
    case = HandledCase("commercial-bank", ports, clock, mailbox)
    kind = case.contract.kinds["complaint"]
    fields = {field.name: field for field in kind.fields}
    category = next(
        choice.value for choice in fields["category"].choices if choice.value != "urgent-loss"
    )
    case.file("complaint", "2026-03-02 10:00", category=category)
    case.does(case.staff("complaints"), "classified", level="complex")
    case.mails()
    return case


@pytest.fixture
def request_(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A data protection request of Monday 2 March 2026: to be answered within a month."""
    case = HandledCase("data-service", ports, clock, mailbox)
    case.file("request", "2026-03-02 10:00")
    case.mails()
    return case


def test_superior_approves_an_extension(bank: HandledCase) -> None:
    """By Article 11 the head of the superior consents first; the filer reads the new last day."""
    desk, head = bank.staff("complaints"), bank.staff("superior-head")
    assert bank.due("decide-complex") == "2026-04-02 00:00"
    sent = {"extends": "decide-longer", "text": "需要境外核查"}
    assert bank.refuses(desk, "extended", **sent) == [("extends", "approval")]
    assert bank.refuses(desk, "proposed", extends="decide-complex", text="难") == [
        ("extends", "extends")
    ]
    bank.does(desk, "proposed", **sent)
    assert bank.mails() == [("consent_asked", head.member.address)]
    assert bank.next_acts(head) == []
    assert bank.refuses(desk, "extended", **sent) == [("extends", "approval")]
    bank.does(head, "approved", extends="decide-longer")
    assert (bank.last.extends, bank.last.clause) == ("decide-longer", "第十一条")
    bank.at("2026-03-20 10:00")
    bank.mails()
    assert bank.refuses(desk, "extended", extends="decide-longer") == [("text", "words")]
    bank.does(desk, "extended", **sent)
    assert bank.mails() == [("update", "liu@example.com")]
    assert bank.last.until is not None
    assert bank.last.until.isoformat() == "2026-05-06"
    assert bank.limit("decide-complex").settled
    bank.at("2026-05-07 09:00")
    assert bank.limit("decide-longer").overdue
    assert not bank.limit("decide-complex").overdue


def test_head_who_handles_it_needs_nobody(bank: HandledCase) -> None:
    """Whose consent it wants may record the extension, once the case is with them."""
    desk, head = bank.staff("complaints"), bank.staff("superior-head")
    bank.does(desk, "forwarded", to="superior-head")
    bank.does(head, "extended", text="需要境外核查")
    assert bank.last.extends == "decide-longer"


def test_nobody_consents_to_what_binds_themselves(
    bank: HandledCase, ports: Ports, built: Path, tmp_path: Path
) -> None:
    """Whoever handles the case and has the consenting role, too, waits for another who has it."""
    both = member("zuo@bank.example.com", "左", "complaints", "superior-head")
    other = member("you@bank.example.com", "右", "superior-head")
    bank.ports = with_staff(ports, built, tmp_path / "c", {"commercial-bank": (both, other)})
    desk, head = bank.staff("complaints"), bank.staff("superior-head", 1)
    sent = {"extends": "decide-longer", "text": "需要境外核查"}
    assert bank.refuses(desk, "extended", **sent) == [("extends", "approval")]
    bank.does(desk, "proposed", **sent)
    assert bank.refuses(desk, "approved", extends="decide-longer") == [("act", "not_offered")]
    bank.does(head, "approved", extends="decide-longer")
    bank.does(desk, "extended", **sent)
    assert bank.last.extends == "decide-longer"


def test_extension_comes_before_the_end(bank: HandledCase) -> None:
    """What has ended is not made longer, and nothing is made longer twice."""
    desk, head = bank.staff("complaints"), bank.staff("superior-head")
    bank.does(desk, "proposed", extends="decide-longer", text="难")
    bank.does(head, "approved")
    bank.at("2026-04-02 09:00")
    assert bank.limit("decide-complex").overdue
    assert bank.refuses(desk, "extended", text="难") == [("act", "not_offered")]


def test_data_service_extends_with_reasons(request_: HandledCase) -> None:
    """By clause 5.2 the officer extends by two months and tells the person within the first."""
    officer = request_.staff("protection-officer")
    offer = request_.offer(officer, "extended")
    assert [step.clause for step in offer.steps] == ["5.2"]
    assert [each.milestone.limit.id for each in offer.limits] == ["tell-extension"]
    assert request_.refuses(officer, "extended") == [("text", "words")]
    request_.at("2026-03-30 10:00")
    sent = {"text": "The request is complex.", "keeps__tell-extension": "yes"}
    request_.does(officer, "extended", **sent)
    assert request_.mails() == [("update", "liu@example.com")]
    assert request_.last.until is not None
    assert request_.last.until.isoformat() == "2026-06-02"
    assert request_.done("tell-extension") == "2026-03-30 10:00"
    assert request_.limit("answer-request").settled
    request_.at("2026-04-03 10:00")
    assert not request_.opened.progress.overdue
    assert request_.refuses(officer, "extended", text="Again.") == [("act", "not_offered")]


def test_question_stops_the_clock_by_its_clause_only(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """At the data service a question stops the answer's clock by 3.4; no other event does."""
    case = HandledCase("data-service", ports, clock, mailbox)
    case.file("complaint", "2026-03-02 10:00", relation="customer", category="other")
    case.mails()
    support = case.staff("support")
    assert case.refuses(support, "asked", event="asked") == [("text", "words")]
    assert case.refuses(support, "asked", text="Which page?", event="closing") == [
        ("event", "event")
    ]
    case.at("2026-03-03 10:00")
    case.does(support, "asked", text="Which page?", event="asked")
    assert case.limit("answer").milestone.stopped is not None
    assert case.due("reply") == "2026-03-18 00:00"
    assert case.mails() == [("update", "liu@example.com")]
    case.at("2026-03-05 10:00")
    case.filer("information", text="The first one.")
    assert case.next_acts(support)[0] == "event"
    case.does(support, "event", event="replied")
    assert case.due("answer") == "2026-03-12 00:00"


def test_question_where_no_clause_stops_a_clock(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """Elsewhere the filer is asked, and every limit goes on."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file(
        "appeal",
        "2026-03-02 10:00",
        category="initial",
        decision="认可决定 2026-12",
        decided_on="2026-02-20",
    )
    due = case.due("forward")
    case.does(case.staff("office"), "asked", text="请补充第二份材料")
    assert (case.due("forward"), case.last.event) == (due, None)

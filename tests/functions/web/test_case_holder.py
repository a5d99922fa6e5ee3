"""Who has the case now, and the latest day of an answer: always on top, in the policy's words."""

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.model.contract.directory import Directory
from functions.model.desk.staff import StaffMember, mark
from tests.conftest import KEY, Mailbox, StoppedClock
from tests.helpers.desk.filer import STATUS, Filer
from tests.helpers.desk.staff_acts import staff_act
from tests.helpers.filings import APPEAL, COMPLAINT

HOUSING = {"account": "The lift is out of order.", "name": "Ann Other", "email": "ann@example.com"}


def with_staff(
    ports: Ports, organisation: str, *staff: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Has the organisation's directory name these people."""
    directory = ports.contracts.directory(organisation)
    assert directory is not None
    known: Directory = directory.model_copy(update={"staff": staff})
    monkeypatch.setattr(ports.contracts, "directory", lambda _: known)


@pytest.fixture
def filer(client: TestClient, ports: Ports, mailbox: Mailbox) -> Filer:
    """Somebody who complained about a car."""
    made = Filer(client, ports, mailbox)
    made.file("housing-association/complaint", HOUSING | {"language": "en"})
    return made


def rows(filer: Filer, **fields: str) -> str:
    """The sentences on top of the page, with the state first."""
    page = filer.page(**fields)
    start = page.index('<p class="standing">')
    assert start < page.index('<ol class="case">')
    said = page[start : page.index('<section class="can', start)]
    return re.sub(r'<span class="date">(.*?)</span>', r"\1", said)


def test_it_stands_on_top_from_the_first_moment(filer: Filer) -> None:
    """The role that receives, since receipt; and by when there is an answer at the latest."""
    said = rows(filer, language="en")
    assert "The complaints team has had your complaint since Monday 2 March 2026.</p>" in said
    assert "You must have an answer by the end of Monday 23 March 2026, United Kingdom" in said
    assert filer.json(language="en")["holder"] == {
        "roles": ["Complaints team"],
        "since": "2026-03-02T02:00:00+00:00",
    }


def test_role_that_it_was_handed_on_to(filer: Filer, clock: StoppedClock) -> None:
    """In the words of the reader's language, with the day of the hand-over, and on the timeline."""
    clock.forward(days=2)
    staff_act(filer.ports, filer.reference, "forwarded", to_role="manager", person="Bo Smith")
    said = "Your complaint has been with the manager since Wednesday 4 March 2026."
    assert said in rows(filer, language="en")
    assert "您的投诉自2026年3月4日（星期三）起由经理办理。" in rows(filer, language="zh-CN")
    assert "To: Manager." in filer.page(language="en")
    assert filer.json(language="en")["messages"][0]["to"] == "Manager"
    assert "Bo Smith" not in filer.page()
    assert "Bo Smith" not in str(filer.json())


def test_person_is_told_by_their_role(
    filer: Filer, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one person handed on to another is with a role; no page or program learns a name."""
    person = StaffMember(
        address="bo@housing.example.com", name="Bo Smith", roles=("manager", "complaints-team")
    )
    with_staff(filer.ports, "housing-association", person, monkeypatch=monkeypatch)
    sign = mark(KEY, "housing-association", person.address)
    clock.forward(days=1)
    staff_act(filer.ports, filer.reference, "forwarded", to_person=sign)
    assert "with the complaints team since Tuesday 3 March 2026." in rows(filer, language="en")
    assert "To another person of the organisation." in filer.page(language="en")
    clock.forward(days=1)
    staff_act(filer.ports, filer.reference, "forwarded", to_role="manager", to_person=sign)
    assert "with the manager since Wednesday 4 March 2026." in rows(filer, language="en")
    everything = filer.page() + str(filer.json())
    for secret in ("Bo Smith", "bo@housing", sign):
        assert secret not in everything


def test_nobody_has_what_is_over(filer: Filer) -> None:
    """After a withdrawal or the end nobody has it; the latest answer goes with the answer."""
    staff_act(filer.ports, filer.reference, "decision", text="You are right.")
    said = rows(filer, language="en")
    assert "The organisation answered your complaint on Monday 2 March 2026." in said
    assert "with the complaints team since" in said
    assert "must have an answer" not in said
    filer.act("withdraw", confirm="yes")
    said = rows(filer, language="en")
    assert "You withdrew your complaint on Monday 2 March 2026." in said
    assert "omplaints team" not in said


def test_review_has_a_latest_day_of_its_own(filer: Filer, clock: StoppedClock) -> None:
    """Once it is asked for, the limits of the review say by when it must be decided."""
    staff_act(filer.ports, filer.reference, "decision", text="You are right.")
    clock.forward(days=1)
    filer.act("review", review="0")
    answer: dict[str, Any] = filer.json()["latest_answer"]
    assert answer["certain"]["last_day"] == "2026-04-09"  # acknowledged on the last day, 10 March
    clock.forward(days=1)
    staff_act(filer.ports, filer.reference, "acknowledged")
    answer = filer.json()["latest_answer"]
    assert answer["certain"]["last_day"] == "2026-04-01"
    assert answer["certain"]["clause"] == "4.3"
    assert "by the end of Wednesday 1 April 2026" in rows(filer, language="en")


def test_receipt_and_mails_say_it(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """Receipt and acknowledgement name who has it first; later mails who has it when they go."""
    answer = client.post(
        "/cases/housing-association/complaint",
        data=HOUSING | {"language": "en"},
        follow_redirects=False,
    )
    link = answer.headers["location"]
    receipt = unescape(client.get(link).text)
    assert "The complaints team has had your complaint since Monday" in receipt
    text = client.get(link.replace("receipt?", "receipt.txt?")).text
    assert text.count("Goes to: Complaints team") == 1
    filer = Filer(client, ports, mailbox)
    reference = link.partition("token=")[2].partition(".")[0]
    clock.forward(hours=1)
    staff_act(ports, reference, "forwarded", to_role="manager")
    # Both were owed at once, and a store hands owed mails over in any order.
    update, first = sorted(filer.mails(HOUSING["email"]), key=lambda mail: "Access code" in mail)
    assert "Who has it now: Complaints team\n" in first
    assert "Who has it now: Manager, since Monday 2 March 2026" in update
    assert "Latest answer: By the end of Monday 23 March 2026" in update


def test_question_to_the_filer_stands_on_top(filer: Filer, clock: StoppedClock) -> None:
    """Until it is answered, the page leads to where it can be."""
    asked = "The organisation has asked you something."
    clock.forward(minutes=5)
    hidden = f'<p class="notice" hidden><strong>{asked}'
    assert hidden in filer.page(language="en")
    staff_act(filer.ports, filer.reference, "asked", text="Since when?")
    assert f'<p class="notice"><strong>{asked}' in filer.page(language="en")
    assert '<a href="#information-title">Please answer below</a></p></li>' in filer.page(
        language="en"
    )
    assert filer.json()["asked"] is True
    clock.forward(minutes=5)
    filer.act("information", text="Since February.")
    assert hidden in filer.page(language="en")
    assert filer.json()["asked"] is False


def test_contract_without_procedure_says_the_route(
    client: TestClient, ports: Ports, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case of before 0.2.0 is with the roles of its routes, as its mails always said."""
    filer = Filer(client, ports, mailbox)
    filer.file("accreditation-body/appeal", APPEAL)
    case = ports.store.case(filer.reference)
    assert case is not None
    contract = ports.contracts.contract(case.contract)
    kind = contract.kinds["appeal"]
    routes = tuple(route.model_copy(update={"role_id": None}) for route in kind.routes)
    old = contract.model_copy(
        update={
            "procedure": None,
            "kinds": contract.kinds | {"appeal": kind.model_copy(update={"routes": routes})},
        }
    )
    monkeypatch.setattr(ports.contracts, "contract", lambda _: old)
    roles = [role.words("zh-CN") for role in open_case(case, ports).holder.roles]
    assert roles == ["办公室"]


def test_time_to_answer_counts_for_a_complaint_without_limits(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Where the procedure sets no time, page, program and mail say so and invent no day."""
    filer = Filer(client, ports, mailbox)
    filer.file("qa-operations/complaint", COMPLAINT | {"category": "product-quality"})
    assert "<p>程序没有规定答复的期限。</p>" in rows(filer)
    assert filer.json()["latest_answer"] == {"certain": None, "possible": None}
    answer = client.post(STATUS, json=filer.pair)
    assert answer.status_code == 200

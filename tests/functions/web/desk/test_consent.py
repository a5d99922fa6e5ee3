"""Whoever consents by a form, at the desk or by a link of their own, has read what it is about."""

import re

import pytest
from starlette.testclient import TestClient

from functions.cases.desk.access import DESK, Person
from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from functions.cases.staff.links import handling_token
from functions.web.app import create_app
from functions.web.desk.app import create_desk
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.functions.web.desk.test_case_acts import filled
from tests.helpers.desk.appeals import ANSWER, APPEAL
from tests.helpers.desk.handled_case import HandledCase

OTHER = ANSWER | {"text": "维持原决定。"}
CHANGED = "报批的内容有变动"
NOBODY = "现在没有人可以批准"


@pytest.fixture
def appeal(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal with an answer that the committee has proposed."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.does(case.staff("office"), "forwarded", to="committee")
    case.does(case.staff("committee"), "proposed", **ANSWER)
    return case


def test_form_of_the_desk_consents_to_what_it_shows(appeal: HandledCase, ports: Ports) -> None:
    """If something else was proposed meanwhile: 422 with the new text, which can be approved."""
    assert appeal.case is not None
    desk = _logged_in(appeal.staff("director"), ports)
    address = f"{DESK}/{appeal.case.reference}/approved"
    opened = desk.get(address).text
    assert ANSWER["text"] in opened
    appeal.does(appeal.staff("committee", 1), "proposed", **OTHER)
    refused = desk.post(address, data=filled(opened))
    assert refused.status_code == 422
    assert CHANGED in refused.text
    assert OTHER["text"] in refused.text
    assert appeal.work.proposal is not None
    assert appeal.work.proposal.is_pending
    assert desk.post(address, data=filled(refused.text)).status_code == 303
    assert appeal.work.proposal.is_approved
    assert appeal.work.proposal.act.entry.text == OTHER["text"]


def test_answer_is_sent_by_the_form_of_the_desk(appeal: HandledCase, ports: Ports) -> None:
    """The form that shows the approved answer sends it."""
    assert appeal.case is not None
    member = appeal.staff("committee")
    appeal.does(appeal.staff("director"), "approved")
    desk = _logged_in(member, ports)
    address = f"{DESK}/{appeal.case.reference}/decision"
    assert desk.post(address, data=filled(desk.get(address).text)).status_code == 303
    assert (appeal.state, appeal.last.text) == ("answered", ANSWER["text"])


def test_page_of_a_link_consents_to_what_it_shows(appeal: HandledCase, ports: Ports) -> None:
    """The page that a notice leads to says the same, and sends what was approved."""
    assert appeal.case is not None
    director, member = appeal.staff("director"), appeal.staff("committee")
    with TestClient(create_app(ports), base_url=SITE_URL) as client:
        token = handling_token(appeal.case, director.member.address, ports)
        opened = client.get("/cases/handle", params={"token": token}).text
        appeal.does(appeal.staff("committee", 1), "proposed", **OTHER)
        refused = client.post("/cases/handle", data=_hidden(opened) | {"act": "approved"})
        assert refused.status_code == 422
        assert CHANGED in refused.text
        assert OTHER["text"] in refused.text
        sent = _hidden(refused.text) | {"act": "approved"}
        assert client.post("/cases/handle", data=sent).status_code == 200
        assert appeal.work.proposal is not None
        assert appeal.work.proposal.is_approved
        token = handling_token(appeal.case, member.member.address, ports)
        opened = client.get("/cases/handle", params={"token": token}).text
        sent = _hidden(opened) | {"act": "decision"}
        assert client.post("/cases/handle", data=sent).status_code == 200
        assert appeal.last.text == OTHER["text"]


def test_page_and_form_say_that_nobody_can_consent(appeal: HandledCase, ports: Ports) -> None:
    """Once the only director is kept from the case, both say so: what is proposed goes nowhere.

    The form of a message, which needs no consent, does not.
    """
    assert appeal.case is not None
    desk = _logged_in(appeal.staff("committee"), ports)
    page = f"{DESK}/{appeal.case.reference}"
    shown = [desk.get(address).text for address in (page, f"{page}/proposed")]
    assert not any(NOBODY in text for text in shown)
    appeal.does(appeal.staff("director"), "recused")
    shown = [desk.get(address).text for address in (page, f"{page}/proposed")]
    assert all(f'<p class="notice warn">{NOBODY}' in text for text in shown)
    assert NOBODY not in desk.get(f"{page}/message").text


def _logged_in(person: Person, ports: Ports) -> TestClient:
    client = TestClient(create_desk(ports), base_url=SITE_URL, follow_redirects=False)
    token = link_for(person, DESK, ports).partition("token=")[2]
    assert client.post(f"{DESK}/link", data={"token": token}).status_code == 303
    return client


def _hidden(page: str) -> dict[str, str]:
    """What the page of a link sends besides what is typed and chosen."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))

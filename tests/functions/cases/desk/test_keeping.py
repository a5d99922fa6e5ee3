"""A limit is kept by what its procedure has keep it, or by what people say on a form that asks."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.cases.staff.links import handling_token
from functions.model.contract.terms import StaffAct
from functions.web.app import create_app
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.helpers.desk.appeals import APPEAL
from tests.helpers.desk.handled_case import HandledCase
from tests.helpers.desk.staff_directory import with_staff


@pytest.fixture
def appeal(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal that the office has."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.at("2026-03-03 10:00")
    case.mails()
    return case


@pytest.mark.parametrize("act", ["note", "recused"])
def test_reader_of_a_case_keeps_no_limit(appeal: HandledCase, act: StaffAct) -> None:
    """Whoever only reads the case says of no limit that it was kept, whatever their form sends."""
    appeal.does(appeal.staff("office"), "forwarded", to="committee")
    director = appeal.staff("director")
    refused = appeal.refuses(director, act, text="已阅", keeps__decide="yes")
    assert refused == [("keeps", "not_offered")]
    assert appeal.limit("decide").done is None
    appeal.does(director, act, text="已阅")


def test_limit_that_does_not_run_yet_is_not_kept(appeal: HandledCase) -> None:
    """What runs from the answer is no choice before it, and a form that ticks it keeps nothing."""
    sent = {"keeps__carry-out": "yes", "keeps__forward": "yes", "keeps__request": "yes"}
    appeal.does(appeal.staff("office"), "forwarded", to="committee", **sent)
    assert appeal.last.keeps == ("forward",)


def test_mailbox_hands_on_and_states_nothing(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox, built: Path, tmp_path: Path
) -> None:
    """A link to a mailbox hands on by its role; limits that are ticked are not kept by it, and its
    words reach no filer.
    """
    nobody = with_staff(ports, built, tmp_path / "contracts", {})
    case = HandledCase("accreditation-body", nobody, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    assert case.case is not None
    token = handling_token(case.case, "office@accreditation.example.com", nobody)
    sent = {"handling": token, "act": "forwarded", "to": "committee", "keeps.decide": "yes"}
    with TestClient(create_app(nobody), base_url=SITE_URL) as client:
        page = client.get("/cases/handle", params={"token": token}).text
        assert 'name="to"' in page
        assert "keeps." not in page
        assert re.search(r'<fieldset class="field" id="keeps"[^>]* hidden', page)
        for name in ("text", "happened_at", "delivered_how"):
            refused = client.post("/cases/handle", data=sent | {name: "10:00"})
            assert (refused.status_code, f'href="#{name}"' in refused.text) == (422, True)
        assert client.post("/cases/handle", data=sent).status_code == 200
    assert case.roles == ("committee",)
    assert case.last.keeps == ("forward",)
    assert case.limit("decide").done is None

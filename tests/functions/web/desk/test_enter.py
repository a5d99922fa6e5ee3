"""Registering a call, a visit or a letter: the same questions, read back, stored once."""

import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import case_acts
from functions.web.app import create_app
from tests.conftest import SITE_URL, Mailbox
from tests.functions.web.desk.conftest import LogIn
from tests.functions.web.desk.test_case_acts import filled
from tests.functions.web.desk.test_case_page import HOSTILE, page, words
from tests.helpers.desk.staff_directory import BANKER, COLLEAGUE, HANDLER
from tests.helpers.sample_files import PDF

ENTER = "/cases/desk/enter/complaint"

CALL = {
    "channel": "telephone",
    "received_on": "2026-03-02",
    "received_at": "09:12",
    "category": "customer-service",
    "account": "电话里说：上门取车迟到两小时。",
    "name": "钱女士",
    "phone": "400-000-0000",
    "consent": "yes",
}


def entered(client: TestClient, ports: Ports, **fields: str) -> Case:
    """Fills in the form, checks it and registers it."""
    sent = filled(client.get(ENTER).text) | CALL | fields
    checked = client.post(ENTER, data=sent | {"step": "check"})
    assert checked.status_code == 200, words(checked.text)
    stored = client.post(ENTER, data=filled(checked.text) | {"step": "send"})
    assert stored.status_code == 303, words(stored.text)
    case = ports.store.case(stored.headers["location"].rpartition("/")[2].partition("?")[0])
    assert case is not None
    return case


def test_form_asks_what_the_site_asks_and_how_it_came(log_in: LogIn) -> None:
    """Every question of the kind is there, the channels of the procedure, and the time."""
    text = log_in(HANDLER).get(ENTER).text
    for name in ("category", "account", "name", "phone", "plate", "consent"):
        assert f'name="{name}"' in text
    channels = re.findall(r'name="channel" value="([\w-]+)"', text)
    assert channels == ["on-site", "telephone", "authority"]
    assert 'name="received_on" value="2026-03-02"' in text
    assert 'name="received_at" value="10:00"' in text
    assert log_in(HANDLER).get("/cases/desk/enter/").headers["location"] == ENTER
    assert log_in(HANDLER).get("/cases/desk/enter/appeal").status_code == 404


@pytest.mark.parametrize(
    ("who", "organisation"),
    [(HANDLER, "car-dealer"), ("yu.he@accreditation.example.com", "accreditation-body")],
)
def test_questions_address_nobody_at_the_desk(
    log_in: LogIn, staffed: Ports, who: str, organisation: str
) -> None:
    """Staff read of the filer, where the site's own form says you: in form, case and print."""
    client = log_in(who, organisation)
    kinds = staffed.contracts.contract(staffed.contracts.current().organisations[organisation])
    for kind in kinds.kinds:
        shown = client.get(f"/cases/desk/enter/{kind}").text
        labels = re.findall(r"(?:<label for=\"[^\"]+\">|<span>)([^<]*)", shown)
        assert any("提出人姓名" in label for label in labels)
        assert [label for label in labels if "您" in label or "我" in label] == []
    if organisation == "car-dealer":
        case = entered(client, staffed, remedy="退款")
        assert "提出人的诉求 退款" in words(page(client, case))


def test_nothing_is_stored_before_it_was_shown(log_in: LogIn, staffed: Ports) -> None:
    """The check lists what to read back, asks about slips, and stores nothing."""
    client = log_in(HANDLER)
    sent = filled(client.get(ENTER).text) | CALL | {"email": "qian@gmial.com", "step": "check"}
    checked = client.post(ENTER, data=sent)
    said = words(checked.text)
    assert "电话里说：上门取车迟到两小时。" in said
    assert "2026-03-02 09:12" in said
    assert "qian@gmail.com" in said
    assert list(staffed.store.cases()) == []
    back = client.post(ENTER, data=filled(checked.text) | {"step": "change"})
    assert (back.status_code, filled(back.text)["account"]) == (200, CALL["account"])


def test_filing_is_registered_with_its_true_time(
    log_in: LogIn, staffed: Ports, mailbox: Mailbox
) -> None:
    """Receipt at the time of the call, by channel, entered by name; registered and read back."""
    client = log_in(HANDLER)
    case = entered(client, staffed, read_back="yes", email="qian@example.com")
    assert case.received_at == datetime(2026, 3, 2, 1, 12, tzinfo=UTC)
    assert case.entered is not None
    assert (case.entered.channel, case.entered.person) == ("telephone", "顾安")
    text = page(client, case)
    assert "电话" in words(text)
    assert "顾安" in words(text)
    drain(staffed)
    assert "qian@example.com" in [message["To"] for message in mailbox.messages]


def test_read_back_is_recorded_with_the_registration(log_in: LogIn, staffed: Ports) -> None:
    """Whoever ticks it has read it back; who does not is reminded by the case."""
    client = log_in(HANDLER)
    sent = filled(client.get(ENTER).text) | CALL
    checked = filled(client.post(ENTER, data=sent | {"step": "check"}).text)
    stored = client.post(ENTER, data=checked | {"step": "send", "read_back": "yes"})
    reference = stored.headers["location"].rpartition("/")[2].partition("?")[0]
    acts = case_acts(staffed.store.events(reference))
    assert [act.act for act in acts] == ["registered", "read_back"]
    other = entered(client, staffed, account="另一件事。")
    assert [act.act for act in case_acts(staffed.store.events(other.reference))] == ["registered"]


def test_receipt_is_for_who_entered_it(log_in: LogIn, staffed: Ports) -> None:
    """They print it for the filer, with its access code; a colleague does not see the link."""
    client = log_in(HANDLER)
    case = entered(client, staffed)
    shown = client.get(f"/cases/desk/{case.reference}?did=entered").text
    link = re.search(r'href="(/cases/receipt\?token=[^"]+)"', shown)
    assert link is not None
    with TestClient(create_app(staffed), base_url=SITE_URL) as site:
        receipt = site.get(link[1])
    assert receipt.status_code == 200
    assert case.reference in receipt.text
    assert "/cases/receipt?token=" not in page(log_in(COLLEAGUE), case)


def test_form_that_is_sent_twice_is_one_case(log_in: LogIn, staffed: Ports) -> None:
    """A second click, or a reload, leads to the same case."""
    client = log_in(HANDLER)
    checked = filled(
        client.post(ENTER, data=filled(client.get(ENTER).text) | CALL | {"step": "check"}).text
    )
    first, second = (client.post(ENTER, data=checked | {"step": "send"}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(list(staffed.store.cases())) == 1


def test_scan_of_a_letter_goes_with_it(log_in: LogIn, staffed: Ports) -> None:
    """A file survives the check, and is evidence of the case."""
    client = log_in(HANDLER)
    sent = filled(client.get(ENTER).text) | CALL | {"step": "check"}
    checked = client.post(ENTER, data=sent, files={"files": ("来信.pdf", PDF)})
    assert "来信.pdf" in checked.text
    stored = client.post(ENTER, data=filled(checked.text) | {"step": "send"})
    reference = stored.headers["location"].rpartition("/")[2].partition("?")[0]
    case = staffed.store.case(reference)
    assert case is not None
    (file,) = case.attachments
    assert client.get(f"/cases/desk/{reference}/files/{file.id}").content == PDF


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"received_on": "2026-03-03"}, "received_on"),
        ({"received_at": "10:01"}, "received_on"),
        ({"received_at": "soon"}, "received_on"),
        ({"account": ""}, "account"),
        ({"category": "nonsense"}, "category"),
        ({"phone": "", "email": ""}, "email"),
        ({"email": "nowhere"}, "email"),
    ],
)
def test_wrong_answers_are_named_and_given_back(
    log_in: LogIn, staffed: Ports, fields: dict[str, str], named: str
) -> None:
    """422 beside the field, in the check and when it is sent; nothing is stored."""
    client = log_in(HANDLER)
    for step in ("check", "send"):
        sent = filled(client.get(ENTER).text) | CALL | {"name": HOSTILE} | fields | {"step": step}
        answer = client.post(ENTER, data=sent)
        assert answer.status_code == 422
        assert f'<a href="#{named}">' in answer.text
        assert f'id="{named}-problem"' in answer.text
        assert "<img" not in answer.text
    assert list(staffed.store.cases()) == []


def test_entry_that_is_too_long_is_given_back(log_in: LogIn) -> None:
    """The form says how much a text takes. What is longer than a refusal comes back by itself."""
    client = log_in(HANDLER)
    shown = client.get(ENTER).text
    assert "最多5000个字。" in shown
    for length, status in ((20_000, 422), (40_000, 413)):
        longer = "长" * length
        answer = client.post(ENTER, data=filled(shown) | CALL | {"account": longer})
        assert (answer.status_code, answer.text.count(longer)) == (status, 1)


def test_what_was_said_stays_text(log_in: LogIn, staffed: Ports) -> None:
    """Markup in any answer is text in the form, in the check and in the case."""
    client = log_in(HANDLER)
    case = entered(client, staffed, account=HOSTILE, name=HOSTILE[:30], remedy=HOSTILE)
    for path in ("", "/print"):
        assert "<img" not in client.get(f"/cases/desk/{case.reference}{path}").text


def test_strangers_enter_nothing(stranger: TestClient, staffed: Ports) -> None:
    """A stranger logs in first; what they sent is given back and not stored."""
    assert stranger.get(ENTER).status_code == 303
    refused = stranger.post(ENTER, data=CALL | {"step": "send"})
    assert (refused.status_code, CALL["account"] in refused.text) == (401, True)
    assert list(staffed.store.cases()) == []


def test_each_organisation_has_its_own_form(log_in: LogIn, staffed: Ports) -> None:
    """The bank's staff enter under the bank's procedure, never under another."""
    client = log_in(BANKER, "commercial-bank")
    text = client.get(ENTER).text
    assert 'value="on-site"' not in text
    client.post(ENTER, data=CALL | {"step": "send", "once": "x"})
    assert list(staffed.store.cases()) == []

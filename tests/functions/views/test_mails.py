"""Mails: what they say, to whom, and that none is lost; one contract for all mailers."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from itertools import chain
from mailbox import Maildir as MaildirReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from functions.adapters.mail.maildir import Maildir
from functions.adapters.mail.ses import SesMailer, ses_client
from functions.adapters.mail.smtp import SmtpMailer
from functions.cases.delivery import drain
from functions.cases.ports.mailer import Mailer
from functions.cases.ports.ports import Ports
from functions.model.errors import MailRetryable
from functions.model.mail import REFERENCE_HEADER, TYPE_HEADER
from functions.model.reference import access_code
from functions.views.mails import SEVEN_BIT
from tests.conftest import KEY, Mailbox, StoppedClock
from tests.helpers.filings import APPEAL
from tests.helpers.mails.reading import plain
from tests.helpers.servers.mail_server import Sink, mail_server, message, read

APPEALS = "/cases/accreditation-body/appeal"

Arrived = Callable[[], list[EmailMessage]]
"""What a mailer delivered so far."""


def sent_by_ses(address: str) -> list[EmailMessage]:
    """What the emulated SES has sent, as far as it tells."""
    with urllib.request.urlopen(f"{address}/_ministack/ses/messages") as answer:
        accounts = json.load(answer)["messages"]
    sent = []
    for record in chain.from_iterable(accounts.values()):
        mail = EmailMessage()
        mail["To"] = record["To"]
        mail["Subject"] = record["Subject"]
        mail.set_content(record["BodyText"])
        sent.append(mail)
    return sent


@pytest.fixture(params=["maildir", "smtp", "ses"])
def mailer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Mailer, Arrived]]:
    """Each mailer, and a way to read what it delivered."""
    match request.param:
        case "maildir":
            folder = str(tmp_path / "box")
            yield Maildir(folder), lambda: [read(bytes(one)) for one in MaildirReader(folder)]
        case "smtp":
            sink = Sink()
            with mail_server(sink) as port:
                yield SmtpMailer(f"smtp://127.0.0.1:{port}"), sink.messages
        case "ses":
            address = request.getfixturevalue("ministack")
            client = ses_client()
            client.create_email_identity(EmailIdentity="ombud.example.com")
            yield SesMailer("ombud", client), lambda: sent_by_ses(address)


def test_mailer_hands_a_message_over_unchanged(mailer: tuple[Mailer, Arrived]) -> None:
    """Every mailer: recipient and Chinese text arrive as they were."""
    sender, arrived = mailer
    sender.send(message())
    (mail,) = arrived()
    assert mail["To"] == "zhang@example.com"
    assert mail["Subject"] == "示例：已收到"
    assert mail.get_content().strip() == "已经收到您提交的内容。"


def test_filing_sends_acknowledgement_and_notice(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """The filer gets reference, code and dates; the role of the route gets a link, no words."""
    filed = client.post(APPEALS, json=APPEAL).json()
    assert drain(ports) == 2
    mails = {mail["To"]: mail for mail in mailbox.messages}
    acknowledgement = mails["zhang@example.com"]
    notice = mails["office@accreditation.example.com"]
    text = acknowledgement.get_body(("plain",))
    html = acknowledgement.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "办公室应当在北京时间2026年3月5日（星期四）24:00前转呈您的申诉" in text.get_content()
    for part in (text.get_content(), html.get_content()):
        assert filed["reference"] in part
        assert access_code(KEY, filed["reference"]) in part
        assert "2026年3月5日（星期四）" in part
        assert "指导委员会" in part
    assert acknowledgement["Auto-Submitted"] == "auto-generated"
    assert acknowledgement["Subject"] == f"示例认可机构：已收到 {filed['reference']}"
    assert APPEAL["account"] not in plain(notice)
    assert plain(notice).splitlines()[4].startswith("打开案件：https://")
    assert access_code(KEY, filed["reference"]) not in plain(notice)
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == 2
    assert [event.type for event in ports.store.events(filed["reference"])] == [
        "received",
        "mail_sent",
        "mail_sent",
    ]


def test_plain_mails_are_laid_out(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """Each milestone has a line of its own, and no line is empty of words."""
    client.post(
        "/cases/factory-staff/grievance",
        json={"account": "一\n二", "name": "王五", "email": "wang@example.com", "consent": True},
    )
    drain(ports)
    mails = {mail["To"]: mail for mail in mailbox.messages}
    body = mails["wang@example.com"].get_body(("plain",))
    assert body is not None
    lines = body.get_content().splitlines()
    assert sum(line.startswith("- ") for line in lines) == 4 + 2
    assert "\n\n\n" not in body.get_content()
    notice = plain(mails["hr@factory.example.com"])
    assert "承办：人才发展部\n" in notice
    assert "王五" not in notice


def test_no_mail_carries_a_strangers_words(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Nothing that was typed is in a mail: not to the typed address, nor above the staff's link."""
    typed = {
        "account": "XYZZY-账号",
        "name": "XYZZY-姓名",
        "decision": "XYZZY-决定",
        "remedy": "XYZZY-诉求",
        "involved": "XYZZY-人员",
    }
    client.post(APPEALS, json=APPEAL | typed)
    drain(ports)
    for mail in mailbox.messages:
        assert "XYZZY" not in mail["Subject"]
        parts = list(mail.iter_parts()) or [mail]
        assert "XYZZY" not in "".join(part.get_content() for part in parts)


def test_acknowledgement_in_the_filers_language(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """A filing on an English page is acknowledged in English; the notice stays Chinese."""
    client.post(APPEALS, json=APPEAL | {"language": "en"})
    drain(ports)
    mails = {mail["To"]: mail for mail in mailbox.messages}
    body = mails[APPEAL["email"]].get_body(("plain",))
    assert body is not None
    assert "by the end of Thursday 5 March 2026, China time (UTC+8)" in body.get_content()
    assert "打开案件" in plain(mails["office@accreditation.example.com"])


def test_condition_is_no_fact(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """On what a limit depends is said once, in its sentence, also where it has no date yet."""
    filer = {"name": "Zhang", "email": "zhang@example.com", "account": "x", "consent": True}
    client.post("/cases/factory-staff/grievance", json=filer | {"language": "en"})
    drain(ports)
    notice, acknowledgement = (
        next(mail for mail in mailbox.messages if (mail["To"] == filer["email"]) is told)
        for told in (False, True)
    )
    body = acknowledgement.get_body(("plain",))
    assert body is not None
    condition = "If the general manager does not answer in person, the person named by"
    assert body.get_content().count(condition) == 1
    assert "If: " not in body.get_content()
    assert plain(notice).count("总经理不亲自答复的") == 1


def test_acknowledgement_names_the_number(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """What cannot wait for an answer can be said at once: each number to call, with its hours."""
    filer = {"name": "Zhang", "email": "zhang@example.com", "account": "x", "consent": True}
    urgent = {"category": "urgent-loss", "language": "en"}
    client.post("/cases/commercial-bank/complaint", json=filer | urgent)
    drain(ports)
    (told,) = (mail for mail in mailbox.messages if mail["To"] == filer["email"])
    body = told.get_body(("plain",))
    assert body is not None
    assert "\nCall: 400-000-0000 (24 hours a day)\n" in body.get_content()


def test_no_address_no_acknowledgement(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """Without an e-mail address only the role is told."""
    answers = {name: value for name, value in APPEAL.items() if name != "email"}
    client.post(APPEALS, json=answers | {"phone": "400-000-0000"})
    assert drain(ports) == 1
    assert mailbox.messages[0]["To"] == "office@accreditation.example.com"


def test_retries_with_growing_pauses(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """A busy server is asked again after 30 s, then 60 s, with the same Message-ID."""
    answers = {name: value for name, value in APPEAL.items() if name != "email"}
    client.post(APPEALS, json=answers | {"phone": "400-000-0000"})
    mailbox.failures = [MailRetryable("SMTP 450"), MailRetryable("SMTP 450")]
    tried = []
    for _ in range(10):
        tried.append(drain(ports))
        clock.forward(seconds=15)
    assert tried == [1, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert len(mailbox.messages) == 1


def test_permanent_failure_is_recorded(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """A refused mail is not tried again, the other one is sent, and the case says which."""
    reference = client.post(APPEALS, json=APPEAL).json()["reference"]
    mailbox.refused = {"office@accreditation.example.com"}
    drain(ports)
    clock.forward(hours=48)
    assert drain(ports) == 0
    events = {event.type: event.detail for event in ports.store.events(reference)}
    assert events["mail_failed"] == "notice: SMTP 550 5.1.1"
    assert [mail["To"] for mail in mailbox.messages] == [APPEAL["email"]]


def test_mails_are_seven_bit_and_name_their_case(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Any server may carry a mail (RFC 5321 without 8BITMIME), and its headers say whose it is."""
    reference = client.post(APPEALS, json=APPEAL).json()["reference"]
    drain(ports)
    for mail in mailbox.messages:
        assert mail.as_bytes().isascii()
        assert mail[REFERENCE_HEADER] == reference
    assert {mail[TYPE_HEADER] for mail in mailbox.messages} == {"acknowledgement", "notice"}


def test_mails_of_a_case_are_one_conversation(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """All refer to one Message-ID of the case, which no mail has, and later ones reply to it."""
    for _ in range(2):
        filed = client.post(APPEALS, json=APPEAL | {"account": f"第{_}件"}).json()
        pair = {name: filed[name] for name in ("reference", "access_code")}
        client.post("/cases/status/information", json=pair | {"text": "补充。"})
    drain(ports)
    threads = {mail[REFERENCE_HEADER]: mail["References"] for mail in mailbox.messages}
    assert len(set(threads.values())) == 2
    for mail in mailbox.messages:
        thread = threads[mail[REFERENCE_HEADER]]
        assert re.fullmatch(r"<[0-9a-f]{32}@ombud\.example\.com>", thread)
        assert mail["References"] == thread != mail["Message-ID"]
        later = mail[TYPE_HEADER] in ("added", "information_receipt")
        assert mail["In-Reply-To"] == (thread if later else None)
        assert mail[REFERENCE_HEADER] not in thread
        assert mail["X-Auto-Response-Suppress"] == "All"


def test_reply_reaches_the_organisation_or_is_not_invited(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """A reply goes where the procedure takes mail; where it names no address, the mail says so."""
    filer = {"account": "x", "name": "王五", "email": "wang@example.com", "consent": True}
    client.post("/cases/factory-staff/grievance", json=filer)
    client.post(APPEALS, json=APPEAL)
    drain(ports)
    replies = {mail["To"]: mail["Reply-To"] for mail in mailbox.messages}
    assert replies == {
        "wang@example.com": "ehs@factory.example.com",
        "hr@factory.example.com": None,
        APPEAL["email"]: None,
        "office@accreditation.example.com": None,
    }
    for mail in mailbox.messages:
        for part in list(mail.iter_parts()) or [mail]:
            assert ("请勿直接回复本邮件" in part.get_content()) == (mail["Reply-To"] is None)


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc")), max_size=120))
def test_encoded_words_are_short(name: str) -> None:
    """However long a name is, no encoded word has more than 75 characters (RFC 2047)."""
    for typed in (name, f"示例{name}", f"示例认可机构有限责任公司{name}：已收到 ACB-7K3M9-QXH4C"):
        message = EmailMessage(SEVEN_BIT)
        message["From"] = Address(display_name=typed, addr_spec="no-reply@ombud.example.com")
        message["Subject"] = typed
        headers = message.as_bytes().decode("ascii")
        assert max(map(len, re.findall(r"=\?\S+?\?=", headers)), default=0) <= 75


def test_given_up_in_the_end(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """A server that never answers is given up after about three days, and it is recorded."""
    answers = {name: value for name, value in APPEAL.items() if name != "email"}
    reference = client.post(APPEALS, json=answers | {"phone": "400-000-0000"}).json()["reference"]
    mailbox.failures = [MailRetryable("SMTP 450")] * 100
    hours = 0
    while ports.store.events(reference)[-1].type != "mail_failed":
        drain(ports)
        clock.forward(hours=1)
        hours += 1
    assert 48 < hours < 120

"""Mails: what they say, to whom, and that none is lost; with a real SMTP server."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from mailbox import Maildir as MaildirReader
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.testclient import TestClient

from functions.adapters.maildir import Maildir
from functions.adapters.smtp import SmtpMailer
from functions.errors import MailPermanent, MailRetryable
from functions.outbox import drain
from functions.ports import Mailer, Ports
from functions.receipt import access_code
from tests.conftest import KEY, Mailbox, StoppedClock, free_port
from tests.filings import APPEAL

APPEALS = "/cases/accreditation-body/appeal"


@dataclass
class Sink:
    """An SMTP server's handler that keeps what it gets, or answers as it is told to."""

    replies: dict[str, str] = field(default_factory=dict)
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answers RCPT."""
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Answers the end of DATA."""
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.envelopes.append(envelope)
        return "250 OK"

    def messages(self) -> list[EmailMessage]:
        """What arrived, read back."""
        return [read(envelope.content or b"") for envelope in self.envelopes]


def read(content: bytes | str) -> EmailMessage:
    """A message from its bytes."""
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def sink() -> Iterator[tuple[Sink, str]]:
    """A real SMTP server on localhost and its address."""
    handler = Sink()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


def message(recipient: str = "zhang@example.com") -> EmailMessage:
    """A mail with Chinese in it."""
    made = EmailMessage()
    made["Message-ID"] = "<1@ombud.example.com>"
    made["From"] = "no-reply@ombud.example.com"
    made["To"] = recipient
    made["Subject"] = "示例：已收到"
    made.set_content("已经收到您提交的内容。")
    return made


@pytest.fixture(params=["maildir", "smtp"])
def mailer(
    request: pytest.FixtureRequest, tmp_path: Path, sink: tuple[Sink, str]
) -> tuple[Mailer, object]:
    """Each mailer, and a way to read what it delivered."""
    if request.param == "maildir":
        folder = tmp_path / "box"
        return Maildir(str(folder)), lambda: [
            read(bytes(one)) for one in MaildirReader(str(folder))
        ]
    handler, address = sink
    return SmtpMailer(address), handler.messages


def test_mailer_hands_a_message_over_unchanged(mailer: tuple[Mailer, object]) -> None:
    """Every mailer: headers and Chinese text arrive as they were."""
    sender, delivered = mailer
    sender.send(message())
    assert callable(delivered)
    (arrived,) = delivered()
    assert arrived["Message-ID"] == "<1@ombud.example.com>"
    assert arrived["Subject"] == "示例：已收到"
    assert arrived.get_content().strip() == "已经收到您提交的内容。"


@pytest.mark.parametrize(
    ("command", "reply", "error"),
    [
        ("RCPT", "550 5.1.1 no such mailbox", MailPermanent),
        ("RCPT", "450 4.2.1 busy", MailRetryable),
        ("DATA", "554 5.7.1 refused", MailPermanent),
        ("DATA", "452 4.3.1 disk full", MailRetryable),
    ],
)
def test_smtp_refusals(
    sink: tuple[Sink, str], command: str, reply: str, error: type[Exception]
) -> None:
    """4xx may be tried again, 5xx never (RFC 5321), and no address gets into the reason."""
    handler, address = sink
    handler.replies[command] = reply
    with pytest.raises(error, match=f"SMTP {reply[:9]}") as raised:
        SmtpMailer(address).send(message())
    assert "zhang" not in str(raised.value)


def test_smtp_server_away() -> None:
    """A server that does not answer may be tried again."""
    with pytest.raises(MailRetryable):
        SmtpMailer("smtp://127.0.0.1:1").send(message())


def test_filing_sends_acknowledgement_and_notice(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """The filer gets reference, code and dates; the role of the route gets the words."""
    filed = client.post(APPEALS, json=APPEAL).json()
    assert drain(ports) == 2
    mails = {mail["To"]: mail for mail in mailbox.messages}
    acknowledgement = mails["zhang@example.com"]
    notice = mails["office@accreditation.example.com"]
    text = acknowledgement.get_body(("plain",))
    html = acknowledgement.get_body(("html",))
    assert text is not None
    assert html is not None
    for part in (text.get_content(), html.get_content()):
        assert filed["reference"] in part
        assert access_code(KEY, filed["reference"]) in part
        assert "2026年3月5日（星期四）24:00前" in part
        assert "指导委员会" in part
    assert acknowledgement["Auto-Submitted"] == "auto-generated"
    assert acknowledgement["Subject"] == f"示例认可机构: 已收到 {filed['reference']}"
    assert APPEAL["account"] in notice.get_content()
    assert access_code(KEY, filed["reference"]) not in notice.get_content()
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == 2
    assert [event.type for event in ports.store.events(filed["reference"])] == [
        "received",
        "mail_sent",
        "mail_sent",
    ]


def test_acknowledgement_carries_no_strangers_words(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Nothing that was typed goes to the address that was typed; subjects are impersonal."""
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
        if mail["To"] == APPEAL["email"]:
            assert "XYZZY" not in "".join(part.get_content() for part in mail.iter_parts())


def test_acknowledgement_in_the_filers_language(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """A filing on an English page is acknowledged in English; the notice stays Chinese."""
    client.post(APPEALS, json=APPEAL | {"language": "en"})
    drain(ports)
    mails = {mail["To"]: mail for mail in mailbox.messages}
    body = mails[APPEAL["email"]].get_body(("plain",))
    assert body is not None
    assert "24:00 on Thursday 5 March 2026" in body.get_content()
    assert "收到的内容" in mails["office@accreditation.example.com"].get_content()


def test_no_address_no_acknowledgement(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """Without an e-mail address only the role is told."""
    answers = {name: value for name, value in APPEAL.items() if name != "email"}
    client.post(APPEALS, json=answers | {"phone": "400-000-0000"})
    assert drain(ports) == 1
    assert mailbox.messages[0]["To"] == "office@accreditation.example.com"


def test_route_by_category(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """A category's own route names who is told; everything else takes the general one."""
    path = "/cases/securities-brokerage/complaint"
    for category in ("compensation", "service", "other"):
        answers = {"account": category, "name": "李四", "phone": "400-000-0000", "consent": "yes"}
        client.post(path, json=answers | {"category": category})
        drain(ports)
    assert [mail["To"].partition("@")[0] for mail in mailbox.messages] == [
        "manager",
        "consultant",
        "consultant",
    ]


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
    mailbox.failures = [MailPermanent("SMTP 550 5.1.1")]
    drain(ports)
    clock.forward(hours=48)
    assert drain(ports) == 0
    events = {event.type: event.detail for event in ports.store.events(reference)}
    assert events["mail_failed"].endswith("SMTP 550 5.1.1")
    assert len(mailbox.messages) == 1


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

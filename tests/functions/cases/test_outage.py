"""Mail servers and contracts that fail under a case's mails: late, but never lost."""

import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.mail import smtp
from functions.adapters.mail.smtp import SmtpMailer
from functions.cases.delivery import LEASE, drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.helpers.filings import APPEAL, GRIEVANCE
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.mail_server import Sink, mail_server

APPEALS = "/cases/accreditation-body/appeal"
GRIEVANCES = "/cases/factory-staff/grievance"

Mood = Callable[[Sink], AbstractContextManager[int]]
"""A mail server in some mood, by its port; what it took all the same is in the sink."""


@contextmanager
def down(_: Sink) -> Iterator[int]:
    """Nobody listens."""
    yield free_port()


@contextmanager
def silent(_: Sink) -> Iterator[int]:
    """It takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@contextmanager
def busy(sink: Sink) -> Iterator[int]:
    """It asks to come again."""
    sink.replies["RCPT"] = "451 4.3.0 come again"
    with mail_server(sink) as port:
        yield port


@contextmanager
def hanging_up(sink: Sink) -> Iterator[int]:
    """It has the mail and hangs up before it says so."""

    class HangingUp(Sink):
        async def handle_DATA(  # noqa: N802 - aiosmtpd's name
            self, server: SMTP, session: Session, envelope: Envelope
        ) -> str:
            """Keeps the mail and says nothing."""
            sink.envelopes.append(envelope)
            assert server.transport is not None
            server.transport.close()
            return "250 OK"

    with mail_server(HangingUp()) as port:
        yield port


@pytest.mark.parametrize(("mood", "taken"), [(down, 0), (silent, 0), (busy, 0), (hanging_up, 2)])
def test_mails_outlast_the_mail_server(
    client: TestClient,
    ports: Ports,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    mood: Mood,
    taken: int,
) -> None:
    """Both mails are put off and go out later, each under the Message-ID it had before."""
    monkeypatch.setattr(smtp, "_TIMEOUT_SECONDS", 0.5)
    reference = client.post(APPEALS, json=APPEAL).json()["reference"]
    before, after = Sink(), Sink()
    with mood(before) as port:
        assert drain(replace(ports, mailer=SmtpMailer(f"smtp://127.0.0.1:{port}"))) == 2
    assert len(before.envelopes) == taken
    assert [event.type for event in ports.store.events(reference)] == ["received"]
    clock.forward(seconds=30)
    with mail_server(after) as port:
        assert drain(replace(ports, mailer=SmtpMailer(f"smtp://127.0.0.1:{port}"))) == 2
    assert sorted(mail["To"] for mail in after.messages()) == [
        "office@accreditation.example.com",
        "zhang@example.com",
    ]
    named = {mail["Message-ID"] for mail in after.messages()}
    assert {mail["Message-ID"] for mail in before.messages()} == (named if taken else set())


def test_mail_that_is_refused_is_on_the_case(client: TestClient, ports: Ports) -> None:
    """A server that says 5xx to all leaves the case with the reason of each, and the words."""
    reference = client.post(APPEALS, json=APPEAL).json()["reference"]
    with mail_server(Sink(replies={"DATA": "554 5.7.1 no"})) as port:
        drain(replace(ports, mailer=SmtpMailer(f"smtp://127.0.0.1:{port}")))
    failed = [event.detail for event in ports.store.events(reference)[1:]]
    assert sorted(failed) == [
        "acknowledgement: SMTP 554 5.7.1",
        "notice: SMTP 554 5.7.1",
        "undelivered: SMTP 554 5.7.1",
    ]
    case = ports.store.case(reference)
    assert case is not None
    assert case.submission.account == APPEAL["account"]


def file_many(client: TestClient, most: int) -> None:
    """Filings that owe two mails each."""
    for number in range(most):
        client.post(APPEALS, json=APPEAL | {"account": f"第 {number} 件"})


def test_slow_server_keeps_no_mail_past_its_lease(
    client: TestClient, ports: Ports, clock: StoppedClock
) -> None:
    """A worker whose batch takes too long leaves the rest to others: no mail is sent by two."""
    file_many(client, 10)
    rivals: list[str] = []
    sent: list[str] = []

    class Slow:
        def send(self, message: EmailMessage) -> None:
            """Takes fifty seconds, and then somebody else asks for mails."""
            clock.forward(seconds=50)
            sent.append(message["Message-ID"])
            leased = ports.outbox.lease_mails(ports.now(), ports.now() + LEASE, 100)
            rivals.extend(mail.message_id for mail in leased)

    drain(replace(ports, mailer=Slow()))
    assert len(sent) == len(set(sent))
    assert set(sent).isdisjoint(rivals)


@dataclass
class Defective(Mailbox):
    """A mailer with an error that nobody foresaw, for one recipient."""

    broken: bool = True

    def send(self, message: EmailMessage) -> None:
        """Fails for the filer."""
        if self.broken and message["To"] == "zhang@example.com":
            raise ZeroDivisionError
        super().send(message)


def test_defect_holds_up_its_own_mail_alone(
    client: TestClient, ports: Ports, clock: StoppedClock
) -> None:
    """The others are sent, the error is raised, and after its lease the mail is tried again."""
    file_many(client, 15)
    mailer = Defective()
    with pytest.raises(ZeroDivisionError):
        drain(replace(ports, mailer=mailer))
    assert Counter(mail["To"] for mail in mailer.messages) == {
        "office@accreditation.example.com": 15
    }
    mailer.broken = False
    clock.forward(minutes=5)
    assert drain(replace(ports, mailer=mailer)) == 15


@pytest.mark.parametrize("content", [None, b"", b"{}"])
@pytest.mark.parametrize("pages", [False, True])
def test_mails_wait_for_their_contract(
    client: TestClient,
    ports: Ports,
    mailbox: Mailbox,
    clock: StoppedClock,
    tmp_path: Path,
    content: bytes | None,
    pages: bool,
) -> None:
    """While contract or pages are missing or damaged both mails wait, and no filing is taken that
    needs them; mended, the mails go out. The pages of a language are those of all organisations.
    """
    reference = client.post(APPEALS, json=APPEAL).json()["reference"]
    case = ports.store.case(reference)
    assert case is not None
    name = f"{case.contract}.json"
    if pages:
        name = f"release/{ports.contracts.contract(case.contract).pages['zh-CN']}.json"
    folder = tmp_path / "contracts"
    assert isinstance(ports.contracts, FolderContracts)
    shutil.copytree(ports.contracts._folder, folder)  # noqa: SLF001 - where the build put them
    whole = (folder / name).read_bytes()
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    damaged = replace(ports, contracts=FolderContracts(str(folder)))
    assert drain(damaged) == 2
    assert mailbox.messages == []
    with TestClient(create_app(damaged), base_url=SITE_URL) as other:
        refused = other.post(APPEALS, json=APPEAL | {"account": "另一件"})
        assert refused.status_code == 503
        assert refused.json()["detail"] == "Nothing was stored; send it again later."
        if pages:
            refused = other.post(GRIEVANCES, json=GRIEVANCE)
            assert refused.status_code == 503
        language = {"language": "en"} if pages else {}
        taken = other.post(GRIEVANCES, json=GRIEVANCE | language)
        assert taken.status_code == 201, "of another organisation, or in another language"
    (folder / name).write_bytes(whole)
    assert drain(damaged) == 2, "those of the other filing"
    clock.forward(seconds=30)
    assert drain(damaged) == 2
    assert len(mailbox.messages) == 4

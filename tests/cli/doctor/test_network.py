"""`doctor` with what lies beyond this machine: mail server, scanner, site; and a real mail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app as cli
from cli.doctor.mail_checks import without_login
from functions.adapters.mail.maildir import Maildir
from tests.cli.doctor.conftest import Examine, wrong
from tests.cli.doctor.test_local import run
from tests.helpers.servers.clamd import clamd
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.mail_server import Doorkeeper, Sink, mail_server

SENDER = "no-reply@ombud.gov.cn"


@contextmanager
def answering(answers: dict[str, tuple[int, str]], date: str = "") -> Iterator[str]:
    """A site with these answers by path, whose clock shows this date."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content = answers.get(self.path, (404, "no"))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content.encode())

        def date_time_string(self, timestamp: float | None = None) -> str:
            return date or super().date_time_string(timestamp)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.2", 0), Site) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.2:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def sends(home: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An installation that sends mails out, and whose address others can reach."""
    monkeypatch.setenv("OMBUD_MAIL_FROM", f"Ombud <{SENDER}>")
    return monkeypatch


def of(subject: str, found: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """State and sentence of what is wrong with a subject."""
    return [(state, says) for state, about, says in found if about == subject]


def test_mail_server_is_asked_and_gets_no_mail(
    examined: Examine, sends: pytest.MonkeyPatch
) -> None:
    """The server is connected to, and takes the sender; links to this machine are told."""
    sink = Sink()
    with mail_server(sink) as port:
        sends.setenv("OMBUD_MAIL", f"smtp://127.0.0.1:{port}")
        results = examined()
    (link,) = of("mail", wrong(results))
    assert link[0] == "warning"
    assert link[1].startswith("links in mails lead to http://127.0.0.1:")
    assert f"smtp://127.0.0.1:{port} takes mails from Ombud <{SENDER}>" in [
        result.says for result in results
    ]
    assert sink.envelopes == []


def test_sender_that_is_refused_or_nobodys(examined: Examine, sends: pytest.MonkeyPatch) -> None:
    """The server's code is told; a domain of examples is told without a server."""
    with mail_server(Sink(replies={"MAIL": "550 5.7.1 not yours"})) as port:
        sends.setenv("OMBUD_MAIL", f"smtp://127.0.0.1:{port}")
        sends.setenv("OMBUD_MAIL_FROM", "no-reply@ombud.example.com")
        found = of("mail", wrong(examined()))
    assert found[:2] == [
        ("fault", f"smtp://127.0.0.1:{port}: SMTP 550 for the sender"),
        ("warning", "mails come from no-reply@ombud.example.com, which is nobody's"),
    ]


def test_login_and_password(examined: Examine, sends: pytest.MonkeyPatch) -> None:
    """A wrong password is told, and stands in no line."""
    options: dict[str, Any] = {"authenticator": Doorkeeper("right"), "auth_require_tls": False}
    with mail_server(Sink(), **options) as port:
        sends.setenv("OMBUD_MAIL", f"smtp://ombud:wrong-secret@127.0.0.1:{port}")
        results = examined()
    assert ("fault", f"smtp://127.0.0.1:{port}: SMTP 535: the login was refused") in of(
        "mail", wrong(results)
    )
    assert "wrong-secret" not in str(results)
    assert without_login("smtps://u:p@mail.example.com:465?secret=/x") == (
        "smtps://mail.example.com:465"
    )


def test_mail_server_that_is_away(examined: Examine, sends: pytest.MonkeyPatch) -> None:
    """The error is told with the address."""
    port = free_port()
    sends.setenv("OMBUD_MAIL", f"smtp://127.0.0.1:{port}")
    assert ("fault", f"smtp://127.0.0.1:{port}: SMTP: ConnectionRefusedError") in of(
        "mail", wrong(examined())
    )
    sends.setenv("OMBUD_MAIL", "smtp://")
    ((state, says),) = of("mail", wrong(examined()))
    assert (state, says.partition(";")[0]) == ("fault", "OMBUD_MAIL has no host")


def test_test_mail(home: Path, sends: pytest.MonkeyPatch) -> None:
    """`--mail-to` sends one mail; an address that is none is wrong use."""
    sink = Sink()
    with mail_server(sink) as port:
        sends.setenv("OMBUD_MAIL", f"smtp://127.0.0.1:{port}")
        _, said = run(home, "--mail-to", "operator@example.com")
    (message,) = sink.messages()
    assert (message["From"], message["To"]) == (f"Ombud <{SENDER}>", "operator@example.com")
    assert message["Message-ID"].endswith("@ombud.gov.cn>")
    assert "a mail to operator@example.com was handed over: see that it arrives" in said
    for address in ("operator", "a@b.example\nBcc: c@d.example"):
        assert run(home, "--mail-to", address)[0] == 2


def test_test_mail_that_is_refused(home: Path, sends: pytest.MonkeyPatch) -> None:
    """What the server answers is told."""
    with mail_server(Sink(replies={"RCPT": "550 5.1.1 unknown"})) as port:
        sends.setenv("OMBUD_MAIL", f"smtp://127.0.0.1:{port}")
        code, said = run(home, "--mail-to", "nobody@example.com")
    assert code == 1
    assert "the mail to nobody@example.com was refused: SMTP 550 5.1.1" in said


def test_test_mail_into_a_maildir(home: Path) -> None:
    """It lies there, as every mail does on one machine."""
    run(home, "--mail-to", "operator@example.com")
    assert len(list((home / "data" / "mail" / "new").iterdir())) == 1
    assert Maildir(str(home / "data" / "mail"))


def test_scanner(examined: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It must find EICAR's file, nothing in another, and be there."""
    with clamd() as server:
        monkeypatch.setenv("OMBUD_SCAN", f"clamd:{server.address}")
        assert wrong(examined()) == []
        server.says = b"stream: OK\0"
        ((state, _, says),) = wrong(examined())
        assert (state, says) == (
            "warning",
            f"clamd:{server.address} does not know EICAR's test file",
        )
        server.says = b"stream: Anything FOUND\0"
        ((state, _, says),) = wrong(examined())
        assert (state, says) == ("fault", f"clamd:{server.address} calls anything malware")
    ((state, _, says),) = wrong(examined())
    assert (state, says) == (
        "fault",
        f"clamd:{server.address}: clamd: ConnectionRefusedError",
    )
    monkeypatch.setenv("OMBUD_SCAN", "clam")
    ((state, _, says),) = wrong(examined())
    assert (state, says) == (
        "fault",
        "OMBUD_SCAN takes none, clamd:HOST:PORT or clamd:/PATH/OF/SOCKET",
    )


READY = {"status": "ready", "store": "ok", "contracts": "ok"}


def test_site_that_is_reached(
    examined: Examine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readiness, the clock and security.txt are those that visitors meet."""
    answers = {
        "/cases/ready": (200, json.dumps(READY)),
        "/.well-known/security.txt": (
            200,
            "Contact: mailto:a@b.example.com\nExpires: 2026-01-02T00:00:00Z\n",
        ),
    }
    monkeypatch.setenv("OMBUD_MAIL", f"maildir:{home}/data/mail")
    monkeypatch.setenv("OMBUD_MAIL_FROM", SENDER)
    with answering(answers) as site:
        monkeypatch.setenv("OMBUD_SITE_URL", site)
        assert wrong(examined()) == [("fault", "security.txt", "it expired on 2026-01-02")]
        answers["/cases/ready"] = (503, json.dumps(READY | {"store": "failed"}))
        assert ("fault", "site", f"{site}/cases/ready answers 503, store failed") in wrong(
            examined()
        )
        answers["/cases/ready"] = (502, "<html>")
        assert ("fault", "site", f"{site}/cases/ready answers 502") in wrong(examined())
    (site_fault, *_) = wrong(examined())
    assert site_fault == (
        "fault",
        "site",
        f"{site}/cases/ready does not answer: [Errno 111] Connection refused",
    )


def test_clock_beside_the_site(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes apart is a fault: dates depend on it, and AWS refuses requests."""
    answers = {"/cases/ready": (200, json.dumps(READY))}
    with answering(answers, "Sun, 01 Mar 2026 02:00:00 GMT") as site:
        monkeypatch.setenv("OMBUD_SITE_URL", site)
        _, said = run(home)
    assert "fault    clock        this machine and the site are " in said
    with answering(answers) as site:
        monkeypatch.setenv("OMBUD_SITE_URL", site)
        _, said = run(home)
    assert "good     clock        this machine and the site are " in said


def test_files_that_cannot_be_stored(examined: Examine, home: Path) -> None:
    """A file in the folder's place, and a folder that takes none."""
    place = home / "data" / "files"
    place.rmdir() if place.exists() else None
    place.touch(0o600)
    assert wrong(examined()) == [("fault", "files", f"{place} is no folder")]
    place.unlink()
    place.mkdir(0o700)
    (place / "uploads").touch(0o600)
    ((state, subject, says),) = wrong(examined())
    assert (state, subject) == ("fault", "files")
    assert says.startswith(f"{place}: uploads/")
    (place / "uploads").unlink()
    assert wrong(examined()) == []
    assert list((place / "uploads").iterdir()) == []


def test_help_names_the_options() -> None:
    """What doctor takes stands in its help."""
    said = CliRunner().invoke(cli.app, ["doctor", "--help"]).output
    assert all(option in said for option in ("--stack", "--mail-to", "--json", "--data", "--out"))

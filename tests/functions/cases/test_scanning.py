"""Scanning: a file waits, is cleared or set aside; what a scanner cannot say changes nothing."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingUnixStreamServer
from threading import Thread

import pytest
from starlette.testclient import TestClient

from cli.reporting.attachments import hand_over
from functions import tidy
from functions.adapters.clamav import ClamdScanner
from functions.cases.delivery import drain
from functions.cases.files.scanning import scan
from functions.cases.ports.ports import Ports
from functions.cases.ports.scanner import Clean, Infected
from functions.cases.retention import LONGEST_CLAIM, UNCLAIMED, remove_orphans, remove_unclaimed
from functions.model.case import Case
from functions.model.case_log import scan_states
from functions.model.errors import ScannerUnavailable, SettingInvalid
from functions.sweep import handler
from functions.web.app import create_app
from site_src.errors import CaseUnknown
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.filings import GRIEVANCE
from tests.helpers.mails.reading import plain
from tests.helpers.sample_files import EICAR, JPEG, PDF
from tests.helpers.servers.clamd import Clamd, Handler, clamd


@pytest.fixture
def daemon() -> Iterator[Clamd]:
    """A clamd."""
    with clamd() as server:
        yield server


@pytest.fixture
def scanning(ports: Ports, daemon: Clamd) -> Ports:
    """The ports with a scanner."""
    return replace(ports, scanner=ClamdScanner(daemon.address))


def filed(ports: Ports, *files: tuple[str, bytes], send: bool = True) -> Case:
    """A case with these files, its mails sent unless told otherwise."""
    with TestClient(create_app(ports)) as client:
        parts = [("files", file) for file in files]
        answer = client.post(
            "/cases/factory-staff/grievance",
            data=GRIEVANCE | {"language": "zh-CN"},
            files=parts,
            headers={"accept": "text/html"},
            follow_redirects=False,
        )
    assert answer.status_code == 303, answer.text
    reference = answer.headers["location"].partition("token=")[2].partition(".")[0]
    if send:
        drain(ports)
    case = ports.store.case(reference)
    assert case is not None
    return case


def places(ports: Ports) -> list[str]:
    """Where the files of cases lie."""
    found = [
        one.key
        for place in ("waiting", "cleared", "infected")
        for one in ports.shelf.entries(place)
    ]
    return [key.partition("/")[0] for key in found]


def test_clamd_says_what_it_found(daemon: Clamd) -> None:
    """A file goes over whole, in pieces; the answer is a verdict with the name of what it is."""
    scanner = ClamdScanner(daemon.address)
    large = bytes(200_000)
    assert scanner.scan(large) == Clean()
    assert scanner.scan(EICAR) == Infected("Eicar-Test-Signature")
    assert daemon.scanned == [large, EICAR]


@pytest.mark.parametrize(
    "says", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK", b"", b"UNKNOWN COMMAND\0"]
)
def test_no_verdict_is_no_clearance(daemon: Clamd, says: bytes) -> None:
    """An error, half an answer or none leaves the file uncleared."""
    daemon.says = says or b"\0"
    with pytest.raises(ScannerUnavailable):
        ClamdScanner(daemon.address).scan(b"a")


def test_clamd_that_is_away_is_unavailable() -> None:
    """No connection is no verdict."""
    with pytest.raises(ScannerUnavailable):
        ClamdScanner("127.0.0.1:1").scan(b"a")
    with pytest.raises(ScannerUnavailable):
        ClamdScanner("/nowhere/clamd.ctl").scan(b"a")


def test_clamd_over_a_unix_socket() -> None:
    """Debian's clamd listens on a socket in the file system; a path is taken for one."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "clamd.ctl")
        with ThreadingUnixStreamServer(path, Handler) as server:
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                verdict = ClamdScanner(path).scan(EICAR)
            finally:
                server.shutdown()
                thread.join()
    assert verdict == Infected("Eicar-Test-Signature")


@pytest.mark.parametrize("address", ["", "host", "host:", ":3310", "host:port"])
def test_addresses_are_checked_at_start(address: str) -> None:
    """What is neither a socket nor HOST:PORT is refused, and what it takes is said."""
    with pytest.raises(SettingInvalid, match="clamd:HOST:PORT"):
        ClamdScanner(address)


def test_malware_is_set_aside_and_told(scanning: Ports, mailbox: Mailbox) -> None:
    """The case keeps the hash, staff are told once, and the page says what became of the file."""
    case = filed(scanning, ("a.txt", EICAR), ("photo.jpg", JPEG))
    assert places(scanning) == ["waiting", "waiting"]
    mailbox.messages.clear()
    assert scan(scanning) == 2
    assert scan(scanning) == 0
    drain(scanning)
    assert sorted(places(scanning)) == ["cleared", "infected"]
    states = scan_states(case, scanning.store.events(case.reference))
    assert [states[one.id] for one in case.attachments] == ["infected", "cleared"]
    (message,) = mailbox.messages
    assert case.reference in message["Subject"]
    text = plain(message)
    assert "/cases/handle?token=" in text
    assert "a.txt" not in text
    assert "含有恶意程序，已经隔离" in text


def test_scanner_that_is_away_leaves_files_waiting(scanning: Ports, daemon: Clamd) -> None:
    """They are scanned when it is back."""
    filed(scanning, ("photo.jpg", JPEG))
    daemon.says = b"stream: busy ERROR\0"
    assert scan(scanning) == 0
    assert places(scanning) == ["waiting"]
    daemon.says = b""
    assert scan(scanning) == 1
    assert places(scanning) == ["cleared"]


def test_scan_cut_short_says_the_same(scanning: Ports, mailbox: Mailbox) -> None:
    """Killed once the verdict is recorded, the next scan moves the file and tells nobody twice."""
    case = filed(scanning, ("a.txt", EICAR))
    (entry,) = scanning.shelf.entries("waiting")
    scan(scanning)
    scanning.shelf.copy(f"infected/{entry.key.partition('/')[2]}", entry.key)
    mailbox.messages.clear()
    assert scan(scanning) == 1
    drain(scanning)
    assert len(mailbox.messages) == 1
    events = [event.type for event in scanning.store.events(case.reference)]
    assert events.count("file_infected") == 1
    assert places(scanning) == ["infected"]


def test_scan_stops_when_time_is_up(scanning: Ports) -> None:
    """After each file it asks whether to go on."""
    filed(scanning, ("a.jpg", JPEG), ("b.pdf", PDF))
    assert scan(scanning, lambda: False) == 1
    assert sorted(places(scanning)) == ["cleared", "waiting"]


def test_without_a_scanner_files_wait(ports: Ports, mailbox: Mailbox) -> None:
    """Nothing is cleared that nobody looked into, and the notice says so."""
    filed(ports, ("photo.jpg", JPEG))
    assert scan(ports) == 0
    assert places(ports) == ["waiting"]
    notice = next(one for one in mailbox.messages if "wang@example.com" not in one["To"])
    assert "没有经过恶意程序扫描" in plain(notice)


def test_unclaimed_files_are_removed(ports: Ports, clock: StoppedClock) -> None:
    """After a day what no case claims is gone; what a case has stays as long as the case."""
    clock.at = datetime.now(UTC)  # of the day that the files are left
    assert timedelta(days=1) < UNCLAIMED <= timedelta(hours=25)
    case = filed(ports, ("photo.jpg", JPEG))
    ports.shelf.put(f"uploads/{'0a' * 16}", b"nobody's")
    clock.at = max(entry.left_at for entry in ports.shelf.entries("uploads"))
    assert remove_unclaimed(ports) == 0
    clock.at += UNCLAIMED
    clock.forward(seconds=1)
    assert remove_unclaimed(ports) == 2
    assert list(ports.shelf.entries("uploads")) == []
    assert remove_orphans(ports) == 0
    assert places(ports) == ["waiting"]
    ports.shelf.copy(
        f"waiting/{case.reference}/{case.attachments[0].id}", f"cleared/SEC-22222-22222/{'0b' * 16}"
    )
    assert remove_unclaimed(ports) == 0
    assert remove_orphans(ports) == 1
    assert places(ports) == ["waiting"]


def test_file_of_a_case_whose_notice_is_owed_waits(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """The notice claims a case's files: while it cannot be sent, no file that it may need goes."""
    clock.at = datetime.now(UTC)  # of the day that the files are left
    case = filed(ports, ("photo.jpg", JPEG), send=False)
    (upload,) = ports.shelf.entries("uploads")
    clock.at = max(clock.at, upload.left_at) + UNCLAIMED
    clock.forward(hours=1)
    assert remove_unclaimed(ports) == 0
    drain(ports)
    assert places(ports) == ["waiting"]
    assert remove_unclaimed(ports) == 1
    assert ports.shelf.read(f"waiting/{case.reference}/{case.attachments[0].id}") == JPEG


def test_nothing_unclaimed_outlives_a_week(ports: Ports, clock: StoppedClock) -> None:
    """A mail that is owed for ever keeps no stranger's file longer than any mail is tried for."""
    clock.at = datetime.now(UTC)  # of the day that the files are left
    filed(ports, ("photo.jpg", JPEG), send=False)
    (upload,) = ports.shelf.entries("uploads")
    clock.at = max(clock.at, upload.left_at) + LONGEST_CLAIM
    assert remove_unclaimed(ports) == 0
    clock.forward(seconds=1)
    assert remove_unclaimed(ports) == 1


def test_staff_fetch_what_is_not_infected(scanning: Ports, tmp_path: Path) -> None:
    """Each file is written under a name that sorts; one that holds malware is named alone."""
    case = filed(scanning, ("证据.jpg", JPEG), ("a.txt", EICAR), ("a.pdf", PDF))
    scan(scanning)
    handed = hand_over(case.reference.lower(), tmp_path / "out", scanning)
    assert [(one.name, one.state) for one in handed] == [
        ("证据.jpg", "cleared"),
        ("a.txt", "infected"),
        ("a.pdf", "cleared"),
    ]
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written == {
        f"{case.reference}-1-证据.jpg": JPEG,
        f"{case.reference}-3-a.pdf": PDF,
    }
    with pytest.raises(CaseUnknown):
        hand_over("SEC-22222-22222", tmp_path, scanning)


@pytest.mark.usefixtures("wired")
def test_sweep_and_tidying_are_two_functions(ports: Ports, clock: StoppedClock) -> None:
    """One removes and sends nothing, the other sends and removes nothing."""
    ports.shelf.put(f"uploads/{'0a' * 16}", b"nobody's")

    class Context:
        def get_remaining_time_in_millis(self) -> int:
            return 280_000

    assert tidy.handler({}, Context()) == {"expired": 0, "removed": 0}
    assert handler({}, Context()) == {"tried": 0, "scanned": 0, "reminded": 0}

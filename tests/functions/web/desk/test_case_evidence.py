"""Files at the desk: what opens in the browser, what is only saved, what is never handed out."""

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from functions.adapters.files.folder import FolderFileStorage
from functions.cases.files.fetch import LARGEST_FETCHED
from functions.cases.files.scanning import scan
from functions.cases.ports.ports import Ports
from functions.cases.ports.scanner import Clean, Infected
from functions.model.attachment import MEDIA_TYPES, Attachment, FileType
from functions.model.case import Case
from functions.views.desk.case.evidence import PLAYED, SHOWN
from functions.web.desk.app import create_desk
from tests.conftest import SITE_URL, StoppedClock
from tests.functions.web.desk.conftest import LogIn
from tests.helpers.desk.desk_cases import file_case
from tests.helpers.desk.staff_directory import COLLEAGUE, HANDLER, SALES
from tests.helpers.sample_files import EICAR, GOOD, JPEG, PDF


@dataclass(frozen=True)
class Scans:
    """A scanner that knows one content as malware."""

    def scan(self, content: bytes) -> Clean | Infected:
        """See Scanner."""
        return Infected("Eicar-Test-Signature") if EICAR in content else Clean()


class Linking(FolderFileStorage):
    """A storage that hands out files by a link."""

    origin = "https://files.example.com"

    def link(self, key: str, media_type: str, disposition: str) -> str:
        """See FileStorage."""
        return f"{self.origin}/{key}?{quote(media_type)}&{quote(disposition)}"


def address(case: Case, file: Attachment | None = None) -> str:
    """The address of a file of the case; of the first one by default."""
    return f"/cases/desk/{case.reference}/files/{(file or case.attachments[0]).id}"


def filed(ports: Ports, **files: bytes) -> Case:
    """A case with these files, by their names without an ending."""
    return file_case(ports, "car-dealer", {"category": "customer-service"}, files=files)


def scanning(log_in: LogIn, ports: Ports) -> tuple[TestClient, Ports]:
    """The browser of customer service, at a desk whose files are scanned."""
    scanned = replace(ports, scanner=Scans())
    client = TestClient(create_desk(scanned), base_url=SITE_URL, follow_redirects=False)
    client.cookies = log_in(HANDLER).cookies
    return client, scanned


@pytest.mark.parametrize("type_", sorted(GOOD))
def test_only_what_no_browser_executes_is_shown(
    log_in: LogIn, staffed: Ports, type_: FileType
) -> None:
    """Images, PDF and recordings open by the type of their content; everything else is saved."""
    case = filed(staffed, evidence=GOOD[type_])
    answer = log_in(HANDLER).get(address(case))
    assert (answer.status_code, answer.content) == (200, GOOD[type_])
    assert answer.headers["Content-Type"].partition(";")[0] == MEDIA_TYPES[type_]
    way = "inline" if type_ in SHOWN or type_ in PLAYED else "attachment"
    name = quote(case.attachments[0].name, "")
    assert answer.headers["Content-Disposition"] == f"{way}; filename*=UTF-8''{name}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'" if type_ == "pdf" else "sandbox; default-src")
    assert "script" not in policy


def test_what_would_open_can_be_saved(log_in: LogIn, staffed: Ports) -> None:
    """A recording that the browser cannot play is saved instead."""
    case = filed(staffed, sound=GOOD["m4a"])
    answer = log_in(HANDLER).get(f"{address(case)}?save")
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_player_gets_the_piece_that_it_asks_for(log_in: LogIn, staffed: Ports) -> None:
    """A range is answered with 206 and exactly these bytes, an impossible one with 416."""
    case, client = filed(staffed, sound=GOOD["mp3"]), log_in(HANDLER)
    size = len(GOOD["mp3"])
    for asked, first, last in (
        ("bytes=0-3", 0, 3),
        ("bytes=5-", 5, size - 1),
        ("bytes=-4", size - 4, size - 1),
        (f"bytes=2-{10**14}", 2, size - 1),
    ):
        answer = client.get(address(case), headers={"range": asked})
        assert (answer.status_code, answer.content) == (206, GOOD["mp3"][first : last + 1])
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
    beyond = client.get(address(case), headers={"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    for whole in ("bytes=0-1,3-4", "bytes=3-1", "bytes=-", "lines=1-2", f"bytes={'9' * 5000}-"):
        answer = client.get(address(case), headers={"range": whole})
        assert (answer.status_code, answer.content) == (200, GOOD["mp3"])


@pytest.mark.parametrize("first", ["bytes=0-3", "bytes=1-", "bytes=-4"])
def test_each_opening_is_in_the_access_log_once(
    log_in: LogIn, staffed: Ports, clock: StoppedClock, first: str
) -> None:
    """Who gets a recording piece by piece, whichever is the first, opened it once in ten minutes;
    what HEAD asks, or no file has, opened nothing.
    """
    case, client = filed(staffed, sound=GOOD["mp3"]), log_in(HANDLER)
    client.head(address(case))
    client.get(address(case), headers={"range": f"bytes={len(GOOD['mp3'])}-"})
    assert staffed.lists.looks(case.reference) == ()
    for asked in (first, "bytes=4-", "bytes=6-"):
        client.get(address(case), headers={"range": asked})
        clock.forward(minutes=2)
    (look,) = staffed.lists.looks(case.reference)
    assert (look.person, look.what) == ("顾安", f"file:{case.attachments[0].id}")
    log_in(COLLEAGUE).get(address(case), headers={"range": "bytes=4-"})
    clock.forward(minutes=5)
    client.get(address(case), headers={"range": "bytes=8-"})
    client.get(address(case))
    people = [look.person for look in staffed.lists.looks(case.reference)]
    assert people == ["顾安", "何宁", "顾安", "顾安"]


def test_file_waits_for_the_scanner(log_in: LogIn, staffed: Ports) -> None:
    """Where files are scanned, none is handed out before; afterwards it is."""
    client, scanned = scanning(log_in, staffed)
    case = filed(scanned, bill=PDF)
    waiting = client.get(address(case))
    assert (waiting.status_code, "还在查毒" in waiting.text or "scanned" in waiting.text) == (
        409,
        True,
    )
    assert scan(scanned) == 1
    assert client.get(address(case)).content == PDF
    assert [look.what[:5] for look in scanned.lists.looks(case.reference)] == ["file:"]


def test_file_is_there_while_it_moves(log_in: LogIn, staffed: Ports) -> None:
    """The verdict is recorded before the file moves: meanwhile it is found where it was."""
    client, scanned = scanning(log_in, staffed)
    case = filed(scanned, bill=PDF)
    scan(scanned)
    cleared, waiting = (
        f"{place}/{case.reference}/{case.attachments[0].id}" for place in ("cleared", "waiting")
    )
    scanned.shelf.copy(cleared, waiting)
    scanned.shelf.remove(cleared)
    assert client.get(address(case)).content == PDF


def test_infected_file_is_never_handed_out(log_in: LogIn, staffed: Ports) -> None:
    """It says that it contains malware; the bytes leave by no header and no query."""
    client, scanned = scanning(log_in, staffed)
    bad = JPEG[:-2] + EICAR + JPEG[-2:]
    case = filed(scanned, photo=bad)
    scan(scanned)
    for query, headers in (("", {}), ("?save", {}), ("", {"range": "bytes=0-9"})):
        answer = client.get(address(case) + query, headers=headers)
        assert answer.status_code == 409
        assert EICAR not in answer.content
        assert "恶意程序" in answer.text or "malware" in answer.text
    assert scanned.lists.looks(case.reference) == ()
    page = client.get(f"/cases/desk/{case.reference}").text
    assert case.attachments[0].name in page
    assert f"/files/{case.attachments[0].id}" not in page


def test_file_that_was_changed_is_not_evidence(log_in: LogIn, staffed: Ports) -> None:
    """What does not have the hash of what was filed is withheld, and said to be changed."""
    case = filed(staffed, bill=PDF)
    staffed.shelf.put(f"waiting/{case.reference}/{case.attachments[0].id}", PDF + b"%")
    answer = log_in(HANDLER).get(address(case))
    assert answer.status_code == 409
    assert PDF not in answer.content
    staffed.shelf.remove(f"waiting/{case.reference}/{case.attachments[0].id}")
    staffed.shelf.remove(f"uploads/{case.attachments[0].id}")
    assert log_in(HANDLER).get(address(case)).status_code == 409


def test_large_file_comes_from_where_it_is_stored(
    log_in: LogIn, staffed: Ports, tmp_path: Path
) -> None:
    """What Lambda cannot answer with comes by a signed link; what it can, from the desk itself."""

    large = PDF + bytes(LARGEST_FETCHED)
    case = filed(staffed, bill=PDF, plan=large)
    linked = replace(staffed, shelf=Linking(str(tmp_path / "files")))
    client = TestClient(create_desk(linked), base_url=SITE_URL, follow_redirects=False)
    client.cookies = log_in(HANDLER).cookies
    small, big = case.attachments
    assert client.get(address(case, small)).content == PDF
    answer = client.get(address(case, big))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(
        f"https://files.example.com/waiting/{case.reference}/{big.id}?application/pdf&inline"
    )
    page = client.get(f"/cases/desk/{case.reference}")
    assert "media-src 'self' https://files.example.com" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>.jpg', "照片 %0d%0aX: y.jpg", "\u202egpj.exe.jpg"]
)
def test_hostile_name_stays_a_name(log_in: LogIn, staffed: Ports, name: str) -> None:
    """No name of a file writes markup into a page or a header into an answer."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"}, files={name: JPEG})
    client = log_in(HANDLER)
    answer = client.get(address(case))
    assert answer.headers["Content-Disposition"].isascii()
    assert not {"\n", "\r", '"'} & set(answer.headers["Content-Disposition"])
    assert "X" not in answer.headers
    page = client.get(f"/cases/desk/{case.reference}").text
    assert "<script" not in page
    assert "\u202e" not in page


def test_file_opens_for_those_who_may_open_its_case(
    log_in: LogIn, staffed: Ports, stranger: TestClient
) -> None:
    """Nobody else learns whether there is one: a stranger logs in first, others get 404."""
    case, other = filed(staffed, bill=PDF), filed(staffed, photo=JPEG)
    assert log_in(SALES).get(address(case)).status_code == 404
    assert stranger.get(address(case)).status_code == 303
    assert log_in(HANDLER).get(address(case, other.attachments[0])).status_code == 404
    assert log_in(HANDLER).get(f"/cases/desk/{case.reference}/files/x").status_code == 404
    assert staffed.lists.looks(case.reference) == ()

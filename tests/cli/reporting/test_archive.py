"""The archive of a year holds every case whole, and is there wholly or not at all."""

import csv
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from stat import S_IMODE

import pytest

from cli.reporting import archived_files, year_archive
from cli.reporting.year_archive import YearArchive, write_archive
from functions.adapters.sqlite.store import SqliteStore
from functions.adapters.weasyprint import WeasyPrinter
from functions.cases.ports.ports import Ports
from functions.cases.subject_rights import erase_case
from functions.model.attachment import Attachment
from functions.model.case import Case, CaseEvent
from site_src.errors import RecordsUnreadable
from tests.conftest import StoppedClock
from tests.helpers.desk.casebook import Casebook, damage_case

CONTENT = b"%PDF-1.7 a photo of the brakes"


@pytest.fixture
def book(ports: Ports, clock: StoppedClock) -> Casebook:
    """The cases of the accreditation body, from 2025 on."""
    clock.at = datetime(2025, 6, 2, 2, 0, tzinfo=UTC)
    return Casebook(ports, clock)


def attachment(id: str = "1" * 32, name: str = "证据 =1+1.pdf") -> Attachment:
    """A file whose name a spreadsheet could take amiss."""
    digest = sha256(CONTENT).hexdigest()
    return Attachment(id=id, name=name, type="pdf", size=len(CONTENT), sha256=digest)


def archive(book: Casebook, out: Path, year: int = 2025) -> YearArchive:
    """The archive of a year, once it is over."""
    over = datetime(year + 1, 1, 1, tzinfo=UTC)
    book.clock.at = max(book.clock.at, over)
    directory = book.ports.contracts.directory(book.organisation)
    assert directory is not None
    return write_archive(directory, year, out, book.ports)


def rows(folder: Path) -> list[dict[str, str]]:
    """The index."""
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def story(book: Casebook) -> Case:
    """A complaint with a file, of which staff said something by name."""
    case = book.file(name="张三", account="刹车一直响。")
    book.ports.shelf.put(f"cleared/{case.reference}/{'1' * 32}", CONTENT)
    book.act(case, "information", text="照片", files=(attachment(),))
    book.act(case, "note", text="第三次了", person="顾安", mark="0" * 24)
    book.act(case, "decision", text="退款", outcome="upheld", person="顾安")
    return case


def test_case_is_archived_whole(book: Casebook, tmp_path: Path) -> None:
    """Data, log with persons, page and files of the case are in its folder, and stay private."""
    case = story(book)
    made = archive(book, tmp_path)
    folder = made.folder / "cases" / case.reference
    data = json.loads((folder / "case.json").read_text("utf-8"))
    assert data["case"]["submission"]["account"] == "刹车一直响。"
    types = [event["type"] for event in data["events"]]
    assert types == ["received", "information", "note", "decision"]
    assert data["events"][2]["detail"]["person"] == "顾安"
    assert data["log_is_whole"] is True
    page = (folder / "case.html").read_text("utf-8")
    for words in ("张三", "刹车一直响。", "第三次了", "顾安", "退款", case.reference):
        assert words in page
    assert (folder / "files" / "01-证据 =1+1.pdf").read_bytes() == CONTENT
    assert (made.cases, made.files, made.broken, made.unreadable) == (1, 1, (), ())
    for path in (made.folder, *made.folder.rglob("*")):
        assert S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_index_and_manifest_name_everything(book: Casebook, tmp_path: Path) -> None:
    """The index has a line a case; `sha256sum --check` finds every file as it was written."""
    case = story(book)
    other = book.file("appeal", decided_on="2025-05-20")
    folder = archive(book, tmp_path).folder
    found = rows(folder)
    assert [row["reference"] for row in found] == [case.reference, other.reference]
    assert found[0] | {"kept_until": ""} == {
        "reference": case.reference,
        "kind": "complaint",
        "received": "2025-06-02 10:00",
        "state": "answered",
        "kept_until": "",
        "files": "1",
        "log_is_whole": "yes",
        "folder": f"cases/{case.reference}",
    }
    listed = {line[66:] for line in (folder / "manifest.sha256").read_text("utf-8").splitlines()}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert listed == there - {"manifest.sha256"}
    command = ["sha256sum", "--check", "--quiet", "manifest.sha256"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0


def test_year_is_that_of_the_organisations_clock(book: Casebook, tmp_path: Path) -> None:
    """A filing at 16:30 UTC on New Year's Eve is of the next year in Shanghai."""
    book.clock.at = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)
    last = book.file()
    book.clock.forward(minutes=1)
    first = book.file()
    assert [row["reference"] for row in rows(archive(book, tmp_path).folder)] == [last.reference]
    found = rows(archive(book, tmp_path, 2026).folder)
    assert [row["reference"] for row in found] == [first.reference]


def test_archive_overwrites_nothing(book: Casebook, tmp_path: Path) -> None:
    """A second archive into the same folder is refused, and the first stays as it is."""
    book.file()
    folder = archive(book, tmp_path).folder
    before = (folder / "manifest.sha256").read_bytes()
    book.file()
    with pytest.raises(RecordsUnreadable, match="is there already"):
        archive(book, tmp_path)
    assert (folder / "manifest.sha256").read_bytes() == before


def test_interrupted_archive_goes_on(
    book: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an interruption nothing has the archive's name; the next run keeps whole cases, takes
    out what was erased since, and ends with all of it.
    """
    cases = [story(book) for _ in range(3)]
    real, written = archived_files.archive_case, list[str]()

    def failing(case: Case, *rest: object) -> object:
        if len(written) == 2:
            raise OSError("the disk is full")
        written.append(case.reference)
        return real(case, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(year_archive, "archive_case", failing)
    with pytest.raises(OSError, match="full"):
        archive(book, tmp_path)
    monkeypatch.undo()
    draft = tmp_path / ".accreditation-body-2025.partial"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("acc")] == []
    kept = draft / "cases" / cases[1].reference / "case.json"
    inode = kept.stat().st_ino
    erase_case(cases[0], book.ports)
    made = archive(book, tmp_path)
    folders = {path.name for path in (made.folder / "cases").iterdir()}
    assert folders == {cases[1].reference, cases[2].reference}
    again = made.folder / "cases" / cases[1].reference / "case.json"
    assert again.stat().st_ino == inode
    assert not draft.exists()


def test_case_that_went_on_is_written_again(book: Casebook, tmp_path: Path) -> None:
    """What an interrupted run wrote of a case is replaced if the case has changed since."""
    case = story(book)
    first = archive(book, tmp_path / "a")
    (tmp_path / "b").mkdir()
    first.folder.rename(tmp_path / "b" / ".accreditation-body-2025.partial")
    book.act(case, "closed", text="结案了")
    made = archive(book, tmp_path / "b")
    page = made.folder / "cases" / case.reference / "case.html"
    assert "结案了" in page.read_text("utf-8")


def test_what_is_wrong_is_told(book: Casebook, tmp_path: Path) -> None:
    """Files that are gone, changed or malware, a broken chain, and retention that ends soon."""
    case = story(book)
    gone, changed, malware = (attachment(digit * 32, f"{digit}.pdf") for digit in "234")
    book.act(case, "information", text="再发", files=(gone, changed, malware))
    book.ports.shelf.put(f"waiting/{case.reference}/{changed.id}", b"something else")
    book.ports.shelf.put(f"infected/{case.reference}/{malware.id}", CONTENT)
    now = book.ports.now()
    event = CaseEvent(at=now, type="file_infected", detail=f"{malware.id} Eicar")
    book.ports.store.add_event(case.reference, event, (), "scan")
    book.clock.at = case.retained_until.replace(month=4)
    store = book.ports.store
    assert isinstance(store, SqliteStore)
    store._database.write(  # noqa: SLF001 - what a thief of the file would do
        lambda db: db.execute("DELETE FROM events WHERE type = 'note'")
    )
    made = archive(book, tmp_path)
    assert made.broken == (case.reference,)
    assert [reference for reference, _ in made.ending] == [case.reference]
    assert [what.partition(": ")[2] for what in made.unreadable] == [
        "it is not in the file storage",
        "it is not the file that was sent",
        "it holds malware",
    ]
    assert made.files == 1
    page = (made.folder / "cases" / case.reference / "case.html").read_text("utf-8")
    assert '<strong class="late">' in page


def test_end_of_a_log_that_is_gone_is_told(book: Casebook, tmp_path: Path) -> None:
    """A case whose last entry was deleted is archived, and named as one whose log is not whole."""
    case, other = story(book), story(book)
    store = book.ports.store
    assert isinstance(store, SqliteStore)
    store._database.write(  # noqa: SLF001 - what a thief of the file would do
        lambda db: db.execute(
            """DELETE FROM events WHERE type = 'decision'
            AND case_id = (SELECT id FROM cases WHERE reference = ?)""",
            (case.reference,),
        )
    )
    made = archive(book, tmp_path)
    assert (made.cases, made.broken) == (2, (case.reference,))
    page, whole = (
        (made.folder / "cases" / each.reference / "case.html").read_text("utf-8")
        for each in (case, other)
    )
    assert "末尾缺少记录" in page
    assert "末尾缺少记录" not in whole
    data = json.loads((made.folder / "cases" / case.reference / "case.json").read_text("utf-8"))
    assert data["log_is_whole"] is False


def test_case_that_cannot_be_read_keeps_no_other(book: Casebook, tmp_path: Path) -> None:
    """A case is archived although others are damaged: the organisation's own is named, whether it
    has a summary yet or not; one of another organisation is not its concern.
    """
    good, bad = story(book), story(book)
    new = book.store()
    other = Casebook(book.ports, book.clock, "car-dealer").store()
    for each in (bad, new, other):
        damage_case(each.reference, book.ports)
    made = archive(book, tmp_path)
    assert [row["reference"] for row in rows(made.folder)] == [good.reference]
    assert {what.split(": ")[0] for what in made.unreadable} == {
        f"case {bad.reference}",
        f"case {new.reference}",
    }


def test_paper_is_drawn_where_it_can_be(book: Casebook, tmp_path: Path) -> None:
    """With the libraries for PDF, each case has a paper with its data attached."""
    pytest.importorskip("weasyprint")
    case = story(book)
    book.ports = replace(book.ports, printer=WeasyPrinter())
    folder = archive(book, tmp_path).folder / "cases" / case.reference
    assert (folder / "case.pdf").read_bytes().startswith(b"%PDF")

"""The report of a month: a table that spreadsheets open right, and a page."""

import csv
import re
import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from stat import S_IMODE

import pytest
from typer.testing import CliRunner

from cli import app as cli
from cli.reporting.written_report import WrittenReport, write_report
from functions.cases.ports.ports import Ports
from functions.cases.statistics.month_totals import months_of, reported_at
from functions.cases.subject_rights import erase_case
from functions.model.contract.directory import Directory
from functions.model.statistics.figures import Figures
from functions.views.desk.pages import Frame
from functions.views.desk.report.case_table import safe_cell
from tests.conftest import StoppedClock
from tests.helpers.deadlines.counting_cases import ZONE
from tests.helpers.desk.casebook import Casebook, damage_case
from tests.helpers.desk.counted_year import END, counted_year

REFERENCE, RECEIVED, ANSWERED, OVERDUE, FIRST_LIMIT = 0, 5, 6, 10, 17
"""Places of columns; each limit has three: its end, when it was done, whether it was kept."""

SECRET = "XYZZY 刹车一直响"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Path:
    """A store with the bank's cases of fourteen months, filled once and closed."""
    folder = tmp_path_factory.mktemp("year")
    with counted_year(folder, built):
        pass
    return folder / "ombud.db"


@pytest.fixture
def copied(filled: Path, tmp_path: Path) -> None:
    """A copy of it where `ports` opens its store afterwards."""
    shutil.copy(filled, tmp_path / "ombud.db")


@pytest.fixture
def year(copied: None, ports: Ports, clock: StoppedClock) -> Casebook:
    """The bank's cases of fourteen months."""
    clock.at = END
    return Casebook(ports, clock, "commercial-bank")


def directory_of(book: Casebook) -> Directory:
    """What is current of the organisation."""
    directory = book.ports.contracts.directory(book.organisation)
    assert directory is not None
    return directory


def report(book: Casebook, out: Path, month: str, exact: bool = False) -> WrittenReport:
    """Writes the report of a month."""
    return write_report(directory_of(book), month, out, exact, book.ports)


def table(written: WrittenReport) -> list[list[str]]:
    """The rows of the table without its head, read as Python reads CSV."""
    with written.paths[0].open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def figures(book: Casebook, month: str) -> Figures:
    """What was counted for a month."""
    (total,) = months_of(book.organisation, month, month, book.ports)
    return total.figures


def test_table_says_what_the_figures_count(year: Casebook, tmp_path: Path) -> None:
    """Counting the rows of the table gives the figures of the page, limit by limit."""
    written = report(year, tmp_path, "2026-10")
    rows, counted = table(written), figures(year, "2026-10")
    yes = Frame.of(directory_of(year)).words.say("yes")
    assert written.cases == len(rows)
    assert sum(row[RECEIVED].startswith("2026-10") for row in rows) == counted.received
    assert sum(row[ANSWERED].startswith("2026-10") for row in rows) == counted.answered
    assert sum(row[OVERDUE] == yes for row in rows) == counted.overdue
    kept = sum(
        row[place + 2] == yes and row[place + 1].startswith("2026-10")
        for row in rows
        for place in range(FIRST_LIMIT, len(row), 3)
    )
    assert kept == sum(timing.kept for timing in counted.limits.values()) > 0


def test_table_opens_in_a_spreadsheet(year: Casebook, tmp_path: Path) -> None:
    """It is UTF-8 with a mark, its lines end as in Windows, and every row has every column."""
    written = report(year, tmp_path, "2026-10")
    content = written.paths[0].read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == written.cases + 1
    lengths = {len(row) for row in csv.reader(StringIO(content.decode("utf-8-sig")))}
    assert len(lengths) == 1
    for path in written.paths:
        assert S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30 1",
        "-2",
        "@SUM(A1)",
        "\tx",
        "\r=1",
        "\n=1",
        " =1+1",
        "＝1+1",
        '=HYPERLINK("http://example.com")',
        "\u00a0@x",
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    """A cell that a spreadsheet would run begins with an apostrophe."""
    assert safe_cell(text).startswith("'")
    assert safe_cell(text).lstrip("'") == text.lstrip()


@pytest.mark.parametrize("text", ["BNK-22222-22222", "2026-10-01 10:00", "", "刹车 = 坏", "5"])
def test_other_cells_stay(text: str) -> None:
    """What no spreadsheet runs is written as it is."""
    assert safe_cell(text) == text


def test_no_word_of_a_filer_is_reported(ports: Ports, clock: StoppedClock, tmp_path: Path) -> None:
    """Neither table nor page has an answer in words, a name, or what staff wrote to filers."""
    book = Casebook(ports, clock, "car-dealer")
    clock.at = END
    case = book.file(account=SECRET, name="张三", phone="400-000-0000", category="other")
    book.act(case, "decision", text=SECRET, outcome="upheld", remedy=SECRET)
    for path in report(book, tmp_path, "2026-11", exact=True).paths:
        text = path.read_text("utf-8-sig")
        for word in ("XYZZY", "张三", "400-000-0000"):
            assert word not in text


def test_page_needs_nothing_else(year: Casebook, tmp_path: Path) -> None:
    """It loads no other file, runs no script, and names each plot for those who do not see it."""
    page = report(year, tmp_path, "2026-10").paths[1].read_text("utf-8")
    assert not re.search(r"<(script|link|img|iframe)|\bsrc=|url\(|@import|style=", page)
    assert page.count("<svg") == page.count('role="img"') + page.count('aria-hidden="true"')
    assert '<title id="course-title">' in page
    assert '<desc id="course-text">' in page


def test_limit_stands_beside_its_promise(year: Casebook, tmp_path: Path) -> None:
    """Each limit is told with its words, its clause as a link, and what was kept of it."""
    page = report(year, tmp_path, "2026-10", exact=True).paths[1].read_text("utf-8")
    timing = figures(year, "2026-10").limits["1 decide"]
    assert timing.share is not None
    assert "自收到之日起15天内" in "".join(re.sub(r"<[^>]+>", "", page).split())
    assert "/commercial-bank/versions/1/#clause-第九条" in page
    assert (
        f"{round(100 * timing.share)}% kept" in page or f"按期 {round(100 * timing.share)}%" in page
    )


def test_small_numbers_are_told_only_on_request(year: Casebook, tmp_path: Path) -> None:
    """Without --exact, no number under five stands on the page as such."""
    hidden = report(year, tmp_path / "a", "2026-10").paths[1].read_text("utf-8")
    exact = report(year, tmp_path / "b", "2026-10", exact=True).paths[1].read_text("utf-8")
    numbers = re.compile(r"<(?:dd|td)>\s*([0-4])\s*</")
    assert numbers.findall(hidden) == []
    assert numbers.findall(exact) != []
    assert "&lt;5" in hidden
    assert "&lt;5" not in exact


def test_erased_case_counts_without_a_row(year: Casebook, tmp_path: Path) -> None:
    """The page still counts it, and the command says that it has no row."""
    before = report(year, tmp_path / "a", "2026-10")
    reference = table(before)[0][REFERENCE]
    case = year.ports.store.case(reference)
    assert case is not None
    counted = figures(year, "2026-10")
    erase_case(case, year.ports)
    after = report(year, tmp_path / "b", "2026-10")
    assert (after.cases, after.gone) == (before.cases - 1, before.gone + 1)
    assert figures(year, "2026-10").received == counted.received
    assert reference not in after.paths[0].read_text("utf-8-sig")


def test_report_of_a_month_that_is_over_is_noted(year: Casebook, tmp_path: Path) -> None:
    """The next report says when it was made; one of a month that goes on is not noted."""
    report(year, tmp_path, "2026-11")
    assert reported_at(year.organisation, "2026-11", year.ports) is None
    report(year, tmp_path, "2026-10")
    made = reported_at(year.organisation, "2026-10", year.ports)
    assert made == END
    year.clock.forward(days=1)
    report(year, tmp_path, "2026-10")
    assert reported_at(year.organisation, "2026-10", year.ports) == made


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and the output of a command."""
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.output


def in_last_month() -> datetime:
    """A moment of the last month that is over at the dealer's."""
    return (datetime.now(ZONE).replace(day=1) - timedelta(days=3)).astimezone(UTC)


def test_command_writes_both_files(
    ports: Ports, clock: StoppedClock, wired: Path, tmp_path: Path
) -> None:
    """`report` counts what was filed just now and takes the last month that is over by default."""
    clock.at = in_last_month()
    Casebook(ports, clock, "car-dealer").file(category="other")
    code, said = run("report", "--org", "car-dealer", "--out", str(tmp_path / "out"))
    assert code == 0, said
    month = f"{clock.at:%Y-%m}"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"car-dealer-{month}.csv",
        f"car-dealer-{month}.html",
    }
    assert "1 cases" in said


def test_case_that_cannot_be_read_keeps_no_report(
    ports: Ports, clock: StoppedClock, wired: Path, tmp_path: Path
) -> None:
    """The report is written; an own case that is damaged is named and exits 1, another's is not."""
    clock.at = in_last_month()
    book = Casebook(ports, clock, "car-dealer")
    book.file(category="other")
    other = Casebook(ports, clock, "commercial-bank").store()
    damage_case(other.reference, ports)
    command = ("report", "--org", "car-dealer", "--out", str(tmp_path / "out"))
    code, said = run(*command)
    assert code == 0, said
    own = book.store()
    damage_case(own.reference, ports)
    code, said = run(*command)
    assert code == 1, said
    assert f"not counted as it is now: case {own.reference}: " in said
    assert other.reference not in said
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--org", "nobody"), "there is no organisation 'nobody'"),
        (("--org", "car-dealer", "--month", "2026-13"), "is no month that has begun"),
        (("--org", "car-dealer", "--month", "2999-01"), "is no month that has begun"),
        (("--org", "car-dealer", "--month", "1999-01"), "nothing was counted for 1999-01"),
    ],
)
def test_wrong_use_is_told(
    ports: Ports, wired: Path, arguments: tuple[str, ...], words: str
) -> None:
    """An unknown organisation, no month, one that has not begun, and one before all cases."""
    code, said = run("report", *arguments)
    assert code == 2
    assert words in said


def test_archive_command(ports: Ports, clock: StoppedClock, wired: Path, tmp_path: Path) -> None:
    """`archive` writes the folder of a year that is over, and a second time refuses to."""
    this = datetime.now(ZONE).year
    over = this - 1
    clock.at = datetime(over, 6, 2, 2, tzinfo=UTC)
    Casebook(ports, clock, "car-dealer").file(category="other")
    command = ("archive", "--org", "car-dealer", "--out", str(tmp_path), "--year")
    code, said = run(*command, f"{over}")
    assert code == 0, said
    assert f"car-dealer-{over}: 1 cases, 0 files of them" in said
    assert (tmp_path / f"car-dealer-{over}" / "index.csv").is_file()
    assert run(*command, f"{over}")[0] == 2
    code, said = run(*command, f"{this}")
    assert (code, f"the year {this} is not over" in said) == (2, True)

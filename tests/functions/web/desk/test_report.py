"""The report of a month at the desk: who reads it, and what it says."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from functions.cases.ports.ports import Ports
from functions.cases.statistics import month_report as reports
from functions.cases.statistics import report_readers
from functions.cases.statistics.month_totals import reported_at
from functions.cases.statistics.nightly import count_organisation
from tests.conftest import StoppedClock
from tests.functions.web.desk.conftest import LogIn
from tests.helpers.desk.casebook import Casebook
from tests.helpers.desk.staff_directory import BANKER, COLLEAGUE, HANDLER, LEADER, SALES

REPORT = "/cases/desk/report"


@pytest.fixture
def book(staffed: Ports, clock: StoppedClock) -> Casebook:
    """The car dealer's cases, on 2 March 2026."""
    return Casebook(staffed, clock, "car-dealer")


def count(book: Casebook) -> None:
    """What the sweep does at night."""
    directory = book.ports.contracts.directory(book.organisation)
    assert directory is not None
    assert count_organisation(directory, book.ports)


def test_report_of_the_last_month_is_shown_first(book: Casebook, log_in: LogIn) -> None:
    """Without a choice the last month that is over is shown; the others can be chosen."""
    for _ in range(7):
        book.answered(days=0.01, outcome="upheld")
    book.clock.at = datetime(2026, 4, 2, 2, tzinfo=UTC)
    count(book)
    client = log_in(HANDLER)
    page = client.get(REPORT)
    assert page.status_code == 200
    assert '<option value="2026-03" selected>' in page.text
    assert '<option value="2026-04">' in page.text
    assert "<dd>7</dd>" in page.text
    assert "四、1.1.1" in page.text
    assert "每月整理回访得到的信息，写成分析报告" in page.text
    april = client.get(f"{REPORT}?month=2026-04")
    assert '<option value="2026-04" selected>' in april.text
    assert "<dd>7</dd>" not in april.text


def test_nothing_is_counted_while_the_page_loads(
    book: Casebook, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case of after the last night is not in the report, and no list of cases is read."""
    count(book)
    for _ in range(6):
        book.file(category="other")
    client = log_in(HANDLER)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the page reads a list of cases")

    monkeypatch.setattr(book.ports.lists, "listed", refuse)
    page = client.get(f"{REPORT}?month=2026-03")
    assert page.status_code == 200
    assert "<dd>6</dd>" not in page.text


def test_month_without_figures_is_told(book: Casebook, log_in: LogIn) -> None:
    """Before the first night, and for a month long ago, the page says so in one sentence."""
    client = log_in(HANDLER)
    assert 'class="empty"' in client.get(REPORT).text
    count(book)
    assert 'class="empty"' in client.get(f"{REPORT}?month=1999-12").text


@pytest.mark.parametrize("month", ["2026-13", "2026", "2026-3", "../2026-03", "２０２６-03"])
def test_no_month_is_no_page(log_in: LogIn, month: str) -> None:
    """What is no month is not found."""
    assert log_in(HANDLER).get(REPORT, params={"month": month}).status_code == 404


@pytest.mark.parametrize(("address", "status"), [(HANDLER, 200), (SALES, 404), (LEADER, 200)])
def test_report_is_read_by_those_whose_work_it_is(
    book: Casebook, log_in: LogIn, address: str, status: int
) -> None:
    """Roles that take in, decide, approve or analyse read it; for others there is no such page."""
    count(book)
    client = log_in(address)
    assert client.get(REPORT).status_code == status
    posted = client.post(REPORT, data={"month": "2026-02"})
    assert posted.status_code == (303 if status == 200 else 404)


def test_list_leads_to_the_report(log_in: LogIn) -> None:
    """Whoever reads reports finds them beside the lists; nobody else is led to them."""
    link = f'href="{REPORT}"'
    assert link in log_in(HANDLER).get("/cases/desk").text
    assert link not in log_in(SALES).get("/cases/desk").text


def test_organisation_without_procedure_shows_it_to_everybody(
    staffed: Ports, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under a contract of before 0.2.0 nobody knows whose work it is."""
    for module in (reports, report_readers):
        monkeypatch.setattr(module, "current_procedure", lambda *_: None)
    assert log_in(SALES).get(REPORT).status_code == 200


def test_own_organisation_only(book: Casebook, log_in: LogIn) -> None:
    """Staff read the figures of their own organisation, whatever they ask for."""
    for _ in range(6):
        book.answered()
    count(book)
    page = log_in(BANKER, "commercial-bank").get(f"{REPORT}?month=2026-03")
    assert "<dd>6</dd>" not in page.text


def test_making_the_report_is_noted_once(book: Casebook, log_in: LogIn) -> None:
    """A button notes it for a month that is over; the first time counts."""
    count(book)
    client = log_in(HANDLER)
    answer = client.post(REPORT, data={"month": "2026-02"})
    assert answer.headers["location"] == f"{REPORT}?month=2026-02"
    first = reported_at("car-dealer", "2026-02", book.ports)
    assert first == book.clock.at
    book.clock.forward(hours=1)
    client.post(REPORT, data={"month": "2026-02"})
    client.post(REPORT, data={"month": "2026-03"})
    assert reported_at("car-dealer", "2026-02", book.ports) == first
    assert reported_at("car-dealer", "2026-03", book.ports) is None


def test_measures_are_listed_for_those_who_may_open_the_case(book: Casebook, log_in: LogIn) -> None:
    """A measure stands with owner, day and a link to its case; not for whom the filer named."""
    case = book.file(category="other", involved="顾安", account="…")
    book.act(case, "measure", text="重新培训", owner="销售部", until="2026-03-20")
    count(book)
    address = f"{REPORT}?month=2026-03"
    named, colleague = log_in(HANDLER).get(address).text, log_in(COLLEAGUE).get(address).text
    assert "重新培训" not in named
    assert "重新培训" in colleague
    assert f'href="/cases/desk/{case.reference}"' in colleague


def test_table_has_the_cases_that_its_reader_may_open(book: Casebook, log_in: LogIn) -> None:
    """The CSV has a row for each case of the month, without those that name its reader."""
    open_ = book.answered(outcome="upheld")
    named = book.file(involved="何宁")
    count(book)
    table = log_in(COLLEAGUE).get(f"{REPORT}.csv?month=2026-03")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == 'attachment; filename="car-dealer-2026-03.csv"'
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [open_.reference]
    others = log_in(HANDLER).get(f"{REPORT}.csv?month=2026-03").text
    assert open_.reference in others
    assert named.reference in others


def test_table_is_refused_where_it_would_take_too_long(
    book: Casebook, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month of more cases than can be looked through says who can write the table, and how."""
    for _ in range(3):
        book.file()
    count(book)
    monkeypatch.setattr("functions.web.desk.report._MOST_CASES", 2)
    page = log_in(HANDLER).get(f"{REPORT}.csv?month=2026-03").text
    assert "这个月有3件" in page
    assert "build.py report --org car-dealer --month 2026-03" in page


def test_table_is_for_whom_the_report_is(book: Casebook, log_in: LogIn) -> None:
    """A role without the report has no table, and a month that was not counted has none."""
    count(book)
    assert log_in(SALES).get(f"{REPORT}.csv?month=2026-03").status_code == 404
    client = log_in(HANDLER)
    assert client.get(f"{REPORT}.csv?month=1999-12").status_code == 404
    assert client.get(f"{REPORT}.csv").status_code == 404

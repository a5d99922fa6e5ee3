"""Cases are counted once a night, and what was counted outlives them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.ports.ports import Ports
from functions.cases.retention import expire_cases
from functions.cases.statistics.month_totals import months_of, published_months
from functions.cases.statistics.nightly import count_night, count_organisation
from functions.cases.subject_rights import erase_case
from functions.model.case import CaseEvent
from functions.model.statistics.figures import Figures, Timing
from functions.model.statistics.totals import MonthTotal
from tests.conftest import StoppedClock, codec, on_store
from tests.helpers.desk.casebook import Casebook
from tests.helpers.desk.staff_directory import with_staff, write_directory
from tests.helpers.servers.dynamodb_local import client_at

ANSWER = "1 answer"


@pytest.fixture
def book(ports: Ports, clock: StoppedClock) -> Casebook:
    """The cases of the accreditation body."""
    return Casebook(ports, clock)


def months(book: Casebook, first: str = "2025-01", last: str = "2040-12") -> dict[str, MonthTotal]:
    """What is stored of each month."""
    found = months_of(book.organisation, first, last, book.ports)
    return {total.month: total for total in found}


def counted(book: Casebook) -> dict[str, Figures]:
    """The figures of each month after a count."""
    directory = book.ports.contracts.directory(book.organisation)
    assert directory is not None
    assert count_organisation(directory, book.ports)
    return {month: total.figures for month, total in months(book).items()}


def test_night_counts_what_happened(book: Casebook) -> None:
    """Cases, answers with outcome and remedy, reviews, opinions and measures, in their month."""
    first = book.file("appeal", name="张三", category="initial", decided_on="2026-02-20")
    second = book.file(channel="telephone")
    book.clock.forward(days=3)
    book.act(first, "forwarded")
    book.act(first, "decision", outcome="not_upheld", text="no")
    book.act(second, "decision", outcome="upheld", remedy="refund")
    book.act(second, "measure", text="train", owner="office", until="2026-03-20")
    book.clock.forward(days=30)
    book.act(second, "satisfaction", satisfied=True, fairly=False)
    book.act(first, "review_requested", review=0)
    figures = counted(book)
    march, april = figures["2026-03"], figures["2026-04"]
    assert (march.received, march.answered, march.open, march.remedies) == (2, 2, 0, 1)
    assert march.kinds == {"appeal": 1, "complaint": 1}
    assert march.categories == {"initial": 1, "none": 1}
    assert march.channels == {"telephone": 1, "web": 1}
    assert march.results == march.becomes == {"not_upheld": 1, "upheld": 1}
    assert (march.measures, march.measures_open, march.measures_late) == (1, 1, 1)
    assert (april.received, april.open, april.reviews) == (0, 1, 1)
    assert (april.satisfied, april.fairly) == ({"yes": 1}, {"no": 1})


def test_limit_is_told_with_its_promise(book: Casebook) -> None:
    """Each limit of the version in force stands beside its figures, with clause and words."""
    for days in (1, 5):
        case = book.file("appeal", category="initial", decided_on="2026-02-20")
        book.clock.forward(days=days)
        book.act(case, "forwarded", keeps=("forward",))
    (march,) = [counted(book)["2026-03"]]
    total = months(book)["2026-03"]
    (promise,) = [each for each in total.promises if each.limit.id == "forward"]
    assert (promise.limit.clause, promise.limit.value, promise.limit.unit) == ("2.5", 3, "day")
    assert march.limits[promise.key] == Timing(kept=1, late=1, taken={1: 1, 5: 1})
    assert total.names.kinds["appeal"].words("en") == "Appeal"


def test_entry_that_is_taken_back_does_not_count(book: Casebook) -> None:
    """An answer that was entered by mistake leaves nothing behind, in its month either."""
    case = book.answered(outcome="upheld")
    assert counted(book)["2026-03"].answered == 1
    at = book.ports.now()
    book.clock.forward(days=31)
    book.act(case, "corrected", corrects=at)
    figures = counted(book)
    assert (figures["2026-03"].answered, figures["2026-03"].open) == (0, 1)
    assert figures["2026-04"].open == 1


def test_entry_counts_when_it_happened(book: Casebook) -> None:
    """What staff enter in April as of March counts in March."""
    case = book.file()
    counted(book)
    book.clock.at = datetime(2026, 4, 2, 2, tzinfo=UTC)
    book.act(case, "decision", happened_on="2026-03-31", outcome="upheld")
    figures = counted(book)
    assert (figures["2026-03"].answered, figures["2026-03"].open) == (1, 0)
    assert figures["2026-04"].answered == 0


def test_erased_case_still_counts(book: Casebook) -> None:
    """Its months stay as they were, and it is no longer open; counting again changes nothing."""
    kept, erased = book.file(), book.file()
    before = counted(book)["2026-03"]
    erase_case(erased, book.ports)
    book.clock.forward(days=31)
    figures = counted(book)
    assert figures == counted(book)
    assert figures["2026-03"].received == before.received == 2
    assert (figures["2026-03"].open, figures["2026-04"].open) == (2, 1)
    book.act(kept, "decision")
    assert counted(book)["2026-03"].received == 2


def test_case_erased_before_its_first_night_counts(book: Casebook) -> None:
    """A filing of the morning that is erased in the afternoon is counted at night."""
    erase_case(book.file(), book.ports)
    book.clock.forward(days=1)
    assert counted(book)["2026-03"].received == 1


FEBRUARY_IN_LONDON = datetime(2026, 2, 28, 20, 0, tzinfo=UTC)
"""It is March in Shanghai."""


def move_to_london(book: Casebook, built: Path, folder: Path) -> None:
    """Has the version in force keep another zone than that of the filings so far."""
    directory = book.ports.contracts.directory(book.organisation)
    assert directory is not None
    book.ports = with_staff(book.ports, built, folder)
    write_directory(folder, directory.model_copy(update={"timezone": "Europe/London"}))


def test_case_erased_before_its_first_night_is_of_the_zone_in_force(
    book: Casebook, built: Path, tmp_path: Path
) -> None:
    """It counts on the day on which the night would have counted it."""
    move_to_london(book, built, tmp_path / "moved")
    book.clock.at = FEBRUARY_IN_LONDON
    erased = book.file()
    assert counted(book)["2026-02"].received == 1
    book.act(erased, "decision", outcome="upheld")
    erase_case(erased, book.ports)
    erase_case(book.file(), book.ports)
    book.clock.forward(days=1)
    figures = counted(book)
    assert (figures["2026-02"].received, figures["2026-03"].received) == (2, 0)


def test_case_counts_once_after_a_change_of_zone(
    book: Casebook, built: Path, tmp_path: Path
) -> None:
    """One that the night counted before is counted on the day that it is of now, erased or not."""
    book.clock.at = FEBRUARY_IN_LONDON
    _, erased = book.file(), book.file()
    book.clock.forward(days=1)
    assert counted(book)["2026-03"].received == 2
    move_to_london(book, built, tmp_path / "moved")
    book.act(erased, "decision", outcome="upheld")
    erase_case(erased, book.ports)
    figures = counted(book)
    assert (figures["2026-02"].received, figures["2026-03"].received) == (2, 0)
    book.clock.forward(days=1)
    assert counted(book)["2026-02"] == figures["2026-02"]


def test_nothing_that_tells_a_person_stays_after_erasure(book: Casebook) -> None:
    """What is stored of counts names no reference of an erased case, and no word of anybody."""
    case = book.answered(text="the doctor said", outcome="upheld", remedy="an apology")
    counted(book)
    rows = list(book.ports.lists.totals(book.organisation))
    assert any(case.reference in row.content for row in rows)
    erase_case(case, book.ports)
    book.clock.forward(days=1)
    counted(book)
    stored = " ".join(row.content for row in book.ports.lists.totals(book.organisation))
    assert case.reference not in stored
    assert "doctor" not in stored
    assert "apology" not in stored
    assert '"received":1' in stored


def test_months_outlive_the_retention(book: Casebook) -> None:
    """After six years the cases are gone, and every month says what it said before."""
    for days in (2, 9, 16):
        book.answered(days, outcome="upheld")
    book.clock.forward(days=5)
    before = counted(book)
    book.clock.forward(days=40)
    book.file()
    after_forty_days = counted(book)
    assert {month: after_forty_days[month] for month in before} == before
    for _ in range(23):
        book.clock.forward(days=100)
        expire_cases(book.ports)
        figures = counted(book)
    assert list(book.ports.store.cases()) == []
    for month, expected in after_forty_days.items():
        found = figures[month]
        assert (found.received, found.answered, found.results, found.limits) == (
            expected.received,
            expected.answered,
            expected.results,
            expected.limits,
        )
    assert figures["2032-07"].received == figures["2032-07"].open == 0


def test_case_that_rests_for_years_is_counted_when_it_goes_on(book: Casebook) -> None:
    """A review that is requested two years later counts in its month; earlier months stay."""
    case = book.answered(outcome="not_upheld")
    before = counted(book)
    book.clock.forward(days=500)
    counted(book)
    book.act(case, "review_requested", review=0)
    figures = counted(book)
    assert figures["2027-07"].reviews == figures["2027-07"].open == 1
    assert {month: figures[month] for month in before} == before


def test_night_begins_at_two_and_comes_once(book: Casebook) -> None:
    """Nothing is counted before 02:00 by the organisation's clock, nor twice a night."""
    book.clock.at = datetime(2026, 3, 2, 17, 59, tzinfo=UTC)  # 01:59 in Shanghai
    first = count_night(book.ports)
    assert first == len(book.ports.contracts.current().organisations)
    assert count_night(book.ports) == 0
    book.clock.forward(minutes=1)
    assert count_night(book.ports) > 0
    assert count_night(book.ports) == 0
    book.clock.forward(hours=23, minutes=59)
    london = {"housing-association", "data-service"}
    assert count_night(book.ports) <= len(london)


def limited(steps: int) -> Callable[[], bool]:
    """Whether there is time, so many times."""
    left = iter([True] * steps)
    return lambda: next(left, False)


def test_count_goes_on_where_it_was_interrupted(book: Casebook) -> None:
    """With time for one step a call, the figures are those of an undisturbed count."""
    for _ in range(5):
        book.answered(days=1, outcome="upheld")
    undisturbed = counted(book)
    for row in book.ports.lists.totals(book.organisation, "cases"):
        book.ports.lists.keep_total(row.model_copy(update={"content": "{}"}))
    directory = book.ports.contracts.directory(book.organisation)
    assert directory is not None
    calls = 1
    while not count_organisation(directory, book.ports, limited(2)):
        calls += 1
    assert calls > 1
    assert {month: total.figures for month, total in months(book).items()} == undisturbed


def test_only_changed_cases_are_opened(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second night reads the lists and no case that is as it was."""
    cases = [book.file() for _ in range(5)]
    counted(book)
    opened: list[str] = []
    events = book.ports.store.events

    def opening(reference: str) -> tuple[CaseEvent, ...]:
        opened.append(reference)
        return events(reference)

    monkeypatch.setattr(book.ports.store, "events", opening)
    counted(book)
    assert opened == []
    book.act(cases[2], "acknowledged")
    opened.clear()
    counted(book)
    assert set(opened) == {cases[2].reference}


def test_month_over_the_end_of_the_year(book: Casebook) -> None:
    """16:30 in London on New Year's Eve is January in Shanghai."""
    book.clock.at = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    book.file()
    book.clock.forward(hours=1)
    book.file()
    book.clock.forward(days=1)
    figures = counted(book)
    assert {month: each.received for month, each in figures.items() if each.received} == {
        "2026-12": 1,
        "2027-01": 1,
    }


def test_row_is_encrypted(book: Casebook) -> None:
    """The store keeps what single cases are about only encrypted."""
    book.file("appeal", category="initial")
    counted(book)
    (row,) = [
        row for row in book.ports.lists.totals(book.organisation) if row.period.startswith("cases-")
    ]
    assert '"category":"initial"' in row.content
    assert row.period.startswith(f"cases-{date(2026, 3, 2)}-")


def test_totals_of_two_organisations_are_apart(ports: Ports, clock: StoppedClock) -> None:
    """One organisation's cases are not in the other's figures."""
    one, other = Casebook(ports, clock), Casebook(ports, clock, "factory-staff")
    one.file()
    other.file("grievance")
    other.file("grievance")
    assert counted(one)["2026-03"].received == 1
    assert counted(other)["2026-03"].received == 2


def test_counts_are_kept_in_dynamodb(
    ports: Ports, clock: StoppedClock, dynamodb: str, table: str
) -> None:
    """DynamoDB keeps the same figures, through an erasure and a second night."""
    store = DynamoStore(table, client_at(dynamodb), codec(clock))
    book = Casebook(on_store(ports, store), clock)
    erased = book.answered(days=1, outcome="upheld")
    book.answered(days=1, outcome="not_upheld")
    clock.forward(days=1)
    before = counted(book)["2026-03"]
    assert before.results == {"not_upheld": 1, "upheld": 1}
    erase_case(erased, book.ports)
    clock.forward(days=1)
    assert counted(book)["2026-03"] == before
    assert not any(
        erased.reference in row.content for row in book.ports.lists.totals(book.organisation)
    )


def test_nothing_is_published_unasked(book: Casebook) -> None:
    """An organisation whose policy does not publish has months and no published figures."""
    book.file()
    counted(book)
    assert published_months(book.organisation, book.ports) is None

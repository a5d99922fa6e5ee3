"""Calendars of policies, and years that the operator adds."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from site_src.check.calendar_rules import checked_years
from site_src.check.organisation import read_all
from site_src.compile.calendars import calendar, last_arranged
from site_src.next_year import LAST_NOTICE, missing_year
from tests.helpers.places import EXAMPLES

YEAR = "notice: 国办发明电〔2026〕9号\noff: [{off}]\nwork: [{work}]\n"
OFF = (
    "2027-01-01, 2027-01-02, 2027-01-03, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, "
    "2027-02-09, 2027-04-05, 2027-05-01, 2027-05-02, 2027-06-09, 2027-09-15, 2027-10-01, "
    "2027-10-02, 2027-10-03"
)


def added(policies: Path, name: str = "CN-2027.yaml", off: str = OFF, work: str = "") -> Path:
    """Writes a year; the folder of policies."""
    folder = policies / "calendar"
    folder.mkdir(parents=True)
    (folder / name).write_text(YEAR.format(off=off, work=work), encoding="utf-8")
    return policies


def test_added_year_is_counted(tmp_path: Path) -> None:
    """Days off and make-up days of the file count, and the year is no longer provisional."""
    policies = added(tmp_path, work="2027-02-14")
    years, findings = checked_years(policies)
    assert findings == ()
    china = calendar("CN", years["CN"])
    assert china.last == 2027
    assert china.day_off(date(2027, 2, 9)) == "Spring Festival"
    assert china.day_off(date(2027, 2, 14)) is None
    assert china.knows(date(2027, 6, 1))
    assert not china.knows(date(2027, 12, 28))


@pytest.mark.parametrize(
    ("name", "off", "work", "message"),
    [
        ("china-2027.yaml", OFF, "", "is not named after a calendar and a year"),
        ("CN-2027.yaml", OFF, "2027-02-09", "is listed under off and under work"),
        ("CN-2027.yaml", OFF, "2027-02-15", "is no Saturday or Sunday"),
        ("CN-2027.yaml", f"{OFF}, 2028-01-01", "", "lies neither in 2027 nor in the December"),
        ("CN-2027.yaml", OFF.replace("2027-10-01, ", ""), "", "2027-10-01 is a day off by law"),
        ("XX-2027.yaml", OFF, "", "there is no calendar XX"),
        ("CN-2028.yaml", "2028-01-01", "", "those of 2027 are missing"),
        ("CN-9999.yaml", "9999-01-01", "", "is outside the years"),
        ("US-2000.yaml", "2000-01-01", "", "is outside the years"),
    ],
)
def test_year_that_cannot_be_right(
    tmp_path: Path, name: str, off: str, work: str, message: str
) -> None:
    """Each slip in a file is one finding that names the file."""
    (finding,) = checked_years(added(tmp_path, name, off, work))[1]
    assert (finding.code, finding.file.name) == ("calendar-wrong", name)
    assert message in finding.message.en


def test_year_after_a_gap_does_not_count(tmp_path: Path) -> None:
    """A year between two that are arranged stays open, and the warning for it stays, too."""
    policies = added(tmp_path, "CN-2028.yaml", "2028-01-01")
    china = calendar("CN", checked_years(policies)[0]["CN"])
    assert china.last == 2026
    assert not china.knows(date(2027, 6, 1))
    for year in (2026, 2027):
        warning = missing_year(policies, {"CN"}, date(year, 11, 1))
        assert warning is not None
        assert "CN-2027.yaml" in warning.en


def test_warning_from_november(tmp_path: Path) -> None:
    """While next year is missing the commands say so, from 1 November until it is added."""
    last, used = LAST_NOTICE, {"CN", "GB-ENG"}
    assert missing_year(tmp_path, used, date(last, 10, 31)) is None
    warning = missing_year(tmp_path, used, date(last, 11, 1))
    assert warning is not None
    assert f"CN-{last + 1}.yaml" in warning.en
    assert missing_year(tmp_path, used, date(last - 1, 12, 1)) is None
    assert missing_year(added(tmp_path), used, date(2026, 11, 1)) is None


@pytest.mark.parametrize(("month", "day"), [(1, 1), (7, 1), (12, 31)])
def test_warning_goes_on_in_the_year_that_is_missing(tmp_path: Path, month: int, day: int) -> None:
    """No new year ends it, as dates are provisional from then on: only the file does."""
    today, used = date(LAST_NOTICE + 1, month, day), {"CN"}
    warning = missing_year(tmp_path, used, today)
    assert warning is not None
    assert f"in {today.year}, so last days are provisional; add " in warning.en
    assert f"CN-{today.year}.yaml" in warning.zh
    assert missing_year(added(tmp_path), used, date(2027, 10, 31)) is None


def test_no_warning_under_other_calendars(tmp_path: Path) -> None:
    """Whoever counts on England's calendar alone is not asked for China's."""
    assert missing_year(tmp_path, {"GB-ENG", "none"}, date(LAST_NOTICE, 11, 1)) is None


def test_last_notice_is_that_of_the_library() -> None:
    """The warning knows without the library until which year it has the notices."""
    assert last_arranged() == LAST_NOTICE


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("timezone: Europe/London", "missing-key"),
        ("timezone: Europe/London, calendar: GB-ENG", None),
        ("timezone: Nowhere, calendar: none", "wrong-value"),
        ("timezone: ../zone, calendar: none", "wrong-value"),
        ("calendar: XX", "wrong-value"),
        ("timezone: America/New_York, calendar: US-ZZ", "wrong-value"),
        ("timezone: Europe/Londn, calendar: GB-ENG", "wrong-value"),
        ("calendar: none", "calendar-wrong"),
    ],
)
def test_policy_names_its_calendar(tmp_path: Path, keys: str, code: str | None) -> None:
    """Outside China a policy names the calendar that counts, and it must exist."""
    shutil.copytree(EXAMPLES / "good", tmp_path / "policies")
    file = tmp_path / "policies" / "sample" / "policy.yaml"
    text = file.read_text("utf-8").replace(
        "help@sample.example.com}", f"help@sample.example.com, {keys}}}"
    )
    file.write_text(text, "utf-8")
    findings = read_all(tmp_path / "policies")[1]
    assert [finding.code for finding in findings] == ([code] if code else [])

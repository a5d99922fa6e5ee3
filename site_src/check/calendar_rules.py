"""Checks calendars: that a policy names one that exists, and that added years can be right."""

from collections.abc import Iterator
from pathlib import Path

from functions.model.deadlines.calendar import NO_CALENDAR
from site_src.bilingual import Bilingual
from site_src.calendar_years import Years, read_years
from site_src.compile.calendars import (
    CHINA,
    FIRST_YEAR,
    LAST_YEAR,
    is_code,
    last_arranged,
    statutory,
)
from site_src.file_names import CALENDAR_FOLDER
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key, in_yaml
from site_src.policy.model.limits import LimitFact


def calendar_findings(source: Edition) -> Iterator[Finding]:
    """A policy outside China must say where its days off are, if any, in a calendar that exists."""
    organisation = source.policy.organisation
    place = ("organisation", "calendar")
    if organisation.calendar_code is None:
        zone = organisation.timezone
        message = Bilingual(
            f"no calendar says which days are off in the time zone {zone}",
            f"时区 {zone} 的休息日没有日历可查",
        )
        remedy = Bilingual(
            "Add under organisation: `calendar: GB-ENG`, with the code of your country and part; "
            "`calendar: none` for no days off.",
            "请在 organisation 下写上国家和地区的代码，如 `calendar: GB-ENG`；"
            "没有休息日则写 `calendar: none`。",
        )
        yield at_key(source, "missing-key", message, remedy, *place)
    elif not is_code(organisation.calendar_code):
        code = organisation.calendar_code
        message = Bilingual(f"there is no calendar {code}", f"没有名为 {code} 的日历")
        remedy = Bilingual(
            "Use a country and part of the holidays library, as in GB-ENG or US-NY, or none.",
            "请写 holidays 库收录的国家和地区代码，如 GB-ENG、US-NY，或写 none。",
        )
        yield at_key(source, "wrong-value", message, remedy, *place)
    if organisation.calendar_code != NO_CALENDAR:
        return
    for placed in source.facts:
        if isinstance(placed.fact, LimitFact) and placed.fact.unit == "working_day":
            message = Bilingual(
                "the limit is in working days, but the organisation has no calendar",
                "时限按工作日计算，但本单位没有日历",
            )
            remedy = Bilingual(
                "Name the country whose days off count: `calendar: CN` under organisation.",
                "请在 organisation 下写明按哪里的休息日计算，如 `calendar: CN`。",
            )
            yield in_yaml(source, placed, "unit", "calendar-wrong", message, remedy)


def checked_years(policies: Path) -> tuple[Years, tuple[Finding, ...]]:
    """The years in `policies/calendar/`, and everything that is wrong with them."""
    years, findings = read_years(policies)
    return years, (*findings, *_wrong_years(policies, years))


def _wrong_years(policies: Path, years: Years) -> Iterator[Finding]:
    for code, arranged in years.items():
        for year, content in arranged.items():
            file = policies / CALENDAR_FOLDER / f"{code}-{year}.yaml"
            if not is_code(code) or code == NO_CALENDAR:
                message = Bilingual(f"there is no calendar {code}", f"没有名为 {code} 的日历")
                remedy = Bilingual(
                    "Name the file after a calendar: CN-2027.yaml.",
                    "文件请以日历和年份命名：CN-2027.yaml。",
                )
                yield _finding(file, message, remedy)
            elif not FIRST_YEAR <= year <= LAST_YEAR:
                message = Bilingual(
                    f"{year} is outside the years {FIRST_YEAR} to {LAST_YEAR} that are counted",
                    f"{year} 不在可以计算的年份（{FIRST_YEAR} 至 {LAST_YEAR}）之内",
                )
                remedy = Bilingual(
                    "Correct the year in the name of the file.", "请改正文件名里的年份。"
                )
                yield _finding(file, message, remedy)
            elif code == CHINA and year > (last := last_arranged(arranged)):
                message = Bilingual(
                    f"days off of {year} are added, but those of {last + 1} are missing",
                    f"已有 {year} 年的放假安排，却没有 {last + 1} 年的",
                )
                remedy = Bilingual(
                    f"Add {CHINA}-{last + 1}.yaml, or correct the year.",
                    f"请增加 {CHINA}-{last + 1}.yaml，或者改正年份。",
                )
                yield _finding(file, message, remedy)
            elif code == CHINA:
                for day, name in statutory(year).items():
                    if day not in content.off and (day.weekday() < 5 or day in content.work):
                        message = Bilingual(
                            f"{day} is a day off by law ({name}), but is not under off",
                            f"{day} 是法定节假日（{name}），却没有写在 off 里",
                        )
                        remedy = Bilingual(
                            "Compare the file with the notice.", "请对照放假通知核对此文件。"
                        )
                        yield _finding(file, message, remedy, "off")


def _finding(
    file: Path, message: Bilingual, remedy: Bilingual, field: str | None = None
) -> Finding:
    return Finding(
        code="calendar-wrong",
        file=file,
        line=1,
        column=1,
        field=field,
        message=message,
        remedy=remedy,
    )

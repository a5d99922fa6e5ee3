"""The years that the operator adds to a calendar: `policies/calendar/CN-2027.yaml`."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from functions.model.frozen import Frozen
from site_src.bilingual import Bilingual
from site_src.file_names import CALENDAR_FOLDER
from site_src.policy.finding import Finding
from site_src.policy.mistakes.refusals import refusal
from site_src.policy.yaml.document import Position, YamlDocument, field_name
from site_src.policy.yaml.reading import read_yaml

_FILE = re.compile(r"(?P<code>[A-Z]{2}(?:-[A-Z0-9]{1,3})?)-(?P<year>[0-9]{4})\.yaml")
_REMEDY = Bilingual(
    "It takes notice: what arranges the year, off: [the days off], work: [weekend days worked].",
    "文件内容为 notice: 放假安排的出处，off: [休息日]，work: [调休上班的周末]。",
)


class ArrangedYear(Frozen):
    """How one year is arranged: its days off, and the weekend days that are worked instead.

    `notice` names the source, such as the number of a cabinet's notice. Days off that fall on a
    weekend may be listed or left out.
    """

    notice: Annotated[str, Field(min_length=1)]
    off: Annotated[tuple[date, ...], Field(min_length=1)]
    work: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _apart(self) -> "ArrangedYear":
        if both := sorted(set(self.off) & set(self.work)):
            raise ValueError(f"{both[0]} is listed under off and under work")
        if wrong := [day for day in self.work if day.weekday() < 5]:
            raise ValueError(f"{wrong[0]} under work is no Saturday or Sunday: it is worked anyway")
        return self


Years = dict[str, dict[int, ArrangedYear]]
"""The years that were added, by calendar and year."""


def read_years(policies: Path) -> tuple[Years, tuple[Finding, ...]]:
    """The years in `policies/calendar/`, and what is wrong with any of the files."""
    years: Years = {}
    findings: list[Finding] = []
    folder = policies / CALENDAR_FOLDER
    for file in sorted(folder.glob("[!.]*")) if folder.is_dir() else ():
        named = _FILE.fullmatch(file.name)
        if named is None:
            message = Bilingual(
                f"{file.name} is not named after a calendar and a year",
                f"{file.name} 没有以日历和年份命名",
            )
            remedy = Bilingual(
                "Name it CODE-YEAR.yaml: CN-2027.yaml.",
                "请命名为“代码-年份.yaml”，如 CN-2027.yaml。",
            )
            findings.append(_finding(file, message, remedy))
            continue
        read = _read(file, int(named["year"]))
        if isinstance(read, ArrangedYear):
            years.setdefault(named["code"], {})[int(named["year"])] = read
        else:
            findings.extend(read)
    return years, tuple(findings)


def _read(file: Path, year: int) -> ArrangedYear | tuple[Finding, ...]:
    document = read_yaml(file)
    if not isinstance(document, YamlDocument):
        return document
    try:
        arranged = ArrangedYear.model_validate(document.data)
    except ValidationError as error:
        return tuple(_invalid(document, error))
    for key in ("off", "work"):
        for index, day in enumerate(getattr(arranged, key)):
            if day.year != year and (day.year, day.month) != (year - 1, 12):
                at = document.nearest((key, index))
                message = Bilingual(
                    f"{day} lies neither in {year} nor in the December before",
                    f"{day} 既不在 {year} 年，也不在前一年 12 月",
                )
                remedy = Bilingual("Correct the date.", "请改正日期。")
                return (_finding(file, message, remedy, at, f"{key}[{index}]"),)
    return arranged


def _invalid(document: YamlDocument, error: ValidationError) -> Iterator[Finding]:
    for details in error.errors():
        at = document.nearest(details["loc"])
        message = refusal(details)
        yield _finding(at.file, message, _REMEDY, at, field_name(details["loc"]) or None)


def _finding(
    file: Path,
    message: Bilingual,
    remedy: Bilingual,
    at: Position | None = None,
    field: str | None = None,
) -> Finding:
    place = at or Position(file, 1, 1)
    return Finding(
        code="calendar-wrong",
        file=file,
        line=place.line,
        column=place.column,
        field=field,
        message=message,
        remedy=remedy,
    )

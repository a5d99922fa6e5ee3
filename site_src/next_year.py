"""Warns when the days off of this year or of the next one in China are not known.

Every command that checks or builds asks, also where nothing has changed, so no calendar and no
policy is read here: the names of files and of calendars say enough.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.file_names import CALENDAR_FOLDER

LAST_NOTICE = 2026
"""The last year of which the `holidays` library has the notice; a test compares them."""

_WARN_FROM = (11, 1)
"""Month and day; China's cabinet has published each notice since 2019 by the end of November."""


def missing_year(policies: Path, calendars: Collection[str], day: date) -> Bilingual | None:
    """The warning that the arrangement of China's days off is missing, for the first such year.

    The year of `day` must be there, and from 1 November the next one. None if they are, or if the
    policies use other `calendars` only.
    """
    if "CN" not in calendars:
        return None
    folder = policies / CALENDAR_FOLDER
    needed = day.year + 1 if (day.month, day.day) >= _WARN_FROM else day.year
    # A year that was added after one that is missing does not count, see `last_arranged`.
    files = {year: folder / f"CN-{year}.yaml" for year in range(LAST_NOTICE + 1, needed + 1)}
    missing = next((year for year, file in files.items() if not file.is_file()), None)
    if missing is None:
        return None
    file = files[missing]
    if missing <= day.year:
        return Bilingual(
            f"warning: this site does not know how days off are arranged in {missing}, so last "
            f"days are provisional; add {file} (docs/calendars.md says how)",
            f"提醒：本站没有 {missing} 年的放假安排，截止日只能写“不早于”；请添加 {file}"
            "（做法见 docs/calendars.md）",
        )
    return Bilingual(
        f"warning: this site does not know how days off are arranged in {missing}; "
        f"before 31 December {day.year}, add {file} (docs/calendars.md says how)",
        f"提醒：本站还没有 {missing} 年的放假安排；请在 {day.year} 年 12 月 31 日前添加 "
        f"{file}（做法见 docs/calendars.md）",
    )

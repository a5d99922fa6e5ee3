"""The calendars of a site: for the script on the forms, and for the functions."""

from collections.abc import Iterable
from functools import lru_cache

from functions.model.contract.digest import digest
from functions.model.deadlines.calendar import Calendar, CalendarCode
from site_src.calendar_years import Years
from site_src.compile.calendars import calendar
from site_src.kept.texts import kept_texts
from site_src.site_files import SiteFiles


class SiteCalendars:
    """Compiles each calendar once; `years` are those that the operator added.

    With the digest of the `program`, which that of the library of holidays is part of, what is
    compiled is kept for the next process: to load the library takes longer than an organisation.
    """

    def __init__(self, years: Years, program: str | None = None) -> None:
        self._years = years
        self._program = program
        self._content = lru_cache(maxsize=None)(self._compiled)

    def calendar(self, code: CalendarCode) -> Calendar:
        """The days off of that code."""
        return calendar(code, self._years.get(code))

    def address(self, code: CalendarCode) -> str:
        """The address from which a form's script loads it."""
        return SiteFiles().asset(f"calendar-{code}.json", self._content(code))

    def add(self, site: SiteFiles, codes: Iterable[CalendarCode]) -> dict[CalendarCode, str]:
        """Adds these calendars to the site and returns the digest of each."""
        digests: dict[CalendarCode, str] = {}
        for code in codes:
            content = self._content(code)
            site.asset(f"calendar-{code}.json", content)
            digests[code] = digest(content)
            site.files[f"contracts/{digests[code]}.json"] = content
        return digests

    def _compiled(self, code: CalendarCode) -> bytes:
        def find() -> dict[str, str]:
            return {code: self.calendar(code).model_dump_json(exclude_defaults=True)}

        if self._program is None:
            return find()[code].encode()
        depends_on = (self._program, repr(self._years.get(code)))
        return kept_texts(f"calendar-{code}", depends_on, find)[code].encode()

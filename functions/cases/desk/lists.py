"""Lists the cases of a member of staff: what is due, what is late, what waits, what is answered.

Each role and each person has lists of their own in the store; here they are merged, in order, and
without the cases that the person is kept from. No case is opened for it.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Literal, get_args

from functions.cases.desk.access import Person
from functions.cases.desk.holding import ORGANISATION, is_barred
from functions.cases.desk.index import office_of
from functions.cases.ports.desk_store import Page
from functions.cases.ports.ports import Ports
from functions.model.case_log import CaseState
from functions.model.contract.directory import Directory
from functions.model.desk.stages import Office
from functions.model.desk.summary import CONSENT, Bucket, CaseSummary, sort_key

ListName = Literal["today", "overdue", "soon", "open", "waiting", "answered", "mine", "over"]
"""`today` is what is late, ends today or waits for the person's consent, `soon` what ends in the
next five working days, `open` what has no answer yet, `mine` what was handed on to the person and
not to a role, `over` what is closed or withdrawn."""

LIST_NAMES: tuple[ListName, ...] = get_args(ListName)

ROWS = 50
"""Cases on one page."""

MOST_COUNTED = 99
"""More are not counted: `99+` says enough, and the store reads no more."""

_MOST_READ = 1000
"""Summaries that one page reads, where a filter leaves most of them out."""

_WORKING_DAYS_AHEAD = 5
_OPEN: tuple[Bucket, ...] = ("open", "waiting")
"""A question to the filer stops no clock unless a clause says so; what is stopped has no date."""

_INSTANT = timedelta(microseconds=1)
_END = "~"
"""Sorts after every place in a list."""


@dataclass(frozen=True)
class ListChoice:
    """Which cases to list: a list, filters, and the place `after` which the page begins."""

    name: ListName = "today"
    kind: str = ""
    category: str = ""
    role: str = ""
    state: CaseState | Literal[""] = ""
    after: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether it leaves out cases of the list."""
        return bool(self.kind or self.category or self.role or self.state)

    def takes(self, summary: CaseSummary) -> bool:
        """Whether the filters leave a case in; `role` decides what is read instead."""
        return (
            self.kind in ("", summary.kind)
            and self.category in ("", summary.category)
            and self.state in ("", summary.state)
        )


@dataclass(frozen=True)
class Listing:
    """One page of a list, where it goes on (None at its end), and how many each list has."""

    found: tuple[CaseSummary, ...]
    after: str | None
    counts: dict[ListName, int]


@dataclass(frozen=True)
class _Range:
    """Where a list lies in the store: in which buckets, from where to where.

    With `consents` it also has what waits for the person's consent, whenever that is due.
    """

    buckets: tuple[Bucket, ...]
    since: str = ""
    until: str = _END
    newest_first: bool = False
    consents: bool = False

    def sort(self, summary: CaseSummary) -> str:
        """By what the list is in order: the answer where all is done, else the first limit."""
        return summary.sort if self.newest_first else summary.due_sort

    def place(self, summary: CaseSummary) -> str:
        """The place of a case in the list, after which a page can begin."""
        return f"{self.sort(summary)}~{summary.reference}"


def list_cases(person: Person, choice: ListChoice, office: Office, ports: Ports) -> Listing:
    """One page of the person's cases. Raises StoreError."""
    lists = _Lists(person, office, ports.now(), ports)
    rows, after = lists.page(choice)
    counts: dict[ListName, int] = {name: lists.count(name) for name in LIST_NAMES if name != "over"}
    return Listing(rows, after, counts)


def office_of_desk(directory: Directory, ports: Ports) -> Office:
    """When the organisation works, by the version that is in force. Raises ContractError."""
    digest = directory.contract or ports.contracts.current().organisations[directory.organisation]
    return office_of(ports.contracts.contract(digest), ports)


class _Lists:
    """The lists of one person at one moment."""

    def __init__(self, person: Person, office: Office, now: datetime, ports: Ports) -> None:
        self._person = person
        self._ports = ports
        self._now = now
        self._range = _ranges(office, now)
        self._first: dict[tuple[str, str, bool], Page] = {}

    def page(self, choice: ListChoice) -> tuple[tuple[CaseSummary, ...], str | None]:
        """The cases of a page, and where the next one begins."""
        holders = self._holders(choice.name)
        if choice.role:
            holders = tuple(holder for holder in holders if holder == choice.role)
        found: list[CaseSummary] = []
        where = self._range[choice.name]
        for count, summary in enumerate(self._read(choice.name, holders, choice.after), 1):
            if choice.takes(summary):
                if len(found) == ROWS:
                    return tuple(found), where.place(found[-1])
                found.append(summary)
            if count == _MOST_READ:
                return tuple(found), where.place(summary)
        return tuple(found), None

    def count(self, name: ListName) -> int:
        """How many cases a list has, at most one more than MOST_COUNTED."""
        read = self._read(name, self._holders(name))
        return sum(1 for _ in islice(read, MOST_COUNTED + 1))

    def _holders(self, name: ListName) -> tuple[str, ...]:
        if name == "mine":
            return self._person.marks
        return (*self._person.names, ORGANISATION)

    def _read(
        self, name: ListName, holders: Iterable[str], after: str = ""
    ) -> Iterator[CaseSummary]:
        """The cases of a list in order, each once, behind the place `after`."""
        where = self._range[name]
        parts = [
            self._part(holder, bucket, where, after)
            for holder in holders
            for bucket in where.buckets
        ]
        if where.consents:
            whole = replace(where, until=_END)
            parts += [self._to_consent(role, whole, after) for role in self._roles(holders)]
        last = after
        for summary in heapq.merge(*parts, key=where.place, reverse=where.newest_first):
            here = where.place(summary)
            is_behind = not last or (here < last if where.newest_first else here > last)
            if is_behind:
                last = here
                if self._is_listed(name, summary):
                    yield summary

    def _roles(self, holders: Iterable[str]) -> Iterator[str]:
        return (holder for holder in holders if holder in self._person.member.roles)

    def _to_consent(self, role: str, where: _Range, after: str) -> Iterator[CaseSummary]:
        """What waits for the consent of this person, in a role of theirs."""
        for summary in self._part(role, CONSENT, where, after):
            if summary.awaits((role,), self._person.marks):
                yield summary

    def _part(self, holder: str, bucket: str, where: _Range, after: str) -> Iterator[CaseSummary]:
        """One list of the store; those with the same sort are in the order of their references."""
        since, until = where.since, where.until
        if after and where.newest_first:
            until = min(until, _sort_of(after) + _END)
        elif after:
            since = max(since, _sort_of(after))
        part = self._stored(holder, bucket, replace(where, since=since, until=until))
        for _, tied in groupby(part, key=where.sort):
            yield from sorted(tied, key=where.place, reverse=where.newest_first)

    def _stored(self, holder: str, bucket: str, where: _Range) -> Iterator[CaseSummary]:
        """What the store lists, read page by page. Most lists are short and read only once."""
        since, until = where.since, where.until
        key = (holder, bucket, where.newest_first)
        if key not in self._first:
            self._first[key] = self._fetch(*key, "", _END)
        page = self._first[key]
        if page.after is None:
            yield from (each for each in page.found if since <= where.sort(each) < until)
            return
        if since or until != _END:
            page = self._fetch(*key, since, until)
        yield from page.found
        while page.after is not None:
            page = self._fetch(*key, since, until, page.after)
            yield from page.found

    def _fetch(
        self,
        holder: str,
        bucket: str,
        newest_first: bool,
        since: str,
        until: str,
        after: str | None = None,
    ) -> Page:
        return self._ports.lists.listed(
            self._person.organisation,
            holder,
            bucket,
            since=since,
            until=until,
            after=after,
            most=MOST_COUNTED + 1,
            newest_first=newest_first,
        )

    def _is_listed(self, name: ListName, summary: CaseSummary) -> bool:
        who = self._person
        if is_barred(who.member, who.marks, summary.involved, summary.recused):
            return False
        if name == "open":
            return not summary.is_still_due
        return name != "overdue" or is_overdue(summary, self._now)


def is_overdue(summary: CaseSummary, now: datetime) -> bool:
    """Whether one of its limits has ended; a provisional one never has."""
    return any(limit.due <= now and not limit.provisional for limit in summary.limits)


def _sort_of(after: str) -> str:
    return after.partition(_END)[0]


def _ranges(office: Office, now: datetime) -> dict[ListName, _Range]:
    today = now.astimezone(office.zone).date()
    ahead, working = today, 0
    while working < _WORKING_DAYS_AHEAD:
        ahead += timedelta(days=1)
        working += office.calendar.day_off(ahead) is None
    # What ends with a day ends at 24:00, which is 0:00 of the next one.
    tonight, then = (
        sort_key(
            datetime.combine(day + timedelta(days=1), datetime.min.time(), office.zone) + _INSTANT
        )
        for day in (today, ahead)
    )
    return {
        "today": _Range(_OPEN, until=tonight, consents=True),
        "overdue": _Range(_OPEN, until=sort_key(now + _INSTANT)),
        "soon": _Range(_OPEN, since=tonight, until=then),
        "open": _Range(_OPEN),
        "waiting": _Range(("waiting",)),
        "answered": _Range(("answered",), newest_first=True),
        "mine": _Range(_OPEN),
        "over": _Range(("over",), newest_first=True),
    }

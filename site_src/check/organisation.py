"""Reads and checks one organisation, or all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from site_src.check.calendar_rules import checked_years
from site_src.check.prefix_rules import prefixes_of, shared_ids, shared_prefixes
from site_src.check.rules import check_edition
from site_src.check.staff.entry_rules import entry_findings
from site_src.check.staff.reply_rules import reply_findings
from site_src.check.staff.vacancy_rules import vacancy_findings
from site_src.errors import PoliciesRejected
from site_src.policy.address import is_outside
from site_src.policy.edition import Editions
from site_src.policy.editions import Published, check_editions, read_published
from site_src.policy.finding import Finding
from site_src.policy.folders import folder_called, folders
from site_src.policy.load import load_editions
from site_src.progress import ShowProgress, show_nothing


def known_published(policies: Path) -> tuple[Published, tuple[Finding, ...]]:
    """The published digests, and the findings if published.json cannot be read."""
    try:
        return read_published(policies), ()
    except PoliciesRejected as error:
        return Published({}), error.findings


def checked(
    folder: Path, published: Published, day: date | None = None
) -> tuple[Editions | None, tuple[Finding, ...]]:
    """The organisation in `folder`, None if it cannot be read, and all its findings as of `day`.

    Without a day, those of today, where the organisation is.
    """
    loaded = load_editions(folder)
    if not isinstance(loaded, Editions):
        return None, loaded
    findings = [finding for edition in loaded.editions for finding in check_edition(edition)]
    outside = (*check_staff(loaded, day), *reply_findings(loaded))
    return loaded, (*findings, *check_editions(loaded, published), *outside)


def check_staff(organisation: Editions, day: date | None = None) -> tuple[Finding, ...]:
    """The findings on its staff as of `day`, else of today; none without staff.yaml."""
    roster = organisation.roster
    if roster is None:
        return ()
    as_of = day or day_there(organisation)
    return (
        *entry_findings(organisation, roster),
        *vacancy_findings(organisation, roster, as_of),
    )


def day_there(organisation: Editions) -> date:
    """The current day where the organisation is."""
    zone = organisation.editions[-1].policy.organisation.timezone
    return datetime.now(ZoneInfo(zone)).date()


def read_all(
    policies: Path,
    organisations: tuple[str, ...] = (),
    day: date | None = None,
    progress: ShowProgress = show_nothing,
) -> tuple[tuple[Editions, ...], tuple[Finding, ...]]:
    """Every organisation that can be read, and the findings of all of them, as of `day` or today.

    A finding on a shared clause is listed once. Raises UnknownOrganisation.
    """
    read = read_each(policies, organisations, day, progress)
    return read.readable, read.all_findings


@dataclass(frozen=True)
class ReadPolicies:
    """The organisations that can be read, and the findings by organisation.

    `common` are the findings that concern all of them: on published.json and on calendars.
    """

    readable: tuple[Editions, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    common: tuple[Finding, ...]

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding, each once."""
        each = (finding for findings in self.findings.values() for finding in findings)
        return tuple(dict.fromkeys((*self.common, *each)))


def read_each(
    policies: Path,
    organisations: tuple[str, ...] = (),
    day: date | None = None,
    progress: ShowProgress = show_nothing,
) -> ReadPolicies:
    """As `read_all`, with the findings of each organisation that has any.

    One that extends another has the findings of the clauses that they share, too.
    """
    readable: list[Editions] = []
    found: dict[str, tuple[Finding, ...]] = {}
    published, unreadable = known_published(policies)
    asked = folders(policies, organisations)
    read = (checked(folder, published, day) for folder in asked)
    for folder, (editions, findings) in zip(
        asked, progress("checking", read, len(asked)), strict=True
    ):
        if findings:
            found[folder.name] = findings
        if editions is not None:
            readable.append(editions)
    prefixes = {editions.id: prefixes_of(editions) for editions in readable}
    drafts = [editions.id for editions in readable if editions.is_draft]
    earlier = {editions.id: editions.ids[1:] for editions in readable}
    shared = shared_prefixes(policies, prefixes, drafts), shared_ids(policies, earlier, drafts)
    for finding in chain(*shared):
        found[finding.organisation] = (*found.get(finding.organisation, ()), finding)
    return ReadPolicies(tuple(readable), found, (*unreadable, *checked_years(policies)[1]))


def bases(editions: Editions, policies: Path) -> list[str]:
    """The ids of all policies whose content an edition shows, sorted: those that it extends,
    directly or indirectly, and its successor's name.
    """
    ids: set[str] = set()
    queue = [editions]
    while queue:
        for edition in queue.pop().editions:
            extends, closed = edition.policy.extends, edition.policy.closed
            if closed and closed.successor and not is_outside(closed.successor):
                ids.add(_id_today(policies, closed.successor))
            named = _id_today(policies, extends.policy) if extends else None
            if named and named not in ids:
                ids.add(named)
                base = load_editions(policies / named)
                if isinstance(base, Editions):
                    queue.append(base)
    return sorted(ids)


def _id_today(policies: Path, id: str) -> str:
    folder = folder_called(policies, id)
    return folder.name if folder else id

"""Reads, checks and renders the organisations that are stale, and stages their files."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from site_src.calendar_years import Years
from site_src.check.calendar_rules import checked_years
from site_src.check.organisation import bases, checked, known_published
from site_src.check.prefix_rules import prefixes_of, shared_ids, shared_prefixes
from site_src.errors import PoliciesRejected
from site_src.exported_statistics import read_statistics
from site_src.languages import SiteLanguage, site_languages
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.progress import ShowProgress, show_nothing
from site_src.publish.inputs import Inputs, begun
from site_src.publish.options import Scope
from site_src.publish.record.record import (
    PublishedOrganisation,
    PublishedRecord,
    PublishedVersion,
)
from site_src.publish.rendering.pool import each
from site_src.publish.stage import StagedFiles
from site_src.render.data.feed import FeedVersion
from site_src.render.moved_pages import moved_files
from site_src.render.pages.organisation_list import ListedOrganisation
from site_src.render.site_renderer import Renderer
from site_src.site_files import SiteFiles
from site_src.site_settings import Operator, read_operator

log = logging.getLogger("ombud.build")

LISTED_FORM = TypeAdapter(ListedOrganisation)
NEWS_FORM = TypeAdapter(tuple[FeedVersion, ...])

_LAST: dict[tuple[str, date, str], Renderer] = {}

_DAY = timedelta(days=1)
"""From somebody's last day to the day on which their roles may be vacant."""


@dataclass(frozen=True)
class RenderedOrganisation:
    """An organisation whose files are staged; None in place of what cannot be published.

    `earlier` are the digests as releases before 0.2.0 recorded them, of the versions that are
    published with another digest.
    """

    published: PublishedOrganisation | None
    findings: tuple[Finding, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderedOrganisations:
    """What was made of the stale organisations: those that are published, and why others are not.

    `findings` are all that were found.
    """

    published: dict[str, PublishedOrganisation]
    earlier: Mapping[str, Mapping[str, str]]
    left_out: dict[str, tuple[Finding, ...]]
    findings: tuple[Finding, ...]


class OrganisationRenderer:
    """Renders a checkout's organisations into a stage.

    `settings` is the folder with the operator's settings and calendars. Raises PoliciesRejected
    for findings on these, or on `published.json`, unless the `scope` is the whole site: then
    `organisations` does.
    """

    def __init__(
        self, inputs: Inputs, settings: Path, source: str, scope: Scope, stage: StagedFiles
    ) -> None:
        self._inputs, self._source, self._scope, self._stage = inputs, source, scope, stage
        self._published, unreadable = known_published(inputs.policies)
        years, wrong_years = checked_years(settings)
        self._common = (*unreadable, *wrong_years)
        if scope != "whole" and self._common:
            raise PoliciesRejected(self._common)
        operator = read_operator(settings)
        self.languages: tuple[SiteLanguage, ...] = site_languages(operator.language)
        self.renderer = _renderer(inputs, operator, years)

    def organisations(
        self,
        ids: Sequence[str],
        record: PublishedRecord,
        alone: bool,
        progress: ShowProgress = show_nothing,
    ) -> RenderedOrganisations:
        """Renders these organisations; what the `record` has already is not staged.

        `alone` uses no other process. Raises PoliciesRejected for any finding if the scope is
        the whole site.
        """
        self._record = record
        findings, published, earlier = [*self._common], {}, {}
        left_out: dict[str, tuple[Finding, ...]] = {}
        made = progress("drawing", each(self._organisation, ids, alone), len(ids))
        for id, rendered in zip(ids, made, strict=True):
            findings.extend(rendered.findings)
            if rendered.published is None:
                left_out[id] = rendered.findings
            else:
                published[id], earlier[id] = rendered.published, rendered.earlier
        shared = self._shared(published)
        distinct = tuple(dict.fromkeys((*findings, *shared)))
        if distinct and self._scope == "whole":
            raise PoliciesRejected(distinct)
        for id in {finding.organisation for finding in shared} & published.keys():
            files = published.pop(id).files
            needed = {name for other in published.values() for name in other.files}
            self._stage.discard(files.keys() - needed)
            left_out[id] = tuple(one for one in distinct if one.organisation == id)
        return RenderedOrganisations(published, earlier, left_out, distinct)

    def _shared(self, published: Mapping[str, PublishedOrganisation]) -> tuple[Finding, ...]:
        """The findings on prefixes and ids that two organisations have."""
        here = self._record.organisations | dict(published)
        known = {id: here[id] for id in self._inputs.organisations if id in here}
        prefixes = {id: organisation.prefixes for id, organisation in known.items()}
        drafts = [id for id, organisation in known.items() if organisation.is_draft]
        earlier = {id: organisation.renamed_from for id, organisation in known.items()}
        policies = self._inputs.policies
        return (
            *shared_prefixes(policies, prefixes, drafts),
            *shared_ids(policies, earlier, drafts),
        )

    def _organisation(self, id: str) -> RenderedOrganisation:
        """Reads, checks, renders and stages one organisation."""
        inputs = self._inputs
        loaded, findings = checked(inputs.policies / id, self._published, inputs.day)
        if loaded is None or (findings and not (loaded.is_draft and self._scope == "local")):
            return RenderedOrganisation(None, findings)
        site = SiteFiles()
        statistics = read_statistics(inputs.statistics, loaded.recorded_id)
        try:
            rendered = self.renderer.organisation(site, loaded, statistics, findings)
        except Exception:
            if not findings:
                raise
            # Only a draft is rendered with findings, and any of them can be why it fails.
            log.exception("the draft %s cannot be drawn until its findings are corrected", id)
            return RenderedOrganisation(None, findings)
        extended, days = bases(loaded, inputs.policies), turning_days(loaded)
        in_force, (_, *earlier_ids) = loaded.in_force(inputs.day).policy, loaded.ids
        before = self._record.known(id, earlier_ids)
        leading = moved_files(site.files, earlier_ids)
        known = self._record.files | (before.files if before else {})
        files = self._stage.add(site.files, known, leading)
        published = PublishedOrganisation(
            source=self._source,
            versions={
                edition.policy.version: PublishedVersion(
                    edition.digest, edition.policy.effective_from.isoformat()
                )
                for edition in loaded.editions
            },
            current=in_force.version,
            renamed_from=list(loaded.renamed_from),
            closes=in_force.closed.on.isoformat() if in_force.closed else "",
            # With findings it is read again at each build, so that its author is told again.
            inputs="" if findings else inputs.settled(id, loaded.recorded_id, extended),
            bases=extended,
            days=days,
            begun=begun(days, inputs.day),
            published=inputs.published_of(id),
            contract=rendered.contract,
            calendars=list(rendered.calendars),
            prefixes=list(prefixes_of(loaded)),
            listed=LISTED_FORM.dump_python(rendered.listed, mode="json", exclude_defaults=True),
            news=NEWS_FORM.dump_python(rendered.news, mode="json"),
            files=files,
        )
        return RenderedOrganisation(published, findings, _earlier_digests(loaded, before))


def _renderer(inputs: Inputs, operator: Operator, years: Years) -> Renderer:
    """The last renderer, if program, settings, day and address are the same as then.

    One process publishes again and again, `serve` for example, and templates take long to read.
    """
    key = inputs.made_by, inputs.day, inputs.site_url
    if key not in _LAST:
        _LAST.clear()
        _LAST[key] = Renderer(inputs.day, inputs.site_url, operator, years, inputs.program)
    return _LAST[key]


def _earlier_digests(loaded: Editions, before: PublishedOrganisation | None) -> dict[str, str]:
    known = {name: each.digest for name, each in before.versions.items()} if before else {}
    return {
        edition.policy.version: edition.earlier_digest
        for edition in loaded.editions
        if known.get(edition.policy.version) not in (None, edition.digest)
    }


def turning_days(loaded: Editions) -> list[str]:
    """The ISO days on which something of an organisation changes by itself.

    Versions take effect, it closes, or the day has come after somebody's last one.
    """
    policies = [edition.policy for edition in loaded.editions]
    days = [policy.effective_from for policy in policies]
    days += [policy.closed.on for policy in policies if policy.closed]
    last_days = (person.until for person in loaded.staff)
    days += [last + _DAY for last in last_days if last is not None and last < date.max]
    return [day.isoformat() for day in days]

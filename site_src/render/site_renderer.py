"""Renders the site in memory: assets, the pages of each organisation, and site-wide pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from functions.model.contract.contract import Current
from functions.model.deadlines.calendar import CalendarCode
from functions.model.language import Language
from functions.model.pages.page_set import SitePages
from functions.model.pages.slot_template import HIDDEN, cut
from functions.model.statistics.published import PublishedStatistics
from site_src.calendar_years import Years
from site_src.compile.calendars import CHINA
from site_src.compile.messages.vocabulary import words
from site_src.file_names import POINTERS, SECURITY_FILE
from site_src.languages import SiteLanguage, site_languages
from site_src.looks.look import look
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.receipts.keys import KEYS, PublishedKeys, keys_as_json
from site_src.render.assets import assets
from site_src.render.data.feed import FeedVersion, add_feed, feed_versions
from site_src.render.data.sitemap import add_sitemap
from site_src.render.drafts.draft_pages import marked_pages
from site_src.render.environment import environment
from site_src.render.moved_pages import add_moved_pages
from site_src.render.organisation_pages import calendars_of, organisation_pages
from site_src.render.pages.list_pages import add_index, list_pages
from site_src.render.pages.organisation_list import (
    ListedOrganisation,
    OrganisationList,
    listed_organisation,
)
from site_src.render.shared.templates import SharedTemplates
from site_src.render.site_calendars import SiteCalendars
from site_src.site_files import SiteFiles
from site_src.site_settings import Operator, security_txt


@dataclass(frozen=True)
class Rendered:
    """What site-wide pages need from a rendered organisation.

    `contract` is the digest of its current contract, `listed` its entry in the list, and `news`
    are its entries in the feed.
    """

    contract: str
    listed: ListedOrganisation
    news: tuple[FeedVersion, ...]
    calendars: tuple[CalendarCode, ...]


class Renderer:
    """Renders the pages of a site as of `day` at the address `site_url`.

    `operator` has the security contact and says whether a filing requires a proof of work. For
    `program` see SiteCalendars.
    """

    def __init__(
        self,
        day: date,
        site_url: str,
        operator: Operator,
        years: Years | None = None,
        program: str | None = None,
    ) -> None:
        self._day = day
        self._operator = operator
        self._proof_of_work = operator.effort is not None
        self._site_url = site_url
        self._calendars = SiteCalendars(years or {}, program)
        self._assets = SiteFiles()
        addresses = assets(self._assets)
        self._environments = {
            tongue: environment(tongue, addresses, site_url, self._proof_of_work)
            for tongue in site_languages(operator.language)
        }
        self._shared = SharedTemplates(self._environments, addresses, site_url, self._proof_of_work)

    def organisation(
        self,
        site: SiteFiles,
        editions: Editions,
        statistics: PublishedStatistics | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> Rendered:
        """Adds all files of one organisation; `statistics` are its figures, if there are any.

        Only a draft has `findings`: they stand on its pages.
        """
        files = SiteFiles() if editions.is_draft else site
        contract = organisation_pages(
            files,
            editions,
            look(files, editions),
            self._day,
            self._calendars,
            self._environments,
            self._shared,
            self._site_url,
            self._proof_of_work,
            statistics,
            findings,
        )
        if editions.is_draft:
            site.files |= marked_pages(files, self._environments, editions.id, findings).files
        versions = (
            ()
            if editions.is_draft
            else feed_versions(editions, self._day, self._site_url, self._environments)
        )
        name = editions.in_force(self._day).policy.organisation.name
        for tongue in self._environments:
            self._feed(site, tongue, versions, name.words(tongue.language), f"/{editions.id}/")
        if not editions.is_draft:
            add_moved_pages(site, editions, self._environments)
        return Rendered(
            contract,
            listed_organisation(editions, self._day),
            versions,
            calendars_of(editions),
        )

    def common(
        self,
        site: SiteFiles,
        organisations: tuple[tuple[ListedOrganisation, tuple[FeedVersion, ...]], ...],
        keys: PublishedKeys,
    ) -> dict[Language, str]:
        """Adds the site-wide pages; returns the digests of pages that the functions fill.

        `organisations` has the list entry and the feed entries of each organisation; `keys` are
        the public keys that verify receipts.
        """
        directory = OrganisationList(tuple(listed for listed, _ in organisations))
        versions = [entry for _, entries in organisations for entry in entries]
        site.files |= self._assets.files
        self._shared.add_to(site)
        index = add_index(site, directory)
        pages: dict[Language, str] = {}
        for tongue, env in self._environments.items():
            pages[tongue.language] = _common_pages(site, tongue, env, directory, keys)
            list_pages(site, tongue, env, directory, index, self._site_url)
            title = tongue.say("Complaints and appeals, in the open")
            self._feed(site, tongue, versions, title, "/")
        site.files[KEYS] = keys_as_json(keys).encode()
        if contact := security_txt(self._operator, self._site_url, self._day):
            site.files[SECURITY_FILE] = contact
        return pages

    def add_pointers(
        self,
        site: SiteFiles,
        contracts: Mapping[str, str],
        pages: Mapping[Language, str],
        codes: Iterable[CalendarCode],
        renamed: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Adds calendars, and the pointers to all that is current: contracts, pages, calendars.

        `renamed` has the addresses of those that were renamed, today's first, by their first id.
        """
        current = Current(
            organisations=dict(contracts),
            site=dict(pages),
            language=self._operator.language,
            calendars=self._calendars.add(site, sorted({CHINA, *codes})),
            proof_of_work=self._operator.effort,
            renamed=dict(renamed) or None,
        )
        site.files[POINTERS] = current.model_dump_json(exclude_none=True).encode()

    def _feed(
        self,
        site: SiteFiles,
        tongue: SiteLanguage,
        versions: Iterable[FeedVersion],
        title: str,
        path: str,
    ) -> None:
        add_feed(site, versions, title, path, tongue, self._site_url, self._day)


@dataclass(frozen=True)
class Unchanged:
    """Organisations that stay as they are published: their entries, and their files' names."""

    rendered: Mapping[str, Rendered]
    names: tuple[str, ...]


_NONE_UNCHANGED = Unchanged({}, ())


def render(
    all_editions: tuple[Editions, ...],
    day: date,
    site_url: str,
    keys: PublishedKeys | None = None,
    operator: Operator | None = None,
    years: Years | None = None,
    statistics: Mapping[str, PublishedStatistics] | None = None,
) -> SiteFiles:
    """The whole site; by default without keys for receipts, operator's settings and figures."""
    return render_beside(all_editions, day, site_url, keys, operator, years, statistics)[0]


def render_beside(
    all_editions: tuple[Editions, ...],
    day: date,
    site_url: str,
    keys: PublishedKeys | None = None,
    operator: Operator | None = None,
    years: Years | None = None,
    statistics: Mapping[str, PublishedStatistics] | None = None,
    unchanged: Unchanged = _NONE_UNCHANGED,
) -> tuple[SiteFiles, Mapping[str, Rendered]]:
    """As `render`, with what was rendered of each organisation.

    The pages of the whole site also have those that are `unchanged`, whose own files are not
    among the returned ones.
    """
    figures = statistics or {}
    operator = operator or Operator()
    site, renderer = SiteFiles(), Renderer(day, site_url, operator, years)
    fresh = {
        editions.id: renderer.organisation(site, editions, figures.get(editions.id))
        for editions in all_editions
    }
    organisations = dict(sorted((fresh | dict(unchanged.rendered)).items()))
    pages = renderer.common(
        site,
        tuple((rendered.listed, rendered.news) for rendered in organisations.values()),
        keys or PublishedKeys({}),
    )
    contracts = {each.listed.recorded_id: each.contract for each in organisations.values()}
    renamed = {each.listed.recorded_id: each.listed.ids for each in organisations.values()}
    renamed = {id: ids for id, ids in renamed.items() if ids != (id,)}
    codes = {code for rendered in organisations.values() for code in rendered.calendars}
    renderer.add_pointers(site, contracts, pages, codes, renamed)
    names = (*site.files, *unchanged.names)
    left_out = [path for each in organisations.values() for path in each.listed.pages_not_searched]
    tongues = site_languages(operator.language)
    add_sitemap(site, names, site_url, tongues, not_searched=left_out)
    return site, fresh


def _common_pages(
    site: SiteFiles,
    tongue: SiteLanguage,
    env: Environment,
    directory: OrganisationList,
    keys: PublishedKeys,
) -> str:
    verify = env.get_template("pages/verify.html")
    html = verify.render(listed=directory.listed, keys=keys, path="/verify/")
    site.page(f"{tongue.prefix}/verify/", html)
    pages = SitePages(
        words=words(tongue),
        track=cut(env.get_template("pages/track.html").render(path="/track/")),
        notice=cut(env.get_template("pages/notice.html").render()),
    )
    about = env.get_template("fragments/about.html").render(
        title=tongue.say("Look up a case"), path="/track/"
    )
    # The summary is hidden, but even a hidden heading must not be empty.
    title = pages.words.say("status_wrong")
    values = {"summary_hidden": HIDDEN, "problem_title": title, "about": Markup(about)}
    site.page(f"{tongue.prefix}/track/", pages.track.html(values))
    return site.contract(pages)

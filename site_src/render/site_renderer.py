"""Renders in memory, nothing written yet: assets, each organisation, and the pages of all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from functions.model.contract.contract import Current
from functions.model.language import Language
from functions.model.pages.page_set import SitePages
from functions.model.pages.slot_template import HIDDEN
from site_src.compile.holidays import calendar
from site_src.compile.messages import words
from site_src.compile.slots import cut
from site_src.file_names import POINTERS, SECURITY_FILE
from site_src.languages import SiteLanguage, site_languages
from site_src.looks.look import look
from site_src.policy.load import Editions
from site_src.receipts.keys import KEYS, PublishedKeys, keys_as_json
from site_src.render.assets import assets
from site_src.render.data.feed import FeedVersion, add_feed, feed_versions
from site_src.render.data.sitemap import add_sitemap
from site_src.render.environment import environment
from site_src.render.organisation_pages import organisation_pages
from site_src.render.pages.list_pages import add_index, list_pages
from site_src.render.pages.organisation_list import (
    ListedOrganisation,
    OrganisationList,
    listed_organisation,
)
from site_src.site_files import SiteFiles
from site_src.site_settings import Operator, security_txt


@dataclass(frozen=True)
class Rendered:
    """What the pages of the whole site need of an organisation that has been rendered.

    `contract` is the digest of its current contract.
    """

    contract: str
    listed: ListedOrganisation
    news: tuple[FeedVersion, ...]


class Renderer:
    """What every page of a site as it stands on `day`, at the address `site_url`, shares.

    `operator` says whom to tell of a weakness, and whether a filing takes a proof of work.
    """

    def __init__(self, day: date, site_url: str, operator: Operator) -> None:
        self._day = day
        self._operator = operator
        self._asked = operator.effort is not None
        self._site_url = site_url
        self._days = calendar()
        self._assets = SiteFiles()
        addresses = assets(self._assets, self._days)
        self._environments = {
            tongue: environment(tongue, addresses, site_url, self._asked)
            for tongue in site_languages()
        }

    def organisation(self, site: SiteFiles, editions: Editions) -> Rendered:
        """Adds everything of one organisation."""
        contract = organisation_pages(
            site,
            editions,
            look(site, editions),
            self._day,
            self._days,
            self._environments,
            self._site_url,
            self._asked,
        )
        versions = feed_versions(editions, self._day, self._site_url)
        name = editions.in_force(self._day).policy.organisation.name
        for tongue in self._environments:
            self._feed(site, tongue, versions, name.words(tongue.language), f"/{editions.id}/")
        return Rendered(contract, listed_organisation(editions, self._day), versions)

    def common(
        self,
        site: SiteFiles,
        organisations: tuple[tuple[ListedOrganisation, tuple[FeedVersion, ...]], ...],
        keys: PublishedKeys,
    ) -> dict[Language, str]:
        """Adds what is of no organisation, and returns the digests of what the functions fill.

        `keys` are those that receipts are checked with.
        """
        directory = OrganisationList(tuple(one for one, _ in organisations))
        versions = [entry for _, entries in organisations for entry in entries]
        site.files |= self._assets.files
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
        self, site: SiteFiles, contracts: Mapping[str, str], pages: Mapping[Language, str]
    ) -> None:
        """Adds what is current: the contract of each organisation, pages, the proof of work."""
        current = Current(
            organisations=dict(contracts),
            site=dict(pages),
            proof_of_work=self._operator.effort,
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


def render(
    all_editions: tuple[Editions, ...],
    day: date,
    site_url: str,
    keys: PublishedKeys | None = None,
    operator: Operator | None = None,
) -> SiteFiles:
    """The whole site at once; without `keys` none is published, without `operator` none named."""
    site, renderer = SiteFiles(), Renderer(day, site_url, operator or Operator())
    made = {editions.id: renderer.organisation(site, editions) for editions in all_editions}
    pages = renderer.common(
        site,
        tuple((one.listed, one.news) for one in made.values()),
        keys or PublishedKeys({}),
    )
    renderer.add_pointers(site, {id: one.contract for id, one in made.items()}, pages)
    add_sitemap(site, tuple(site.files), site_url)
    return site


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
    # Hidden, but a heading all the same, which must not be empty.
    title = pages.words.say("status_wrong")
    values = {"summary_hidden": HIDDEN, "problem_title": title, "about": Markup(about)}
    site.page(f"{tongue.prefix}/track/", pages.track.html(values))
    return site.contract(pages)

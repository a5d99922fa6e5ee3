"""Renders in memory, nothing written yet: assets, each organisation, and the pages of all."""

from collections.abc import Mapping
from datetime import date

from jinja2 import Environment

from functions.contract import Current
from functions.language import Language
from functions.pages import SitePages
from functions.skeleton import HIDDEN
from site_src.assets import assets
from site_src.holidays import calendar
from site_src.keys import KEYS, PublishedKeys, as_json
from site_src.language import Tongue, tongues
from site_src.listed import Listed, listed
from site_src.load import Editions
from site_src.looks import Look, look
from site_src.organisation import organisation_pages
from site_src.sitefiles import Site
from site_src.slot import cut
from site_src.templates import environment
from site_src.vocabulary import words
from site_src.write import POINTERS


class Renderer:
    """What every page of a site as it stands on `day`, at the address `site_url`, shares."""

    def __init__(self, day: date, site_url: str) -> None:
        self.assets = Site()
        self._day = day
        self._days = calendar()
        self._looks: dict[str, Look] = {}
        address = assets(self.assets, self._days)
        self._environments = {
            tongue: environment(
                tongue, address.__getitem__, site_url, lambda policy: self._looks[policy.id]
            )
            for tongue in tongues()
        }

    def organisation(self, site: Site, editions: Editions) -> str:
        """Adds everything of one organisation, and returns the digest of its current contract."""
        self._looks[editions.id] = look(site, editions)
        return organisation_pages(site, editions, self._day, self._days, self._environments)

    def listed(self, editions: Editions) -> Listed:
        """How the organisation stands in the list."""
        return listed(editions.in_force(self._day).policy)

    def common(
        self, site: Site, organisations: tuple[Listed, ...], keys: PublishedKeys
    ) -> dict[Language, str]:
        """Adds the pages that are of no organisation, and returns the digests of their skeletons.

        `keys` are those that receipts are checked with.
        """
        site.files |= self.assets.files
        site.files[KEYS] = as_json(keys).encode()
        return {
            tongue.language: _common_pages(site, tongue, env, organisations, keys)
            for tongue, env in self._environments.items()
        }


def add_pointers(site: Site, contracts: Mapping[str, str], pages: Mapping[Language, str]) -> None:
    """Adds what says which contract of each organisation and which pages are current."""
    current = Current(organisations=dict(contracts), site=dict(pages))
    site.files[POINTERS] = current.model_dump_json().encode()


def render(
    all_editions: tuple[Editions, ...],
    day: date,
    site_url: str,
    keys: PublishedKeys | None = None,
) -> Site:
    """The whole site at once; without `keys` none is published."""
    site, renderer = Site(), Renderer(day, site_url)
    contracts = {editions.id: renderer.organisation(site, editions) for editions in all_editions}
    organisations = tuple(renderer.listed(editions) for editions in all_editions)
    add_pointers(site, contracts, renderer.common(site, organisations, keys or PublishedKeys({})))
    return site


def _common_pages(
    site: Site,
    tongue: Tongue,
    env: Environment,
    organisations: tuple[Listed, ...],
    keys: PublishedKeys,
) -> str:
    verify = env.get_template("pages/verify.html").render(organisations=organisations, keys=keys)
    site.page(f"{tongue.prefix}/verify/", verify)
    index = env.get_template("pages/index.html").render(organisations=organisations)
    site.page(f"{tongue.prefix}/", index)
    pages = SitePages(
        words=words(tongue),
        track=cut(env.get_template("pages/track.html").render()),
        notice=cut(env.get_template("pages/notice.html").render()),
    )
    site.page(f"{tongue.prefix}/track/", pages.track.html({"summary_hidden": HIDDEN}))
    return site.contract(pages)

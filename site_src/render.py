"""Renders everything in memory: pages, contracts and assets, nothing written yet."""

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
from site_src.load import Editions
from site_src.looks import look
from site_src.organisation import organisation_pages
from site_src.policy import Policy
from site_src.sitefiles import Site
from site_src.slot import cut
from site_src.templates import environment
from site_src.vocabulary import words


def render(
    all_editions: tuple[Editions, ...],
    day: date,
    site_url: str,
    keys: PublishedKeys | None = None,
) -> Site:
    """The whole site of these organisations as it stands on `day`, at the address `site_url`.

    `keys` are those that their receipts are checked with; without any, none is published.
    """
    keys = keys or PublishedKeys({})
    site = Site()
    days = calendar()
    address = assets(site, days)
    looks = {editions.id: look(site, editions) for editions in all_editions}
    environments = {
        tongue: environment(tongue, address.__getitem__, site_url, lambda policy: looks[policy.id])
        for tongue in tongues()
    }
    site_pages: dict[Language, str] = {}
    policies = [editions.in_force(day).policy for editions in all_editions]
    for tongue, env in environments.items():
        site_pages[tongue.language] = _site_pages(site, tongue, env, policies, keys)
    site.files[KEYS] = as_json(keys).encode()
    organisations = {
        editions.id: organisation_pages(site, editions, day, days, environments)
        for editions in all_editions
    }
    current = Current(organisations=organisations, site=site_pages)
    site.files["contracts/current.json"] = current.model_dump_json().encode()
    return site


def _site_pages(
    site: Site, tongue: Tongue, env: Environment, policies: list[Policy], keys: PublishedKeys
) -> str:
    verify = env.get_template("pages/verify.html")
    site.page(f"{tongue.prefix}/verify/", verify.render(policies=policies, keys=keys))
    site.page(f"{tongue.prefix}/", env.get_template("pages/index.html").render(policies=policies))
    pages = SitePages(
        words=words(tongue),
        track=cut(env.get_template("pages/track.html").render()),
        notice=cut(env.get_template("pages/notice.html").render()),
    )
    site.page(f"{tongue.prefix}/track/", pages.track.html({"summary_hidden": HIDDEN}))
    return site.contract(pages)

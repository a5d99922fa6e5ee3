"""Renders everything in memory: pages, contracts and assets, nothing written yet."""

from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from functions.contract import Current
from functions.language import Language
from functions.pages import SitePages
from functions.skeleton import HIDDEN
from site_src.directory import directory
from site_src.feed import add_feeds
from site_src.holidays import calendar
from site_src.keys import KEYS, PublishedKeys, as_json
from site_src.language import Tongue, tongues
from site_src.listpages import assets_with_index, list_pages
from site_src.load import Editions
from site_src.looks import look
from site_src.operator import SECURITY_FILE, Operator, security_txt
from site_src.organisation import organisation_pages
from site_src.policy import Policy
from site_src.sitefiles import Site
from site_src.sitemap import add_sitemap
from site_src.slot import cut
from site_src.templates import environment
from site_src.vocabulary import words


def render(
    all_editions: tuple[Editions, ...],
    day: date,
    site_url: str,
    keys: PublishedKeys | None = None,
    operator: Operator | None = None,
) -> Site:
    """The whole site of these organisations as it stands on `day`, at the address `site_url`.

    `keys` are those that their receipts are checked with; without any, none is published.
    `operator` says whom to tell of a weakness; without it, nobody is named.
    """
    keys = keys or PublishedKeys({})
    site = Site()
    days = calendar()
    listed = directory(all_editions, day)
    address = assets_with_index(site, days, listed)
    looks = {editions.id: look(site, editions) for editions in all_editions}
    environments = {
        tongue: environment(tongue, address.__getitem__, site_url, lambda policy: looks[policy.id])
        for tongue in tongues()
    }
    site_pages: dict[Language, str] = {}
    policies = [editions.in_force(day).policy for editions in all_editions]
    for tongue, env in environments.items():
        site_pages[tongue.language] = _site_pages(site, tongue, env, policies, keys)
        list_pages(site, tongue, env, listed, site_url)
        add_feeds(site, tongue, all_editions, day, site_url)
    site.files[KEYS] = as_json(keys).encode()
    organisations = {
        editions.id: organisation_pages(site, editions, day, days, environments, site_url)
        for editions in all_editions
    }
    current = Current(organisations=organisations, site=site_pages)
    site.files["contracts/current.json"] = current.model_dump_json().encode()
    add_sitemap(site, site_url)
    if operator and (contact := security_txt(operator, site_url, day)):
        site.files[SECURITY_FILE] = contact
    return site


def _site_pages(
    site: Site, tongue: Tongue, env: Environment, policies: list[Policy], keys: PublishedKeys
) -> str:
    verify = env.get_template("pages/verify.html")
    html = verify.render(policies=policies, keys=keys, path="/verify/")
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

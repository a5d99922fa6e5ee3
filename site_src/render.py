"""Renders everything in memory: pages, contracts and assets, nothing written yet."""

from datetime import date
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from functions.adapters.contracts import digest
from functions.calendar import Calendar
from functions.contract import Current
from functions.language import Language
from functions.pages import SitePages
from functions.skeleton import HIDDEN
from site_src.directory import Directory, directory
from site_src.feed import NEWEST, Version, feed, versions
from site_src.holidays import calendar
from site_src.language import Tongue, tongues
from site_src.load import Editions
from site_src.operator import SECURITY_FILE, Operator, security_txt
from site_src.organisation import organisation_pages
from site_src.sitefiles import Site
from site_src.sitemap import add_sitemap
from site_src.slot import cut
from site_src.structured import list_data
from site_src.templates import environment
from site_src.vocabulary import words

_ASSETS = Path(__file__).parent / "assets"
_ROOT = Path(__file__).parent / "root"
_COMPONENTS = Path(__file__).parent / "templates" / "components"


def render(
    all_editions: tuple[Editions, ...], day: date, site_url: str, operator: Operator
) -> Site:
    """The whole site of these organisations as it stands on `day`, at the address `site_url`."""
    days = calendar()
    listed = directory(all_editions, day)
    site, environments = _begin(listed, days, site_url)
    site_pages: dict[Language, str] = {}
    for tongue, env in environments.items():
        site_pages[tongue.language] = _site_pages(site, tongue, env)
        _list_pages(site, tongue, env, listed, site_url)
        _feeds(site, tongue, all_editions, day, site_url)
    organisations = {
        editions.id: organisation_pages(site, editions, day, days, environments, site_url)
        for editions in all_editions
    }
    current = Current(organisations=organisations, site=site_pages)
    site.files["contracts/current.json"] = current.model_dump_json().encode()
    add_sitemap(site, site_url)
    if contact := security_txt(operator, site_url, day):
        site.files[SECURITY_FILE] = contact
    return site


def render_list(listed: Directory, site_url: str) -> Site:
    """The list of organisations alone, with its assets: to look at a list longer than ours."""
    site, environments = _begin(listed, calendar(), site_url)
    for tongue, env in environments.items():
        _list_pages(site, tongue, env, listed, site_url)
    return site


def _begin(
    listed: Directory, days: Calendar, site_url: str
) -> tuple[Site, dict[Tongue, Environment]]:
    """A site with its assets, and what renders its pages."""
    site = Site()
    assets = _assets(site, days, listed)
    return site, {
        tongue: environment(tongue, lambda name: assets[name], site_url) for tongue in tongues()
    }


def _assets(site: Site, days: Calendar, listed: Directory) -> dict[str, str]:
    """Adds each asset under a name that changes with its content.

    The style sheet goes on with what each component's folder says of its own looks;
    `calendar.json` is the calendar of the contracts, for the script on the forms;
    `organisations.json` is what the search reads. What browsers ask for by themselves lies at
    the root, under names that cannot change.
    """
    for path in sorted(_ROOT.iterdir()):
        site.files[path.name] = path.read_bytes()
    contents = {path.name: path.read_bytes() for path in sorted(_ASSETS.iterdir())}
    contents["ombud.css"] += b"".join(
        path.read_bytes() for path in sorted(_COMPONENTS.glob("*/*.css"))
    )
    contents["calendar.json"] = days.model_dump_json().encode()
    contents["organisations.json"] = listed.index()
    addresses = {}
    for file, content in contents.items():
        stem, _, suffix = file.partition(".")
        name = f"assets/{stem}.{digest(content)[:12]}.{suffix}"
        site.files[name] = content
        addresses[file] = f"/{name}"
    return addresses


def _list_pages(
    site: Site, tongue: Tongue, env: Environment, listed: Directory, site_url: str
) -> None:
    """Adds the pages of the list of organisations, and the page for an address that is none."""
    name = tongue.say("Complaints and appeals, in the open")
    for page in listed.pages:
        html = env.get_template("pages/index.html").render(
            directory=listed,
            page=page,
            path=page.path,
            structured=list_data(tongue, site_url, page, name),
        )
        site.page(f"{tongue.prefix}{page.path}", html)
    missing = env.get_template("pages/404.html").render(directory=listed)
    site.files[f"{tongue.prefix}/404.html".lstrip("/")] = missing.encode()


def _feeds(
    site: Site, tongue: Tongue, all_editions: tuple[Editions, ...], day: date, site_url: str
) -> None:
    """Adds the feed of each organisation's versions, and that of the newest of all of them."""

    def add(listed: tuple[Version, ...], title: str, path: str) -> None:
        name = f"{tongue.prefix}{path}changes.xml".lstrip("/")
        site.files[name] = feed(listed, title, path, tongue, site_url, day)

    every: list[Version] = []
    for editions in all_editions:
        listed = versions(editions, day)
        name = editions.in_force(day).policy.organisation.name.words(tongue.language)
        add(listed, name, f"/{editions.id}/")
        every.extend(listed)
    newest = sorted(every, key=lambda one: one.moment, reverse=True)[:NEWEST]
    add(tuple(newest), tongue.say("Complaints and appeals, in the open"), "/")


def _site_pages(site: Site, tongue: Tongue, env: Environment) -> str:
    pages = SitePages(
        words=words(tongue),
        track=cut(env.get_template("pages/track.html").render(path="/track/")),
        notice=cut(env.get_template("pages/notice.html").render()),
    )
    about = env.get_template("fragments/about.html").render(
        title=tongue.say("Look up a case"), path="/track/"
    )
    values = {"summary_hidden": HIDDEN, "about": Markup(about)}
    site.page(f"{tongue.prefix}/track/", pages.track.html(values))
    return site.contract(pages)

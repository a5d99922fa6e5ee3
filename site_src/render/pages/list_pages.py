"""Adds the pages of the list of organisations, and the page for unknown addresses."""

from jinja2 import Environment

from site_src.languages import SiteLanguage, site_languages
from site_src.render.assets import assets
from site_src.render.data.json_ld import list_data
from site_src.render.environment import environment
from site_src.render.pages.organisation_list import OrganisationList
from site_src.site_files import SiteFiles

_INDEX = "organisations.json"


def list_pages(
    site: SiteFiles,
    tongue: SiteLanguage,
    env: Environment,
    listed: OrganisationList,
    index: str,
    site_url: str,
) -> None:
    """Adds the list of organisations and the page for unknown addresses.

    `index` is the address of the file that the search reads.
    """
    name = tongue.say("Complaints and appeals, in the open")
    for page in listed.pages:
        html = env.get_template("pages/index.html").render(
            directory=listed,
            index_address=index,
            page=page,
            path=page.path,
            structured=list_data(tongue, site_url, page, name),
        )
        site.page(f"{tongue.prefix}{page.path}", html)
    missing = env.get_template("pages/404.html").render(directory=listed, index_address=index)
    site.files[f"{tongue.prefix}/404.html".lstrip("/")] = missing.encode()


def add_index(site: SiteFiles, listed: OrganisationList) -> str:
    """Adds the file that the search reads and returns its address."""
    return site.asset(_INDEX, listed.index())


def render_list(listed: OrganisationList, site_url: str) -> SiteFiles:
    """Only the list of organisations, with its assets, to try out a longer list than ours."""
    site = SiteFiles()
    addresses, index = assets(site), add_index(site, listed)
    for tongue in site_languages():
        env = environment(tongue, addresses, site_url)
        list_pages(site, tongue, env, listed, index, site_url)
    return site

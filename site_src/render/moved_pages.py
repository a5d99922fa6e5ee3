"""Adds the pages at the earlier addresses of an organisation, which lead to those of today."""

from collections.abc import Collection, Iterable, Mapping

from jinja2 import Environment

from site_src.languages import SiteLanguage, language_folders
from site_src.policy.edition import Editions
from site_src.site_files import SiteFiles

_PAGE = "index.html"


def add_moved_pages(
    site: SiteFiles, editions: Editions, environments: Mapping[SiteLanguage, Environment]
) -> None:
    """Adds a page that leads on for each page, and a copy of everything else.

    No web server can be told of a redirect that each of them understands, and programs read data
    where they have always read it.
    """
    id, *earlier = editions.ids
    if not earlier:
        return
    name = editions.editions[-1].policy.organisation.name
    for tongue, env in environments.items():
        home = f"{tongue.prefix}/{id}/".lstrip("/")
        own = {each: content for each, content in site.files.items() if each.startswith(home)}
        for file, content in own.items():
            below = file.removeprefix(home)
            if below.endswith(_PAGE):
                path = f"/{id}/{below.removesuffix(_PAGE)}"
                page = env.get_template("pages/moved.html").render(name=name, path=path)
                content = page.encode()
            for old in earlier:
                site.files[f"{tongue.prefix}/{old}/{below}".lstrip("/")] = content


def moved_files(names: Iterable[str], earlier: Collection[str]) -> frozenset[str]:
    """Those of the files that are at one of the `earlier` addresses."""
    return frozenset(name for name in names if _folder(name) in earlier)


def _folder(name: str) -> str:
    """The folder of a file, below that of its language."""
    first, _, rest = name.partition("/")
    return rest.partition("/")[0] if first in language_folders() else first

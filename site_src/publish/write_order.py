"""In which order the files of a site are written, and where they may be written at all."""

from pathlib import Path
from typing import TYPE_CHECKING

from site_src.errors import NotASite
from site_src.file_names import POINTERS

if TYPE_CHECKING:
    from site_src.site_files import SiteFiles


def ensure_site(out: Path) -> None:
    """Raises NotASite where `out` is a file, or holds files and contracts are not among them."""
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / "contracts").is_dir()):
        raise NotASite(f"{out} holds something else; name a folder that is for the site alone")


def in_order(site: "SiteFiles") -> list[str]:
    """The files in an order that never leaves a page pointing to what is not there yet.

    Of the pages the deeper ones come first: a disclosure page leads to its forms and versions.
    """
    return sorted(site.files, key=lambda name: (rank(name), -_page(name).count("/"), name))


def rank(name: str) -> int:
    """Contracts first, then assets, pages, the pointers to current contracts, the index last."""
    if name == POINTERS:
        return 3
    if _page(name) == "index.html":
        return 4
    return {"contracts": 0, "assets": 1}.get(name.partition("/")[0], 2)


def _page(name: str) -> str:
    """The name without the folder of its language."""
    from site_src.languages import site_languages

    first, _, rest = name.partition("/")
    return rest if any(first == tongue.language for tongue in site_languages()) else name

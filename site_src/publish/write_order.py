"""Orders the files of a site for writing, and checks that the output folder is a site."""

from pathlib import Path
from typing import TYPE_CHECKING

from site_src.errors import NotASite
from site_src.file_names import DIRECTORIES, POINTERS, RELEASES

if TYPE_CHECKING:
    from site_src.site_files import SiteFiles

_POINTERS_RANK, _INDEX_RANK = 4, 5


def ensure_site(out: Path) -> None:
    """Raises NotASite if `out` is a file, or a folder that has files but no contracts."""
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / "contracts").is_dir()):
        raise NotASite(f"{out} contains something else; name a folder that is only for the site")


def in_order(site: "SiteFiles") -> list[str]:
    """The file names in an order in which no page links to a file that does not exist yet.

    Deeper pages come first, because a disclosure page links to its forms and versions.
    """
    return sorted(
        site.files, key=lambda name: (rank(name), -_without_language(name).count("/"), name)
    )


def rank(name: str) -> int:
    """The place of a file in the order: releases, contracts, assets, pages, pointers, index."""
    if name == POINTERS or name.startswith(DIRECTORIES):
        return _POINTERS_RANK
    if _without_language(name) == "index.html":
        return _INDEX_RANK
    if name.startswith(RELEASES):
        return 0
    return {"contracts": 1, "assets": 2}.get(name.partition("/")[0], 3)


def leads(name: str) -> bool:
    """Whether the file leads visitors or functions to what was written before it."""
    return rank(name) >= _POINTERS_RANK


def _without_language(name: str) -> str:
    """The name without the folder of its language."""
    from site_src.languages import language_folders

    first, _, rest = name.partition("/")
    return rest if first in language_folders() else name

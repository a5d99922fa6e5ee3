"""What a page weighs before anything can be seen, and how much script it runs."""

import gzip
import re
from pathlib import Path

FIRST_VIEW = 14 * 1024
SCRIPT = 7 * 1024
SCRIPTS = r'(?:src|data-later)="(/assets/[^"]+\.js)"'
STYLE = 6 * 1024
LATER = 5 * 1024
START = 10 * 1024


def packed(*files: Path) -> int:
    """The bytes of these files, each compressed as a server would."""
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files)


def linked(built: Path, page: Path, pattern: str) -> list[Path]:
    """The site's own files that a page names in this way."""
    names = re.findall(pattern, page.read_text(encoding="utf-8"))
    return [built / name.lstrip("/") for name in names]


def test_style_sheet_is_small(built: Path) -> None:
    """The one style sheet is at most 6 KB."""
    (sheet,) = (built / "assets").glob("ombud.*.css")
    assert packed(sheet) <= STYLE


def test_first_view_fits_the_first_flight(built: Path) -> None:
    """HTML and style sheets of each page fit in 14 KB, which one round trip brings."""
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 200
    heavy = {
        page.relative_to(built).as_posix(): size
        for page in pages
        if (size := packed(page, *linked(built, page, 'rel="stylesheet" href="([^"]+)"')))
        > FIRST_VIEW
    }
    assert heavy == {}


def test_first_page_of_an_organisation_is_small(built: Path) -> None:
    """The HTML of each organisation's first page is at most 10 KB."""
    procedures = built.glob("**/procedure/index.html")
    starts = [page.parent.parent / "index.html" for page in procedures]
    assert len(starts) > 30
    assert {page for page in starts if packed(page) > START} == set()


def test_scripts_are_small(built: Path) -> None:
    """No page runs more than 7 KB of script, what comes after the first paint included."""
    heavy = {
        page.relative_to(built).as_posix(): size
        for page in sorted(built.rglob("*.html"))
        if (size := packed(*linked(built, page, SCRIPTS))) > SCRIPT
    }
    assert heavy == {}


def test_script_of_a_chosen_file_is_small(built: Path) -> None:
    """What is loaded once somebody chooses a file is at most 5 KB, and no page runs it before."""
    (script,) = (built / "assets").glob("attach.*.js")
    assert packed(script) <= LATER
    pages = (page.read_text(encoding="utf-8") for page in built.rglob("*.html"))
    assert not any(f'src="/assets/{script.name}"' in page for page in pages)

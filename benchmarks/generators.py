"""Ombud and four other generators: how each gets its sources, and how each is run.

The others are as their documentation wants them for speed: no search, no feeds, no lists, no
theme but three layouts, and their own way of building less when nothing or one file has changed.
"""

import shutil
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from benchmarks.names import names
from benchmarks.organisations import (
    Page,
    change_policy,
    front_matter,
    layouts,
    pages,
    write_policies,
)
from site_src.places import ROOT

_MOST_FOR_EVERY = 1_000

PEERS = ROOT / "build" / "peers"
"""`make peers` installs them there."""

OMBUD = (
    "import sys; from pathlib import Path; import build; from site_src import places;"
    "places.POLICIES = Path(sys.argv[1]); build.app(['build', '--out', sys.argv[2]])"
)


class Generator(ABC):
    """One of them, over `count` organisations in a folder of its own.

    `every` says that it makes each page that Ombud makes of an organisation, not three.
    """

    title: str
    kept: tuple[str, ...] = ("out",)
    """What it leaves behind; a cold build starts without."""

    def __init__(self, folder: Path, count: int, every: bool) -> None:
        self.name = f"{self.title}, every page" if every else self.title
        self.folder = folder / f"{self.title.lower()}{'-every' * every}"
        self.count = count
        self.every = every
        self.folder.mkdir()
        self.prepare()

    @property
    def out(self) -> Path:
        """Where the site is written."""
        return self.folder / "out"

    def forget(self) -> None:
        """Removes everything that a build has left."""
        for name in self.kept:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    @abstractmethod
    def prepare(self) -> None:
        """Writes sources and configuration."""

    @abstractmethod
    def command(self, changed: bool | None) -> list[str]:
        """How it is run: cold (None), after one file has changed, or after nothing has."""

    def change(self, words: str) -> None:
        """Adds words to one procedure, on each page that has it."""
        changed = names(self.count)[self.count // 2][0]
        for page in self.pages():
            if page.organisation == changed and page.procedure:
                with self.source(page).open("a", encoding="utf-8") as file:
                    file.write(f"\n{words}\n")

    def pages(self) -> Iterator[Page]:
        """The pages that it makes."""
        return pages(self.count, self.every)

    def source(self, page: Page) -> Path:
        """The file that a page is made from, in a folder that is there."""
        file = self.folder / "content" / page.organisation / f"{page.layout}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def write_pages(self, path_key: str, layout_key: str, layout_suffix: str = "") -> None:
        """Writes the pages with their address and layout under the keys that it reads."""
        for page in self.pages():
            address = f"/{page.path}" if path_key == "url" else f"/{page.path}index.html"
            values = {path_key: address, layout_key: f"{page.layout}{layout_suffix}"}
            self.source(page).write_text(front_matter(page, values), encoding="utf-8")


class Ombud(Generator):
    """This one, with everything that it always makes."""

    title = "Ombud"
    kept = ("out", ".out.build")

    def prepare(self) -> None:
        """See Generator."""
        write_policies(self.folder / "policies", self.count)

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        return [sys.executable, "-c", OMBUD, str(self.folder / "policies"), str(self.out)]

    def change(self, words: str) -> None:
        """See Generator."""
        change_policy(self.folder / "policies", self.count, words)


class Hugo(Generator):
    """It has no build of less: what has not changed is made again."""

    title = "Hugo"
    kept = ("out", "resources")

    def prepare(self) -> None:
        """See Generator."""
        (self.folder / "hugo.toml").write_text(
            'baseURL = "http://localhost:8000/"\n'
            'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "home", "section"]\n'
        )
        made = layouts(
            "{{ .Params.organisation }}", "{{ .Params.name }}", "{{ .Content }}", self.every
        )
        for name, html in made.items():
            path = self.folder / "layouts" / "_default" / f"{name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html, encoding="utf-8")
        self.write_pages("url", "layout")

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        return ["hugo", "--quiet", "-s", str(self.folder), "-d", "out"]


class Eleventy(Generator):
    """It makes everything again: `--incremental=FILE` of 3.1.8 ends with an error."""

    title = "Eleventy"

    def prepare(self) -> None:
        """See Generator."""
        (self.folder / "eleventy.config.cjs").write_text(
            "module.exports = () => ({dir: {input: 'content', includes: '../layouts', "
            "output: 'out'}, markdownTemplateEngine: false});\n"
        )
        made = layouts("{{ organisation }}", "{{ name }}", "{{ content | safe }}", self.every)
        for name, html in made.items():
            path = self.folder / "layouts" / f"{name}.njk"
            path.parent.mkdir(exist_ok=True)
            path.write_text(html, encoding="utf-8")
        self.write_pages("permalink", "layout", ".njk")

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        program = PEERS / "node_modules" / ".bin" / "eleventy"
        return [str(program), "--quiet", "--config=eleventy.config.cjs"]


class Pelican(Generator):
    """With its cache of what it has read."""

    title = "Pelican"
    kept = ("out", "cache")

    def prepare(self) -> None:
        """See Generator."""
        (self.folder / "pelicanconf.py").write_text(
            "SITEURL = ''\nPATH = 'content'\nOUTPUT_PATH = 'out'\nTHEME = 'theme'\n"
            "PAGE_PATHS = ['']\nARTICLE_PATHS = []\nDIRECT_TEMPLATES = []\n"
            "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
            "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\n"
            "TIMEZONE = 'Asia/Shanghai'\nLOAD_CONTENT_CACHE = CACHE_CONTENT = True\n"
            "CONTENT_CACHING_LAYER = 'generator'\nCACHE_PATH = 'cache'\n"
        )
        theme = self.folder / "theme"
        (theme / "static").mkdir(parents=True)
        made = layouts(
            "{{ page.organisation }}", "{{ page.name }}", "{{ page.content }}", self.every
        )
        for name, html in made.items():
            path = theme / "templates" / f"{name}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(html, encoding="utf-8")
        for page in self.pages():
            slug = page.path.strip("/").replace("/", "-")
            self.source(page).write_text(
                f"Title: {page.name}\nName: {page.name}\nOrganisation: {page.organisation}\n"
                f"Slug: {slug}\nTemplate: {page.layout}\nUrl: {page.path}\n"
                f"Save_as: {page.path}index.html\n\n{page.markdown}",
                encoding="utf-8",
            )

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        program = PEERS / "python" / "bin" / "pelican"
        return [str(program), "--quiet", "-s", "pelicanconf.py"]


class MkDocs(Generator):
    """With `--dirty` where something has been built already."""

    title = "MkDocs"

    def prepare(self) -> None:
        """See Generator."""
        (self.folder / "mkdocs.yml").write_text(
            "site_name: x\ndocs_dir: content\nsite_dir: out\nplugins: []\n"
            "theme: {name: null, custom_dir: theme}\n"
        )
        theme = self.folder / "theme"
        theme.mkdir()
        made = layouts(
            "{{ page.meta.organisation }}", "{{ page.meta.name }}", "{{ page.content }}", self.every
        )
        for name, html in made.items():
            (theme / f"{name}.html").write_text(html, encoding="utf-8")
        for page in self.pages():
            values = {"template": f"{page.layout}.html"}
            self.source(page).write_text(front_matter(page, values), encoding="utf-8")

    def source(self, page: Page) -> Path:
        """See Generator."""
        file = self.folder / "content" / page.path / "index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        program = PEERS / "python" / "bin" / "mkdocs"
        run = [str(program), "build", "--quiet"]
        return run if changed is None else [*run, "--dirty"]


def generators(folder: Path, count: int) -> tuple[Generator, ...]:
    """Ombud, and the others with three pages of each organisation and with every page.

    Of very many organisations they make three alone: all take Eleventy seven minutes a run.
    """
    others = (Hugo, Eleventy, Pelican, MkDocs)
    ranges = (False, True) if count <= _MOST_FOR_EVERY else (False,)
    return (
        Ombud(folder, count, every=False),
        *(kind(folder, count, every) for every in ranges for kind in others),
    )

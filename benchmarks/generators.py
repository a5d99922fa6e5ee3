"""Writes the sources for Ombud and four other generators, and says how to run each.

The others are configured for speed, as their documentation recommends: without search, feeds,
lists and themes, with three layouts and their own kind of incremental build.
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

_MOST_WITH_EVERY_PAGE = 1_000

PEERS = ROOT / "build" / "peers"
"""The folder in which `make peers` installs the other generators."""


def build_command(policies: Path, out: Path) -> list[str]:
    """The command that builds these policies with Ombud."""
    program = [sys.executable, str(ROOT / "build.py"), "build"]
    return [*program, "--policies", str(policies), "--out", str(out)]


class Generator(ABC):
    """A generator with the sources of `count` organisations in a folder of its own.

    With `every` it builds each page that Ombud builds for an organisation, else three.
    """

    title: str
    kept: tuple[str, ...] = ("out",)
    """The folders that a build leaves behind; a cold build starts without them."""

    def __init__(self, folder: Path, count: int, every: bool) -> None:
        self.name = f"{self.title}, every page" if every else self.title
        self.folder = folder / f"{self.title.lower()}{'-every' * every}"
        self.count = count
        self.every = every
        self.folder.mkdir()
        self.prepare()

    @property
    def out(self) -> Path:
        """The folder that the site is written to."""
        return self.folder / "out"

    def forget(self) -> None:
        """Removes everything that a build leaves behind."""
        for name in self.kept:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    @abstractmethod
    def prepare(self) -> None:
        """Writes sources and configuration."""

    @abstractmethod
    def command(self, changed: bool | None) -> list[str]:
        """Returns the command of a build: cold (None), with one file changed, or with none."""

    def change(self, words: str) -> None:
        """Adds words to one procedure, on each page that has it."""
        organisation = names(self.count)[self.count // 2][0]
        for page in self.pages():
            if page.organisation == organisation and page.procedure:
                with self.source(page).open("a", encoding="utf-8") as file:
                    file.write(f"\n{words}\n")

    def pages(self) -> Iterator[Page]:
        """Yields the pages that it builds."""
        return pages(self.count, self.every)

    def source(self, page: Page) -> Path:
        """Returns the source file of a page, and creates its folder."""
        file = self.folder / "content" / page.organisation / f"{page.layout}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    def write_pages(self, path_key: str, layout_key: str, layout_suffix: str = "") -> None:
        """Writes each page's source, with address and layout under the generator's own keys."""
        for page in self.pages():
            address = f"/{page.path}" if path_key == "url" else f"/{page.path}index.html"
            values = {path_key: address, layout_key: f"{page.layout}{layout_suffix}"}
            self.source(page).write_text(front_matter(page, values), encoding="utf-8")


class Ombud(Generator):
    """Ombud itself, with every page and file that it always builds."""

    title = "Ombud"

    def prepare(self) -> None:
        """See Generator."""
        write_policies(self.folder / "policies", self.count)

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        return build_command(self.folder / "policies", self.out)

    def change(self, words: str) -> None:
        """See Generator."""
        change_policy(self.folder / "policies", self.count, words)


class Hugo(Generator):
    """Hugo has no incremental build: it builds everything again."""

    title = "Hugo"
    kept = ("out", "resources")

    def prepare(self) -> None:
        """See Generator."""
        (self.folder / "hugo.toml").write_text(
            'baseURL = "http://localhost:8000/"\n'
            'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "home", "section"]\n'
        )
        templates = layouts(
            "{{ .Params.organisation }}", "{{ .Params.name }}", "{{ .Content }}", self.every
        )
        for name, html in templates.items():
            path = self.folder / "layouts" / "_default" / f"{name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html, encoding="utf-8")
        self.write_pages("url", "layout")

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        return ["hugo", "--quiet", "-s", str(self.folder), "-d", "out"]


class Eleventy(Generator):
    """Eleventy builds everything again: `--incremental=FILE` of 3.1.8 ends with an error."""

    title = "Eleventy"

    def prepare(self) -> None:
        """See Generator."""
        (self.folder / "eleventy.config.cjs").write_text(
            "module.exports = () => ({dir: {input: 'content', includes: '../layouts', "
            "output: 'out'}, markdownTemplateEngine: false});\n"
        )
        templates = layouts("{{ organisation }}", "{{ name }}", "{{ content | safe }}", self.every)
        for name, html in templates.items():
            path = self.folder / "layouts" / f"{name}.njk"
            path.parent.mkdir(exist_ok=True)
            path.write_text(html, encoding="utf-8")
        self.write_pages("permalink", "layout", ".njk")

    def command(self, changed: bool | None) -> list[str]:
        """See Generator."""
        program = PEERS / "node_modules" / ".bin" / "eleventy"
        return [str(program), "--quiet", "--config=eleventy.config.cjs"]


class Pelican(Generator):
    """Pelican, with its cache of parsed sources."""

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
        templates = layouts(
            "{{ page.organisation }}", "{{ page.name }}", "{{ page.content }}", self.every
        )
        for name, html in templates.items():
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
    """MkDocs, with `--dirty` after the first build."""

    title = "MkDocs"

    def prepare(self) -> None:
        """See Generator."""
        (self.folder / "mkdocs.yml").write_text(
            "site_name: x\ndocs_dir: content\nsite_dir: out\nplugins: []\n"
            "theme: {name: null, custom_dir: theme}\n"
        )
        theme = self.folder / "theme"
        theme.mkdir()
        templates = layouts(
            "{{ page.meta.organisation }}", "{{ page.meta.name }}", "{{ page.content }}", self.every
        )
        for name, html in templates.items():
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
        command = [str(program), "build", "--quiet"]
        return command if changed is None else [*command, "--dirty"]


def generators(folder: Path, count: int) -> tuple[Generator, ...]:
    """Returns Ombud, then the others with three pages of each organisation and with every page.

    Above 1,000 organisations they build three only: every page takes Eleventy seven minutes a run.
    """
    others = (Hugo, Eleventy, Pelican, MkDocs)
    ranges = (False, True) if count <= _MOST_WITH_EVERY_PAGE else (False,)
    return (
        Ombud(folder, count, every=False),
        *(kind(folder, count, every) for every in ranges for kind in others),
    )

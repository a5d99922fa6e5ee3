"""Writes fictitious organisations as policies for Ombud and as pages for other generators.

Each organisation has the policy and procedure of a sample of middle size under its own name. The
other generators get its pages: three (the disclosure page, the form, the form on paper), or all
ten that Ombud builds. The procedure is Markdown. Everything else is Ombud's own HTML as a layout,
with placeholders for name and address. So every page has the same bytes, and the others have less
to do than Ombud, which renders each page from facts.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names import names
from functions.model.reference import ALPHABET
from site_src.check.organisation import read_all
from site_src.places import POLICIES
from site_src.publish.build import LOCAL, today
from site_src.render.site_renderer import render

SAMPLE = "qa-operations"
_NAMES = {"": "示例生产企业", "en/": "Sample producer"}
THREE = ("disclosure", "form", "print")
_PATHS = {
    "start": "",
    "disclosure": "procedure/",
    "form": "complaint/",
    "print": "complaint/print/",
    "version": "versions/1/",
    "poster": "poster/",
}
_INTRODUCTIONS = {
    "start": "**请先选**您要提出的是哪一类。",
    "form": "**先阅读**隐私告知，再填写下面的问题。",
    "print": "**请用黑色笔**填写，并按下面的地址寄送或者当面递交。",
    "poster": "**请张贴**在显眼的地方。",
}


@dataclass(frozen=True)
class Page:
    """A page of an organisation: its layout, its address and its Markdown.

    `procedure` says whether the Markdown is the procedure.
    """

    layout: str
    path: str
    organisation: str
    name: str
    markdown: str
    procedure: bool


def write_policies(folder: Path, count: int) -> None:
    """Writes `count` policies."""
    facts = (POLICIES / SAMPLE / "policy.yaml").read_text(encoding="utf-8")
    for number, (id, chinese, english) in enumerate(names(count)):
        policy_folder = folder / id
        policy_folder.mkdir(parents=True)
        policy = facts.replace(f"id: {SAMPLE}\n", f"id: {id}\n", 1)
        policy = policy.replace(_NAMES[""], chinese).replace(_NAMES["en/"], english)
        prefix = "B" + "".join(
            ALPHABET[number // len(ALPHABET) ** n % len(ALPHABET)] for n in (2, 1, 0)
        )
        policy = re.sub(r"(prefix: )[A-Z0-9]+", rf"\g<1>{prefix}", policy, count=1)
        (policy_folder / "policy.yaml").write_text(policy, encoding="utf-8")
        shutil.copy(POLICIES / SAMPLE / "procedure.md", policy_folder)


def change_policy(folder: Path, count: int, words: str) -> None:
    """Adds words to the procedure of the organisation in the middle."""
    id = names(count)[count // 2][0]
    with (folder / id / "procedure.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def pages(count: int, every: bool) -> Iterator[Page]:
    """Yields three pages of each organisation, or every page."""
    procedure = (POLICIES / SAMPLE / "procedure.md").read_text(encoding="utf-8")
    text = procedure.split("\n", 1)[1].lstrip()
    for id, chinese, english in names(count):
        for layout, prefix, kind in _layouts(every):
            path = f"{prefix}{id}/{_PATHS[kind]}"
            name = english if prefix else chinese
            introduction = _INTRODUCTIONS.get(kind)
            yield Page(layout, path, id, name, introduction or text, introduction is None)


def _layouts(every: bool) -> Iterator[tuple[str, str, str]]:
    """Yields each layout with the address prefix of its language and the kind of its page."""
    for prefix in _NAMES if every else ("",):
        for kind in _PATHS if every else THREE:
            yield f"{prefix.replace('/', '-')}{kind}", prefix, kind


def layouts(organisation: str, name: str, content: str, every: bool) -> dict[str, str]:
    """Returns Ombud's pages as layouts, with a generator's own syntax in place of what differs.

    Raises ValueError if a page contains the syntax of a template language.
    """
    organisations, _ = read_all(POLICIES, (SAMPLE,))
    site = render(organisations, today(), LOCAL)
    templates = {}
    for layout, prefix, kind in _layouts(every):
        html = site.files[f"{prefix}{SAMPLE}/{_PATHS[kind]}index.html"].decode()
        if kind in _INTRODUCTIONS:
            html = html.replace("</h1>", "</h1>@content@", 1)
        else:
            start = html.rindex("<", 0, html.index('id="clause-'))
            html = html[:start] + "@content@" + html[html.index("</section>", start) :]
        for mark in ("{{", "{%", "{#"):
            if mark in html:
                raise ValueError(f"layout {layout} contains {mark}, which generators interpret")
        html = html.replace(SAMPLE, organisation).replace(_NAMES[prefix], name)
        templates[layout] = html.replace("@content@", content)
    return templates


def front_matter(page: Page, more: dict[str, str]) -> str:
    """Returns the Markdown with its values in YAML before it, as most generators read it."""
    values = {"title": page.name, "name": page.name, "organisation": page.organisation} | more
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", "", page.markdown])

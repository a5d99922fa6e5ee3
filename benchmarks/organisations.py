"""Organisations that do not exist, as Ombud's policies and as the pages of other generators.

Each has the policy and the procedure of a sample of middle size under its own name. The others
get three pages of each: the disclosure page, whose procedure is Markdown, the form and the form
on paper. All else on them is Ombud's own HTML, put into their layouts with name and address
left open, so that every page has the same bytes and they have less to do than Ombud, which
draws each from facts.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names import names
from site_src.render import render
from site_src.site import POLICIES, read_all, today
from site_src.siteurl import LOCAL

SAMPLE = "qa-operations"
_NAME = "示例生产企业"
LAYOUTS = ("disclosure", "form", "print")
PATHS = {"disclosure": "", "form": "complaint/", "print": "complaint/print/"}
_INTRODUCTIONS = {
    "form": "**先阅读**隐私告知，再填写下面的问题。",
    "print": "**请用黑色笔**填写，并按下面的地址寄送或者当面递交。",
}


@dataclass(frozen=True)
class Page:
    """A page of an organisation: its layout, its address and its Markdown."""

    layout: str
    path: str
    organisation: str
    name: str
    markdown: str


def write_policies(folder: Path, count: int) -> None:
    """Writes so many policies."""
    facts = (POLICIES / SAMPLE / "policy.yaml").read_text(encoding="utf-8")
    for id, chinese, english in names(count):
        own = folder / id
        own.mkdir(parents=True)
        named = facts.replace(f"id: {SAMPLE}\n", f"id: {id}\n", 1)
        named = named.replace(_NAME, chinese).replace("Sample producer", english)
        (own / "policy.yaml").write_text(named, encoding="utf-8")
        shutil.copy(POLICIES / SAMPLE / "procedure.md", own)


def change_policy(folder: Path, count: int, words: str) -> None:
    """Adds words to the procedure of one of them."""
    id = names(count)[count // 2][0]
    with (folder / id / "procedure.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def pages(count: int) -> Iterator[Page]:
    """The three pages of each."""
    procedure = (POLICIES / SAMPLE / "procedure.md").read_text(encoding="utf-8")
    text = procedure.split("\n", 1)[1].lstrip()
    for id, chinese, _ in names(count):
        for layout in LAYOUTS:
            markdown = _INTRODUCTIONS.get(layout, text)
            yield Page(layout, f"{id}/{PATHS[layout]}", id, chinese, markdown)


def layouts(organisation: str, name: str, content: str) -> dict[str, str]:
    """Ombud's three pages with what a generator writes for what differs."""
    organisations, _ = read_all(POLICIES, (SAMPLE,))
    site = render(organisations, today(), LOCAL)
    made = {}
    for layout in LAYOUTS:
        html = site.files[f"{SAMPLE}/{PATHS[layout]}index.html"].decode()
        if layout == "disclosure":
            start = html.rindex("<", 0, html.index('id="clause-'))
            html = html[:start] + "@content@" + html[html.index("</section>", start) :]
        else:
            html = html.replace("</h1>", "</h1>@content@", 1)
        for mark in ("{{", "{%", "{#"):
            if mark in html:
                raise ValueError(f"a layout cannot hold {mark}, and {layout} does")
        html = html.replace(SAMPLE, organisation).replace(_NAME, name)
        made[layout] = html.replace("@content@", content)
    return made


def front_matter(page: Page, more: dict[str, str]) -> str:
    """The Markdown with its values in YAML, as most generators take it."""
    values = {"title": page.name, "name": page.name, "organisation": page.organisation} | more
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", "", page.markdown])

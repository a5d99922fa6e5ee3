"""The guide to the kinds, and all links of the built site."""

import re
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from functions.model.contract.terms import KindId
from site_src.places import POLICIES
from site_src.policy.model.policy import Policy
from site_src.render.pages.guide import guide
from tests.helpers.sample_policies import ORGANISATIONS, loaded

SEVERAL = [name for name in ORGANISATIONS if len(loaded(POLICIES / name).policy.kinds) > 1]
LINK = re.compile(r'(?:href|src)="([^"]*)"')
ID = re.compile(r'\bid="([^"]*)"')
ELSEWHERE = ("mailto:", "tel:", "data:", "http:", "https:", "/cases/")


def policy_of(name: str) -> Policy:
    """A policy of the repository."""
    return loaded(POLICIES / name).policy


@pytest.mark.parametrize("name", SEVERAL)
def test_each_kind_is_behind_one_question(name: str) -> None:
    """At most three questions lead to each kind exactly once; the last one has no other answer."""
    questions = guide(policy_of(name))
    assert 1 <= len(questions) <= 3
    offered = Counter(kind.id for question in questions for kind in question.yes)
    assert offered == {kind.id: 1 for kind in policy_of(name).kinds}
    assert [question.last for question in questions] == [False] * (len(questions) - 1) + [True]


@pytest.mark.parametrize(
    ("kinds", "topics"),
    [
        (("complaint", "appeal"), ["decision", "which"]),
        (
            ("complaint", "suggestion", "feedback", "appeal", "objection"),
            ["decision", "wish", "which"],
        ),
        (("suggestion", "feedback"), ["wish"]),
        (("appeal", "objection"), ["decision"]),
        (("grievance", "dispute"), ["which"]),
    ],
)
def test_questions_that_nobody_needs_are_not_asked(
    kinds: tuple[KindId, ...], topics: list[str]
) -> None:
    """A question that leads to no kind is left out."""
    policy = policy_of(SEVERAL[0])
    facts = tuple(policy.kinds[0].model_copy(update={"id": kind}) for kind in kinds)
    questions = guide(policy.model_copy(update={"kinds": facts}))
    assert [question.topic for question in questions] == topics


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("name", ORGANISATIONS)
def test_page_of_the_guide(built: Path, name: str, prefix: str) -> None:
    """The page links to the form of every kind; with one kind there is no page and no link."""
    page = built / prefix / name / "guide" / "index.html"
    home = (built / prefix / name / "index.html").read_text(encoding="utf-8")
    assert page.is_file() == (name in SEVERAL) == ("/guide/" in home)
    if name in SEVERAL:
        offered = re.findall(r'<a class="button" href="([^"]*)"', page.read_text(encoding="utf-8"))
        wanted = [f"/{prefix}{name}/{kind.id}/" for kind in policy_of(name).kinds]
        assert sorted(offered) == sorted(wanted)


@cache
def ids(page: Path) -> Counter[str]:
    """The fragments of a page."""
    return Counter(unescape(one) for one in ID.findall(page.read_text(encoding="utf-8")))


def broken(built: Path, page: Path) -> list[str]:
    """The links of a page that lead to a missing file or fragment."""
    found = []
    for link in map(unescape, LINK.findall(page.read_text(encoding="utf-8"))):
        if link.startswith(ELSEWHERE):
            continue
        address, _, fragment = link.partition("#")
        target = (
            built / unquote(address).lstrip("/")
            if address.startswith("/")
            else page.parent / address
        )
        if not address:
            target = page
        elif address.endswith("/"):
            target = target / "index.html"
        if not target.is_file() or (fragment and unquote(fragment) not in ids(target)):
            found.append(link)
    return found


def test_every_link_leads_somewhere(built: Path) -> None:
    """Every link on every page of every organisation finds its page and fragment."""
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 10 * len(ORGANISATIONS)
    assert {
        page.relative_to(built).as_posix(): links
        for page in pages
        if (links := broken(built, page))
    } == {}


def test_no_fragment_twice(built: Path) -> None:
    """Each fragment occurs once on a page."""
    assert {
        page.relative_to(built).as_posix(): twice
        for page in sorted(built.rglob("*.html"))
        if (twice := [id for id, times in ids(page).items() if times > 1])
    } == {}

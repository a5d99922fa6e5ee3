"""The procedure as plain text: complete, with its facts, with line breaks at pauses."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from functions.views.wording.citations import cite
from site_src.compile.messages.vocabulary import words
from site_src.file_names import address, content_type
from site_src.languages import site_languages
from site_src.policy.facts import facts
from site_src.render.pages.plain_text import wrapped
from tests.site_src.check.test_conformance import newest

VOCABULARIES = {each.language: words(each) for each in site_languages()}


def test_nothing_is_left_out(built: Path) -> None:
    """The text has every clause, and every channel, limit, step and review with its clause."""
    for source in newest():
        policy = source.policy
        language = policy.language
        folder = built / "en" if language == "en" else built
        text = (folder / policy.id / "procedure.txt").read_text("utf-8")
        joined = "".join(text.split())
        for clause in source.clauses:
            assert clause.label in text
            assert "".join(clause.words.split()) in joined
        for placed in facts(policy):
            if placed.list in ("channels", "limits", "steps", "reviews"):
                cited = cite(VOCABULARIES[language], placed.fact.clause)
                assert "".join(cited.split()) in joined
        for channel in policy.channels:
            assert "".join(channel.name.words(language).split()) in joined
            assert "".join((channel.value or "").split()) in joined


def test_english_says_which_text_decides(built: Path) -> None:
    """The facts are in English; the procedure is in Chinese, and the page says so."""
    text = (built / "en/securities-brokerage/procedure.txt").read_text("utf-8")
    assert "the Chinese text takes precedence" in " ".join(text.split())
    assert "- The company's complaint telephone: 400-000-0000 (Article 5)" in text
    assert "第一条" in text


def test_translation_is_read_where_there_is_one(built: Path) -> None:
    """A translation is used, with a note that the Chinese text is authoritative."""
    (source,) = newest("accreditation-body")
    (translation,) = source.translations
    text = (built / "en/accreditation-body/procedure.txt").read_text("utf-8")
    joined = "".join(text.split())
    for clause in translation.clauses:
        assert clause.label in text
        assert "".join(clause.words.split()) in joined
    assert "This page translates it; the Chinese text takes precedence." in " ".join(text.split())


def test_lines_break_at_pauses() -> None:
    """Lines break after punctuation or a space; further lines of an item are indented."""
    phrase = "投诉处理的每一个环节都有人负责"
    assert wrapped(f"{phrase}，{phrase}，{phrase}。") == f"{phrase}，{phrase}，\n{phrase}。\n"
    assert wrapped("字" * 50 + "。") == "字" * 50 + "。\n"
    assert wrapped("- " + "word " * 20) == f"- {'word ' * 13}word\n  {'word ' * 5}word\n"
    assert wrapped(f"{phrase}“{phrase}。”{phrase}").count("。”") == 1
    assert wrapped("a\n\n\n\nb\N{NO-BREAK SPACE}c") == "a\n\nb c\n"


def test_no_line_is_long_without_reason(built: Path) -> None:
    """Only a single phrase may be longer than 72 columns."""
    from rich.cells import cell_len

    for path in built.rglob("procedure.txt"):
        for line in path.read_text("utf-8").splitlines():
            if cell_len(line) > 72:
                assert not any(sign in line[:-1] for sign in "，。；！？"), f"{path}: {line}"


def test_served_as_utf_8_text(built: Path) -> None:
    """The local server and S3 use the same media type."""
    app = Starlette(routes=[Mount("/", StaticFiles(directory=built, html=True))])
    with TestClient(app) as client:
        answer = client.get("/securities-brokerage/procedure.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert content_type("securities-brokerage/procedure.txt") == "text/plain; charset=utf-8"
    assert address("law-firm/procedure.txt") == "/law-firm/procedure.txt"


def test_disclosure_page_leads_to_both(built: Path) -> None:
    """Only the page of the version in force links to the plain text and the poster."""
    for prefix in ("", "/en"):
        page = (built / f"{prefix}/law-firm/index.html".lstrip("/")).read_text("utf-8")
        assert f'href="{prefix}/law-firm/procedure.txt"' in page
        assert f'href="{prefix}/law-firm/poster/"' in page

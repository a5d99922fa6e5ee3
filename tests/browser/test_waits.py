"""How tests in a browser ask: a page that has begun to load may not have come whole."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.places import TESTS

ASKED_ONCE = {
    "all_inner_texts",
    "all_text_contents",
    "count",
    "get_attribute",
    "inner_text",
    "input_value",
    "is_checked",
    "is_disabled",
    "is_enabled",
    "is_hidden",
    "is_visible",
    "text_content",
    "title",
}
"""Methods of Playwright that answer for the moment; `expect` waits for what is to come."""


def asked_once(file: Path) -> Iterator[str]:
    """Names the assertions of a file that hold or fail by what has arrived."""
    for statement in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(statement, ast.Assert):
            continue
        for call in ast.walk(statement):
            match call:
                case ast.Call(func=ast.Attribute(attr="count"), args=[_, *_]):
                    continue  # that of a text
                case ast.Call(func=ast.Attribute(attr=name)) if name in ASKED_ONCE:
                    yield f"{file.name}:{statement.lineno}: {name}"


def test_assertions_wait() -> None:
    """No assertion reads a page once: `expect` waits, and `text_of` until the page is there."""
    files = [file for file in TESTS.rglob("test_*.py") if "playwright" in file.read_text("utf-8")]
    assert len(files) > 20
    assert [line for file in files for line in asked_once(file)] == []

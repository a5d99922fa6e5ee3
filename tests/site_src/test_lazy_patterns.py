"""Patterns are compiled when they are first used, and then find what `re` finds."""

import re

from site_src.lazy_patterns import LazyPattern


def test_compiled_when_first_used() -> None:
    """A pattern that nobody uses is never compiled."""
    pattern = LazyPattern(r"\b(?P<day>mon|tue)\w*", re.IGNORECASE)
    assert "compiled" not in vars(pattern)
    found = pattern.search("on Tuesday")
    assert found is not None
    assert found["day"] == "Tue"
    assert "compiled" in vars(pattern)


def test_finds_what_re_finds() -> None:
    """Each method gives what the method of the same name gives, a start and an end included."""
    text, lazy, eager = "a1b22", LazyPattern(r"\d+"), re.compile(r"\d+")
    assert [one.span() for one in lazy.finditer(text, 2)] == [(3, 5)]
    assert lazy.match(text, 1)[0] == "1"  # type: ignore[index]  # it matches
    assert lazy.fullmatch(text, 3) is not None
    assert lazy.search(text, 2, 3) is None
    assert lazy.sub("-", text) == eager.sub("-", text) == "a-b-"
    assert lazy.split(text) == eager.split(text) == ["a", "b", ""]

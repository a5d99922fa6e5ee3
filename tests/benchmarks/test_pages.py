"""The parts of the benchmark of pages run, but for Lighthouse, which takes ten seconds a page."""

import re
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks import pages


def test_pages_without_style_are_served(tmp_path: Path, built: Path) -> None:
    """Every measured page is there, and its peer has neither style sheet nor script."""
    with pages.bare(built, tmp_path) as address:
        for path in pages.PAGES:
            with urlopen(address + path) as answer:
                text = answer.read().decode()
            assert "<h1" in text
            assert not re.search(r"<script|rel=.stylesheet", text)


def test_waits_are_measured(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of a filer comes to the end of a form, and its longest wait is told."""
    for name, value in (("ROUNDS", 1), ("SLOWER", 1), ("FORMS", pages.FORMS[:1])):
        monkeypatch.setattr(pages, name, value)
    (figure,) = pages.waits(address)
    assert figure.key == "inp /accreditation-body/appeal/"
    assert figure.value >= 16

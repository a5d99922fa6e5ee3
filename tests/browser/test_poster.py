"""Posters printed from a browser: each fills one sheet of A4."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.helpers.chromium import content_width, violations
from tests.helpers.sample_policies import ORGANISATIONS

A4_HEIGHT = 297 / 25.4 * 96
"""Pixels."""

_MARGINS = 24 / 25.4 * 96


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    """A page as wide as what `paper.css` prints on A4."""
    context = browser.new_context(viewport={"width": 688, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_poster_fills_one_sheet(paper: Page, address: str, prefix: str) -> None:
    """Exactly one page, of which the frame covers 85 % and its content without gaps half."""
    for organisation in ORGANISATIONS:
        paper.goto(f"{address}{prefix}/{organisation}/poster/")
        printed = PdfReader(BytesIO(paper.pdf(prefer_css_page_size=True)))
        assert len(printed.pages) == 1, organisation
        box = paper.locator(".poster").bounding_box()
        last = paper.locator(".poster > .source").bounding_box()
        assert box is not None
        assert last is not None
        covered = last["y"] + last["height"] - box["y"]
        assert covered / A4_HEIGHT >= 0.85, organisation
        parts = paper.locator(".poster > *").evaluate_all(
            "parts => parts.reduce((sum, part) => sum + part.getBoundingClientRect().height, 0)"
        )
        assert parts / (A4_HEIGHT - _MARGINS) >= 0.5, organisation


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_poster_on_a_phone(browser: Browser, address: str, scheme: str) -> None:
    """No axe violation, and nothing to scroll sideways at 320 px."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{address}/accreditation-body/poster/")
    assert violations(page) == []
    assert content_width(page) <= 320
    context.close()

"""An organisation's own name, logo and colour are shown and readable everywhere."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from functions.cases.ports.ports import Ports
from site_src.check.look_rules import LARGEST_LOGO
from site_src.check.organisation import read_all
from site_src.looks.palette import DARK, LIGHT, PRINT, Palette
from site_src.looks.theme import TEXT_CONTRAST, least_contrast, readable, themed
from site_src.policy.edition import Edition
from site_src.policy.load import load
from site_src.publish.build import build
from tests.conftest import SITE_URL
from tests.helpers.chromium import violations
from tests.helpers.hostile.logos import HARMFUL, HARMLESS
from tests.helpers.sample_policies import mend
from tests.helpers.servers.site_server import served_here

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>'
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def dress(policies: Path, colour: str = "#8a1c3a", logo: str = "mark.svg") -> Path:
    """Gives the sample a colour and a logo; returns its folder."""
    folder = policies / "sample"
    looks = f'help@sample.example.com, colour: "{colour}", logo: {logo}}}'
    mend(folder / "policy.yaml", "help@sample.example.com}", looks)
    (folder / "mark.svg").write_text(SVG, encoding="utf-8")
    return folder


def test_every_page_of_the_organisation_wears_it(policies: Path, tmp_path: Path) -> None:
    """Each page of the organisation has its style sheet and logo; site-wide pages do not."""
    dress(policies)
    out = tmp_path / "dist"
    build(policies, out, site_url=SITE_URL)
    (sheet,) = (out / "assets").glob("sample.*.css")
    (logo,) = (out / "assets").glob("sample.*.svg")
    assert "--brand:#8a1c3a" in sheet.read_text(encoding="utf-8")
    assert logo.read_text(encoding="utf-8") == SVG
    pages = [*(out / "sample").rglob("*.html"), *(out / "en" / "sample").rglob("*.html")]
    assert len(pages) > 7
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert f'<link rel="stylesheet" href="/assets/{sheet.name}">' in html
        assert f'<img class="logo" src="/assets/{logo.name}" alt="">' in html
        assert '<path d="M0 0h8v8H0z"' not in html
    assert "sample." not in (out / "track" / "index.html").read_text(encoding="utf-8")
    named = (out / "contracts").glob("?" * 32 + ".json")
    contracts = [file.read_text(encoding="utf-8") for file in named]
    assert sum(sheet.name in content for content in contracts) == 1


def test_looks_are_no_facts(policies: Path, tmp_path: Path) -> None:
    """Looks change no version and are not in data for programs."""
    plain = load(policies / "sample")
    dressed = load(dress(policies))
    assert isinstance(plain, Edition)
    assert isinstance(dressed, Edition)
    assert dressed.digest == plain.digest
    build(policies, tmp_path / "dist", site_url=SITE_URL)
    content = (tmp_path / "dist" / "sample" / "policy.json").read_text(encoding="utf-8")
    assert {"logo", "colour"} & json.loads(content)["organisation"].keys() == set()


BOMB = '<!DOCTYPE svg [<!ENTITY a "aa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
LOGOS = {
    "missing": ("mark.png", None, "there is no mark.png"),
    "large": ("mark.svg", SVG + " " * LARGEST_LOGO, "64 KB"),
    "no svg": ("mark.svg", "<html/>", "is not SVG"),
    "no xml": ("mark.svg", "GIF89a", "is not SVG"),
    "entities": ("mark.svg", BOMB, "is not SVG"),
    "no png": ("mark.png", SVG, "is not PNG"),
}


@pytest.mark.parametrize(("name", "content", "said"), LOGOS.values(), ids=LOGOS.keys())
def test_logo_is_what_it_says(policies: Path, name: str, content: str | None, said: str) -> None:
    """A logo must exist, be small, and be of the type in its name."""
    folder = dress(policies, logo=name)
    if content is not None:
        (folder / name).write_text(content, encoding="utf-8")
    (finding,) = read_all(policies)[1]
    assert (finding.code, finding.field) == ("logo-wrong", "organisation.logo")
    assert said in finding.message.en


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_own_colours_can_be_read(palette: Palette) -> None:
    """Every text colour has a contrast of 4.5:1 with each of its backgrounds."""
    grounds = (*palette.grounds, palette.alarm_wash)
    for name in ("ink", "soft", "brand", "alarm", "filer"):
        for ground in grounds:
            assert Color(getattr(palette, name)).contrast(Color(ground)) >= TEXT_CONTRAST, name
    assert least_contrast(palette) >= TEXT_CONTRAST


@settings(max_examples=40)
@given(COLOURS)
def test_any_colour_has_a_readable_shade(colour: str) -> None:
    """The shade that a finding proposes passes the check and is readable in the dark too."""
    light, dark = themed(readable(colour))
    assert least_contrast(light) >= TEXT_CONTRAST
    assert least_contrast(dark) >= TEXT_CONTRAST


def test_readable_colour_is_left_alone() -> None:
    """A readable colour is used unchanged."""
    assert readable("#8a1c3a") == "#8a1c3a"
    assert themed("#8a1c3a")[0].brand == "#8a1c3a"


@pytest.fixture
def dressed(policies: Path, tmp_path: Path, ports: Ports) -> Iterator[str]:
    """The address of the served sample in its own colour."""
    dress(policies)
    build(policies, tmp_path / "dist", site_url=SITE_URL)
    with served_here(ports, tmp_path / "dist") as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_shows_the_colour(
    browser: Browser, dressed: str, scheme: Literal["light", "dark"]
) -> None:
    """The button has the organisation's colour in light and dark, and axe finds nothing."""
    palette = themed("#8a1c3a")[scheme == "dark"]
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{dressed}/sample/")
    shown = page.locator(".button").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert Color(shown) == Color(palette.brand)
    assert page.locator(".logo").evaluate("e => e.naturalWidth") > 0
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("content", HARMFUL.values(), ids=HARMFUL.keys())
def test_logo_that_acts_is_refused(policies: Path, content: str) -> None:
    """An SVG that runs a script or loads something is a finding."""
    folder = dress(policies)
    (folder / "mark.svg").write_text(content, encoding="utf-8")
    (finding,) = read_all(policies)[1]
    assert (finding.code, finding.field) == ("logo-wrong", "organisation.logo")


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS.keys())
def test_drawing_is_a_logo(policies: Path, content: str) -> None:
    """Shapes, gradients, embedded photographs and a drawing program's notes are fine."""
    folder = dress(policies)
    (folder / "mark.svg").write_text(content, encoding="utf-8")
    assert read_all(policies)[1] == ()

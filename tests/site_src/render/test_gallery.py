"""The examples of the components render, match the golden files and are accessible."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from jinja2 import Environment
from playwright.sync_api import Browser

from site_src.errors import ExampleFailed
from site_src.languages import SiteLanguage, site_languages
from site_src.places import ASSETS, COMPONENTS, ROOT
from site_src.render.components import examples as examples
from site_src.render.components.examples import components
from site_src.render.components.gallery import gallery_page, rendered_examples
from site_src.render.components.handbook import components_page
from site_src.render.environment import environment
from tests.helpers import places
from tests.helpers.chromium import violations
from tests.helpers.servers.site_server import server

GOLDEN = places.GOLDEN / "components"
DOC = ROOT / "docs" / "components.md"
PAGES = ["/_gallery/", "/en/_gallery/"]
ADDRESSES = {
    name: f"/assets/{name}"
    for name in (*(path.name for path in ASSETS.iterdir()), "calendar.json", "form.css", "case.css")
}
COMPONENT = {component.name: component for component in components()}


def env_of(tongue: SiteLanguage) -> Environment:
    """The templates of one language, with unhashed asset names."""
    return environment(tongue, ADDRESSES, "https://ombud.example.com")


@pytest.mark.parametrize("tongue", site_languages(), ids=lambda tongue: tongue.language)
@pytest.mark.parametrize("name", COMPONENT)
def test_component_is_golden(
    name: str, tongue: SiteLanguage, request: pytest.FixtureRequest
) -> None:
    """Each example renders the HTML of its golden file."""
    made = "".join(
        f"<!-- {one.example.name} -->\n{one.html.strip()}\n"
        for one in rendered_examples(COMPONENT[name], tongue, env_of(tongue))
    )
    file = GOLDEN / f"{name}.{tongue.language}.html"
    if request.config.getoption("--update-golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(made, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == made, "if that is meant, run `make golden`"


def test_components_page_is_current(request: pytest.FixtureRequest) -> None:
    """docs/components.md is generated from the examples."""
    if request.config.getoption("--update-golden"):
        DOC.write_text(components_page(), encoding="utf-8")
    assert DOC.read_text(encoding="utf-8") == components_page()


@pytest.mark.parametrize("tongue", site_languages(), ids=lambda tongue: tongue.language)
def test_examples_stand_on_one_page(tongue: SiteLanguage) -> None:
    """No two examples of the gallery have the same id."""
    ids = Counter(re.findall(r' id="([^"]*)"', gallery_page(tongue, env_of(tongue))))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_macro_has_a_folder_with_examples() -> None:
    """Each component's folder has its macros and at least one example."""
    for component in COMPONENT.values():
        assert (COMPONENTS / component.name / f"{component.name}.html").is_file()
        assert component.examples


BAD = {
    "wrong argument": ("{name: one, shows: 一, macro: clause, arguments: {nubmer: 1}}", "nubmer"),
    "unknown macro": ("{name: one, shows: 一, macro: claws, arguments: {}}", "'one'"),
    "missing argument": ("{name: one, shows: 一, macro: clause, arguments: {}}", "'one'"),
}


@pytest.mark.parametrize(("written", "named"), BAD.values(), ids=BAD.keys())
def test_bad_example_is_named(
    written: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bad example is an error that names the file and the problem."""
    (tmp_path / "clause").mkdir()
    (tmp_path / "policy.yaml").write_text("id: sample\n", encoding="utf-8")
    file = tmp_path / "clause" / "examples.yaml"
    file.write_text(f"about: A number.\nexamples: [{written}]\n", encoding="utf-8")
    monkeypatch.setattr(examples, "COMPONENTS", tmp_path)
    with pytest.raises(ExampleFailed) as raised:
        gallery_page(site_languages()[0], env_of(site_languages()[0]))
    assert str(file) in str(raised.value)
    assert named in str(raised.value)


def test_gallery_is_not_published(built: Path) -> None:
    """No build writes the gallery."""
    assert not list(built.rglob("*_gallery*"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real server."""
    folder = tmp_path_factory.mktemp("served")
    with server(folder / "data", folder / "dist") as (address, _):
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_gallery_is_accessible(
    browser: Browser, served: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    """No component has an axe violation or scrolls sideways at 320 px."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 740})
    page = context.new_page()
    page.goto(served + path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize(
    "media", [{"forced_colors": "active"}, {"contrast": "more"}], ids=["forced", "more"]
)
def test_gallery_keeps_its_marks_in_high_contrast(
    browser: Browser, served: str, media: dict[str, str]
) -> None:
    """With forced colours or more contrast, axe finds nothing and buttons have borders."""
    context = browser.new_context(**media)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(served + PAGES[0])
    assert violations(page) == []
    edge = "e => getComputedStyle(e).borderTopWidth"
    assert page.locator(".button").first.evaluate(edge) == "2px"
    context.close()


@pytest.mark.parametrize("name", [".button", ".check", ".contents a", ".top nav a", "summary"])
def test_targets_are_large(browser: Browser, served: str, name: str) -> None:
    """Tap targets are at least 44 px high on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(served + PAGES[0])
    heights = page.locator(f"{name}:visible").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 44
    context.close()

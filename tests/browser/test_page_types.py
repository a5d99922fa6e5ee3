"""Every type of page at a real browser and at the W3C's checker of HTML."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from httpx2 import Response
from playwright.sync_api import Browser, Page, Route, expect
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from site_src.places import ROOT
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.chromium import page_of, violations
from tests.helpers.page_types import STATIC, Asker, answered
from tests.helpers.servers.site_server import served_here

VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LANGUAGES = pytest.mark.parametrize("language", ["zh-CN", "en"])


@pytest.fixture
def answers(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock, language: str
) -> dict[str, Response]:
    """What the function answers in that language."""
    return answered(Asker(client, ports, mailbox, clock, language))


@pytest.fixture
def addresses(
    ports: Ports, built: Path, language: str, answers: dict[str, Response]
) -> Iterator[dict[str, str]]:
    """The address of every type of page; an answer has one of its own below `/answered/`."""
    prefix = "" if language == "zh-CN" else "/en"
    with served_here(ports, built) as address:
        static = {name: f"{address}{prefix}{path}" for name, path in STATIC.items()}
        yield static | {name: f"{address}/answered/{name}" for name in answers}


def replay(page: Page, answers: dict[str, Response]) -> None:
    """Answers `/answered/<name>` with what the function said, headers and all."""

    def fulfil(route: Route) -> None:
        answer = answers[route.request.url.rpartition("/")[2]]
        route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.text)

    page.route("**/answered/*", fulfil)


def sideways(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    return bool(page.locator("html").evaluate("one => one.scrollWidth > one.clientWidth"))


@LANGUAGES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_types_are_accessible(
    browser: Browser,
    addresses: dict[str, str],
    answers: dict[str, Response],
    scheme: Literal["light", "dark"],
) -> None:
    """No axe violation, nothing in the console, nothing asked of anybody else, no overflow."""
    page = page_of(browser, width=320)
    page.emulate_media(color_scheme=scheme)
    replay(page, answers)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda line: None if "Failed to load resource" in line.text else said.append(line.text),
    )
    origin = addresses["index"].partition("//")[2].partition("/")[0]
    page.on("request", lambda one: None if f"//{origin}/" in one.url else said.append(one.url))
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        expect(page).to_have_title(re.compile("."))
        wrong = [*violations(page), *said]
        if sideways(page):
            wrong.append("sideways at 320 px")
        page.set_viewport_size({"width": 640, "height": 740})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if sideways(page):
            wrong.append("sideways with text at 200 %")
        page.set_viewport_size({"width": 320, "height": 740})
        if wrong:
            found[name] = wrong
        said.clear()
    assert found == {}


def html_errors(*pages: Path) -> list[tuple[str, str, str | None]]:
    """What the W3C's checker finds in these files and folders: where, what and in which part."""
    command = ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, check=True)
    found = json.loads(done.stderr)["messages"]
    return [(Path(one["url"]).name, one["message"], one.get("extract")) for one in found]


@LANGUAGES
def test_page_types_are_valid_html(
    built: Path, tmp_path: Path, language: str, answers: dict[str, Response]
) -> None:
    """The W3C's checker has no error for any page that is built or answered."""
    kept = tmp_path / "answers"
    kept.mkdir()
    for name, answer in answers.items():
        (kept / f"{name}.html").write_text(answer.text, encoding="utf-8")
    prefix = built if language == "zh-CN" else built / "en"
    organisations = ("accreditation-body", "securities-brokerage", "factory-staff")
    pages = [prefix / "index.html", prefix / "404.html"]
    for part in (*organisations, "track", "verify", "testing-company/guide"):
        pages += sorted((prefix / part).rglob("*.html"))
    assert html_errors(*pages, kept) == []

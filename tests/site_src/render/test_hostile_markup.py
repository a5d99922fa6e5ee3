"""Markup in procedures, facts and answers never becomes active markup on a page."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route
from starlette.testclient import TestClient

from site_src.policy.clauses import raw_lines, read_clauses
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.policy.load import load
from site_src.policy.model.policy import Policy
from site_src.render.pages.procedure import render_procedure
from site_src.render.site_renderer import render
from tests.conftest import SITE_URL
from tests.helpers.filings import APPEAL
from tests.helpers.hostile.markup import MARKUP, VALUES
from tests.helpers.places import EXAMPLES
from tests.helpers.sample_policies import loaded

IN_FACTS = "\n".join(MARKUP).replace("\x0c", " ")
"""All of it; a form feed would be refused as an invisible character."""

MORE = """
kinds:
  - id: complaint
    name: {zh-CN: X, en: X}
    definition: {zh-CN: X, en: X}
    grounds: [{text: X, clause: "1.1"}]
    clause: "1.1"
  - {id: appeal, name: X, clause: "1.1"}
formalities: [{type: written, text: X, clause: "2.1"}]
levels: [{id: high, name: X, definition: X, signs: [X], clause: "1.1"}]
categories:
  - id: goods
    name: X
    clause: "1.1"
    children: [{id: price, name: X, level: high, clause: "1.1"}]
routes: [{role: service, category: price, condition: X, clause: "2.2"}]
steps: [{id: answer, role: service, action: X, record: X, clause: "2.2"}]
reviews: [{inside: false, body: X, text: X, limits: [review], clause: "2.3"}]
provisions: [{topic: cost, text: X, clause: "2.1"}]
revisions: [{version: "1", date: 2026-01-01, text: X}]
document: X
"""
"""Every fact that the good example lacks; `filled` writes the markup where words stand."""

ACTS = """() => {
  const acting = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    // Ours, and inert.
    if (element.matches("form[action^='/cases/'] .field.upload > template")) continue;
    if (["iframe", "object", "embed", "base", "math", "video", "audio", "template"].includes(name)
        || name === "script" && !(element.src.startsWith(location.origin + "/assets/")
                                  || element.type === "application/ld+json")
        || name === "meta" && element.httpEquiv)
      acting.push(element.outerHTML.slice(0, 200));
    for (const { name: attribute, value } of element.attributes) {
      const address = value.replace(/^[\\x00-\\x20]+|[\\t\\r\\n]/g, "").toLowerCase();
      if (attribute.startsWith("on") || attribute === "srcdoc"
          || attribute === "style" && !element.closest("svg")
          || ["href", "src", "action", "formaction", "xlink:href", "data"].includes(attribute)
             && /^(javascript|vbscript|data):/.test(address))
        acting.push(attribute + "=" + value.slice(0, 200));
    }
  }
  return acting;
}"""


class Watched:
    """A browser page without a content security policy, which records what scripts do."""

    def __init__(self, browser: Browser, files: dict[str, bytes]) -> None:
        self._context = browser.new_context(bypass_csp=True, base_url=SITE_URL)
        self._files = files
        self.did: list[str] = []
        self._context.expose_binding("hit", lambda source: self.did.append("script ran"))
        self._context.route("**/*", self._answer)
        self.page: Page = self._context.new_page()
        self.page.on("dialog", lambda dialog: self.did.append(f"dialog {dialog.message}"))

    def close(self) -> None:
        """Closes the context."""
        self._context.close()

    def shows(self, html: str) -> list[str]:
        """All active markup of this page, after focusing everything that can be focused."""
        self._files["/shown/"] = html.encode()
        self.page.goto("/shown/", wait_until="load")
        return [*self.page.evaluate(ACTS), *self.did]

    def _answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        content = self._files.get(asked.path) if asked.netloc in SITE_URL else None
        if content is not None:
            kind = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
            media = kind.get(asked.path.rpartition(".")[2], "text/html; charset=utf-8")
            route.fulfill(body=content, content_type=media)
        else:
            if asked.netloc not in SITE_URL:
                self.did.append(f"asked for {route.request.url}")
            route.fulfill(status=404, body="")


def filled(data: Any, words: str) -> Any:
    """The facts with other words in every text."""
    if isinstance(data, dict):
        if "zh-CN" in data:
            return dict.fromkeys(data, words)
        return {key: filled(value, words) for key, value in data.items()}
    if isinstance(data, list):
        return [filled(one, words) for one in data]
    return words if data == "X" else data


def hostile_policy(folder: Path, words: str, value: str) -> Editions:
    """The good example with `words` in every text, `value` in channels, markup in its procedure."""
    source = loaded(folder)
    plain = source.policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    data = filled(plain | yaml.safe_load(MORE), words)
    data["channels"] = [
        {"id": type_.replace("_", "-"), "type": type_, "name": words, "value": value,
         "hours": words, "clause": "2.1"}
        for type_ in ("telephone", "email", "web", "fax", "letter", "extension", "community")
    ]  # fmt: skip
    data["source"] = words
    text = (
        source.procedure
        + "\n\n"
        + "\n\n".join(f"2.{number} {payload}" for number, payload in enumerate(MARKUP, 4))
    )
    lines = raw_lines(folder / "procedure.md", text)
    policy = Policy.model_validate(data)
    edition = replace(source, policy=policy, lines=lines, clauses=read_clauses(lines))
    return Editions(policy.id, (edition,))


def test_procedure_is_sanitised(browser: Browser) -> None:
    """No payload, alone or in a list of a clause, leaves active markup."""
    watched = Watched(browser, {})
    assert "script ran" in watched.shows(MARKUP[0]), "a page as it comes would be seen to act"
    watched.did.clear()
    acting = {}
    for payload in MARKUP:
        for text in (payload, f"2.1 x\n- {payload}"):
            html = render_procedure(f"# T\n\n{text}").html({})
            if did := watched.shows(f"<!doctype html><main>{html}</main>"):
                acting[text] = did
                watched.did.clear()
    watched.close()
    assert acting == {}


def test_a_text_gives_no_names(browser: Browser) -> None:
    """Raw markup in a text loses ids and classes of the page, so no script mistakes it."""
    html = render_procedure('# T\n\n2.1 a <b id=form class="slot x">b</b> <p id=clause-9>c</p>')
    page = str(html.html({}))
    assert re.findall(r'(?:id|class)="([^"]*)"', page) == [
        "clause", "clause-2.1", "clause-number", "clause-9",
    ]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_every_page_of_a_hostile_policy(browser: Browser, value: str) -> None:
    """With markup in every text of every fact, no page runs script or contacts another site.

    The browser ignores the content security policy, so that escaping alone must protect it.
    """
    editions = hostile_policy(EXAMPLES / "good" / "sample", IN_FACTS, value)
    site = render((editions,), date(2026, 3, 2), SITE_URL)
    files = {f"/{name.removesuffix('index.html')}": content for name, content in site.files.items()}
    watched = Watched(browser, files)
    pages = [name for name in files if name.endswith(("/", ".html"))]
    assert len(pages) > 15
    acting = {}
    for name in pages if value == VALUES[0] else [n for n in pages if n == "/sample/"]:
        if did := watched.shows(files[name].decode()):
            acting[name] = did
            watched.did.clear()
    watched.close()
    assert acting == {}


def test_what_is_filed_stays_words(browser: Browser, client: TestClient) -> None:
    """Receipt, check page, refused form, status page and staff page show markup as text."""
    watched = Watched(browser, {})
    words = IN_FACTS[:4900]
    answers = APPEAL | {"account": words, "remedy": IN_FACTS[4900:6800], "decision": MARKUP[5]}
    path = "/cases/accreditation-body/appeal"
    shown = {
        "check": client.post(path, data=answers | {"step": "check"}),
        "refused": client.post(path, data=answers | {"email": words[:190], MARKUP[0]: MARKUP[5]}),
        "renewed": client.post(path, data=answers | {"contract": MARKUP[0]}),
        "receipt": client.post(path, data=answers),
    }
    filed = client.post(path, json=answers).json()
    pair = {"reference": filed["reference"], "access_code": filed["access_code"]}
    shown["added"] = client.post("/cases/status/information", data=pair | {"text": words})
    shown["status"] = client.post("/cases/status", data=pair)
    shown["wrong"] = client.post("/cases/status/withdraw", data={"reference": words, "text": words})
    assert {name: answer.status_code for name, answer in shown.items()} == {
        "check": 200, "refused": 422, "renewed": 422, "receipt": 200, "added": 200, "status": 200,
        "wrong": 404,
    }  # fmt: skip
    acting = {name: did for name, answer in shown.items() if (did := watched.shows(answer.text))}
    watched.close()
    assert acting == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("policy.yaml", "duty: 答复", 'duty: "\\uE000access_code\\uE001"', 22),
        ("policy.yaml", "duty: 答复", 'duty: "答\\u202E复"', 22),
        ("policy.yaml", "duty: 答复", 'duty: "答\\x07复"', 22),
        ("procedure.md", "2.2 客服部", "2.2 \ue000access_code\ue001客服部", 11),
        ("procedure.md", "2.2 客服部", "2.2 \u202e客服部", 11),
    ],
)
def test_invisible_characters_are_findings(
    policies: Path, file: str, old: str, new: str, line: int
) -> None:
    """An invisible character stops the build, because two of them could mark a slot."""
    changed = policies / "sample" / file
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    findings = load(policies / "sample")
    assert isinstance(findings, tuple)
    (found,) = findings
    assert isinstance(found, Finding)
    assert (found.code, found.line) == ("file-encoding", line)
    assert "invisible character, U+" in found.message.en

"""Decides proposals in the studio by keyboard, adds facts, fills in forms, and counts it all."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.helpers.studio.answers import Addition, Change, ClerkAnswers, FieldValues

_SHOWN = r"""() => {
  const form = document.querySelector("form[data-check]");
  if (!form || !form.querySelector("[value=keep]")) return null;
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const said = field => field.selectedOptions?.[0]?.text || field.value;
  return {
    fact: form.elements.fact.value,
    digest: form.elements.same.value,
    clause: form.elements.clause.value,
    words: fields.map(said).join("\n"),
    findings: form.querySelectorAll(".live .findings li").length,
  };
}"""


@dataclass
class Effort:
    """What work in the studio took: what the clerk did, and how long the machine answered.

    `answers` are the seconds of each page that came back, until its script has run.
    """

    taken: int = 0
    changed: int = 0
    rejected: int = 0
    added: int = 0
    clicks: int = 0
    keys: int = 0
    characters: int = 0
    answers: list[float] = field(default_factory=list)

    @property
    def decisions(self) -> int:
        """The proposals that were decided."""
        return self.taken + self.changed + self.rejected


@dataclass
class ClerkAtStudio:
    """A clerk with a browser on the draft at that address."""

    page: Page
    draft: str
    effort: Effort = field(default_factory=Effort)

    def work(self, answers: ClerkAnswers) -> None:
        """Turns the draft into a policy without findings."""
        self._go(self.draft)
        for addition in answers.first:
            self.add(addition)
        self.decide(answers.changes)
        for addition in answers.last:
            self.add(addition)
        self.describe(answers.organisation)

    def decide(self, changes: tuple[Change, ...]) -> None:
        """Decides every proposal, by Enter where it is right as shown.

        A proposal with a finding that no change answers is removed: the text has no such fact.
        """
        self._go(self.draft)
        before = None
        while (shown := self.page.evaluate(_SHOWN)) is not None:
            assert shown["digest"] != before, self.page.locator(".question").inner_text()
            before = shown["digest"]
            change = _change_for(shown, changes)
            if change is None and not shown["findings"]:
                self.effort.taken += 1
                self._press_enter()
            elif change is None or change.reject:
                self.effort.rejected += 1
                self._press_alt("n")
            else:
                self.effort.changed += 1
                self._fill(change.fields)
                self._press_alt("y")

    def add(self, addition: Addition) -> None:
        """Adds a fact by the forms, unless the draft has it."""
        page = self.page
        known = page.locator(f".facts a[href*='?fact={addition.list}.']")
        ends = re.compile(f"{re.escape(addition.unless)}$")
        if addition.unless and known.filter(has_text=ends).count():
            return
        with self._answered():
            self.effort.clicks += 1
            page.locator(f"a.add[href$='clause={quote(addition.clause)}']").click()
        with self._answered():
            self.effort.clicks += 2
            page.locator("#list").select_option(addition.list)
            page.locator("form.narrow button").click()
        if addition.within:
            self._choose("within", addition.within)
        self._fill(addition.fields)
        with self._answered():
            self.effort.clicks += 1
            page.locator("form.narrow button").click()
        assert "?fact=" in page.url, page.locator("main").inner_text()
        self.effort.added += 1

    def describe(self, values: Mapping[str, str]) -> None:
        """Fills in what the procedure does not say of the organisation."""
        self._go(f"{self.draft}organisation")
        self._fill(values)
        self._press_alt("y")

    def findings(self) -> list[str]:
        """What keeps the draft from being published."""
        self._go(f"{self.draft}publish")
        return self.page.locator("main .findings li").all_inner_texts()

    def publish(self) -> None:
        """Publishes the draft, which has no findings."""
        self._go(f"{self.draft}publish")
        with self._answered():
            self.effort.clicks += 1
            self.page.locator("form[action$='/publish'] button").click()

    def _fill(self, fields: FieldValues) -> None:
        for key, value in fields.items():
            if isinstance(value, tuple):
                for label in value:
                    self._open(key)
                    self.effort.clicks += 1
                    box = self.page.locator("fieldset", has=self.page.locator(f'[name="{key}"]'))
                    for option in box.get_by_label(label, exact=True).all():
                        option.check()
            else:
                self._choose(key, value)

    def _choose(self, key: str, value: str) -> None:
        self._open(key)
        field = self.page.locator(f'main form [name="{key}"]')
        kind = field.first.evaluate("field => field.type || field.tagName")
        if kind == "select-one":
            self.effort.clicks += 2
            labels = field.locator("option").all_inner_texts()
            field.select_option(label=value) if value in labels else field.select_option(value)
        elif kind == "checkbox":
            self.effort.clicks += 1
            field.set_checked(value == "yes")
        elif kind == "radio":
            self.effort.clicks += 1
            self.page.locator(f'[name="{key}"][value="{value}"]').check()
        else:
            self.effort.characters += len(value)
            field.fill(value)

    def _open(self, key: str) -> None:
        """Opens the group that a field is in."""
        group = self.page.locator("details:not([open])", has=self.page.locator(f'[name="{key}"]'))
        if group.count():
            self.effort.clicks += 1
            group.locator("summary").click()

    def _go(self, address: str) -> None:
        with self._answered():
            self.effort.clicks += 1
            self.page.goto(address)

    def _press_enter(self) -> None:
        """Presses Enter once the page has put the focus on the button, as it does by itself."""
        expect(self.page.locator("[value=keep]")).to_be_focused()
        with self._answered():
            self.effort.keys += 1
            self.page.keyboard.press("Enter")

    def _press_alt(self, key: str) -> None:
        with self._answered():
            self.effort.keys += 1
            press_alt(self.page, key)

    @contextmanager
    def _answered(self) -> Iterator[None]:
        """Waits for the page that what is done in the context leads to."""
        begun = perf_counter()
        with self.page.expect_navigation():
            yield
        self.effort.answers.append(perf_counter() - begun)


def press_alt(page: Page, key: str) -> None:
    """Presses an access key, as a keyboard does: Playwright leaves out the character."""
    session = page.context.new_cdp_session(page)
    for kind in ("rawKeyDown", "char", "keyUp"):
        pressed = {"type": kind, "modifiers": 1, "key": key, "unmodifiedText": key, "text": key}
        session.send("Input.dispatchKeyEvent", pressed)


def _change_for(shown: dict[str, Any], changes: tuple[Change, ...]) -> Change | None:
    *_, list_ = (part for part in str(shown["fact"]).split(".") if not part.isdigit())
    list_ = "categories" if list_ == "children" else list_
    return next(
        (
            change
            for change in changes
            if change.list == list_
            and change.clause == shown["clause"]
            and change.words in shown["words"]
        ),
        None,
    )

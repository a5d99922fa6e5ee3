"""What people come for is answered on the first screen of a phone, or one tap from it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from site_src.places import ROOT
from tests.helpers.sample_policies import ORGANISATIONS

HEIGHT, SEEN = 640, 900
"""The height of the phone, and how far down somebody sees without looking for it, in CSS pixels."""

AT_ONCE = {
    "How do I file online, and how long does it take?": (".online small", HEIGHT),
    "Can I call?": (".ways [href^='tel:'], .ask > .note", HEIGHT),
    "Who decides?": (".promise dl > div:nth-child(1) dd", SEEN),
    "By when will they answer?": (".promise dl > div:nth-child(2) dd", SEEN),
    "Where can I go if I do not agree?": (".promise dl > div:nth-child(3) dd", SEEN),
}
"""What is seen at once, and above which height in CSS pixels it begins."""

ONE_TAP = {
    "Who reads this?": ("[href='#before']", "#before dd"),
    "How do I send the photo?": ("[href='#before']", "#photos"),
    "I am late, may I still?": ("[href='#before']", "#late"),
    "What became of my case?": ("header a[href$='/track/']", "#reference"),
    "Is there another way than online?": (".ask [href$='#channels']", "#channels"),
}
"""What is tapped on the first screen, and what is then on the screen."""


def top(one: Locator) -> float:
    """Where it begins on the screen."""
    box = one.first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_ten_tasks(phone: Page, address: str, prefix: str) -> None:
    """Each question of a newcomer is answered, for every organisation that can answer it.

    English pages are arranged as the Chinese ones are, so every fourth will do.
    """
    for organisation in sorted(ORGANISATIONS)[:: 4 if prefix else 1]:
        home = f"{address}{prefix}/{organisation}/"
        phone.goto(home)
        for task, (selector, limit) in AT_ONCE.items():
            found = phone.locator(selector)
            expect(found.first, f"{organisation}: {task}").to_have_text(
                re.compile(r"\S"), use_inner_text=True
            )
            assert top(found) < limit, (organisation, task)
        for task, (tapped, answer) in ONE_TAP.items():
            if phone.url.partition("#")[0] != home:
                phone.goto(home)
            phone.evaluate("scrollTo(0, 0)")
            link = phone.locator(tapped).first
            if not link.count() or (answer == "#late" and not phone.locator(answer).count()):
                assert answer in ("#late", "#channels"), (organisation, task)
                continue
            assert top(link) < HEIGHT, (organisation, task)
            link.click()
            phone.locator(answer).first.wait_for()
            phone.wait_for_function(
                "([name, height]) => { const top = document.querySelector(name)"
                ".getBoundingClientRect().top; return top >= 0 && top < height; }",
                arg=[answer, HEIGHT],
            )


def test_tasks_are_listed() -> None:
    """The table of docs/quality.md has each of them."""
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    for task in (*AT_ONCE, *ONE_TAP):
        assert f"| {task} |" in page

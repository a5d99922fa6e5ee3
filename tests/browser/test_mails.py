"""Mails in a real browser, as mail programs on the web show them."""

from typing import Literal

import pytest
from playwright.sync_api import Browser

from functions.cases.ports.ports import Ports
from functions.model.contract.terms import KindId
from functions.model.language import Language
from tests.helpers.chromium import violations
from tests.helpers.mails.reading import html
from tests.helpers.mails.sample_mails import sample_case, sample_mails

_SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 700])
@pytest.mark.parametrize(
    ("organisation", "kind", "language"),
    [("car-dealer", "complaint", "zh-CN"), ("data-service", "complaint", "en")],
)
def test_mails_read_well(
    browser: Browser,
    ports: Ports,
    organisation: str,
    kind: KindId,
    language: Language,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    """Each type: no axe violation, no sideways scroll, nothing fetched, also without its sheet."""
    case = sample_case(organisation, kind, ports)
    context = browser.new_context(viewport={"width": width, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for name, mail in sample_mails(case, ports, language):
        page.set_content(html(mail))
        assert violations(page) == [], name
        assert not page.evaluate(_SIDEWAYS), name
        page.evaluate("document.querySelector('style').remove()")
        assert not page.evaluate(_SIDEWAYS), name
    assert requests == []
    context.close()

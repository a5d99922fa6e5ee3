"""A real browser on another site's page cannot be made to file; on ours it can."""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from functions.cases.ports.ports import Ports
from tests.functions.web.test_filing import APPEALS
from tests.helpers.chromium import launch, page_of
from tests.helpers.filings import APPEAL
from tests.helpers.servers.site_server import served_here, serving


@pytest.mark.parametrize("policy", ["no-referrer", "unsafe-url"])
def test_form_on_another_site_is_refused(ports: Ports, built: Path, policy: str) -> None:
    """What Chromium says of where a form was sent from is understood, whatever is hidden."""
    fields = "".join(f'<input name="{name}" value="{value}">' for name, value in APPEAL.items())
    with served_here(ports, built) as address:
        page_there = f'<form method="post" action="{address}{APPEALS}">{fields}<button>Go</button>'

        def lure(_: Request) -> HTMLResponse:
            return HTMLResponse(page_there, headers={"Referrer-Policy": policy})

        with serving(Starlette(routes=[Route("/", lure)])) as there, sync_playwright() as started:
            browser = launch(started)
            page = page_of(browser, script=True)
            for host in ("localhost", "127.0.0.1"):  # cross-site, same-site
                page.goto(there.replace("127.0.0.1", host))
                with page.expect_response(f"**{APPEALS}") as answered:
                    page.get_by_role("button").click()
                assert answered.value.status == 400
                expect(page.get_by_role("heading", level=1)).not_to_be_empty()
            browser.close()

"""Fixtures that several tests in a browser share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from functions.cases.ports.ports import Ports
from tests.helpers.servers.site_server import served_here


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A small phone."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def address(ports: Ports, built: Path) -> Iterator[str]:
    """The site, served."""
    with served_here(ports, built) as served:
        yield served

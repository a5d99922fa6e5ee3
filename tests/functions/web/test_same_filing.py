"""Which filings are one: a second click, a reload and a retry, and never another person's words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.browser.test_form import fill_appeal
from tests.conftest import SITE_URL, StoppedClock
from tests.helpers.chromium import text_of
from tests.helpers.filings import APPEAL

APPEALS = "/cases/accreditation-body/appeal"
PHONE = {"User-Agent": "phone", "Accept-Language": "zh-CN"}


@pytest.fixture
def neighbour(ports: Ports) -> Iterator[TestClient]:
    """Somebody at another address."""
    with TestClient(create_app(ports), base_url=SITE_URL, client=("192.0.2.7", 1)) as client:
        yield client


def reference(answer: Any) -> str:
    """The reference that a filing got."""
    assert answer.status_code in (201, 303), answer.text
    if answer.status_code == 201:
        return str(answer.json()["reference"])
    return str(answer.headers["location"]).partition("token=")[2].partition(".")[0]


def filed(client: TestClient, headers: dict[str, str] | None = None, **more: str) -> str:
    """Files the appeal by its form."""
    answer = client.post(APPEALS, data=APPEAL | more, headers=headers, follow_redirects=False)
    return reference(answer)


def test_two_people_who_send_the_same_words(client: TestClient, neighbour: TestClient) -> None:
    """Another address, browser or language is another person, with a receipt of their own."""
    mine = filed(client)
    assert filed(client) == mine
    others = [
        filed(neighbour),
        filed(client, PHONE),
        filed(client, PHONE | {"Accept-Language": "en"}),
        reference(neighbour.post(APPEALS, json=APPEAL, headers=PHONE)),
    ]
    assert len({mine, *others}) == 5
    assert filed(client, PHONE) == others[1]


def test_tabs_of_one_office_are_told_apart(client: TestClient, neighbour: TestClient) -> None:
    """Where the page has drawn a number, it alone tells, behind one address or on the way home."""
    mine = filed(client, browser="17")
    assert filed(client, browser="18") != mine
    assert filed(neighbour, PHONE, browser="17") == mine
    assert filed(client) != mine


def test_number_of_the_tab_goes_through_every_page(client: TestClient) -> None:
    """The page that asks to check carries it on, so reload, Back and Send again are one filing."""
    checked = client.post(APPEALS, data=APPEAL | {"browser": "17", "step": "check"})
    carried = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', checked.text))
    assert carried["browser"] == "17"
    sent = client.post(APPEALS, data=carried | {"step": "send"}, follow_redirects=False)
    assert reference(sent) == filed(client, browser="17")


def test_key_of_a_program_tells_wherever_it_is(client: TestClient, neighbour: TestClient) -> None:
    """A retry with its key is the same filing from any address; another key is another filing."""
    key = {"Idempotency-Key": "k1"}
    first = reference(client.post(APPEALS, json=APPEAL, headers=key))
    assert reference(neighbour.post(APPEALS, json=APPEAL, headers=key | PHONE)) == first
    again = client.post(APPEALS, json=APPEAL, headers={"Idempotency-Key": "k2"})
    assert reference(again) != first


def test_program_has_no_tab(client: TestClient) -> None:
    """The page's own field is unknown in JSON, as every field that the form does not have."""
    answer = client.post(APPEALS, json=APPEAL | {"browser": "17"})
    assert [one["code"] for one in answer.json()["errors"]] == ["unknown"]


def test_after_a_day_it_is_another_filing(client: TestClient, clock: StoppedClock) -> None:
    """The same words from the same browser are the same filing for a day."""
    mine = filed(client)
    clock.forward(hours=23)
    assert filed(client) == mine
    clock.forward(hours=1, seconds=1)
    assert filed(client) != mine


def test_two_tabs_in_a_browser_are_two_people(browser: Browser, address: str) -> None:
    """With script, the same words in another tab are another filing; in the same tab they are not.

    Two colleagues with equal machines behind one address send the words of their union.
    """

    def send() -> str:
        page.goto(f"{address}/en/accreditation-body/appeal/")
        fill_appeal(page)
        page.click("button[value=check]")
        page.click("button[value=send]")
        expect(page.locator("h1")).to_have_text("We have received your appeal")
        return text_of(page, ".proof code >> nth=0")

    references = []
    for _ in range(2):
        page = browser.new_page()
        references.append(send())
        assert send() == references[-1]
        page.close()
    assert len(set(references)) == 2

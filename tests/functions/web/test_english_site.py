"""On a site that opens in English, filings, errors, receipts and mails are English first."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.conftest import SITE_URL, Mailbox
from tests.helpers.english_site import COMPLAINT, english_site

FILING = "/cases/library/complaint"


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    return english_site(tmp_path_factory.mktemp("english"))


@pytest.fixture
def ports(ports: Ports, english: Path) -> Ports:
    """The same over the contracts of that site."""
    return replace(ports, contracts=FolderContracts(str(english / "contracts")))


@pytest.fixture
def client(ports: Ports) -> Iterator[TestClient]:
    """A client that prefers no language."""
    with TestClient(create_app(ports), base_url=SITE_URL) as test_client:
        del test_client.headers["accept"]
        yield test_client


def filed(client: TestClient, **fields: str) -> str:
    """The receipt of a filing from a page without script."""
    answer = client.post(FILING, data=COMPLAINT | fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_receipt(client: TestClient) -> None:
    """Without a preference the receipt is English and says nothing of another text."""
    receipt = filed(client)
    assert '<html lang="en">' in receipt
    said = Markup(receipt).striptags()
    assert "The complaints team must acknowledge your complaint by the end of Wednesday 4" in said
    assert 'href="/track/"' in receipt
    assert 'href="/library/versions/1/#clause-3.1"' in receipt
    assert "takes precedence" not in receipt


def test_receipt_of_a_chinese_page(client: TestClient) -> None:
    """From the Chinese page it is Chinese, links below /zh/ and says that the English decides."""
    receipt = filed(client, language="zh-CN")
    assert '<html lang="zh-CN">' in receipt
    assert 'href="/zh/track/"' in receipt
    assert 'href="/zh/library/versions/1/#clause-3.1"' in receipt
    assert "本办法以英语文本为准。" in receipt


def test_no_consent_is_asked_for(client: TestClient, english: Path) -> None:
    """The basis is no consent, so no box asks for one; a program that sends one is not refused."""
    form = (english / "library/complaint/index.html").read_text("utf-8")
    assert 'name="consent"' not in form
    assert "A task in the public interest or under official authority" in form
    assert "supervisory authority" in form
    assert "consent" not in form.split('<section class="privacy"')[1].split("</form>")[0]
    answer = client.post(FILING, json=COMPLAINT | {"consent": True})
    assert answer.status_code == 201
    assert answer.json()["decides"] == "en"


@pytest.mark.parametrize(
    ("language", "says"),
    [(None, "Please fill in"), ("fr", "Please fill in"), ("zh", "请填写")],
)
def test_problems(client: TestClient, language: str | None, says: str) -> None:
    """What is wrong is said in English, to readers of Chinese in Chinese."""
    headers = {"accept-language": language} if language else {}
    answer = client.post(FILING, json={"name": "Jo Bloggs"}, headers=headers)
    assert answer.status_code == 422
    assert says in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("broken", [False, True])
def test_error_pages(client: TestClient, ports: Ports, english: Path, broken: bool) -> None:
    """An error page is English without a preference, even while the contracts cannot be read."""
    assert '<html lang="en">' in client.get("/cases/nothing").text
    if not broken:
        return
    pointers = english / "contracts/current.json"
    kept = pointers.read_bytes()
    pointers.unlink()
    try:
        assert '<html lang="en">' in client.get("/cases/nothing").text
    finally:
        pointers.write_bytes(kept)


def test_looking_up(client: TestClient) -> None:
    """Who looks up a case without a preference is answered in English."""
    answer = client.post(
        "/cases/status", data={"reference": "READ-22222-22222", "access_code": "2222"}
    )
    assert '<html lang="en">' in answer.text
    assert "No case was found" in answer.text


def test_mails(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """Staff of an English procedure read English, also where the filer wrote on a Chinese page."""
    filed(client, language="zh-CN")
    drain(ports)
    said = {str(mail["To"]): mail.get_body(("plain",)) for mail in mailbox.messages}
    notice, acknowledgement = said["desk@library.example.com"], said["jo@example.com"]
    assert notice is not None
    assert acknowledgement is not None
    assert "Filed under version: 1" in notice.get_content()
    assert "/zh/track/" in acknowledgement.get_content()
    assert "本办法以英语文本为准。" in acknowledgement.get_content()


def test_staff_page(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """The page on which staff act is in the language of the procedure."""
    filed(client, language="zh-CN")
    drain(ports)
    notice = next(mail for mail in mailbox.messages if mail["To"] == "desk@library.example.com")
    body = notice.get_body(("plain",))
    assert body is not None
    link = re.search(r"/cases/handle\?token=\S+", body.get_content())
    assert link
    assert '<html lang="en">' in client.get(link[0]).text

"""One folder adds a language, and no text that people read stays in another language."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.signature import CONTENT_BEGINS
from functions.web.app import create_app
from site_src.check.organisation import read_all
from site_src.places import POLICIES, ROOT
from site_src.policy.edition import Editions
from tests.conftest import Mailbox
from tests.helpers.filings import APPEAL
from tests.helpers.mails.reading import html, words_of
from tests.helpers.mails.reading import plain as mail_text
from tests.helpers.pseudolocale import (
    GREEK,
    TAG,
    extract,
    foreign,
    foreign_on_page,
    own_words,
    write_catalogue,
)

BODY = "accreditation-body"
APPEALS = f"/cases/{BODY}/appeal"
REFERENCE = re.compile(r"[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}|[0-9A-Z]{4}(?:-[0-9A-Z]{4})+")
PROOF = re.compile(r"-----BEGIN OMBUD PROOF-----.*?-----END OMBUD RECEIPT-----", re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s\"<>]+|[^\s\"<>]+@[^\s\"<>]+")


@pytest.fixture(scope="session")
def greek(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with one more folder in `locale/` and no other change."""
    project = tmp_path_factory.mktemp("greek")
    for name in ("cli", "functions", "site_src", "policies"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", project)
    write_catalogue(extract(project), project / "site_src" / "locale")
    command = [sys.executable, "build.py", "build", "--out", "dist"]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return project / "dist"


@pytest.fixture(scope="session")
def own() -> dict[str, tuple[str, ...]]:
    """The words in all editions of each organisation's policies."""
    return {one.id: tuple(_own(one)) for one in read_all(POLICIES)[0]}


def _own(organisation: Editions) -> Iterator[str]:
    for edition in organisation.editions:
        unseen = "zh-CN" if edition.policy.language == "en" else "en"
        yield from own_words(edition.reading.data, unseen)


@pytest.fixture
def offered(ports: Ports, greek: Path) -> Ports:
    """The same ports with the contracts of that site."""
    return replace(ports, contracts=FolderContracts(str(greek / "contracts")))


@pytest.fixture
def desk(offered: Ports) -> Iterator[TestClient]:
    """A client that reads Greek; the functions have no code for that language."""
    headers = {"accept-language": "el-GR,el;q=0.9,en;q=0.8"}
    with TestClient(
        create_app(offered), base_url="https://ombud.example.com", headers=headers
    ) as made:
        yield made


def plain(text: str) -> str:
    """The text without addresses, references, signed lines and the filer's words."""
    text = unsealed(text).replace(CONTENT_BEGINS, " ")
    for answer in APPEAL.values():
        text = text.replace(answer, " ")
    return REFERENCE.sub(" ", text)


def unsealed(text: str) -> str:
    """The text without signatures and addresses: their random letters may look like a code."""
    return ADDRESS.sub(" ", PROOF.sub(" ", text))


def test_one_folder_gives_every_page(greek: Path) -> None:
    """Each Chinese page has a Greek page below /el/, and each links to the other languages."""
    chinese = {
        path.relative_to(greek)
        for path in greek.rglob("index.html")
        if path.relative_to(greek).parts[0] not in ("en", TAG)
    }
    assert chinese == {path.relative_to(greek / TAG) for path in (greek / TAG).rglob("index.html")}
    for page in chinese:
        html = (greek / TAG / page).read_text(encoding="utf-8")
        address = f"/{page.parent.as_posix()}/".replace("/./", "/")
        assert f'<html lang="{TAG}">' in html
        assert f'<a href="{address}" lang="zh-CN" hreflang="zh-CN">中文</a>' in html
        assert f'<a href="/en{address}" lang="en" hreflang="en">English</a>' in html
        for folder in ("", "en"):
            other = (greek / folder / page).read_text(encoding="utf-8")
            assert f'<a href="/{TAG}{address}" lang="{TAG}" hreflang="{TAG}">Ελληνικά</a>' in other


def test_search_finds_what_is_not_marked() -> None:
    """Hard-coded words in text, attributes and titles are found; marked and known ones are not."""
    page = (
        '<html lang="el"><title>投诉 Form</title><body><svg><path d="M4 3h16"/></svg>'
        '<p aria-label="Label">投诉 αβκ</p><i lang="zh-CN">投诉</i><br>Text</body></html>'
    )
    assert foreign_on_page(page, ["投诉"]) == ["Form", "Label", "投诉", "Text"]


def test_no_page_has_words_outside_the_catalogue(
    greek: Path, own: dict[str, tuple[str, ...]]
) -> None:
    """On every page, including print forms, only the policy's own words are not Greek."""
    found = {}
    for path in sorted((greek / TAG).rglob("index.html")):
        organisation = path.relative_to(greek / TAG).parts[0]
        words = own.get(organisation) or tuple(one for many in own.values() for one in many)
        left = foreign_on_page(plain(path.read_text(encoding="utf-8")), words)
        if left:
            found[path.relative_to(greek).as_posix()] = left
    assert found == {}


def test_filing_is_answered_in_its_language(
    desk: TestClient, offered: Ports, mailbox: Mailbox, own: dict[str, tuple[str, ...]]
) -> None:
    """Receipt, copies, status and acknowledgement are in Greek; mails to staff are in Chinese."""
    sent = desk.post(APPEALS, data=APPEAL | {"language": TAG}, follow_redirects=False)
    receipt = desk.get(sent.headers["location"])
    token = sent.headers["location"].partition("?")[2]
    text = desk.get(f"/cases/receipt.txt?{token}").text
    reference, code = dict.fromkeys(REFERENCE.findall(unsealed(text)))
    status = desk.post(
        "/cases/status", data={"reference": reference, "access_code": code, "language": TAG}
    )
    for page in (receipt, status):
        assert f'<html lang="{TAG}">' in page.text
        assert foreign_on_page(plain(page.text), own[BODY]) == []
    assert foreign(plain(text), own[BODY]) == []
    (case,) = (offered.store.case(reference),)
    assert case is not None
    assert case.language == TAG

    events = Calendar.from_ical(desk.get(f"/cases/receipt.ics?{token}").text).walk("VEVENT")
    assert events
    for event in events:
        said = f"{event['summary']} {event['description']}".replace(reference, "")
        said = said.replace(str(event["url"]), "")
        assert foreign(said, own[BODY]) == []

    drain(offered)
    mails = {mail["To"]: mail for mail in mailbox.messages}
    acknowledgement = mails.pop(APPEAL["email"])
    assert foreign(plain(mail_text(acknowledgement)), own[BODY]) == []
    assert words_of(html(acknowledgement)) == words_of(mail_text(acknowledgement))
    assert foreign(plain(acknowledgement["Subject"]), own[BODY]) == []
    for notice in mails.values():
        assert "新申诉" in notice["Subject"]


def test_undelivered_mail_is_chinese(desk: TestClient, offered: Ports, mailbox: Mailbox) -> None:
    """Mails to staff are in the first language, whatever the filer's language."""
    mailbox.refused.add(APPEAL["email"])
    desk.post(APPEALS, data=APPEAL | {"language": TAG}, follow_redirects=False)
    drain(offered)
    drain(offered)
    assert len(mailbox.messages) == 2
    for mail in mailbox.messages:
        assert not set(GREEK) & set(mail_text(mail) + mail["Subject"])


def test_errors_are_in_the_language_of_the_page(
    desk: TestClient, own: dict[str, tuple[str, ...]]
) -> None:
    """A form with errors, an outdated form, a wrong look-up and each refusal are in Greek."""
    wrong = {"account": "x" * 6000, "decided_on": "no day", "email": "no address", "phone": "?"}
    wrong |= {"category": "?", "happened_on": "2999-01-01", "plot": "?"}
    said = (*own[BODY], *wrong.values(), *wrong)
    expired = desk.get("/cases/receipt?token=0")
    pages = {
        422: desk.post(APPEALS, data=wrong | {"language": TAG}),
        404: desk.post("/cases/nobody/appeal", data={"a": "b"}),
        405: desk.get(APPEALS),
        410: expired,
        413: desk.post(APPEALS, data={"account": "x" * 1_100_000}),
        415: desk.post(APPEALS, content=b"x", headers={"content-type": "text/plain"}),
    }
    renewed = desk.post(APPEALS, data=APPEAL | {"contract": "0" * 32, "language": TAG})
    look_up = desk.post(
        "/cases/status", data={"reference": "AC-00000-00000", "access_code": "0", "language": TAG}
    )
    for status, page in [*pages.items(), (422, renewed), (404, look_up)]:
        assert page.status_code == status
        assert f'<html lang="{TAG}">' in page.text
        assert foreign_on_page(plain(unescape(page.text)), said) == [], status


def test_problem_details_are_in_the_language_asked_for(
    desk: TestClient, own: dict[str, tuple[str, ...]]
) -> None:
    """Programs get titles and details in Greek; only HTTP errors are in English."""
    json = {"accept": "application/json"}
    sent = {"account": "", "language": TAG}
    key = {"idempotency-key": "1"}
    desk.post(APPEALS, json=APPEAL | {"language": TAG}, headers=key)
    for answer in (
        desk.post(APPEALS, json=sent),
        desk.post(APPEALS, json=APPEAL | {"account": "?", "language": TAG}, headers=key),
        desk.post(APPEALS, json=APPEAL | {"contract": "0" * 32, "language": TAG}),
        desk.post("/cases/nobody/appeal", json={}),
        desk.get(APPEALS, headers=json),
        desk.get("/cases/receipt?token=0", headers=json),
        desk.post("/cases/status", json={"reference": "?", "access_code": "?", "language": TAG}),
    ):
        problem = answer.json()
        words = [problem["title"], problem["detail"]]
        words += [error["detail"] for error in problem.get("errors", ())]
        assert all(words)
        assert [foreign(one, own[BODY]) for one in words] == [[]] * len(words), problem
    refused = desk.post(APPEALS, content=b"{", headers={"content-type": "application/json"})
    assert refused.json()["detail"] == "the body is not JSON in UTF-8"
    assert foreign(refused.json()["title"], ()) == []

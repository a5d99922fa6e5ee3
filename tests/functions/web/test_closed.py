"""An organisation that closes: forms that were open lose no word, and open cases go on."""

import re
from html import unescape
from pathlib import Path

import pytest

from functions.cases.ports.ports import Ports
from functions.cases.watch.watching import watch
from tests.conftest import StoppedClock
from tests.helpers.sample_policies import mend
from tests.helpers.sites.changing_site import ANSWERS, ChangingSite, changing_site

FORM = "/cases/sample/complaint"
SAID = {
    "zh-CN": (
        "示例单位自2026年3月1日（星期日）起不再受理",
        '请向<a href="/heir/complaint/">示例单位</a>提出。',
        "事情经过",
    ),
    "en": (
        "Sample takes no more filings since Sunday 1 March 2026",
        'Please file with <a href="/en/heir/complaint/">Sample</a>.',
        "What happened",
    ),
}
MOVED = "{on: 2026-03-01, successor: heir}"


@pytest.fixture
def site(ports: Ports, tmp_path: Path) -> ChangingSite:
    """The site before anything closes."""
    return changing_site(tmp_path / "site", ports)


def close(site: ChangingSite, closing: str = MOVED) -> None:
    """The sample closes."""
    mend(site.policies / "sample" / "policy.yaml", "kinds:\n", f"closed: {closing}\nkinds:\n")
    site.build()


def remove(site: ChangingSite) -> None:
    """The sample is taken off the site; its contracts stay."""
    folder = site.policies / "sample"
    folder.rename(site.policies.with_name("gone"))
    site.build()
    assert "sample" not in site.ports.contracts.current().organisations


def written(page: str) -> list[str]:
    """What stands on a page to be copied: questions with answers."""
    found = re.search(r"<textarea id=\"written\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    return unescape(found[1]).split("\n\n")


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("step", ["check", "send"])
def test_every_word_comes_back(site: ChangingSite, language: str, step: str) -> None:
    """The page says since when and who takes filings now; words stand to be copied, no form."""
    digest = site.contract("sample")
    close(site)
    page = {"contract": digest, "language": language, "step": step, "browser": "17"}
    files = {"files": ("leak.jpg", b"x", "image/jpeg")}
    other = {"Accept-Language": "en" if language == "zh-CN" else "zh-CN"}
    with site.client() as client:
        answer = client.post(FORM, data=ANSWERS | page, files=files, headers=other)
    assert (answer.status_code, answer.headers["cache-control"]) == (410, "private, no-cache")
    assert f'<html lang="{language}"' in answer.text
    since, successor, question = SAID[language]
    assert since in answer.text
    assert successor in answer.text
    assert "<form" not in answer.text
    parts = written(answer.text)
    assert f"{question}\n{ANSWERS['account']}" in parts
    answers = {part.partition("\n")[2] for part in parts}
    assert answers == {ANSWERS["account"], ANSWERS["name"], ANSWERS["email"], "leak.jpg"}


@pytest.mark.parametrize("closing", ["{on: 2026-03-01}", "{on: 2026-03-01, successor: %s}"])
def test_program_is_told(site: ChangingSite, closing: str) -> None:
    """A program gets problem details, which name the successor, on this site or elsewhere."""
    elsewhere = "https://heir.example.com/file?a=1&b=2"
    close(site, closing % elsewhere if "%" in closing else closing)
    with site.client() as client:
        answer = client.post(FORM, json=ANSWERS | {"language": "en"})
        page = client.post(FORM, data=ANSWERS | {"language": "en"}).text
    assert answer.status_code == 410
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "No more filings are accepted here"
    named = "%" in closing
    assert (f"({elsewhere})" in answer.json()["detail"]) == named
    assert ('<a href="https://heir.example.com/file?a=1&amp;b=2">' in page) == named


def test_closing_begins_on_its_day(site: ChangingSite, clock: StoppedClock) -> None:
    """Until that day forms are taken, and afterwards not, whether or not anybody built again."""
    close(site, "{on: 2026-03-03, successor: heir}")
    assert 'action="/cases/sample/complaint"' in site.page("/sample/complaint/")
    site.file()
    clock.forward(hours=14)
    with site.client() as client:
        assert client.post(FORM, json=ANSWERS).status_code == 410
        assert client.post("/cases/heir/complaint", json=ANSWERS).status_code == 201


def test_open_cases_go_on(stored: Ports, tmp_path: Path, clock: StoppedClock) -> None:
    """Staff and filer go on with a case that was filed before, over each store."""
    site = changing_site(tmp_path / "site", stored)
    pair = site.file()
    clock.forward(minutes=1)
    close(site)
    desk = site.logged_in()
    watch(site.ports)
    assert pair["reference"] in desk.get("/cases/desk?list=open").text
    case = f"/cases/desk/{pair['reference']}"
    assert desk.get(case).status_code == 200
    with site.client() as client:
        told = client.post("/cases/status", json=pair).json()
        added = client.post("/cases/status/information", json=pair | {"text": "还没有修好。"})
        receipt = client.post("/cases/status", data=pair).text
    assert (told["state"], told["version"]) == ("received", "1")
    assert [each["last_day"] for each in told["milestones"]][:1] == ["2026-03-09"]
    assert added.status_code == 200
    assert pair["reference"] in receipt
    assert "还没有修好。" in desk.get(case).text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_form_of_a_removed_organisation(site: ChangingSite, language: str) -> None:
    """Its contract is still stored: the form is answered in its language, with every word."""
    digest = site.contract("sample")
    remove(site)
    page = {"contract": digest, "language": language, "step": "send"}
    other = {"Accept-Language": "en" if language == "zh-CN" else "zh-CN"}
    with site.client() as client:
        answer = client.post(FORM, data=ANSWERS | page, headers=other)
        told = client.post(FORM, json=ANSWERS | {"contract": digest, "language": language})
    said = {
        "zh-CN": "示例单位不再通过本站受理。",
        "en": "Sample takes no more filings on this site.",
    }
    assert (answer.status_code, told.status_code) == (410, 410)
    assert f'<html lang="{language}"' in answer.text
    assert said[language] in answer.text
    assert f"{SAID[language][2]}\n{ANSWERS['account']}" in written(answer.text)
    assert said[language] in told.json()["detail"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("named", [True, False], ids=["named", "accepted"])
def test_form_of_nobody(site: ChangingSite, language: str, named: bool) -> None:
    """An address that never was answers 404 in the page's language, else the browser's."""
    fields = ANSWERS | ({"language": language} if named else {})
    header = ("en" if language == "zh-CN" else "zh-CN") if named else language
    with site.client() as client:
        answer = client.post(
            "/cases/nobody/complaint", data=fields, headers={"Accept-Language": header}
        )
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text
    assert ANSWERS["account"] in written(answer.text)


def test_contract_of_another_organisation(site: ChangingSite) -> None:
    """A form under another one's contract is none: 404, with every word."""
    sent = ANSWERS | {"contract": site.contract("heir")}
    with site.client() as client:
        answer = client.post(FORM, data=sent)
    assert answer.status_code == 404
    assert ANSWERS["account"] in written(answer.text)


def test_far_too_long_for_any_form(site: ChangingSite) -> None:
    """What no form takes is not multiplied: 413."""
    close(site)
    with site.client() as client:
        for address in (FORM, "/cases/nobody/complaint"):
            answer = client.post(address, data={"account": '"' * 200_000})
            assert (answer.status_code, len(answer.text) < 10_000) == (413, True)

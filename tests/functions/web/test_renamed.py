"""An organisation that is renamed: open forms are taken, cases go on, and its people come in."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from functions.cases.desk.revocations import is_access_revoked, revoke_access
from functions.cases.ports.ports import Ports
from functions.cases.statistics.nightly import count_organisation
from functions.cases.watch.watching import watch
from site_src.authoring.rename import rename
from tests.conftest import SITE_URL, StoppedClock
from tests.helpers.sample_policies import mend
from tests.helpers.sites.changing_site import ANSWERS, MANAGER, ChangingSite, changing_site

OLD, NEW = "/cases/sample/complaint", "/cases/northern/complaint"


@pytest.fixture
def site(stored: Ports, tmp_path: Path) -> ChangingSite:
    """The site before anything is renamed, over each store."""
    site = changing_site(tmp_path / "site", stored)
    mend(
        site.policies / "sample" / "policy.yaml",
        "kinds:\n",
        "statistics: {publish: true}\nkinds:\n",
    )
    site.build()
    return site


def renamed(site: ChangingSite, *names: str) -> None:
    """The sample gets one name after the other, and the site is built for each."""
    for old, new in zip(("sample", *names), names, strict=False):
        rename(site.policies, old, new)
        site.build()


def form_of(site: ChangingSite, language: str = "zh-CN") -> dict[str, str]:
    """What a form that is open now carries."""
    return {"contract": site.contract("sample"), "language": language, "browser": "17"}


@pytest.mark.parametrize("names", [("northern",), ("western", "northern")], ids=["once", "twice"])
def test_open_form_is_filed(site: ChangingSite, names: tuple[str, ...]) -> None:
    """A form of before is taken under the contract that it shows, and its case is in the lists."""
    page = form_of(site)
    renamed(site, *names)
    with site.client() as client:
        answer = client.post(OLD, data=ANSWERS | page | {"step": "send"})
        receipt = client.get(answer.headers["location"]).text
    assert answer.status_code == 303
    assert "/sample/versions/1/" in receipt
    assert "示例单位" in site.logged_in().get("/cases/desk?list=open").text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_open_form_gives_its_words_back(site: ChangingSite, language: str) -> None:
    """What is wrong is said in the language of the form, and every word stands in it."""
    page = form_of(site, language)
    renamed(site, "northern")
    other = {"Accept-Language": "en" if language == "zh-CN" else "zh-CN"}
    with site.client() as client:
        wrong = ANSWERS | page | {"email": "zhang", "step": "send"}
        answer = client.post(OLD, data=wrong, headers=other)
    assert answer.status_code == 422
    assert f'<html lang="{language}"' in answer.text
    assert ANSWERS["account"] in answer.text
    assert f'value="{page["contract"]}"' in answer.text


def test_forms_of_every_name(site: ChangingSite) -> None:
    """Forms of each time, and programs at each address, file for the one organisation."""
    pages = {"sample": form_of(site)}
    renamed(site, "western")
    pages["western"] = form_of(site)
    rename(site.policies, "western", "northern")
    site.build()
    pages["northern"] = form_of(site)
    assert len({page["contract"] for page in pages.values()}) == 3
    with site.client() as client:
        for name, page in pages.items():
            sent = ANSWERS | {"account": f"在 {name} 填写。"}
            answer = client.post(f"/cases/{name}/complaint", data=sent | page | {"step": "send"})
            assert answer.status_code == 303, name
            sent["account"] = f"由程序提交到 {name}。"
            told = client.post(f"/cases/{name}/complaint", json=sent).json()
            assert (told["organisation"], told["version"]) == ("sample", "1")
        assert (
            client.post("/cases/heir/complaint", data=ANSWERS | pages["western"]).status_code == 404
        )
    watch(site.ports)
    listed = site.logged_in().get("/cases/desk?list=open").text
    assert len(set(re.findall(r'href="/cases/desk/(SM[^"/?]+)"', listed))) == 6


def test_form_of_today_before_the_pointers(site: ChangingSite) -> None:
    """A function may know what is current for a minute longer: the form's own contract says."""
    current = site.out / "contracts" / "current.json"
    before = current.read_bytes()
    renamed(site, "northern")
    page = form_of(site)
    current.write_bytes(before)
    with site.client() as client:
        assert client.post(NEW, data=ANSWERS | page | {"step": "send"}).status_code == 303


def test_cases_go_on(site: ChangingSite, clock: StoppedClock) -> None:
    """Staff and filer go on with a case of before; reminders and the calendar find it."""
    pair = site.file()
    before = site.logged_in()
    clock.forward(minutes=1)
    renamed(site, "northern")
    assert site.file("northern")["reference"] == pair["reference"]  # sent once more
    later = site.file("northern", account="电梯停了三天。")
    watch(site.ports)
    for desk in (before, site.logged_in()):
        listed = desk.get("/cases/desk?list=open").text
        assert pair["reference"] in listed
        assert later["reference"] in listed
    with site.client() as client:
        told = client.post("/cases/status", json=pair).json()
        added = client.post("/cases/status/information", json=pair | {"text": "还没有修好。"})
    assert (told["state"], told["version"], told["organisation"]) == ("received", "1", "sample")
    assert added.status_code == 200
    assert "还没有修好。" in desk.get(f"/cases/desk/{pair['reference']}").text
    assert "/northern/versions/1/" in desk.get(f"/cases/desk/{later['reference']}").text


def test_receipts_are_signed_alike(site: ChangingSite) -> None:
    """One key signs before and after, under the id that receipts and keys name."""
    before = site.file()
    renamed(site, "northern")
    after = site.file("northern")
    with site.client() as client:
        proofs = [client.post("/cases/status", json=each).json() for each in (before, after)]
    assert {proof["organisation"] for proof in proofs} == {"sample"}


def test_people_come_in(site: ChangingSite) -> None:
    """They log in by the old name and the new one; whose access was revoked stays outside."""
    revoke_access("sample", MANAGER, site.ports)
    renamed(site, "northern")
    directory = site.ports.contracts.directory("sample")
    assert directory is not None
    assert MANAGER in {member.address for member in directory.staff}
    assert is_access_revoked(directory.organisation, MANAGER, site.ports)


@pytest.mark.parametrize("name", ["sample", "northern", "Northern"])
def test_login_takes_each_name(site: ChangingSite, name: str) -> None:
    """Whoever types the address of today or of before is asked for its code."""
    desk = site.logged_in()
    renamed(site, "northern")
    desk.cookies.clear()
    answer = desk.post(
        "/cases/desk/login",
        data={"organisation": name, "address": MANAGER},
        headers={"origin": SITE_URL},
    )
    assert answer.status_code == 303
    assert "organisation=sample" in answer.headers["location"]


def test_figures_go_on(site: ChangingSite, clock: StoppedClock) -> None:
    """What was filed before counts in what is published under each address."""
    for number in range(6):
        site.file(account=f"第 {number} 次漏水。")
    renamed(site, "northern")
    site.file("northern")
    clock.forward(days=1)
    watch(site.ports)
    directory = site.ports.contracts.directory("sample")
    assert directory is not None
    assert count_organisation(directory, site.ports)
    with site.client() as client:
        old, new = (
            client.get(f"/cases/{name}/statistics.json").json() for name in ("sample", "northern")
        )
    assert old == new
    assert (new["organisation"], new["received"]) == ("northern", 7)
    assert ZoneInfo(new["timezone"]) == ZoneInfo(directory.timezone)


def test_files_come_with_each_form(site: ChangingSite) -> None:
    """A file that was sent ahead from the form of before comes with its filing."""
    page = form_of(site)
    renamed(site, "northern")
    content = b"\xff\xd8\xff\xe0" + b"0" * 100
    sent = {"name": "leak.jpg", "size": len(content), "sha256": "0" * 64}
    with site.client() as client:
        for name in ("sample", "northern"):
            wanted = sent | {"contract": page["contract"], "language": "en"}
            answer = client.post(f"/cases/uploads/{name}/complaint", json=wanted)
            assert answer.status_code == 201, answer.text
        other = client.post("/cases/uploads/heir/complaint", json=wanted)
    assert other.status_code == 404


def test_renamed_and_closed(site: ChangingSite) -> None:
    """Another's successor is found by an id that it had when that was written."""
    mend(
        site.policies / "heir" / "policy.yaml",
        "kinds:\n",
        "closed: {on: 2026-03-01, successor: sample}\nkinds:\n",
    )
    renamed(site, "northern")
    with site.client() as client:
        answer = client.post("/cases/heir/complaint", data=ANSWERS | {"language": "en"})
    assert answer.status_code == 410
    assert '<a href="/en/northern/complaint/">Sample</a>' in answer.text
    assert 'href="/northern/complaint/"' in site.page("/heir/complaint/")

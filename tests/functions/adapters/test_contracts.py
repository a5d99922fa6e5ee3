"""The contract of every contract source: one suite, one fixture parameter a source."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.contracts.s3 import S3Contracts, s3_client
from functions.cases.ports.contract_source import ContractSource
from functions.cases.ports.ports import Ports
from functions.model.contract.digest import digest
from functions.model.contract.stored import stored
from functions.model.errors import ContractDamaged, ContractMissing, ContractUnavailable
from functions.web.app import create_app
from tests.conftest import StoppedClock
from tests.helpers.filings import APPEAL
from tests.helpers.servers.listening import free_port
from tests.releases.whole_pages import put, whole_contract


@dataclass(frozen=True)
class Shelf:
    """A source, and how its files are put and taken away behind its back."""

    source: ContractSource
    put: Callable[[str, bytes], object]
    remove: Callable[[str], object]


@pytest.fixture(params=["folder", "s3", "s3 with a prefix"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> Shelf:
    """Each source, empty."""
    if request.param == "folder":
        return Shelf(
            FolderContracts(str(tmp_path)),
            lambda name, content: _write(tmp_path / name, content),
            lambda name: (tmp_path / name).unlink(),
        )
    request.getfixturevalue("ministack")
    client, bucket = s3_client(), f"contracts-{uuid4()}"
    client.create_bucket(
        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    prefix = "site/contracts/" if "prefix" in request.param else ""
    return Shelf(
        S3Contracts(f"{bucket}/{prefix}", client, clock),
        lambda name, content: client.put_object(Bucket=bucket, Key=prefix + name, Body=content),
        lambda name: client.delete_object(Bucket=bucket, Key=prefix + name),
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def stocked(shelf: Shelf, built: Path) -> Shelf:
    """The source with what the build wrote."""
    folder = built / "contracts"
    for path in (*folder.glob("*.json"), *folder.glob("release/*.json")):
        shelf.put(str(path.relative_to(folder)), path.read_bytes())
    return shelf


def test_everything_that_was_built_can_be_read(stocked: Shelf) -> None:
    """From what is current to each contract, its pages and the site's own, in each language."""
    current = stocked.source.current()
    assert set(current.site) == {"zh-CN", "en"}
    for organisation, name in current.organisations.items():
        contract = stocked.source.contract(name)
        assert contract.organisation == organisation
        for language in contract.pages:
            pages = stocked.source.pages(name, language)
            assert pages.words.language == language
            assert set(pages.kinds) == set(contract.kinds)
    for language, site in current.site.items():
        assert stocked.source.site(site).words.language == language


def test_missing_digest(shelf: Shelf) -> None:
    """What is not stored is missing, whichever it is."""

    def pages(name: str) -> object:
        return shelf.source.pages(name, "en")

    for read in (shelf.source.contract, pages, shelf.source.site):
        with pytest.raises(ContractMissing):
            read("0" * 32)
    with pytest.raises(ContractMissing):
        shelf.source.current()


@pytest.mark.parametrize(
    "name", ["current", "../secret", "/etc/passwd", "0" * 31, "0" * 33, "A" * 32, "", "%2e%2e/x"]
)
def test_only_a_digest_is_looked_for(shelf: Shelf, name: str) -> None:
    """A page may carry anything for a digest; nothing else is ever part of a path."""
    shelf.put("current.json", b"{}")
    with pytest.raises(ContractMissing, match="not the digest"):
        shelf.source.contract(name)


def test_damaged_content(stocked: Shelf) -> None:
    """A byte that differs from what the digest names is damage, and is not kept as read."""
    name = next(iter(stocked.source.current().organisations.values()))
    content = stored(stocked.source.contract(name))
    other = digest(content + b" ")
    stocked.put(f"{other}.json", content)
    with pytest.raises(ContractDamaged, match="does not match its name"):
        stocked.source.contract(other)
    stocked.put(f"{other}.json", content + b" ")
    assert stocked.source.contract(other) == stocked.source.contract(name)


def test_wrong_model(stocked: Shelf) -> None:
    """Pages are no contract, and a current.json of another shape is damage."""
    current = stocked.source.current()
    with pytest.raises(ContractDamaged, match="errors"):
        stocked.source.contract(current.site["en"])
    content = json.dumps({"organisations": []}).encode()
    stocked.put(f"{digest(content)}.json", content)
    with pytest.raises(ContractDamaged):
        stocked.source.site(digest(content))


def test_damaged_current(shelf: Shelf) -> None:
    """A current.json that does not fit its model is damage."""
    shelf.put("current.json", b"{}")
    with pytest.raises(ContractDamaged):
        shelf.source.current()


def test_content_is_read_once(stocked: Shelf) -> None:
    """What a digest names never changes, so it is kept for good."""
    name = stocked.source.current().organisations["factory-staff"]
    first = stocked.source.contract(name)
    stocked.remove(f"{name}.json")
    assert stocked.source.contract(name) is first


def test_current_in_a_folder_is_read_when_it_changed(built: Path, tmp_path: Path) -> None:
    """What is current is kept while its file stays the same, and no longer."""
    source, file = FolderContracts(str(tmp_path)), tmp_path / "current.json"
    file.write_bytes((built / "contracts" / "current.json").read_bytes())
    first = source.current()
    assert source.current() is first
    one = next(iter(first.organisations))
    file.write_text(
        first.model_copy(
            update={"organisations": {one: first.organisations[one]}}
        ).model_dump_json()
    )
    assert source.current().organisations == {one: first.organisations[one]}
    file.unlink()
    with pytest.raises(ContractMissing):
        source.current()


def test_memory_does_not_grow_with_organisations(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many contracts are kept; the one that was not used longest goes first."""
    monkeypatch.setattr("functions.adapters.contracts.cached._MOST_KEPT", 2)
    source = FolderContracts(str(built / "contracts"))
    one, two, three = list(source.current().organisations.values())[:3]
    kept, gone = source.contract(one), source.contract(two)
    source.contract(one)
    source.contract(three)
    assert source.contract(one) is kept
    assert source.contract(two) is not gone


def test_current_in_s3_is_kept_for_a_minute(stocked: Shelf, clock: StoppedClock) -> None:
    """A folder is looked up each time; S3 once a minute, and then again."""
    before = stocked.source.current()
    after = before.model_copy(update={"organisations": {}})
    stocked.put("current.json", after.model_dump_json().encode())
    seen = [stocked.source.current()]
    for _ in range(2):
        clock.forward(seconds=30)
        seen.append(stocked.source.current())
    if isinstance(stocked.source, FolderContracts):
        assert seen == [after, after, after]
    else:
        assert seen == [before, before, after]


def test_unreadable_folder_is_unavailable(tmp_path: Path) -> None:
    """What is there and cannot be read is not missing."""
    (tmp_path / "current.json").mkdir()
    with pytest.raises(ContractUnavailable):
        FolderContracts(str(tmp_path)).current()


@pytest.mark.usefixtures("ministack")
def test_s3_away_is_unavailable(clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bucket that refuses and an S3 that does not answer are unavailable, not missing."""
    with pytest.raises(ContractUnavailable, match="NoSuchBucket"):
        S3Contracts("nowhere", s3_client(), clock).current()
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ContractUnavailable, match="EndpointConnectionError"):
        S3Contracts("nowhere", s3_client(), clock).current()


@pytest.mark.usefixtures("ministack")
def test_filer_without_contracts_is_told(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without contracts no filing is taken, and the answer says so, as page and as problem."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{free_port()}")
    away = replace(ports, contracts=S3Contracts("nowhere", s3_client(), ports.now))
    browser = TestClient(create_app(away), base_url="https://ombud.example.com")
    path = "/cases/accreditation-body/appeal"
    problem = browser.post(path, json=APPEAL)
    assert problem.status_code == 503
    assert problem.json()["detail"] == "Nothing was stored; send it again later."
    page = browser.post(path, data=APPEAL)
    assert page.status_code == 503
    assert "您的内容没有提交" in page.text
    assert browser.get("/cases/nowhere").status_code == 404


def test_pages_of_before_the_table_of_mails(
    shelf: Shelf, built: Path, ports: Ports, tmp_path: Path
) -> None:
    """Pages that a release before 0.1.0 stored are read as what they are today."""
    folder = tmp_path / "built"
    shutil.copytree(built / "contracts", folder)
    name = ports.contracts.current().organisations["factory-staff"]
    contract = whole_contract(folder, name)
    content = json.loads((folder / f"{contract['pages']['zh-CN']}.json").read_text("utf-8"))

    def kept(pages: object) -> str:
        """The contract with these pages in Chinese."""
        contract["pages"]["zh-CN"] = put(folder, pages)
        earlier = put(folder, contract)
        for each in (earlier, *contract["pages"].values()):
            shelf.put(f"{each}.json", (folder / f"{each}.json").read_bytes())
        return earlier

    for kind in content["kinds"].values():
        # Until mails were made of parts, their words were a text.
        kind["mails"] = {
            type_: {"subject": mail["subject"], "text": mail["parts"]}
            for type_, mail in kind["mails"].items()
        }
    expected = shelf.source.pages(kept(content), "zh-CN")
    for kind in content["kinds"].values():
        for type_, mail in kind.pop("mails").items():
            kind |= {f"{type_}_{part}": words for part, words in mail.items()}
    assert shelf.source.pages(kept(content), "zh-CN") == expected
    content["kinds"]["grievance"]["notice_text"] = 7
    damaged = kept(content)
    with pytest.raises(ContractDamaged):
        shelf.source.pages(damaged, "zh-CN")

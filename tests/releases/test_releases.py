"""Stores, contracts, receipts and policies of every release go on under this one."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import DerivedKeyring, TextCipher
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.delivery import drain
from functions.cases.desk.found_by import cases_found_by, traits
from functions.cases.desk.index import refresh
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.cases.retention import expire_cases, remove_orphans, remove_unclaimed
from functions.cases.subject_rights import cases_of, copy_of_case, erase_case
from functions.model.case import Case
from functions.views.receipt_proof import prove
from functions.web.app import create_app
from site_src.check.organisation import read_all
from site_src.receipts.keys import published_keys
from site_src.receipts.verify import problems_of, read_receipt
from tests.conftest import KEY, MORNING, SITE_URL, Mailbox, StoppedClock, codec, on_store
from tests.helpers.desk.mailbox_staff import with_mailbox_staff
from tests.helpers.places import TESTS
from tests.helpers.servers.dynamodb_local import client_at

RELEASES = sorted(path for path in (TESTS / "releases").iterdir() if (path / "ombud.db").is_file())
STATUS = "/cases/status"


@dataclass(frozen=True)
class Kept:
    """What a release left behind, under the functions of today."""

    folder: Path
    ports: Ports
    client: TestClient
    cases: list[dict[str, Any]]
    opened: Callable[[Codec], Store]
    """Opens the store once more, under other keys."""

    def look_up(self, case: dict[str, Any]) -> dict[str, Any]:
        """What the look-up answers today."""
        pair = {name: case[name] for name in ("reference", "access_code")}
        answer = self.client.post(STATUS, json=pair | {"language": "en"})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture(
    params=[(path, kind) for path in RELEASES for kind in ("sqlite", "dynamodb")],
    ids=lambda param: f"{param[0].name}-{param[1]}",
)
def kept(
    request: pytest.FixtureRequest, tmp_path: Path, built: Path, ports: Ports, clock: StoppedClock
) -> Iterator[Kept]:
    """A copy of a release's store, its contracts beside those that are built today."""
    release, kind = request.param
    clock.at = MORNING + timedelta(days=4)
    contracts = tmp_path / "contracts"
    shutil.copytree(release / "contracts", contracts)
    shutil.copytree(built / "contracts", contracts, dirs_exist_ok=True)
    opened: Callable[[Codec], Store]
    if kind == "sqlite":
        shutil.copy(release / "ombud.db", tmp_path / "kept.db")
        opened = partial(SqliteStore, str(tmp_path / "kept.db"))
    else:
        address, table = map(request.getfixturevalue, ("dynamodb", "table"))
        client = client_at(address)
        for item in json.loads((release / "table.json").read_text(encoding="utf-8")):
            client.put_item(TableName=table, Item=item)
        opened = partial(DynamoStore, table, client)
    store = opened(codec(clock))
    shutil.copytree(release / "files" / kind, tmp_path / "kept-files")
    today = with_mailbox_staff(
        replace(
            on_store(ports, store),
            contracts=FolderContracts(str(contracts)),
            shelf=FolderFileStorage(str(tmp_path / "kept-files")),
        )
    )
    cases = json.loads((release / f"cases-{kind}.json").read_text(encoding="utf-8"))
    with TestClient(create_app(today), base_url=SITE_URL) as made:
        yield Kept(release, today, made, cases, opened)
    store.close()


def test_every_case_opens_as_it_was(kept: Kept) -> None:
    """State, dates, messages and files of each case are what the release answered."""
    for case in kept.cases:
        before, now = case["status"], kept.look_up(case)
        for name in ("reference", "organisation", "kind", "version", "state", "received_at"):
            assert now[name] == before[name]
        assert [one["sha256"] for one in now["attachments"]] == [
            one["sha256"] for one in before["attachments"]
        ]
        for name in ("last_day", "due", "done", "clause", "value", "unit", "from"):
            assert [one[name] for one in now["milestones"]] == [
                one[name] for one in before["milestones"]
            ]
        assert [(one["type"], one["text"], one["by"]) for one in now["messages"]] == [
            (one["type"], one["text"], one["by"]) for one in before["messages"]
        ]


def test_cases_go_on(kept: Kept, mailbox: Mailbox) -> None:
    """The filer adds words, staff are told by a mail whose link opens the case, and answer."""
    case = kept.cases[0]
    pair = {name: case[name] for name in ("reference", "access_code")}
    answer = kept.client.post(f"{STATUS}/information", json=pair | {"text": "补充一页。"})
    assert answer.status_code == 200, answer.text
    drain(kept.ports)
    (added,) = [one for one in mailbox.messages if case["reference"] in str(one)]
    body = added.get_body(("plain",))
    assert body is not None
    link = body.get_content().partition("/cases/handle?token=")[2].split()[0]
    page = kept.client.get(f"/cases/handle?token={link}")
    assert page.status_code == 200
    assert "补充一页。" in page.text
    handled = {"handling": link, "act": "message", "text": "收到。"}
    assert kept.client.post("/cases/handle", data=handled).status_code == 200
    assert [one["text"] for one in kept.look_up(case)["messages"]][-2:] == ["补充一页。", "收到。"]


def test_cases_are_listed(kept: Kept) -> None:
    """The first sweeps list each case at the desk, and its filer is found; then nothing is left."""
    named: list[str] = []
    while references := kept.ports.lists.unlisted(2):
        named += references
    assert sorted(named) == sorted(case["reference"] for case in kept.cases)
    for reference in kept.ports.lists.due_cases(kept.ports.now(), 99):
        assert refresh(reference, kept.ports)
    for case in kept.cases:
        summary = kept.ports.lists.summary(case["reference"])
        assert summary is not None
        assert summary.state == case["status"]["state"]
        entry = summary.entries[-1]
        page = kept.ports.lists.listed(summary.organisation, entry.holder, entry.bucket)
        assert summary in page.found
        stored = kept.ports.store.case(case["reference"])
        assert stored is not None
        assert stored.reference in cases_found_by(traits(stored), kept.ports) or not traits(stored)


def test_person_gets_a_copy_and_is_erased(kept: Kept) -> None:
    """A filer of that time is found by the address, gets the words, and is gone when erased."""
    found = [case for case in cases_of("zhang@example.com", kept.ports) if isinstance(case, Case)]
    assert found
    for case in found:
        copy = copy_of_case(case, kept.ports.store)
        assert copy["case"]["submission"]["email"] == "zhang@example.com"
        assert "unreadable" not in copy
        erase_case(case, kept.ports)
        assert kept.ports.store.erased(case.reference) is not None
    assert not list(cases_of("zhang@example.com", kept.ports))


def test_store_gets_another_key(kept: Kept) -> None:
    """What the release encrypted is encrypted anew under a later key, and opens with that alone."""
    new = bytes(reversed(KEY))
    both = kept.opened(Codec(TextCipher(DerivedKeyring((new, KEY))), kept.ports.now))
    while (done := both.rekey()).texts:
        assert done.left == 0
    both.close()
    alone = kept.opened(codec(key=new))
    for case in kept.cases:
        stored = alone.case(case["reference"])
        assert stored is not None
        assert stored.submission.account
    alone.close()


def test_files_stay(kept: Kept) -> None:
    """The files of a case are still there, and tidying leaves them."""
    (attached,) = [case for case in kept.cases if case["status"]["attachments"]]
    for tidy in (expire_cases, remove_unclaimed, remove_orphans):
        tidy(kept.ports)
    reference = attached["reference"]
    case = kept.ports.store.case(reference)
    assert case is not None
    (file,) = case.attachments
    assert kept.ports.shelf.read(f"waiting/{reference}/{file.id}").startswith("排班表".encode())


def test_files_are_signed_as_they_were(kept: Kept) -> None:
    """A contract of before names each file after the answers, too: what was signed stays so."""
    (attached,) = [case for case in kept.cases if case["status"]["attachments"]]
    case = kept.ports.store.case(attached["reference"])
    assert case is not None
    proof = prove(open_case(case, kept.ports), kept.ports.key)
    assert proof is not None
    (file,) = case.attachments
    assert proof.content.endswith(f"\nSHA-256 {file.sha256} {file.name}")
    assert proof.content.count(file.sha256) == 2


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_receipt_verifies(release: Path) -> None:
    """A receipt of the release is still genuine, by the keys that were published with it."""
    keys = published_keys(lambda _: (release / "keys.json").read_bytes())
    receipt = read_receipt((release / "receipt.txt").read_bytes())
    assert problems_of(receipt, keys) == ()
    assert receipt.content


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_policies_build(release: Path) -> None:
    """The policies of the release are read, and each finding says what to write instead."""
    organisations, findings = read_all(release / "policies")
    assert len(organisations) == 2
    assert all(finding.remedy for finding in findings)

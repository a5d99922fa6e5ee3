"""Keeps the stored data of a release, which the tests of every later release open.

`python -m tests.commands.keep_release 0.1.0` writes `tests/releases/0.1.0/`: policies, contracts, a
store of each kind with cases in several states, attached files, a signed receipt, and the answer
to the look-up of each case. Run it once for each release.
"""

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.web.app import create_app
from site_src.places import POLICIES, ROOT
from site_src.publish.build import build
from site_src.receipts.keys import KEYS, PublishedKeys
from tests.commands.cases_of_a_release import file_cases
from tests.conftest import KEY, MORNING, SITE_URL, Mailbox, StoppedClock, codec
from tests.helpers.desk.mailbox_staff import with_mailbox_staff
from tests.helpers.servers.dynamodb_local import client_at, emulator, table
from tests.helpers.servers.listening import free_port

ORGANISATIONS = ("accreditation-body", "factory-staff")


def keep(version: str) -> Path:
    """Writes the folder of a release and returns it."""
    release = ROOT / "tests" / "releases" / version
    release.mkdir()
    policies = release / "policies"
    for organisation in ORGANISATIONS:
        shutil.copytree(POLICIES / organisation, policies / organisation)
    keys = PublishedKeys({}).added(KEY, ORGANISATIONS, MORNING)
    with TemporaryDirectory() as folder:
        site = Path(folder) / "dist"
        build(policies, site, MORNING.date(), SITE_URL, keys)
        shutil.copytree(site / "contracts", release / "contracts")
        shutil.copy(site / KEYS, release / "keys.json")
        store = SqliteStore(str(release / "ombud.db"), codec(StoppedClock()))
        _fill(release, "sqlite", store)
        store.close()
        log = Path(folder) / "dynamodb.log"
        with emulator(log, free_port()) as address, table(client_at(address)) as name:
            _fill(release, "dynamodb", DynamoStore(name, client_at(address), codec(StoppedClock())))
            items = client_at(address).scan(TableName=name)["Items"]
            _write(release / "table.json", items)
    return release


def _fill(release: Path, kind: str, store: Store) -> None:
    clock = StoppedClock()
    ports = Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=FolderContracts(str(release / "contracts")),
        mailer=Mailbox(),
        shelf=FolderFileStorage(str(release / "files" / kind)),
        scanner=None,
        now=clock,
        key=KEY,
        sender="no-reply@ombud.example.com",
        site_url=SITE_URL,
    )
    ports = with_mailbox_staff(ports)
    with TestClient(create_app(ports), base_url=SITE_URL) as client:
        cases, receipt = file_cases(client, ports, clock)
    drain(ports)
    _write(release / f"cases-{kind}.json", cases)
    if kind == "sqlite":
        (release / "receipt.txt").write_text(receipt, encoding="utf-8")


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    print(keep(sys.argv[1]))

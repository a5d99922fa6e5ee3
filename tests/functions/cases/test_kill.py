"""A submission that got a receipt is on disk with its mail, whatever is killed afterwards."""

import json
import time
import urllib.request
from mailbox import Maildir
from pathlib import Path

from functions.adapters.sqlite.store import SqliteStore
from tests.conftest import codec
from tests.helpers.filings import APPEAL
from tests.helpers.servers.site_server import server


def test_kill_right_after_the_receipt(tmp_path: Path) -> None:
    """`kill -9` after the answer loses neither case nor mail; a restart sends both mails."""
    data, out = tmp_path / "data", tmp_path / "dist"
    with server(data, out) as (address, process):
        request = urllib.request.Request(
            f"{address}/cases/accreditation-body/appeal",
            json.dumps(APPEAL).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            receipt = json.load(answer)
        process.kill()
        process.wait()
    store = SqliteStore(
        str(data / "ombud.db"), codec(key=bytes.fromhex((data / "key").read_text()))
    )
    case = store.case(receipt["reference"])
    store.close()
    assert case is not None
    assert case.submission.account == APPEAL["account"]
    with server(data, out):
        end = time.monotonic() + 120
        while time.monotonic() < end and len(delivered(data)) < 2:
            time.sleep(0.2)
    assert set(delivered(data)) == {"zhang@example.com", "office@accreditation.example.com"}


def delivered(data: Path) -> list[str]:
    """The recipients of the mails that lie in the maildir."""
    if not (data / "mail").exists():
        return []
    return [str(mail["To"]) for mail in Maildir(str(data / "mail"))]

"""`python -m benchmarks.serving.dynamodb`: requests and units of each use, on DynamoDB Local."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.serving.capacity import Meter
from benchmarks.serving.servers import ports_over
from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.delivery import drain
from functions.cases.desk.index import record, refresh
from functions.cases.ports.desk_store import AccessEntry
from functions.cases.ports.ports import Ports
from functions.cases.subject_rights import cases_of, erase_case
from functions.model.case_log import ActDetails, act_event
from functions.model.desk.summary import ALL
from functions.sweep import run_sweep
from functions.web.app import create_app
from site_src.places import POLICIES
from site_src.publish.build import build
from tests.conftest import Mailbox, codec, on_store
from tests.helpers.filings import APPEAL
from tests.helpers.servers.dynamodb_local import EmulatorMissing, client_at, emulator, table
from tests.helpers.servers.listening import free_port

_BODY = "accreditation-body"
_APPEALS = f"/cases/{_BODY}/appeal"
_EARLIER = datetime(2020, 1, 1, tzinfo=UTC)


def report(ports: Ports) -> str:
    """Returns one line for each use case, or one line that says why nothing is measured."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with emulator(Path(folder) / "dynamodb.log", free_port()) as address:
                return measure(ports, address)
        except EmulatorMissing as error:
            return f"DynamoDB: not measured, {error}"


def measure(ports: Ports, address: str) -> str:
    """Returns the same lines, measured at an emulator that runs at `address`."""
    client, meter = client_at(address), Meter()
    with table(client_at(address)) as name:
        store = DynamoStore(name, client, codec(ports.now))
        store.unlisted(1)  # the one pass over the table, which is empty
        meter.watch(client)
        ports = replace(on_store(ports, store), mailer=Mailbox())
        browser = TestClient(create_app(ports))
        headers = {"Idempotency-Key": "1"}
        filed = browser.post(_APPEALS, json=APPEAL, headers=headers).json()
        reference = filed["reference"]
        lines = [f"one filing with two mails: {meter.take()}"]
        uses: dict[str, Callable[[], object]] = {
            "one retry of it": lambda: browser.post(_APPEALS, json=APPEAL, headers=headers),
            "one status look-up": lambda: browser.post("/cases/status", json=_credentials(filed)),
            "both mails sent, by sweep": lambda: drain(ports),
            "one look for mails that finds none": lambda: drain(ports),
            "one look for due cases that finds none": lambda: store.due_cases(_EARLIER, 100),
            "the summary of a new case, by sweep": lambda: refresh(reference, ports),
            "the summary of a case that is due": lambda: refresh(reference, ports),
            "one act of staff": lambda: _act(reference, ports),
            "one case opened, noted in the access log": lambda: _open(reference, ports),
            "one page of a list, of one case": lambda: store.listed(_BODY, ALL, "open"),
            "one count of a list": lambda: store.counted(_BODY, ALL, "open", "", "~", 1000),
            "one look-up of a person": lambda: tuple(cases_of("zhang@example.com", ports)),
            "one case erased": lambda: _erase(reference, ports),
        }
        for title, use in uses.items():
            use()
            lines.append(f"{title}: {meter.take()}")
        _sweep(ports)  # counts the night, and looks once at what it notes
        meter.take()
        _sweep(ports)
        lines.append(f"one sweep that finds nothing: {meter.take()}")
    return "\n".join(["DynamoDB", *(f"  {line}" for line in lines)])


def _act(reference: str, ports: Ports) -> None:
    case = ports.store.case(reference)
    assert case is not None
    event = act_event("registered", ActDetails(text="已登记"), ports.now())
    assert record(case, event, (), "once", ports) is True


def _open(reference: str, ports: Ports) -> None:
    ports.store.case(reference)
    ports.store.events(reference)
    look = AccessEntry(at=ports.now(), mark="0" * 24, person="张三", what="case")
    ports.lists.note_look(reference, look)


class _Hour:
    """Time enough for a sweep."""

    def get_remaining_time_in_millis(self) -> int:
        """Returns an hour."""
        return 3_600_000


def _sweep(ports: Ports) -> None:
    run_sweep(_Hour(), ports)


def _erase(reference: str, ports: Ports) -> None:
    case = ports.store.case(reference)
    assert case is not None
    erase_case(case, ports)


def _credentials(filed: dict[str, str]) -> dict[str, str]:
    return {name: filed[name] for name in ("reference", "access_code")}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as site:
        build(POLICIES, Path(site) / "dist")
        print(report(ports_over(Path(site))))

"""What an operator sees: lines, ids, numbers and readiness, and nothing about persons."""

import json
import logging
import os
import re
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract
from functions.model.errors import InvocationFailed, MailPermanent, MailRetryable, StoreUnavailable
from functions.observability.invocation import invocation
from functions.observability.logs import JsonFormatter
from functions.observability.metrics import count
from functions.observability.request_context import RequestContext, current_context, in_context
from functions.sweep import run_sweep
from functions.web.app import create_app
from tests.conftest import Mailbox, StoppedClock, codec, on_store
from tests.helpers.filings import APPEAL
from tests.helpers.lambdas import FILER, answered, event, store_filing
from tests.helpers.log_leaks import HEARD
from tests.helpers.servers.runtime_api import Unpacked, running
from tests.helpers.servers.site_server import server

APPEALS = "/cases/accreditation-body/appeal"
OWN_ID = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
FOREIGN_ID = "0123456789abcdef0123456789abcdef"
CONTEXT = SimpleNamespace(function_name="ombud-prod-intake", aws_request_id="8e6f0a4c-1")


Said = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def said() -> Said:
    """The lines that were written since, read."""
    start = len(HEARD.lines)
    return lambda: [json.loads(line) for _, line in HEARD.lines[start:]]


def last(said: Said) -> dict[str, Any]:
    """The line that ended the last request."""
    return [line for line in said() if line["logger"] == "ombud.access"][-1]


def invoke(ports: Ports, asked: dict[str, Any]) -> dict[str, Any]:
    """What intake answers on AWS."""
    return answered(asked, ports, CONTEXT)


class Broken(SqliteStore):
    """A store that reads and does not write."""

    def increment(self, *_: object) -> int:
        """See Store."""
        raise StoreUnavailable("SQLite: database or disk is full")


def test_server_logs_json_with_the_pages_id(tmp_path: Path) -> None:
    """Each line of a real server is JSON; page, header and line have one id, and no token."""
    path = "/cases/receipt?token=secret"
    with server(tmp_path / "data", tmp_path / "dist") as (address, _):
        filing = urllib.request.Request(
            f"{address}{APPEALS}", json.dumps(APPEAL).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(filing) as answer:
            receipt = json.load(answer)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}{path}")
        page, given = refused.value.read().decode(), refused.value.headers["x-request-id"]
    assert OWN_ID.fullmatch(given)
    assert given in page
    said = (tmp_path / "server.log").read_text("utf-8").splitlines()
    written = [
        json.loads(line) for line in said if not re.match(r"(Site|Cases|Mail|warning): ", line)
    ]
    access = {line["request_id"]: line for line in written if line["logger"] == "ombud.access"}
    assert access[given]["status"] == 410
    assert access[given]["route"] == "/cases/receipt"
    assert access[given]["duration_ms"] > 0
    (filed,) = (one for one in access.values() if one.get("reference") == receipt["reference"])
    (stored,) = (line for line in written if line["message"] == "filing stored")
    assert stored["request_id"] == filed["request_id"]
    assert stored["reference"] == receipt["reference"]
    assert "secret" not in "".join(said)


@pytest.mark.parametrize(
    "foreign",
    [
        b"zhang",
        b"4000000000",
        b"x" * 5000,
        b"<b>",
        b"\xff\xfe" * 16,
        b"a\r\nSet-Cookie: x=1",
        FOREIGN_ID.encode() + b"\n",
        FOREIGN_ID.upper().encode(),
    ],
)
def test_hostile_id_is_not_taken(ports: Ports, foreign: bytes) -> None:
    """An id that could say anything is replaced, whatever a server lets through."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": "/cases/health", "query_string": b""}
    anyio.run(create_app(ports), scope | {"headers": [(b"x-request-id", foreign)]}, receive, send)
    (given,) = (value for name, value in messages[0]["headers"] if name == b"x-request-id")
    assert OWN_ID.fullmatch(given.decode())


def test_id_of_a_proxy_is_taken(client: TestClient) -> None:
    """32 hexadecimal digits, as nginx gives, go through to header and problem details."""
    answer = client.post(APPEALS, json={}, headers={"X-Request-Id": FOREIGN_ID})
    assert answer.headers["x-request-id"] == FOREIGN_ID
    assert answer.json()["instance"] == f"urn:ombud:request:{FOREIGN_ID}"


def test_id_of_the_api_is_taken(ports: Ports, said: Said) -> None:
    """On AWS the id is the HTTP API's, which its own log has too; nobody else names one."""
    asked = event("receipt_forged")
    asked["headers"]["x-request-id"] = FOREIGN_ID
    answer = invoke(ports, asked)
    given = asked["requestContext"]["requestId"]
    assert answer["headers"]["x-request-id"] == given
    assert given in answer["body"]
    assert last(said)["request_id"] == given


def test_page_without_contracts_has_the_id(ports: Ports, tmp_path: Path, said: Said) -> None:
    """A page that needs no contract names the id too, and the line says why."""
    empty = replace(ports, contracts=FolderContracts(str(tmp_path / "empty")))
    with TestClient(create_app(empty)) as client:
        assert client.get("/cases/ready").json()["contracts"] == "failed"
        answer = client.post(APPEALS, data=APPEAL)
    assert answer.status_code == 503
    assert f"<b>{answer.headers['x-request-id']}</b>" in answer.text
    (why,) = (line for line in said() if line["logger"] == "ombud.refusal")
    assert why["request_id"] == answer.headers["x-request-id"]
    assert why["exception"][0]["type"] == "ContractMissing"
    assert why["exception"][0]["frames"][-1].startswith("contracts/folder.py:")


def test_unexpected_error_is_answered_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    """What nobody foresaw is a 503 with all headers and one line of type and frames."""

    def fail(*_: object) -> None:
        raise ValueError(f"bad answer from {APPEAL['name']}")

    monkeypatch.setattr("functions.web.filing.begin_submit", fail)
    answer = client.post(APPEALS, data=APPEAL)
    assert answer.status_code == 503
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"] in answer.text
    errors = [line for line in said() if line["level"] == "ERROR"]
    assert [line["exception"][0]["type"] for line in errors] == ["ValueError"]
    assert errors[0]["exception"][0]["frames"][-1].endswith(":fail")
    assert APPEAL["name"] not in json.dumps(errors, ensure_ascii=False)
    assert last(said)["status"] == 503


def test_metrics_on_aws(ports: Ports, said: Said) -> None:
    """On AWS the last line of a request is a metric of the stack alone, with what was counted."""
    filing = event("json_plain")
    invoke(ports, filing)
    told = last(said)
    (directive,) = told["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Ombud"
    assert directive["Dimensions"] == [["Stack"]]
    assert told["Stack"] == "ombud-prod"
    assert {one["Name"]: one["Unit"] for one in directive["Metrics"]} == {
        "FilingsAccepted": "Count",
        "Duration": "Milliseconds",
    }
    assert told["FilingsAccepted"] == 1
    assert told["Duration"] == told["duration_ms"]
    invoke(ports, filing)
    assert last(said)["FilingsRepeated"] == 1
    invoke(ports, event("form_empty"))
    assert last(said)["FilingsRejected"] == 1


def test_no_metrics_elsewhere(client: TestClient, ports: Ports, said: Said) -> None:
    """On one machine there is no metric; on AWS none for a request that counts nothing."""
    client.post(APPEALS, json=APPEAL)
    assert "_aws" not in last(said)
    invoke(ports, event("health"))
    assert "_aws" not in last(said)


def test_lookups_are_counted(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right and wrong pairs of reference and code are counted, as are answers of 500 and more."""
    counted: list[str] = []
    monkeypatch.setattr("functions.web.status.case_access.count", counted.append)
    monkeypatch.setattr("functions.web.middleware.request_log.count", counted.append)
    filed = client.post(APPEALS, json=APPEAL).json()
    pair = {"reference": filed["reference"], "access_code": filed["access_code"]}
    client.post("/cases/status", json=pair)
    client.post("/cases/status", json=pair | {"access_code": "wrong"})
    monkeypatch.setattr("functions.web.filing.begin_submit", None)
    client.post(APPEALS, json=APPEAL)
    assert counted == ["LookupsFound", "LookupsNotFound", "ServerErrors"]


def test_mails_are_counted(ports: Ports, mailbox: Mailbox, said: Said) -> None:
    """What became of mails is counted, and their lines have reference and Message-ID only."""
    store_filing(ports)
    mailbox.failures = [MailPermanent("SMTP 550 5.1.1")]
    with invocation("sweep", CONTEXT):
        drain(ports)
    *mails, ended = said()
    assert (ended["MailsFailed"], ended["MailsSent"]) == (1, 2)
    assert {line["request_id"] for line in (*mails, ended)} == {"8e6f0a4c-1"}
    assert mails[0]["message"] == "acknowledgement failed for good: SMTP 550 5.1.1"
    assert mails[0]["mail"].endswith("@ombud.example.com>")
    assert FILER not in json.dumps(mails)


def test_failed_invocation_tells_its_type_alone(said: Said) -> None:
    """Lambda logs the message of what a function raises, so there is nothing in it."""
    with pytest.raises(InvocationFailed, match=r"^ValueError$"), invocation("sweep", CONTEXT):
        raise ValueError(f"what {APPEAL['name']} wrote")
    failed, ended = said()
    assert failed["exception"][0]["type"] == "ValueError"
    assert "message" not in failed["exception"][0]
    assert ended["message"] == "sweep ended"
    assert current_context() is None


def test_count_outside_of_a_call_is_nothing() -> None:
    """The worker of one machine counts nothing."""
    count("MailsSent")
    with in_context(RequestContext("id", "ombud-prod")) as call:
        count("MailsSent")
    assert call.counted == {"MailsSent": 1}


def test_lambda_logs_json(unpacked: Unpacked, wired: Path) -> None:
    """Under Lambda's own runtime client each line is JSON, and its last one a metric."""
    settings = {name: value for name, value in os.environ.items() if name.startswith("OMBUD_")}
    with running("functions.intake.handler", unpacked, settings) as intake:
        intake.invoke(event("json_plain"))
        said = intake.log.read_text("utf-8").splitlines()
    written = [json.loads(line) for line in said]
    assert [line["message"] for line in written] == [
        "filing stored",
        "POST /cases/{organisation}/{kind} 201",
    ]
    assert written[-1]["FilingsAccepted"] == 1
    assert written[-1]["Stack"] == "ombud"
    assert len({line["request_id"] for line in written}) == 1


def test_ready(client: TestClient) -> None:
    """Ready is a store that takes a write, and contracts that can be read."""
    answer = client.get("/cases/ready")
    assert answer.status_code == 200
    told = {"status": "ready", "store": "ok", "contracts": "ok"}
    assert answer.json() == told | {"oldest_owed_mail_seconds": None, "unreadable_mails": 0}


def test_ready_costs_the_same_with_any_number_of_organisations(
    client: TestClient, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads one contract, not that of each organisation: anybody may ask at any time."""
    read: list[str] = []
    contract = ports.contracts.contract

    def counted(digest: str) -> Contract:
        read.append(digest)
        return contract(digest)

    monkeypatch.setattr(ports.contracts, "contract", counted)
    assert client.get("/cases/ready").json()["contracts"] == "ok"
    assert len(ports.contracts.current().organisations) > 10
    assert len(read) == 1


def test_mail_that_waits_takes_no_intake_offline(client: TestClient, clock: StoppedClock) -> None:
    """Ready says how old the oldest owed mail is, and is ready all the same."""
    client.post(APPEALS, json=APPEAL)
    clock.forward(hours=1)
    answer = client.get("/cases/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert answer.json()["oldest_owed_mail_seconds"] == 3600


def test_oldest_owed_mail_is_measured(
    ports: Ports, mailbox: Mailbox, clock: StoppedClock, said: Said
) -> None:
    """The sweep says on AWS how long the oldest mail waits that it could not send, in seconds."""
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)
    store_filing(ports)
    clock.forward(hours=2)
    mailbox.failures = [MailRetryable("away")]
    with invocation("sweep", CONTEXT):
        run_sweep(context, ports)
    told = said()[-1]
    assert told["OldestOwedMail"] == 7200
    (directive,) = told["_aws"]["CloudWatchMetrics"]
    assert {"Name": "OldestOwedMail", "Unit": "Seconds"} in directive["Metrics"]
    clock.forward(hours=1)
    with invocation("sweep", CONTEXT):
        run_sweep(context, ports)
    assert "OldestOwedMail" not in said()[-1]  # all are sent


def test_not_ready_names_the_part(ports: Ports, tmp_path: Path, said: Said) -> None:
    """A store that only reads is alive and not ready; the answer says which part, the log why."""
    store = Broken(str(tmp_path / "broken.db"), codec())
    with TestClient(create_app(on_store(ports, store))) as client:
        assert client.get("/cases/health").json() == {"status": "ok"}
        answer = client.get("/cases/ready")
    store.close()
    assert answer.status_code == 503
    told = {"status": "not ready", "store": "failed", "contracts": "ok"}
    assert answer.json() == told | {"oldest_owed_mail_seconds": None, "unreadable_mails": 0}
    (why,) = (line for line in said() if line["logger"] == "ombud.health")
    assert why["exception"][0]["message"] == "SQLite: database or disk is full"


@pytest.mark.parametrize("content", ["that of another case", "no case"])
def test_case_in_anothers_place_is_told(
    client: TestClient, tmp_path: Path, said: Said, content: str
) -> None:
    """Its words are shown to nobody; the filer may come again, the log says what is wrong."""
    first, second = (
        client.post(APPEALS, json=APPEAL | {"account": words}).json() for words in ("甲", "乙")
    )
    of_first = f"(SELECT content FROM cases WHERE reference = '{first['reference']}')"
    database = sqlite3.connect(tmp_path / "ombud.db", isolation_level=None)
    database.execute(
        f"UPDATE cases SET content = {of_first if 'another' in content else 'reference'} "
        f"WHERE reference = '{second['reference']}'"
    )
    database.close()
    answer = client.post("/cases/status", json={n: second[n] for n in ("reference", "access_code")})
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "甲" not in answer.text
    (told,) = (line for line in said() if line["level"] == "ERROR")
    why = told["exception"][0]
    other = f"case {first['reference']} is stored in its place; restore the store from a backup"
    assert why["type"] == "StoredTextDamaged"
    assert why["message"].startswith(f"case {second['reference']}: ")
    assert (other if "another" in content else "what is stored is not a case") in why["message"]


def test_line_breaks_stay_in_their_line() -> None:
    """Nobody can forge a line."""
    record = logging.makeLogRecord({"name": "ombud", "msg": 'a\n{"level": "x"}\u2028b'})
    assert len(JsonFormatter().format(record).splitlines()) == 1

"""Files the cases that are kept of each release, in different states."""

import re
from typing import Any

from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.filings import APPEAL, GRIEVANCE

STATUS = "/cases/status"
_TEXT = ("evidence.txt", "排班表：连续四周。".encode(), "text/plain")


def file_cases(
    client: TestClient, ports: Ports, clock: StoppedClock
) -> tuple[list[dict[str, Any]], str]:
    """Files five cases and brings them into different states: filed, in review, withdrawn, closed.

    Returns reference, access code and the English answer to the look-up of each case, and the
    receipt of the first.
    """
    appeal = _file(client, "accreditation-body/appeal", APPEAL)
    receipt = client.get(appeal["location"].replace("receipt?", "receipt.txt?")).text
    with_file = client.post(
        "/cases/factory-staff/grievance", data=GRIEVANCE, files={"files": _TEXT}
    )
    reference = re.findall(r"[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}", with_file.text)[0]
    code = re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", with_file.text)[0]
    grievance = {"reference": reference, "access_code": code}
    clock.forward(hours=3)
    _staff(client, ports, reference, act="registered")
    clock.forward(days=2)
    _staff(client, ports, reference, act="decision", text="已调整排班。")
    clock.forward(days=1)
    _filer(client, grievance, "review", text="没有改。")
    withdrawn = _file(client, "factory-staff/grievance", GRIEVANCE | {"account": "已经解决。"})
    _filer(client, withdrawn, "withdraw", confirm="yes")
    closed = _file(client, "accreditation-body/complaint", _complaint())
    _staff(client, ports, closed["reference"], act="closed", text="已说明。")
    english = _file(client, "factory-staff/complaint", GRIEVANCE | {"language": "en"})
    credentials = [
        {name: case[name] for name in ("reference", "access_code")}
        for case in (appeal, grievance, withdrawn, closed, english)
    ]
    return [
        pair | {"status": client.post(STATUS, json=pair | {"language": "en"}).json()}
        for pair in credentials
    ], receipt


def _complaint() -> dict[str, str]:
    return {name: APPEAL[name] for name in ("account", "name", "email", "consent")} | {
        "category": "other"
    }


def _file(client: TestClient, path: str, answers: dict[str, str]) -> dict[str, Any]:
    answer = client.post(f"/cases/{path}", json=answers)
    assert answer.status_code == 201, answer.text
    filed: dict[str, Any] = answer.json()
    return filed | {"location": answer.headers["location"]}


def _filer(client: TestClient, pair: dict[str, Any], act: str, **fields: str) -> None:
    credentials = {name: pair[name] for name in ("reference", "access_code")}
    answer = client.post(f"{STATUS}/{act}", json=credentials | fields)
    assert answer.status_code == 200, answer.text


def _staff(client: TestClient, ports: Ports, reference: str, **fields: str) -> None:
    """Records an act of staff through the link in their newest mail about the case."""
    drain(ports)
    assert isinstance(ports.mailer, Mailbox)
    for message in reversed(ports.mailer.messages):
        body = message.get_body(("plain",))
        assert body is not None
        link = re.search(r"/cases/handle\?token=(\S+)", body.get_content())
        if link and reference in body.get_content():
            answer = client.post("/cases/handle", data={"handling": link[1]} | fields)
            assert answer.status_code == 200, answer.text
            return
    raise AssertionError(f"no mail about {reference} has a staff link")

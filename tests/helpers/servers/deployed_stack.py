"""The stack on the emulator of AWS, with what the tests of its commands file there."""

from dataclasses import dataclass
from hashlib import sha256

import httpx2
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.helpers.filings import APPEAL
from tests.helpers.sample_files import PDF


@dataclass(frozen=True)
class DeployedStack:
    """The stack on the emulator at `address`, and the environment of its intake function."""

    address: str
    environment: dict[str, str]


def filed_on(ports: Ports, **more: str) -> str:
    """The reference of a filing with a file, whose mails were sent."""
    with TestClient(create_app(ports)) as client:
        assert client.get("/cases/health").json() == {"status": "ok"}
        asked = {"name": "a.pdf", "size": len(PDF), "sha256": sha256(PDF).hexdigest()}
        voucher = client.post("/cases/uploads/accreditation-body/appeal", json=asked).json()
        sent = httpx2.post(voucher["url"], data=voucher["fields"], files={"file": PDF})
        assert sent.status_code == 204
        answers = APPEAL | {"uploads": [voucher["upload"]]} | more
        answer = client.post("/cases/accreditation-body/appeal", json=answers)
    assert answer.status_code == 201
    assert drain(ports) == 2
    reference: str = answer.json()["reference"]
    return reference

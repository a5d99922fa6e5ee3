"""The stack, deployed whole to an emulator of AWS, and the function on what that made."""

import json
import urllib.request
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import boto3
import httpx2
from starlette.testclient import TestClient

from functions.bootstrap import bootstrap, environment_settings
from functions.cases.delivery import drain
from functions.web.app import create_app
from tests.commands.run_aws import deployed
from tests.conftest import SITE_URL
from tests.helpers.filings import APPEAL
from tests.helpers.packaged import Packaged
from tests.helpers.sample_files import PDF


def test_stack_takes_a_filing(ministack: str, packaged: Packaged, tmp_path: Path) -> None:
    """Each function gets the very package, and what its environment names takes and tells."""
    environment = deployed(ministack, packaged, tmp_path, SITE_URL)
    code, desk_code = (
        b64encode(sha256(archive.read_bytes()).digest()).decode()
        for archive in (packaged.archive, packaged.desk_archive)
    )
    functions = boto3.client("lambda").list_functions()["Functions"]
    assert {one["FunctionName"]: one["CodeSha256"] for one in functions} == dict.fromkeys(
        ("ombud-prod-intake", "ombud-prod-notify", "ombud-prod-sweep", "ombud-prod-feedback"), code
    ) | {"ombud-prod-desk": desk_code}
    ports = bootstrap(environment_settings(environment))
    with TestClient(create_app(ports)) as client:
        assert client.get("/cases/health").json() == {"status": "ok"}
        asked = {"name": "a.pdf", "size": len(PDF), "sha256": sha256(PDF).hexdigest()}
        voucher = client.post("/cases/uploads/accreditation-body/appeal", json=asked).json()
        sent = httpx2.post(voucher["url"], data=voucher["fields"], files={"file": PDF})
        assert sent.status_code == 204
        answers = APPEAL | {"uploads": [voucher["upload"]]}
        filed = client.post("/cases/accreditation-body/appeal", json=answers)
    assert filed.status_code == 201
    assert drain(ports) == 2
    (kept,) = ports.shelf.entries("waiting")
    assert ports.shelf.read(kept.key) == PDF
    with urllib.request.urlopen(f"{ministack}/_ministack/ses/messages") as answer:
        (messages,) = json.load(answer)["messages"].values()
    assert {message["To"][0] for message in messages} == {
        "zhang@example.com",
        "office@accreditation.example.com",
    }

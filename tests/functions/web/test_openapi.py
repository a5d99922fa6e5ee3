"""The interface as OpenAPI says it is: valid, published, and kept by what the function answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.conftest import SITE_URL
from tests.helpers.filings import APPEAL

ORGANISATION = "accreditation-body"
Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 40
"""For each operation and mode: some seconds, as every filing is stored."""


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong codes are not waited for; `test_app.py` holds that they are."""

    async def sleep(_: float) -> None:
        pass

    monkeypatch.setattr("functions.web.status.case_access.anyio.sleep", sleep)


def document(built: Path, organisation: str = ORGANISATION) -> dict[str, Any]:
    """The published document of an organisation."""
    content = json.loads((built / organisation / "openapi.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def interface(built: Path, ports: Ports) -> BaseSchema:
    """The document, over the application itself."""
    schema = openapi.from_dict(document(built))
    schema.app = create_app(ports)
    return schema


PUBLISHING = ("car-dealer", "commercial-bank", "housing-association")
"""The samples that publish their figures."""


def test_every_document_is_valid(built: Path) -> None:
    """Each organisation has a document that OpenAPI 3.1's own schema accepts, with each kind."""
    current = json.loads((built / "contracts" / "current.json").read_text(encoding="utf-8"))
    for organisation, digest in current["organisations"].items():
        contract = json.loads((built / "contracts" / f"{digest}.json").read_text(encoding="utf-8"))
        content = document(built, organisation)
        openapi.from_dict(content).validate()
        filed = {f"/cases/{organisation}/{kind}" for kind in contract["kinds"]}
        figures = f"/cases/{organisation}/statistics.json"
        published = {figures} & content["paths"].keys()
        assert content["paths"].keys() == filed | published | {"/cases/status"}
        assert bool(published) == (organisation in PUBLISHING)
        assert content["servers"] == [{"url": SITE_URL}]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_answers_are_as_documented(built: Path, ports: Ports, mode: GenerationMode) -> None:
    """Whatever is sent, right or wrong: no 5xx; status, media type, headers and body as said."""
    seen: dict[str, set[int]] = {}
    for found in interface(built, ports).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        statuses = seen.setdefault(operation.path, set())
        for case in drawn(operation, mode):
            answer = case.call()
            case.validate_response(answer, checks=CHECKS)
            statuses.add(answer.status_code)
    assert seen.keys() == document(built)["paths"].keys()
    looked_up = seen.pop("/cases/status")
    if mode is GenerationMode.POSITIVE:
        assert looked_up == {404}
        assert all(201 in statuses for statuses in seen.values())
    else:
        assert all(statuses >= {400, 422} for statuses in seen.values())


def drawn(operation: Operation, mode: GenerationMode) -> list[AnyCase]:
    """The same requests each time, of those that the document allows or forbids."""
    cases: list[AnyCase] = []

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def keep(case: AnyCase) -> None:
        cases.append(case)

    keep()
    return cases


def test_a_case_is_as_documented(built: Path, ports: Ports) -> None:
    """Receipt and case have every key that the document names, and no other."""
    content = document(built)
    schemas = content["components"]["schemas"]
    with TestClient(create_app(ports), base_url=SITE_URL) as client:
        receipt = client.post(f"/cases/{ORGANISATION}/appeal", json=APPEAL).json()
        pair = {name: receipt[name] for name in ("reference", "access_code")}
        answer = client.post("/cases/status", json=pair)
    assert answer.status_code == 200
    assert receipt.keys() == schemas["Receipt"]["properties"].keys()
    assert answer.json().keys() == schemas["Case"]["properties"].keys()
    interface(built, ports)["/cases/status"]["POST"].validate_response(answer)


def test_days_of_long_ago(built: Path, ports: Ports) -> None:
    """A day before there was standard time is answered with moments of RFC 3339 all the same."""
    operation = interface(built, ports)[f"/cases/{ORGANISATION}/appeal"]["POST"]
    with TestClient(create_app(ports), base_url=SITE_URL) as client:
        for day in ("1900-01-01", "1900-12-31"):
            answer = client.post(operation.path, json=APPEAL | {"decided_on": day})
            assert answer.status_code == 201
            operation.validate_response(answer)

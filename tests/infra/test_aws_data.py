"""What the package has of botocore's data."""

import json
import re
from functools import partial
from gzip import decompress
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import ServiceId
from botocore.session import Session

from functions.adapters import aws
from infra.aws_data import CALLED, aws_data
from infra.package import ROOT

ADAPTERS = {
    "dynamodb": ["dynamodb/table.py"],
    "kms": ["dynamodb/kms.py"],
    "s3": ["contracts/s3.py", "files/s3.py"],
    "secretsmanager": ["secrets.py"],
    "sesv2": ["mail/ses.py"],
    "ssm": ["secrets.py"],
}
_OWN_METHODS = {"close", "exceptions", "generate_presigned_post", "generate_presigned_url"}
_CALLS = re.compile(
    r"_client\.(\w+)|get_paginator\(\s*\"(\w+)\"|_request\(name, \"\w+\", \"(\w+)\"|"
    r"_ask\(\"(\w+)\""
)
_SERVICES = re.compile(r"create_client\(\"(\w+)\"|_request\(name, \"(\w+)\"")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data as in the package."""
    for name, content in aws_data():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def test_every_service_is_there() -> None:
    """Each that functions have a client of; CloudFormation is asked by commands alone."""
    adapters = (ROOT / "functions" / "adapters").rglob("*.py")
    found = {name for path in adapters for name in _SERVICES.findall(path.read_text())}
    assert {next(filter(None, names)) for names in found} == {*CALLED, "cloudformation"}


@pytest.mark.parametrize("service", CALLED)
def test_every_operation_that_is_called_is_there(service: str) -> None:
    """What an adapter calls of its client is in the data, or a method of the client itself."""
    same = [name for name in CALLED if set(ADAPTERS[name]) & set(ADAPTERS[service])]
    known = {xform_name(operation) for name in same for operation in CALLED[name]}
    for name in ADAPTERS[service]:
        text = (ROOT / "functions" / "adapters" / name).read_text(encoding="utf-8")
        called = {next(filter(None, found)) for found in _CALLS.findall(text)}
        assert called - _OWN_METHODS - {"get_paginator", "meta"} <= known, name


def test_services_are_named_as_botocore_names_their_events() -> None:
    """What botocore does with their requests, and with those of any service, is registered."""
    data = Session().get_component("data_loader")
    models = (data.load_service_model(name, "service-2") for name in (*CALLED, "cloudformation"))
    ids = {ServiceId(model["metadata"]["serviceId"]).hyphenize() for model in models}
    assert ids == set(aws.SERVICES)
    assert all(aws.concerns_us(f"before-call.{name}.Operation") for name in aws.SERVICES)
    assert aws.concerns_us("request-created")
    assert aws.concerns_us("before-parse.*.Operation")
    assert not aws.concerns_us("before-call.ec2.CopySnapshot")
    assert not aws.concerns_us("docs.*.s3.CopyObject.complete-section")


@pytest.mark.parametrize("service", CALLED)
def test_client_is_made_of_the_data_alone(
    service: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client has the operations that are called, each with its input, and no others."""
    session = Session()
    loader = Loader([str(folder)], include_default_search_paths=False)
    monkeypatch.setattr(loader, "load_data", partial(_or_own, loader.load_data))
    session.register_component("data_loader", loader)
    client = session.create_client(
        service,
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    model, whole = client.meta.service_model, Session().get_service_model(service)
    assert set(model.operation_names) == set(CALLED[service])
    for operation in CALLED[service]:
        ours, theirs = (each.operation_model(operation).input_shape for each in (model, whole))
        assert ours is not None
        assert theirs is not None
        assert list(ours.members) == list(theirs.members)
        assert ours.required_members == theirs.required_members


@pytest.mark.parametrize("region", ["eu-central-1", "cn-north-1"])
def test_table_has_botocores_own_address(
    region: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data does not have botocore look for ARNs of tables: a name leads to the same address."""
    monkeypatch.setattr(aws, "_PLACE", folder.parent)
    monkeypatch.setattr(aws, "AWS_DATA", folder.name)
    put = {"Put": {"TableName": "ombud", "Item": {"pk": {"S": "1"}}}}
    addresses = set[str]()
    for session in (aws.session.__wrapped__(), Session()):
        client: Any = session.create_client(
            "dynamodb",
            region_name=region,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        signed = client.generate_presigned_url("transact_write_items", {"TransactItems": [put]})
        addresses.add(signed.partition("?")[0])
    assert len(addresses) == 1


def _or_own(load: object, name: str) -> object:
    """What is of no service, such as the names of partitions, is botocore's own."""
    if name in ("partitions", "sdk-default-configuration", "_retry"):
        return Loader().load_data(name)
    return load(name)  # type: ignore[operator]


def test_session_reads_the_packages_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is there; what it lacks comes from botocore."""
    assert aws.AWS_DATA == "aws_data"
    monkeypatch.setattr(aws, "_PLACE", folder.parent)
    monkeypatch.setattr(aws, "AWS_DATA", folder.name)
    loader = aws.session.__wrapped__().get_component("data_loader")
    assert set(loader.list_available_services("service-2")) == set(CALLED)
    assert json.loads(decompress((folder / "endpoints.json.gz").read_bytes())) == loader.load_data(
        "endpoints"
    )
    assert "pagination" in loader.load_service_model("s3", "paginators-1")


def test_checkout_reads_botocores_own() -> None:
    """Commands on a machine may call any operation."""
    loader = aws.session.__wrapped__().get_component("data_loader")
    assert "cloudformation" in loader.list_available_services("service-2")

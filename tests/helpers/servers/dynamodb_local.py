"""Runs DynamoDB Local and creates the table of the store in it."""

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pytest
from botocore.config import Config

from functions.adapters.aws import session
from functions.adapters.dynamodb.store import dynamodb_client
from site_src.places import ROOT

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_HOME = ROOT / "node_modules" / "amplify-dynamodb-simulator" / "emulator"
_START_SECONDS = 180
_INDEXES = {
    "owed-due": ("owed", "due_at"),
    "owed-since": ("owed", "owed_at"),
    "listed-sort": ("listed", "sort"),
}
"""As in infra/table.yml."""


class EmulatorMissing(Exception):
    """Something that the emulator needs is not installed; the message says what installs it."""


@contextmanager
def emulator(log: Path, port: int) -> Iterator[str]:
    """Runs an empty emulator in memory; yields its address. Raises EmulatorMissing."""
    java = shutil.which("java")
    if java is None or not _HOME.exists():
        missing = "java" if java is None else _HOME.parent.name
        raise EmulatorMissing(f"{missing} is not installed; `make emulators` installs it")
    command = [
        *(java, f"-Djava.library.path={_HOME / 'DynamoDBLocal_lib'}"),
        *("-jar", str(_HOME / "DynamoDBLocal.jar"), "-port", str(port)),
        *("-inMemory", "-sharedDb", "-disableTelemetry"),
    ]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=output, cwd=log.parent) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process)
            _warm(address)
            yield address
        finally:
            process.terminate()


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Waits for any answer: the emulator refuses a bare GET with 400."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1)
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("DynamoDB Local did not start")


def _warm(address: str) -> None:
    """Makes a table with patience: the first takes longer than the functions' client waits."""
    client = session().create_client(
        "dynamodb",
        endpoint_url=address,
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(read_timeout=_START_SECONDS, retries={"total_max_attempts": 1}),
    )
    with table(cast("DynamoDBClient", client)):
        pass


def client_at(address: str) -> "DynamoDBClient":
    """Returns the functions' own client, for the emulator or a proxy before it."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_ENDPOINT_URL_DYNAMODB": address,
            "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }.items():
            environment.setenv(name, value)
        return dynamodb_client()


@contextmanager
def table(client: "DynamoDBClient") -> Iterator[str]:
    """Creates an empty table and deletes it afterwards; yields its name."""
    name = f"ombud-{uuid4()}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": attribute, "AttributeType": "S"}
            for attribute in sorted(
                {"pk", "sk", *(key for keys in _INDEXES.values() for key in keys)}
            )
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": key, "KeyType": "HASH"},
                    {"AttributeName": order, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for index, (key, order) in _INDEXES.items()
        ],
    )
    yield name
    client.delete_table(TableName=name)

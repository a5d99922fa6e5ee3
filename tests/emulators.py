"""Emulators of AWS services on this machine (docs/decisions/0007-emulators.md)."""

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from moto.server import ThreadedMotoServer

from site_src.site import ROOT

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "emulator",
    "AWS_SECRET_ACCESS_KEY": "emulator",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""What a client needs to have; no emulator looks at it."""

_DYNAMODB = ROOT / "node_modules" / "amplify-dynamodb-simulator" / "emulator"
_START_SECONDS = 60


class EmulatorMissing(Exception):
    """Something that the emulator needs is not installed; says what and how to get it."""


@contextmanager
def dynamodb_local(folder: Path, port: int) -> Iterator[str]:
    """DynamoDB Local, in memory, empty; its endpoint. `folder` takes its log."""
    java = shutil.which("java")
    if java is None or not _DYNAMODB.exists():
        missing = "java" if java is None else _DYNAMODB.parent.name
        raise EmulatorMissing(f"{missing} is not installed; `make emulators` installs it")
    command = [
        java,
        f"-Djava.library.path={_DYNAMODB / 'DynamoDBLocal_lib'}",
        "-Djava.net.preferIPv4Stack=true",
        "-jar",
        str(_DYNAMODB / "DynamoDBLocal.jar"),
        "-port",
        str(port),
        "-inMemory",
        "-disableTelemetry",
    ]
    with (
        (folder / "dynamodb.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as process,
    ):
        endpoint = f"http://127.0.0.1:{port}"
        try:
            _wait(endpoint, process)
            yield endpoint
        finally:
            process.terminate()


def _wait(endpoint: str, process: "subprocess.Popen[bytes]") -> None:
    """Until it answers anything at all: a bare GET is refused with 400."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(endpoint, timeout=1)
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise EmulatorMissing("DynamoDB Local did not start; see dynamodb.log")


@contextmanager
def s3(port: int) -> Iterator[str]:
    """Moto's S3, in this process and on loopback; its endpoint."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()

"""Runs ministack, an emulator of AWS, from its own virtual environment."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.servers.listening import wait_for

PROGRAM = Path(sys.prefix) / "ministack" / "bin" / "ministack"

_START_SECONDS = 180
_NOT_STARTED = "the AWS emulator did not start; `make test` installs it"


@contextmanager
def emulator(log: Path, port: int) -> Iterator[str]:
    """Runs the emulator; yields its address, the endpoint of every service."""
    settings = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "LAMBDA_EXECUTOR": "local"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PROGRAM], env=os.environ | settings, stdout=output, stderr=output
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/_ministack/health", process, _START_SECONDS, _NOT_STARTED)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def reset(address: str) -> None:
    """Deletes the data of every service."""
    urllib.request.urlopen(
        urllib.request.Request(f"{address}/_ministack/reset", method="POST")
    ).close()

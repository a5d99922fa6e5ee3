"""AWS on this machine: ministack in a process of its own, from its own virtual environment."""

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

_START_SECONDS = 60
_SILENT = "the AWS emulator did not start; `make test` installs it"


@contextmanager
def emulator(log: Path, port: int) -> Iterator[str]:
    """The emulator at a port; gives its address, which is every service's endpoint."""
    own = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "LAMBDA_EXECUTOR": "local"}
    with log.open("wb") as output:
        process = subprocess.Popen([PROGRAM], env=os.environ | own, stdout=output, stderr=output)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/_ministack/health", process, _START_SECONDS, _SILENT)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def reset(address: str) -> None:
    """Empties every service."""
    urllib.request.urlopen(
        urllib.request.Request(f"{address}/_ministack/reset", method="POST")
    ).close()

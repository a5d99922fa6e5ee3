"""AWS on this machine: ministack in a process of its own, from its own virtual environment."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path(sys.prefix) / "ministack" / "bin" / "ministack"

_START_SECONDS = 60


@contextmanager
def emulator(log: Path, port: int) -> Iterator[str]:
    """The emulator at a port; gives its address, which is every service's endpoint."""
    own = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "LAMBDA_EXECUTOR": "local"}
    with log.open("wb") as output:
        process = subprocess.Popen([PROGRAM], env=os.environ | own, stdout=output, stderr=output)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/_ministack/health", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def reset(address: str) -> None:
    """Empties every service."""
    urllib.request.urlopen(
        urllib.request.Request(f"{address}/_ministack/reset", method="POST")
    ).close()


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("the AWS emulator did not start; `make test` installs it")

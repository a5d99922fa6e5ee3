"""The real server in a process of its own, to be used and to be killed."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_src.site import ROOT
from tests.conftest import free_port

_START_SECONDS = 60


@contextmanager
def server(data: Path, out: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """`build.py serve` on a free port; gives its address and process."""
    port = free_port()
    command = [sys.executable, "build.py", "serve", "--port", str(port)]
    command += ["--data", str(data), "--out", str(out)]
    with (data.parent / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/cases/health", process)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("the server did not start; see server.log")

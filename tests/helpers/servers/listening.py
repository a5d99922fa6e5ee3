"""Finds free ports, and waits for processes that listen on them."""

import socket
import subprocess
import time
import urllib.error
import urllib.request


def free_port() -> int:
    """Returns a port of localhost that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: "subprocess.Popen[bytes]", seconds: float, why: str) -> None:
    """Waits until the address answers. Raises RuntimeError(why) if it ends or takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(why)

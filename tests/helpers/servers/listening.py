"""Finds free ports, and waits for processes that listen on them."""

import os
import random
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import cycle

_FIRST, _SHARE, _WORKERS = 20_000, 3_000, 4
"""Each of four workers of pytest has so many ports of its own, below those that systems give to
connections. So nobody else of them gets a port that a server takes only later, or that nobody is to
listen on; a fifth worker shares those of the first."""


def _own_ports() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first, begin = _FIRST + worker % _WORKERS * _SHARE, random.SystemRandom().randrange(_SHARE)
    return cycle([first + (begin + number) % _SHARE for number in range(_SHARE)])


_PORTS = _own_ports()


def free_port() -> int:
    """Returns a port of localhost that nobody listens on."""
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("_PORTS never ends")


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

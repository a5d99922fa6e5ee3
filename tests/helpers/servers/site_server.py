"""Runs the real server in a process, or pages and function over a test's ports in a thread."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from cli.serving.connections import TimedConnection
from cli.serving.left_out import LeftOutPages
from cli.serving.static_pages import page_mounts, with_pages
from cli.serving.with_part import WithPart
from functions.cases.desk.access import DESK
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from functions.web.desk.app import create_desk
from site_src.languages import site_languages
from site_src.places import ROOT
from tests.helpers.log_leaks import HEARD
from tests.helpers.servers.listening import free_port, wait_for

SAID = "server.out"
"""The file beside the data in which the server's own words are."""

_START_SECONDS = 180
_NOT_STARTED = "the server did not start; see server.log"


@contextmanager
def server(data: Path, out: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Runs `build.py serve` on a free port; yields its address and process."""
    port = free_port()
    command = [sys.executable, "build.py", "serve", "--port", str(port)]
    command += ["--data", str(data), "--out", str(out)]
    path = data.parent / "server.log"
    # What it says to whoever starts it, such as a link that logs in, is no log line.
    with path.open("ab") as log, (data.parent / SAID).open("ab") as said, HEARD.file(path):
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/cases/health", process, _START_SECONDS, _NOT_STARTED)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(timeout=30)


def site_here(ports: Ports, out: Path, left_out: LeftOutPages | None = None) -> WithPart:
    """Returns pages and functions over these ports, combined as in the local server."""
    site = with_pages(create_app(ports), page_mounts(out, site_languages(), left_out))
    return WithPart(site, DESK, create_desk(ports))


@contextmanager
def served_here(ports: Ports, out: Path) -> Iterator[str]:
    """Serves pages and function over these ports in a thread; yields the address."""
    with serving(site_here(ports, out)) as address:
        yield address


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serves an application in a thread of this process; yields its address."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            port=port,
            http=TimedConnection,
            log_level="error",
            access_log=False,
            lifespan="off",
        )
    )
    thread = Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)

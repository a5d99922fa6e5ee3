"""`python -m benchmarks.serving.servers NAME PORT FOLDER`: serves Ombud or its peer alike.

Each runs in one process under the uvicorn of the lock, with asyncio and h11; `workers` is Ombud in
as many processes as `serve --production` has. Ombud writes its log lines as usual; nobody reads
them. Mails stay in the outbox.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cli.serving.starting import keep_what_is_there
from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.encryption.codec import Codec
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.mail.maildir import Maildir
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.ports import Ports
from functions.observability.logs import configure
from functions.web.app import create_app
from tests.conftest import KEY, SITE_URL, codec
from tests.helpers.servers.listening import free_port

Name = Literal["ombud", "workers", "starlette"]

WORKERS = 2
_FOLDER = "BENCH_FOLDER"
"""Tells worker processes of their folder."""

_START_SECONDS = 180


def bare_starlette() -> Starlette:
    """Returns the smallest application for a filing: it reads it and answers it."""

    async def echo(request: Request) -> JSONResponse:
        if request.headers["content-type"] == "application/json":
            return JSONResponse(await request.json(), 201)
        return JSONResponse(dict(parse_qsl((await request.body()).decode())), 201)

    return Starlette(routes=[Route("/cases/{organisation}/{kind}", echo, methods=["POST"])])


def ports_over(folder: Path) -> Ports:
    """Returns ports with a durable SQLite store and the built contracts of the folder."""
    store = SqliteStore(str(folder / "ombud.db"), encrypting())
    return Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=FolderContracts(str(folder / "dist" / "contracts")),
        mailer=Maildir(str(folder / "mail")),
        shelf=FolderFileStorage(str(folder / "files")),
        scanner=None,
        now=_now,
        key=KEY,
        sender="no-reply@ombud.example.com",
        site_url=SITE_URL,
    )


def _now() -> datetime:
    return datetime.now(UTC)


def encrypting() -> Codec:
    """Returns the codec that the bootstrap makes, which encrypts personal data."""
    return codec(_now)


@dataclass(frozen=True)
class Server:
    """A server in processes of its own; reads its resource use from Linux's /proc."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Returns the processor time used so far, in user and kernel mode, by all processes."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return sum(map(_cpu_seconds, (self.pid, *map(int, children.split()))))

    def memory(self) -> int:
        """Returns the resident memory of the first process in bytes."""
        pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(name: Name, folder: Path) -> Iterator[Server]:
    """Starts a server, yields it once it answers, and ends it."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.serving.servers", name, str(port), str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int) -> None:
    """Waits until the server listens. Raises TimeoutError after three minutes."""
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise TimeoutError(f"no server on port {port}") from None
            time.sleep(0.1)


def worker() -> Starlette:
    """Returns the application of one worker process."""
    return _ombud(os.environ[_FOLDER])


def _ombud(folder: str) -> Starlette:
    configure()
    app = create_app(ports_over(Path(folder)))
    keep_what_is_there()
    return app


def main() -> None:
    """Serves until the process is ended."""
    name, port, folder = sys.argv[1:]
    app: Starlette | str = bare_starlette()
    if name == "ombud":
        app = _ombud(folder)
    if name == "workers":
        os.environ[_FOLDER], app = folder, "benchmarks.serving.servers:worker"
    uvicorn.run(
        app, factory=name == "workers", workers=WORKERS if name == "workers" else None,
        port=int(port), log_config=None, access_log=False, lifespan="off",
        loop="asyncio", http="h11",
    )  # fmt: skip


if __name__ == "__main__":
    main()

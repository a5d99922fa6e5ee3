"""Runs function and mail worker in a process to kill, like `build.py serve` without the build.

It forks each process from one that has loaded everything, so a process starts in milliseconds and
a test can kill a thousand.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread

import uvicorn

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import DerivedKeyring, TextCipher
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.mail.smtp import SmtpMailer
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.ports import Ports
from functions.notify import work
from functions.web.app import create_app

_START_SECONDS = 180
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        __name__,
        # Imports of tests.commands.soak: if it runs as a command, each process imports it again.
        "tests.helpers.servers.mail_server",
        "uvicorn.lifespan.off",
        "uvicorn.loops.asyncio",
        "uvicorn.protocols.http.h11_impl",
    ]
)


@dataclass(frozen=True)
class Place:
    """The folder of the store, the built contracts, and the address of the mail server."""

    folder: Path
    contracts: Path
    mail: str


def _ports(place: Place, ahead: timedelta) -> Ports:
    """Returns ports without a printer, which would search for its libraries at each start."""
    key = bytes(range(32))

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    codec = Codec(TextCipher(DerivedKeyring((key,))), now)
    store = SqliteStore(str(place.folder / "ombud.db"), codec)
    return Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=FolderContracts(str(place.contracts)),
        mailer=SmtpMailer(place.mail),
        shelf=FolderFileStorage(str(place.folder / "files")),
        scanner=None,
        now=now,
        key=key,
        sender="no-reply@ombud.example.com",
        site_url="https://ombud.example.com",
    )


def _serve(place: Place, ahead: timedelta, port: int) -> None:
    ports, stop = _ports(place, ahead), Event()
    worker = Thread(target=work, args=(ports, stop), daemon=True)
    worker.start()
    uvicorn.run(
        create_app(ports),
        port=port,
        log_level="error",
        lifespan="off",
        loop="asyncio",
        http="h11",
        ws="none",
    )
    stop.set()
    worker.join(timeout=5)


def _work(place: Place, ahead: timedelta) -> None:
    work(_ports(place, ahead), Event())


def main(folder: str, contracts: str, mail: str, port: str) -> None:
    """Serves in this process, which a test started with an environment of its own."""
    _serve(Place(Path(folder), Path(contracts), mail), timedelta(), int(port))


def start(place: Place, port: int, ahead: timedelta = timedelta()) -> BaseProcess:
    """Starts a server with its mail worker; its clock is `ahead` of ours."""
    return _start(_serve, place, ahead, port)


def start_worker(place: Place, at: datetime) -> BaseProcess:
    """Starts a mail worker without a server; its clock begins at a moment near the filings'.

    By a later one it would send reminders of them, too.
    """
    return _start(_work, place, at - datetime.now(UTC))


def _start(target: Callable[..., None], *args: object) -> BaseProcess:
    process = _CONTEXT.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """Kills the process with SIGKILL and waits for its end."""
    process.kill()
    process.join()


def wait_until_open(port: int, is_alive: Callable[[], bool]) -> None:
    """Waits until the server answers. Raises RuntimeError if it ends or never answers."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and is_alive():
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/cases/health")
            connection.getresponse().read()
            return
        except (OSError, HTTPException):
            time.sleep(0.005)
        finally:
            connection.close()
    raise RuntimeError("the server did not start")


@contextmanager
def station(place: Place, port: int, ahead: timedelta = timedelta()) -> Iterator[BaseProcess]:
    """Starts a server, yields it once it answers, and kills it at the end."""
    process = start(place, port, ahead)
    try:
        wait_until_open(port, process.is_alive)
        yield process
    finally:
        kill(process)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A disk that is full under a running server: nothing is claimed, nothing is half there."""

import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from site_src.places import ROOT
from tests.commands.soak import Tally, Witness, examine
from tests.helpers.servers import server_process as station
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.mail_server import mail_server
from tests.helpers.soak_filing import errand, send

_JSON, _FORM = 0, 6
"""Errands that are sent in these ways."""


@dataclass(frozen=True)
class Disk:
    """The disk of a running server, what fills and frees it, and what filers are told then."""

    folder: Path
    fill: Callable[[], None]
    free: Callable[[], None]
    problem: str
    page: str


@contextmanager
def full_to_the_kernel(folder: Path, contracts: Path, mail: str, port: int) -> Iterator[Disk]:
    """A file system of eight megabytes, mounted where only the server sees it."""
    inside = f"mount -t tmpfs -o size=8m tmpfs {folder} && exec "
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*command, f"{inside} true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a file system of their own")
    server = [
        sys.executable,
        "-m",
        "tests.helpers.servers.server_process",
        str(folder),
        str(contracts),
        mail,
        str(port),
    ]
    process = subprocess.Popen([*command, inside + " ".join(server)], cwd=ROOT)
    seen = Path(f"/proc/{process.pid}/root{folder}")
    ballast = seen / "ballast"

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(512)):
                pass

    try:
        station.wait_until_open(port, lambda: process.poll() is None)
        yield Disk(
            folder=seen,
            fill=fill,
            free=ballast.unlink,
            problem="Nothing was stored; send it again later.",
            page="您的内容没有提交",
        )
    finally:
        process.kill()
        process.wait()


@contextmanager
def full_to_the_commit(folder: Path, contracts: Path, mail: str, port: int) -> Iterator[Disk]:
    """Files that may not grow: SQLite fails in its very commit and cannot say why."""
    with station.station(station.Place(folder, contracts, mail), port) as process:
        assert process.pid is not None
        pid, log = process.pid, folder / "ombud.db-wal"
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)

        def limit(size: int) -> None:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, most))

        yield Disk(
            folder=folder,
            fill=lambda: limit(log.stat().st_size),
            free=lambda: limit(most),
            problem="It is not known whether this was stored. "
            "Send it again: it is stored only once.",
            page="您的内容可能已经收到",
        )


@pytest.mark.parametrize("full", [full_to_the_kernel, full_to_the_commit])
def test_full_disk(
    built: Path,
    tmp_path: Path,
    full: Callable[[Path, Path, str, int], AbstractContextManager[Disk]],
) -> None:
    """503 with Retry-After until there is room; then the same again gets its one receipt."""
    tally, port, receipts = Tally(), free_port(), {}
    with (
        mail_server(tally) as mail_port,
        full(tmp_path, built / "contracts", f"smtp://127.0.0.1:{mail_port}", port) as disk,
    ):
        receipts[1] = send(errand(1), port).reference
        wait_for_mails(disk, tmp_path / "before")
        disk.fill()
        for number, said in ((_JSON, disk.problem), (_FORM, disk.page)):
            answer = send(errand(number), port)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
            assert said in answer.content
        assert healthy(port)
        disk.free()
        for number in (_JSON, _FORM):
            receipts[number] = send(errand(number), port).reference
            assert send(errand(number), port).reference == receipts[number]
        database = wait_for_mails(disk, tmp_path / "after")
        given = {number: str(reference) for number, reference in receipts.items()}
        witness = Witness(0, given, tally.arrived, 0, 0, ())
        assert list(examine(database, witness)) == []


def wait_for_mails(disk: Disk, folder: Path) -> Path:
    """A copy of the store, in `folder`, once it owes nothing: SQLite sees no other's mounts."""
    folder.mkdir()
    owed = True
    while owed:
        time.sleep(0.05)
        for name in ("ombud.db", "ombud.db-wal"):
            shutil.copy(disk.folder / name, folder)
        with closing(sqlite3.connect(folder / "ombud.db")) as store:
            owed = store.execute("SELECT 1 FROM outbox WHERE state = 'owed'").fetchone()
    return folder / "ombud.db"


def healthy(port: int) -> bool:
    """Whether what is stored can still be read."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/cases/health")
    try:
        return connection.getresponse().status == 200
    finally:
        connection.close()

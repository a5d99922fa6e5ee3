"""A worker that is killed after a mail went: it goes again under its Message-ID, nothing is lost.

The worker is a process of its own, killed by the mail server as soon as a reminder has arrived.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from functions.adapters.sqlite.store import SqliteStore
from functions.model.mail import TYPE_HEADER
from tests.conftest import StoppedClock, codec
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.desk.staff_directory import member, write_staffed
from tests.helpers.servers import server_process
from tests.helpers.servers.mail_server import Sink, mail_server, read
from tests.helpers.servers.waiting import eventually

CE, DU = "ce@bank.example.com", "du@bank.example.com"
STAFF = {"commercial-bank": (member(CE, "丙", "complaints"), member(DU, "丁", "complaints"))}
_LONGEST_SECONDS = 120
WORKING = datetime(2026, 3, 13, 2, tzinfo=UTC)
"""Friday, ten o'clock at the bank: eleven days after the filing of two complaints."""


@dataclass
class Killer(Sink):
    """Takes mails, counts reminders by reader and Message-ID, and kills whoever sends one.

    Nobody is killed while `victims` is None. It waits for who is to be killed, since a worker may
    be faster than the test that started it.
    """

    victims: SimpleQueue[BaseProcess] | None = None
    arrived: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Kills the worker between its mail and its mark."""
        mail = read(envelope.content or b"")
        if mail[TYPE_HEADER] == "reminder":
            self.arrived[str(mail["To"]), str(mail["Message-ID"])] += 1
            if self.victims is not None:
                self.victims.get(timeout=_LONGEST_SECONDS).kill()
        return "250 OK"


def has_ended(worker: BaseProcess) -> bool:
    """Whether the worker was killed."""
    return not worker.is_alive()


def told(tmp_path: Path, reference: str) -> tuple[str, ...]:
    """The stages that a case is marked with."""
    store = SqliteStore(str(tmp_path / "ombud.db"), codec(StoppedClock(WORKING)))
    try:
        summary = store.summary(reference)
        return summary.told if summary else ()
    finally:
        store.close()


@pytest.mark.parametrize("kills", [1, 2])
def test_kill_between_mail_and_mark(
    watched: WatchedCases, built: Path, tmp_path: Path, kills: int
) -> None:
    """Both readers get their digest, each under one Message-ID; what was sent may come again."""
    write_staffed(built, tmp_path / "staffed", STAFF)
    for name in ("BNK-1", "BNK-2"):
        watched.file("commercial-bank", name)
        watched.act(name, "classified", level="simple")
    watched.sweep()
    victims: SimpleQueue[BaseProcess] = SimpleQueue()
    killer = Killer(victims=victims)
    with mail_server(killer) as port:
        place = server_process.Place(tmp_path, tmp_path / "staffed", f"smtp://127.0.0.1:{port}")
        for _ in range(kills):
            worker = server_process.start_worker(place, WORKING)
            victims.put(worker)
            eventually(partial(has_ended, worker), _LONGEST_SECONDS)
            assert told(tmp_path, "BNK-1") == ()
        killer.victims = None
        worker = server_process.start_worker(place, WORKING)
        eventually(lambda: told(tmp_path, "BNK-1") and told(tmp_path, "BNK-2"), _LONGEST_SECONDS)
        time.sleep(2.5)  # the worker goes round twice more
        server_process.kill(worker)
    assert {to for to, _ in killer.arrived} == {CE, DU}
    assert len(killer.arrived) == 2
    assert sorted(killer.arrived.values()) == [1, 1 + kills]

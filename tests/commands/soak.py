"""Kills the server at random under load, again and again, and counts lost filings and mails.

`python -m tests.commands.soak --kills 1000 --seed 1` prints figures; docs/reliability.md has some.
"""

import argparse
import os
import platform
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from http.client import HTTPException
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

from functions.adapters.sqlite.rows import MAIL_RECORD, REFERENCE, Rows
from functions.model.case import Case
from tests.conftest import codec
from tests.helpers.servers import server_process as station
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.mail_server import Sink, mail_server
from tests.helpers.soak_filing import NO_ANSWER, Errand, errand, send

_CONTENTS = "SELECT content, reference FROM cases"
_MAILS = f"SELECT {MAIL_RECORD} FROM outbox WHERE case_id IN (SELECT id FROM cases)"
_CLIENTS = 8
_LONGEST_PAUSE_SECONDS = 0.2
_LONGEST_LIFE_SECONDS = 0.4
_SHARE_CLICKED_TWICE = 0.05
_SHARE_KILLED_AT_START = 0.1
_STEP = timedelta(minutes=1)
"""How much the clock of each server is ahead of the last one's, so that leases of killed workers
expire."""
_END_SECONDS = 1800


@dataclass
class Client:
    """Sends one filing after the other, each until it has a receipt."""

    port: int
    numbers: Iterator[int]
    lot: random.Random
    receipts: dict[int, str] = field(default_factory=dict)
    retries: int = 0
    second_clicks: int = 0
    problems: list[str] = field(default_factory=list)

    def run(self, stop: Event) -> None:
        """Sends filings until `stop` is set, and completes the last one."""
        while not stop.is_set():
            number = next(self.numbers)
            self.receipts[number] = self._file(number)
            if self.lot.random() < _SHARE_CLICKED_TWICE:
                self.second_clicks += 1
                if self._file(number) != self.receipts[number]:
                    self.problems.append(f"filing {number} got a second receipt")
            time.sleep(self.lot.uniform(0, _LONGEST_PAUSE_SECONDS))

    def _file(self, number: int) -> str:
        """Sends a filing until it is answered; returns its reference, or the status if refused."""
        while True:
            try:
                answer = send(errand(number), self.port)
            except (OSError, HTTPException):
                answer = NO_ANSWER
            if answer.reference is not None:
                return answer.reference
            if answer.status != 503:
                return f"status {answer.status}"
            self.retries += 1
            time.sleep(0.02)


@dataclass
class Tally(Sink):
    """A mail server that counts mails by Message-ID and recipient."""

    arrived: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Counts one mail."""
        assert isinstance(envelope.content, bytes)
        message_id = message_from_bytes(envelope.content)["Message-ID"]
        for recipient in envelope.rcpt_tos:
            self.arrived[message_id, recipient] += 1
        return "250 OK"


@dataclass(frozen=True)
class Witness:
    """What clients and mail server saw; `examine` compares it with the store."""

    kills: int
    receipts: dict[int, str]
    arrived: Counter[tuple[str, str]]
    retries: int
    second_clicks: int
    problems: tuple[str, ...]

    def figures(self) -> dict[str, int]:
        """Returns the figures to print, by name."""
        return {
            "kills (`kill -9`)": self.kills,
            "filings": len(self.receipts),
            "receipts, each of a case of its own": len(set(self.receipts.values())),
            "tries that got no answer, or 503": self.retries,
            "second clicks": self.second_clicks,
            "mails": len(self.arrived),
            "mails that arrived a second time": self.arrived.total() - len(self.arrived),
        }


@contextmanager
def load(port: int, seed: int) -> Iterator[list[Client]]:
    """Runs clients that file all the time; at the end each waits for its last receipt."""
    numbers, stop = count(), Event()
    clients = [Client(port, numbers, random.Random(seed * _CLIENTS + n)) for n in range(_CLIENTS)]
    threads = [Thread(target=client.run, args=(stop,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield clients
    finally:
        stop.set()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive(), "a client never got its receipt"


def soak(folder: Path, contracts: Path, kills: int, seed: int) -> Witness:
    """Kills `kills` servers, then lets the last one complete all work.

    `folder` has the store. Returns what clients and mail server saw.
    """
    lot, port, tally = random.Random(seed), free_port(), Tally()
    with mail_server(tally) as mail_port:
        place = station.Place(folder, contracts, f"smtp://127.0.0.1:{mail_port}")
        with load(port, seed) as clients:
            for number in range(kills):
                _start_and_kill(place, port, number * _STEP, lot)
            last = station.start(place, port, kills * _STEP)
            station.wait_until_open(port, last.is_alive)
        station.kill(last)
        # No lease of a killed worker is longer than this clock is ahead of theirs.
        with station.station(place, port, (kills + 10) * _STEP):
            wait_for_mails(folder / "ombud.db")
    return Witness(
        kills=kills,
        receipts={n: reference for client in clients for n, reference in client.receipts.items()},
        arrived=tally.arrived,
        retries=sum(client.retries for client in clients),
        second_clicks=sum(client.second_clicks for client in clients),
        problems=tuple(problem for client in clients for problem in client.problems),
    )


def _start_and_kill(place: station.Place, port: int, ahead: timedelta, lot: random.Random) -> None:
    """Starts a server and kills it after a random time; one in ten is killed while it starts."""
    process = station.start(place, port, ahead)
    if lot.random() >= _SHARE_KILLED_AT_START:
        station.wait_until_open(port, process.is_alive)
    time.sleep(lot.uniform(0, _LONGEST_LIFE_SECONDS))
    station.kill(process)


def wait_for_mails(database: Path) -> None:
    """Waits until the store owes no mail."""
    end = time.monotonic() + _END_SECONDS
    with closing(sqlite3.connect(database)) as store:
        while store.execute("SELECT count(*) FROM outbox WHERE state = 'owed'").fetchone()[0]:
            assert time.monotonic() < end, "mails are still owed"
            time.sleep(0.1)


def examine(database: Path, witness: Witness) -> Iterator[str]:
    """Yields every difference between the store and what the witness saw."""
    receipts, arrived = witness.receipts, witness.arrived
    rows = Rows(codec())
    yield from witness.problems
    with closing(sqlite3.connect(database)) as store:
        for (line,) in store.execute("PRAGMA integrity_check"):
            if line != "ok":
                yield f"integrity: {line}"
        stored = (codec().read_case(*row) for row in store.execute(_CONTENTS))
        cases = {case.reference: case for case in stored if case}
        owed: dict[str, list[tuple[str, str]]] = {}
        for table, *_ in store.execute("PRAGMA foreign_key_check"):
            yield f"integrity: {table} has a row of no case"
        for record in map(rows.mail_record, store.execute(_MAILS)):
            reference, message_id = record.mail.reference, record.mail.message_id
            owed.setdefault(reference, []).append((message_id, record.mail.recipient))
            if record.state != "sent":
                yield f"case {reference}: mail {message_id} is {record.state}"
        received = Counter(
            reference
            for (reference,) in store.execute(
                f"SELECT {REFERENCE} FROM events WHERE type = 'received'"
            )
        )
    for number, reference in receipts.items():
        if reference not in cases:
            yield f"filing {number}: its case {reference} is lost"
        elif not _is_same(errand(number), cases[reference]):
            yield f"filing {number}: case {reference} has other content"
        elif sorted(to for _, to in owed.get(reference, [])) != sorted(errand(number).recipients):
            yield f"filing {number}: case {reference} owes other mails: {owed.get(reference)}"
    for reference in cases.keys() - set(receipts.values()):
        yield f"case {reference} is a duplicate, or no client filed it"
    for reference in cases:
        if received[reference] != 1:
            yield f"case {reference} was received {received[reference]} times"
    every = {mail for mails in owed.values() for mail in mails}
    for message_id, recipient in every - arrived.keys():
        yield f"mail {message_id} never reached {recipient}"
    for message_id, recipient in arrived.keys() - every:
        yield f"mail {message_id} to {recipient} is of no case"


def _is_same(errand: Errand, case: Case) -> bool:
    filed = case.submission.model_dump(mode="json")
    answers = {name: value for name, value in errand.answers.items() if name != "consent"}
    return (case.organisation, case.kind) == (errand.organisation, errand.kind) and all(
        filed[name] == value for name, value in answers.items()
    )


def _machine() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    ram = round(pages * size / 2**30)
    return f"{os.cpu_count()} cores, {ram} GiB of RAM, Python {platform.python_version()}"


def main() -> int:
    """Runs the command; returns 1 if anything is lost or duplicated."""
    from site_src.places import POLICIES
    from site_src.publish.build import build

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}, {_machine()}, SQLite {sqlite3.sqlite_version}", flush=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        build(POLICIES, folder / "dist", site_url="https://ombud.example.com")
        start = time.monotonic()
        witness = soak(folder, folder / "dist" / "contracts", options.kills, options.seed)
        minutes = round((time.monotonic() - start) / 60)
        problems = list(examine(folder / "ombud.db", witness))
    for problem in problems:
        print(problem)
    for name, figure in (
        witness.figures() | {"lost or double": len(problems), "minutes": minutes}
    ).items():
        print(f"| {name} | {figure:,} |")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

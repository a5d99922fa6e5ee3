"""`python -m benchmarks.serving.intake`: filings a second at 32 connections, against peers.

Real servers over loopback. Rounds alternate between Ombud, a bare Starlette application and bare
SQLite, so other load on the machine affects all of them; a figure is the median of the rounds.
The load generator shares the processors with the server that it measures.
"""

import itertools
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure
from benchmarks.report import alone
from benchmarks.serving.load import filings, load
from benchmarks.serving.servers import WORKERS, Name, Server, served
from tests.helpers.filings import APPEAL

CONNECTIONS = 32
APPEALS = "/cases/accreditation-body/appeal"

_ROUNDS = 5
_FILINGS = 1500
_BYTES = 700
"""The size of a stored filing of this benchmark."""

_NUMBERS = itertools.count()


@dataclass
class _Rounds:
    """The measurements of each round of one server."""

    rates: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)

    def add(self, server: Server, form: bool) -> None:
        """Runs one more round and appends its measurements."""
        numbers = itertools.islice(_NUMBERS, _FILINGS)
        requests = filings(APPEALS, APPEAL, numbers, form=form)
        before = server.cpu_seconds()
        result = load(server.port, requests, CONNECTIONS)
        self.cpu_us.append(1e6 * (server.cpu_seconds() - before) / _FILINGS)
        self.rates.append(result.rate)
        self.p50_ms.append(result.p50_ms)
        self.p99_ms.append(result.p99_ms)


def bare_sqlite(path: Path, rows: int) -> Callable[[], float]:
    """Returns a function that measures rows a second: one thread, `rows` in each durable commit."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE IF NOT EXISTS rows (content TEXT)")
    group = [("x" * _BYTES,)] * rows

    def work() -> float:
        start = time.perf_counter()
        for _ in range(_FILINGS // rows):
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO rows VALUES (?)", group)
            db.execute("COMMIT")
        return _FILINGS / (time.perf_counter() - start)

    return work


def measure(folder: Path) -> list[Figure]:
    """Returns the figures; `folder` contains a built site in `dist`."""
    insert_singly = bare_sqlite(folder / "bare.db", 1)
    insert_grouped = bare_sqlite(folder / "bare.db", CONNECTIONS)
    singles, grouped = list[float](), list[float]()
    rounds: dict[tuple[Name, bool], _Rounds] = {
        (name, form): _Rounds() for form in (True, False) for name in ("ombud", "starlette")
    }
    rounds["workers", True] = _Rounds()
    with (
        served("ombud", folder) as ombud,
        served("workers", folder) as workers,
        served("starlette", folder) as starlette,
    ):
        servers: dict[Name, Server] = {
            "ombud": ombud,
            "workers": workers,
            "starlette": starlette,
        }
        for (name, form), _ in rounds.items():
            _Rounds().add(servers[name], form)
        for _ in range(_ROUNDS):
            singles.append(insert_singly())
            grouped.append(insert_grouped())
            for (name, form), measurements in rounds.items():
                measurements.add(servers[name], form)
    return _figures(rounds, median(singles), median(grouped))


def _figures(
    rounds: dict[tuple[Name, bool], _Rounds], single: float, grouped: float
) -> list[Figure]:
    form = rounds["ombud", True]
    rate = median(form.rates)
    figures = [
        Figure("intake.rate", "filings by form, 32 connections", rate, "a second", least=1500),
        Figure("intake.p50", "a filing's wait, p50", median(form.p50_ms), "ms"),
        Figure("intake.p99", "a filing's wait, p99", median(form.p99_ms), "ms", most=50),
        *_of_workers(rounds["workers", True]),
        Figure(
            "intake.share_of_sqlite",
            f"share of bare SQLite, one row a commit ({single:,.0f} a second)",
            rate / single,
            "%",
            least=0.8,
        ),
        Figure(
            "intake.share_of_grouped_sqlite",
            f"share of bare SQLite, 32 rows a commit ({grouped:,.0f} a second)",
            rate / grouped,
            "%",
        ),
    ]
    for media, is_form in (("form", True), ("json", False)):
        ours, bare = rounds["ombud", is_form], rounds["starlette", is_form]
        peer, cpu = median(bare.rates), median(bare.cpu_us)
        figures += [
            Figure(
                f"intake.{media}.share_of_starlette",
                f"share of bare Starlette, {media} ({peer:,.0f} a second)",
                median(ours.rates) / peer,
                "%",
                least=0.7,
            ),
            Figure(
                f"intake.{media}.cpu",
                f"processor time of a filing, {media} (bare Starlette: {cpu:,.0f} µs)",
                median(ours.cpu_us),
                "µs",
            ),
        ]
    return figures


def _of_workers(rounds: _Rounds) -> list[Figure]:
    said = f"the same with {WORKERS} processes, as `serve --production` has"
    return [
        Figure("intake.workers.rate", said, median(rounds.rates), "a second", least=1500),
        Figure("intake.workers.p99", f"{said}: p99", median(rounds.p99_ms), "ms", most=50),
        Figure("intake.workers.cpu", f"{said}: processor time", median(rounds.cpu_us), "µs"),
    ]


if __name__ == "__main__":
    alone(measure)

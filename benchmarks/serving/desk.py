"""`python -m benchmarks.serving.desk --cases N`: whether the desk grows slow with many open cases.

SQLite holds N open cases of one organisation, DynamoDB Local a tenth of that; each is compared with
a store that holds a hundredth, in rounds that alternate. N is 1,000,000 unless BENCH_CASES says
otherwise: a run with 20,000 takes seconds.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure, table
from benchmarks.serving.desk_stores import FIRST, fill_dynamodb, fill_sqlite, hash_of, reference_of
from functions.cases.ports.store import Store
from functions.model.desk.summary import ALL, sort_key
from tests.helpers.servers.dynamodb_local import EmulatorMissing, client_at, emulator
from tests.helpers.servers.dynamodb_local import table as made_table
from tests.helpers.servers.listening import free_port

_ROUNDS = 15
_FEWER = 100
"""How many times as many cases the larger store has."""

_LEAST = 200
"""Cases that the smaller store has at least: more than a page, and more than are counted."""

_MOST = 1.5
"""How many times as long a call may take: a deeper tree, and pages that are not in memory."""


def cases() -> int:
    """Returns how many cases the larger SQLite store has."""
    return int(os.environ.get("BENCH_CASES", "1000000"))


def measure(folder: Path, number: int) -> list[Figure]:
    """Returns the figures: what each call takes with many cases against few."""
    figures = list[Figure]()
    with ExitStack() as open_stores:
        stores: dict[int, Store] = {
            size: open_stores.enter_context(fill_sqlite(folder / f"{size}.db", size))
            for size in (max(number // _FEWER, _LEAST), number)
        }
        figures += _compare("SQLite", stores)
    try:
        with emulator(folder / "dynamodb.log", free_port()) as address, ExitStack() as tables:
            client = client_at(address)
            tables_of: dict[int, Store] = {
                size: fill_dynamodb(client, tables.enter_context(made_table(client)), size)
                for size in (max(number // _FEWER // 10, _LEAST), number // 10)
            }
            figures += _compare("DynamoDB Local", tables_of)
    except EmulatorMissing as error:
        print(f"DynamoDB: not measured, {error}")
    return figures


def _compare(name: str, stores: dict[int, Store]) -> Iterator[Figure]:
    """Yields the growth of each call."""
    few, many = stores
    times: dict[tuple[str, int], list[float]] = {}
    for round_ in range(_ROUNDS + 1):
        for size, store in stores.items():
            for call, made in _calls(store, size, round_).items():
                begun = time.perf_counter()
                made()
                if round_:  # the first round fills caches
                    times.setdefault((call, size), []).append(time.perf_counter() - begun)
    for call in {call: None for call, _ in times}:
        small, large = (1e6 * median(times[call, size]) for size in (few, many))
        yield Figure(
            f"desk.{name.split()[0].lower()}.{call.replace(' ', '-')}",
            f"{name}, {call}, {many:,} open cases against {few:,} ({large:,.0f} µs against "
            f"{small:,.0f} µs)",
            large / small,
            "times",
            most=_MOST,
        )


def _calls(store: Store, size: int, round_: int) -> dict[str, Callable[[], object]]:
    """Returns the calls of a round, each for other cases than in the rounds before."""
    number = (round_ * 7919) % (size // 2)
    later = sort_key(FIRST + timedelta(minutes=number))
    return {
        "first page": lambda: _page(store, ""),
        "page in the middle": lambda: _page(store, later),
        "page of a role, newest first": lambda: store.listed(
            "securities-brokerage", "intake", "open", newest_first=True
        ),
        "count up to 100": lambda: store.counted("securities-brokerage", ALL, "open", "", "~", 100),
        "due cases": lambda: store.due_cases(FIRST + timedelta(minutes=99), 100),
        "look-up of a person": lambda: [
            store.case(reference) for reference in store.references_of(hash_of(number))
        ],
        "look-up of a reference": lambda: (
            store.case(reference_of(number)),
            store.summary(reference_of(number)),
        ),
    }


def _page(store: Store, since: str) -> None:
    page = store.listed("securities-brokerage", ALL, "open", since=since)
    assert page.found, "the page must not be empty"


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(prog="benchmarks.serving.desk", description=__doc__)
    options.add_argument("--cases", type=int, default=cases(), help="open cases in SQLite")
    number: int = options.parse_args().cases
    with tempfile.TemporaryDirectory() as name:
        print(table(measure(Path(name), number)))


if __name__ == "__main__":
    main()

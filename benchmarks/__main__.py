"""`make bench`: runs every benchmark and prints ratios.

A figure is the median of several rounds that alternate between Ombud and its peer, so that
whatever else the machine does falls on both.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarks import cold, dynamodb
from functions.adapters.folder import FolderContracts
from functions.adapters.foldershelf import FolderShelf
from functions.adapters.maildir import Maildir
from functions.adapters.sqlite import SqliteStore
from functions.app import create_app
from functions.ports import Ports
from site_src.site import POLICIES, build
from tests.conftest import KEY, StoppedClock, codec
from tests.filings import APPEAL

_ROUNDS = 5
_FILINGS = 200


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_app() -> Starlette:
    """The least that a Starlette application can do with a JSON filing."""

    async def echo(request: Request) -> JSONResponse:
        return JSONResponse(await request.json(), 201)

    return Starlette(routes=[Route("/cases/{organisation}/{kind}", echo, methods=["POST"])])


def bare_commits(path: Path) -> Callable[[], None]:
    """As many durable commits of one row as there are filings in a round."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE rows (content TEXT)")

    def work() -> None:
        for _ in range(_FILINGS):
            db.execute("INSERT INTO rows VALUES (?)", ("x" * 500,))

    return work


def filings(client: TestClient, clock: StoppedClock) -> Callable[[], None]:
    """A round of filings, each different from all others and within what one address may send."""
    count = iter(range(10**9))

    def work() -> None:
        clock.forward(hours=1)
        for _ in range(_FILINGS):
            number = next(count)
            answers = APPEAL | {"account": f"{number}", "email": f"{number}@example.com"}
            assert client.post("/cases/accreditation-body/appeal", json=answers).status_code == 201

    return work


def main() -> None:
    """Prints filings a second and its share of each peer, cold start and size of the package."""
    clock = StoppedClock()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = seconds(lambda: build(POLICIES, folder / "dist"))
        ports = Ports(
            store=SqliteStore(str(folder / "ombud.db"), codec()),
            contracts=FolderContracts(str(folder / "dist" / "contracts")),
            mailer=Maildir(str(folder / "mail")),
            shelf=FolderShelf(str(folder / "files")),
            scanner=None,
            now=clock,
            key=KEY,
            sender="no-reply@ombud.example.com",
            site_url="https://ombud.example.com",
        )
        works = {
            "ombud": filings(TestClient(create_app(ports)), clock),
            "bare Starlette": filings(TestClient(bare_app()), clock),
            "bare SQLite": bare_commits(folder / "bare.db"),
        }
        rounds: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(_ROUNDS):
            for name, work in works.items():
                rounds[name].append(seconds(work))
        requests = dynamodb.report(ports)
        rate = {name: _FILINGS / median(times) for name, times in rounds.items()}
    print(f"build, all policies, cold: {built:.2f} s")
    print(f"filings, one client: {rate['ombud']:.0f} a second")
    for peer in ("bare Starlette", "bare SQLite"):
        print(f"  share of {peer}: {rate['ombud'] / rate[peer]:.0%} of {rate[peer]:.0f} a second")
    print(requests)
    print(cold.measure())


if __name__ == "__main__":
    main()

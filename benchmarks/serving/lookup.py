"""`python -m benchmarks.serving.lookup`: whether look-ups and filings cost more at scale.

Sends the same requests to a store of 1,000 cases in a site of 10 organisations, and to one of
1,000,000 cases in a site of 10,000. Measures processor time of the server: growth would cost that.
"""

import itertools
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import median

from benchmarks.figure import Figure
from benchmarks.report import alone
from benchmarks.serving.intake import APPEALS
from benchmarks.serving.load import filings, load, posted
from benchmarks.serving.servers import Server, encrypting, ports_over, served
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.rows import ID
from functions.cases.submit import Accepted, Filing, begin_submit
from functions.model.case import CaseEvent
from functions.model.reference import access_code, new_reference
from tests.conftest import KEY
from tests.helpers.filings import APPEAL

_ROUNDS = 5
_REQUESTS = 500
_CONNECTIONS = 8
_ORGANISATION = "accreditation-body"


@dataclass(frozen=True)
class Scale:
    """The size of store and site."""

    cases: int
    organisations: int


SMALL = Scale(1_000, 10)
LARGE = Scale(1_000_000, 10_000)


def fill(folder: Path, scale: Scale) -> list[str]:
    """Creates store and site of that size; returns the references to look up."""
    digest = _grow(folder / "dist" / "contracts" / "current.json", scale.organisations)
    ports = ports_over(folder)
    contract = ports.contracts.contract(digest)
    filing = Filing("appeal", digest, "zh-CN", APPEAL, address="192.0.2.1")
    accepted = begin_submit(filing, contract, ports)()
    assert isinstance(accepted, Accepted)
    case, codec = accepted.case, encrypting()
    content, end = codec.case(case), stamp(case.retained_until)
    received = CaseEvent(at=case.received_at, type="received", detail="")
    at, detail = stamp(case.received_at), codec.detail(case.reference, received)
    wanted = [new_reference(contract.prefix) for _ in range(_REQUESTS)]
    # Nobody looks these up, so their content, bound to another reference, need not decrypt.
    others = [f"{contract.prefix}-{number:010d}" for number in range(scale.cases - len(wanted))]
    db = sqlite3.connect(folder / "ombud.db")
    db.execute("PRAGMA synchronous = OFF")  # this file need not survive a crash
    db.executemany(
        "INSERT INTO cases VALUES (NULL, ?, ?, ?)",
        ((reference, content, end) for reference in others),
    )
    db.executemany(
        "INSERT INTO cases VALUES (NULL, ?, ?, ?)",
        (
            (reference, codec.case(case.model_copy(update={"reference": reference})), end)
            for reference in wanted
        ),
    )
    db.executemany(
        f"INSERT INTO events (case_id, at, type, detail) VALUES ({ID}, ?, 'received', ?)",
        (
            *((reference, at, detail) for reference in others),
            *((reference, at, codec.detail(reference, received)) for reference in wanted),
        ),
    )
    db.executemany(
        f"INSERT INTO idempotency VALUES (?, '', {ID}, ?)",
        ((f"content:{reference}", reference, at) for reference in (*others, *wanted)),
    )
    db.commit()
    db.close()
    return wanted


def _grow(path: Path, organisations: int) -> str:
    """Lists that many organisations as current; returns the digest of the one that is used."""
    current = json.loads(path.read_bytes())
    digest: str = current["organisations"][_ORGANISATION]
    others = {f"organisation-{number}": digest for number in range(organisations - 1)}
    current["organisations"] = others | {_ORGANISATION: digest}
    path.write_text(json.dumps(current), encoding="utf-8")
    return digest


def _look_ups(references: list[str]) -> list[bytes]:
    return [
        posted(
            "/cases/status",
            {"reference": reference, "access_code": access_code(KEY, reference)},
            form=True,
        )
        for reference in references
    ]


def _cpu_us(server: Server, requests: list[bytes]) -> float:
    before = server.cpu_seconds()
    load(server.port, requests, _CONNECTIONS)
    return 1e6 * (server.cpu_seconds() - before) / len(requests)


def measure(folder: Path) -> list[Figure]:
    """Returns the figures; `folder` contains a built site in `dist`."""
    wanted: dict[Scale, list[bytes]] = {}
    places = {scale: folder / f"{scale.cases}" for scale in (SMALL, LARGE)}
    for scale, place in places.items():
        copytree(folder / "dist" / "contracts", place / "dist" / "contracts")
        wanted[scale] = _look_ups(fill(place, scale))
    numbers = itertools.count()
    lookup_costs: dict[Scale, list[float]] = {scale: [] for scale in places}
    filing_costs: dict[Scale, list[float]] = {scale: [] for scale in places}
    with served("ombud", places[SMALL]) as small, served("ombud", places[LARGE]) as large:
        for scale, server in ((SMALL, small), (LARGE, large)):
            _cpu_us(server, wanted[scale])
        for _ in range(_ROUNDS):
            for scale, server in ((SMALL, small), (LARGE, large)):
                lookup_costs[scale].append(_cpu_us(server, wanted[scale]))
                batch = itertools.islice(numbers, _REQUESTS)
                requests = filings(APPEALS, APPEAL, batch, form=True)
                filing_costs[scale].append(_cpu_us(server, requests))
    return [
        _growth("lookup", "status look-up", lookup_costs),
        _growth("filing", "filing", filing_costs),
    ]


def _growth(key: str, name: str, costs: dict[Scale, list[float]]) -> Figure:
    few, many = median(costs[SMALL]), median(costs[LARGE])
    return Figure(
        f"{key}.growth",
        f"{name}, 1,000,000 cases and 10,000 organisations against 1,000 and 10 "
        f"({many:,.0f} µs against {few:,.0f} µs of processor time)",
        many / few,
        "times",
        most=1.25,
    )


if __name__ == "__main__":
    alone(measure)

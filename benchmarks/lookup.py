"""`python -m benchmarks.lookup`: whether a look-up or a filing costs more where there are more.

The same requests against a store of 1,000 cases in a site of 10 organisations and one of
1,000,000 cases in a site of 10,000. Processor time of the server, as that is what growth costs.
"""

import itertools
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import median

from benchmarks.figure import Figure
from benchmarks.intake import APPEALS
from benchmarks.load import filings, load, posted
from benchmarks.report import alone
from benchmarks.servers import Server, encrypting, ports_over, served
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.rows import ID
from functions.cases.submit import Accepted, Filing, submit
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
    """How much there is."""

    cases: int
    organisations: int


SMALL = Scale(1_000, 10)
LARGE = Scale(1_000_000, 10_000)


def fill(folder: Path, scale: Scale) -> list[str]:
    """Makes store and site of that size; gives the references to look up."""
    known = _grow(folder / "dist" / "contracts" / "current.json", scale.organisations)
    ports = ports_over(folder)
    contract = ports.contracts.contract(known)
    accepted = submit(
        Filing("appeal", known, "zh-CN", APPEAL, address="192.0.2.1"), contract, ports
    )
    assert isinstance(accepted, Accepted)
    case, codec = accepted.case, encrypting()
    content, end = codec.case(case), stamp(case.retained_until)
    received = CaseEvent(at=case.received_at, type="received", detail="")
    at, detail = stamp(case.received_at), codec.detail(case.reference, received)
    asked = [new_reference(contract.prefix) for _ in range(_REQUESTS)]
    # Nobody looks these up, so that it does not matter that their content opens for none.
    others = [f"{contract.prefix}-{number:010d}" for number in range(scale.cases - len(asked))]
    db = sqlite3.connect(folder / "ombud.db")
    db.execute("PRAGMA synchronous = OFF")  # this file need not outlive the machine
    db.executemany(
        "INSERT INTO cases VALUES (NULL, ?, ?, ?)",
        ((reference, content, end) for reference in others),
    )
    db.executemany(
        "INSERT INTO cases VALUES (NULL, ?, ?, ?)",
        (
            (reference, codec.case(case.model_copy(update={"reference": reference})), end)
            for reference in asked
        ),
    )
    db.executemany(
        f"INSERT INTO events (case_id, at, type, detail) VALUES ({ID}, ?, 'received', ?)",
        (
            *((reference, at, detail) for reference in others),
            *((reference, at, codec.detail(reference, received)) for reference in asked),
        ),
    )
    db.executemany(
        f"INSERT INTO idempotency VALUES (?, '', {ID}, ?)",
        ((f"content:{reference}", reference, at) for reference in (*others, *asked)),
    )
    db.commit()
    db.close()
    return asked


def _grow(path: Path, organisations: int) -> str:
    """Names so many organisations as current; gives the digest of the one that is used."""
    current = json.loads(path.read_bytes())
    digest: str = current["organisations"][_ORGANISATION]
    made = {f"organisation-{number}": digest for number in range(organisations - 1)}
    current["organisations"] = made | {_ORGANISATION: digest}
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
    """The figures; `folder` holds a site in dist."""
    asked: dict[Scale, list[bytes]] = {}
    places = {scale: folder / f"{scale.cases}" for scale in (SMALL, LARGE)}
    for scale, place in places.items():
        copytree(folder / "dist" / "contracts", place / "dist" / "contracts")
        asked[scale] = _look_ups(fill(place, scale))
    numbers = itertools.count()
    found: dict[Scale, list[float]] = {scale: [] for scale in places}
    filed: dict[Scale, list[float]] = {scale: [] for scale in places}
    with served("ombud", places[SMALL]) as small, served("ombud", places[LARGE]) as large:
        for scale, server in ((SMALL, small), (LARGE, large)):
            _cpu_us(server, asked[scale])
        for _ in range(_ROUNDS):
            for scale, server in ((SMALL, small), (LARGE, large)):
                found[scale].append(_cpu_us(server, asked[scale]))
                some = itertools.islice(numbers, _REQUESTS)
                filed[scale].append(_cpu_us(server, filings(APPEALS, APPEAL, some, form=True)))
    return [
        _growth("lookup", "status look-up", found),
        _growth("filing", "filing", filed),
    ]


def _growth(key: str, said: str, taken: dict[Scale, list[float]]) -> Figure:
    few, many = median(taken[SMALL]), median(taken[LARGE])
    return Figure(
        f"{key}.growth",
        f"{said}, 1,000,000 cases and 10,000 organisations against 1,000 and 10 "
        f"({many:,.0f} µs against {few:,.0f} µs of processor time)",
        many / few,
        "times",
        most=1.25,
    )


if __name__ == "__main__":
    alone(measure)

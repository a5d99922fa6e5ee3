"""`python -m benchmarks.serving.memory`: whether memory stays flat over 100,000 filings."""

import itertools
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.report import alone
from benchmarks.serving.intake import APPEALS, CONNECTIONS
from benchmarks.serving.load import filings, load
from benchmarks.serving.servers import served
from tests.helpers.filings import APPEAL

_EARLY, _LATE, _STEP = 10_000, 100_000, 5_000
_MB = 2**20


def measure(folder: Path) -> list[Figure]:
    """Returns the figures; `folder` contains a built site in `dist`."""
    numbers = itertools.count()
    resident: dict[int, int] = {}
    with served("ombud", folder) as server:
        for filed in range(_STEP, _LATE + 1, _STEP):
            batch = itertools.islice(numbers, _STEP)
            load(server.port, filings(APPEALS, APPEAL, batch, form=True), CONNECTIONS)
            resident[filed] = server.memory()
    early, late = resident[_EARLY], resident[_LATE]
    return [
        Figure(
            "memory.growth",
            f"resident memory after 100,000 filings against after 10,000 "
            f"({late / _MB:,.0f} MB against {early / _MB:,.0f} MB)",
            late / early,
            "times",
            most=1.1,
        )
    ]


if __name__ == "__main__":
    alone(measure)

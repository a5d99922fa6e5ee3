"""`python -m benchmarks.build`: Ombud's build against other generators over the same pages.

Rounds alternate between the programs; a figure is the median. Writes docs/performance.md and
benchmarks/last.json. 10,000 organisations take long and are asked for: `--n 10000`.
"""

import json
import os
import platform
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.generators import PEERS, Generator, generators
from benchmarks.names import names
from benchmarks.process import run, surroundings
from benchmarks.tables import machine, write_table
from site_src.places import ROOT

LAST = ROOT / "benchmarks" / "last.json"
_ROUNDS = {100: 3, 1000: 3}
_MB = 2**20


def measure(count: int, rounds: int, limit: float, place: Path) -> dict[str, Any]:
    """The figures of every generator over so many organisations."""
    environment = surroundings() | {"PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"}
    made = generators(place, count)
    times: dict[str, dict[str, list[float | None]]] = {
        one.name: {"cold": [], "same": [], "one": []} for one in made
    }
    memory = dict.fromkeys(times, 0)
    for number in range(rounds):
        for one in made:
            _round(one, number, limit, environment, times[one.name], memory)
    return {one.name: _figures(one, times[one.name], memory[one.name]) for one in made}


def _round(
    one: Generator,
    number: int,
    limit: float,
    environment: dict[str, str],
    times: dict[str, list[float | None]],
    memory: dict[str, int],
) -> None:
    one.forget()
    for case, changed in (("cold", None), ("same", False), ("one", True)):
        if times["cold"] and times["cold"][-1] is None:
            times[case].append(None)
            continue
        if changed:
            one.change("补充说明" + "甲乙丙丁"[number] + "。")
        ran = run(one.command(changed), one.folder, limit, environment)
        times[case].append(ran.seconds)
        memory[one.name] = max(memory[one.name], ran.bytes)
        said = f"more than {limit:.0f} s" if ran.seconds is None else f"{ran.seconds:.2f} s"
        print(f"{one.count} {one.name} {case}: {said}", flush=True)


def _figures(one: Generator, times: dict[str, list[float | None]], memory: int) -> dict[str, Any]:
    """Medians; None where a run passed the limit. Pages and bytes are those that are there."""
    found = list(one.out.rglob("*.html"))
    if not all((one.out / id / "index.html").is_file() for id, *_ in names(one.count)):
        raise ValueError(f"{one.name} has not made the pages of every organisation in {one.out}")
    files = [path for path in one.out.rglob("*") if path.is_file()]
    medians = {
        case: None if None in taken else round(median(x for x in taken if x is not None), 3)
        for case, taken in times.items()
    }
    return medians | {
        "memory": round(memory / _MB),
        "pages": len(found),
        "bytes": sum(path.stat().st_size for path in files),
    }


def main() -> None:
    """Measures, and writes what was measured."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, nargs="+", default=sorted(_ROUNDS))
    parser.add_argument("--limit", type=float, default=120, help="seconds for one run")
    parser.add_argument("--place", type=Path, help="a folder on the disk to measure on")
    given = parser.parse_args()
    if not PEERS.is_dir() or shutil.which("hugo") is None:
        parser.error("the others are not installed: make peers")
    last = json.loads(LAST.read_text()) if LAST.is_file() else {}
    for count in given.n:
        with tempfile.TemporaryDirectory(dir=given.place) as name:
            figures = measure(count, _ROUNDS.get(count, 1), given.limit, Path(name))
        last.setdefault("build", {})[str(count)] = {
            "machine": machine(),
            "limit": given.limit,
            "rounds": _ROUNDS.get(count, 1),
            "python": platform.python_version(),
            "figures": figures,
        }
        LAST.write_text(json.dumps(last, indent=1, sort_keys=True) + "\n")
    print(write_table(last["build"]))


if __name__ == "__main__":
    main()

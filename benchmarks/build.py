"""`python -m benchmarks.build`: compares Ombud's build with other generators on the same pages.

Rounds alternate between the programs; a figure is the median. Writes docs/performance.md and
benchmarks/last.json. Takes half an hour, ten minutes of it for 10,000 organisations.
"""

import json
import os
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.generators import PEERS, Generator, generators
from benchmarks.names import names
from benchmarks.report import machine
from benchmarks.serving.process import run, surroundings
from benchmarks.tables import write_table
from site_src.places import ROOT

LAST = ROOT / "benchmarks" / "last.json"
_ROUNDS = {100: 3, 300: 3, 1_000: 3, 10_000: 1}
_MB = 2**20


def measure(count: int, rounds: int, limit: float, place: Path) -> dict[str, Any]:
    """Returns the figures of every generator over `count` organisations.

    A run that takes more than `limit` seconds is ended. `place` is the folder for all files.
    """
    environment = surroundings() | {"PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"}
    programs = generators(place, count)
    times: dict[str, dict[str, list[float | None]]] = {
        program.name: {"cold": [], "same": [], "one": []} for program in programs
    }
    memory = dict.fromkeys(times, 0)
    for number in range(rounds):
        for program in programs:
            _run_round(program, number, limit, environment, times[program.name], memory)
    return {
        program.name: _figures(program, times[program.name], memory[program.name])
        for program in programs
    }


def _run_round(
    program: Generator,
    number: int,
    limit: float,
    environment: dict[str, str],
    times: dict[str, list[float | None]],
    memory: dict[str, int],
) -> None:
    """Builds cold, then with nothing changed, then with one procedure changed."""
    program.forget()
    for case, changed in (("cold", None), ("same", False), ("one", True)):
        if times["cold"] and times["cold"][-1] is None:
            times[case].append(None)
            continue
        if changed:
            program.change("补充说明" + "甲乙丙丁"[number] + "。")
        result = run(program.command(changed), program.folder, limit, environment)
        times[case].append(result.seconds)
        memory[program.name] = max(memory[program.name], result.bytes)
        time = f"more than {limit:.0f} s" if result.seconds is None else f"{result.seconds:.2f} s"
        print(f"{program.count} {program.name} {case}: {time}", flush=True)


def _figures(
    program: Generator, times: dict[str, list[float | None]], memory: int
) -> dict[str, Any]:
    """Returns medians in seconds, None if a run passed the limit; memory in MB, output in bytes.

    Raises ValueError if the page of an organisation is missing.
    """
    out = program.out
    if not all(
        (out / id / "procedure" / "index.html").is_file() for id, *_ in names(program.count)
    ):
        raise ValueError(f"{program.name} has not built the page of every organisation in {out}")
    files = [path for path in out.rglob("*") if path.is_file()]
    medians = {
        case: None if None in seconds else round(median(x for x in seconds if x is not None), 3)
        for case, seconds in times.items()
    }
    return medians | {
        "memory": round(memory / _MB),
        "pages": sum(path.suffix == ".html" for path in files),
        "bytes": sum(path.stat().st_size for path in files),
    }


def main() -> None:
    """Measures, and writes figures and tables."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, nargs="+", default=sorted(_ROUNDS))
    parser.add_argument("--limit", type=float, default=600, help="seconds for one run")
    parser.add_argument("--place", type=Path, help="a folder on the disk to measure on")
    options = parser.parse_args()
    if not PEERS.is_dir() or shutil.which("hugo") is None:
        parser.error("the other generators are not installed: make peers")
    last = json.loads(LAST.read_text()) if LAST.is_file() else {}
    for count in options.n:
        with tempfile.TemporaryDirectory(dir=options.place) as name:
            figures = measure(count, _ROUNDS.get(count, 1), options.limit, Path(name))
        last.setdefault("build", {})[str(count)] = {
            "machine": machine(),
            "limit": options.limit,
            "rounds": _ROUNDS.get(count, 1),
            "figures": figures,
        }
        LAST.write_text(json.dumps(last, indent=1, sort_keys=True) + "\n")
    print(write_table(last["build"]))


if __name__ == "__main__":
    main()

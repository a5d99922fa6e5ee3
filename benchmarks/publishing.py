"""`python -m benchmarks.publishing`: compares `deploy` with `build`, over the same organisations.

Each publishes from nothing, again with nothing changed, and after one mailbox has changed: a
published version may not change. Both write into a folder. Processor time is that of all
processes, user and system, which other work on the machine changes little. Writes
docs/performance.md.
"""

import resource
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from benchmarks import report
from benchmarks.figure import Figure, table
from benchmarks.names import names
from benchmarks.organisations import write_policies
from benchmarks.serving.process import run, surroundings
from site_src.places import ROOT

_COUNTS = (200, 10_000)
_LIMIT_SECONDS = 3 * 3600
_OPTIONS = {"build": "--out", "deploy": "--to"}
_CASES = {"cold": "from nothing", "same": "nothing changed", "one": "one mailbox changed"}
_MB = 2**20


def measure(folder: Path, count: int) -> list[Figure]:
    """Returns the time and the memory of both commands over `count` organisations."""
    policies = folder / "policies"
    write_policies(policies, count)
    figures: list[Figure] = []
    for command, option in _OPTIONS.items():
        out = folder / command
        options = ["--policies", str(policies), option, str(out)]
        program = [sys.executable, str(ROOT / "build.py"), command, *options]
        peak = 0
        for case, words in _CASES.items():
            if case == "one":
                _change_mailbox(policies, count, command)
            before = _processor_seconds()
            result = run(program, folder, _LIMIT_SECONDS, surroundings())
            if result.seconds is None:
                raise TimeoutError(f"{command} of {count} took more than {_LIMIT_SECONDS} s")
            peak = max(peak, result.bytes)
            key, name = f"{command}_{count}_{case}", f"`{command}` of {count:,}, {words}"
            worked = _processor_seconds() - before
            figures += [
                Figure(key, name, result.seconds, "s"),
                Figure(f"{key}_processor", f"{name}, processor time", worked, "s"),
            ]
            print(table(figures[-2:]), flush=True)
        name = f"`{command}` of {count:,}, memory at most"
        figures.append(Figure(f"{command}_{count}_memory", name, peak / _MB, "MB"))
    return figures


def _processor_seconds() -> float:
    """Returns what all ended processes that this one started have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _change_mailbox(policies: Path, count: int, name: str) -> None:
    file = policies / names(count)[count // 2][0] / "policy.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("mailbox: ", f"mailbox: {name}-", 1), encoding="utf-8")


def main() -> None:
    """Measures, prints and writes the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, nargs="+", default=_COUNTS)
    parser.add_argument("--place", type=Path, help="a folder on the disk to measure on")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    figures: list[Figure] = []
    for count in options.n:
        with tempfile.TemporaryDirectory(dir=options.place) as name:
            figures += measure(Path(name), count)
    print(table(figures))
    if not options.dry_run:
        report.write("publishing", figures, [])


if __name__ == "__main__":
    main()

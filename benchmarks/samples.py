"""`python -m benchmarks.samples`: measures a cold build of this repository's samples.

The time after start-up is the difference between a whole build and the imports alone. Rounds
alternate; a figure is their median. Writes docs/performance.md.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks import report
from benchmarks.figure import Figure, table
from benchmarks.serving.process import run, surroundings
from site_src.places import POLICIES, ROOT
from site_src.policy.folders import folders

_ROUNDS = 7
_LIMIT_SECONDS = 60
_IMPORTS = [sys.executable, "-c", "import cli.app, site_src.publish.prepare"]
_REACH_SECONDS = 1


def measure(folder: Path) -> list[Figure]:
    """Returns the whole build, its start-up, and the difference, in seconds."""
    times: dict[str, list[float]] = {"imports": [], "whole": []}
    for number in range(_ROUNDS):
        cold = [sys.executable, str(ROOT / "build.py"), "build", "--out", f"site{number}"]
        for name, command in (("imports", _IMPORTS), ("whole", cold)):
            seconds = run(command, folder, _LIMIT_SECONDS, surroundings()).seconds
            if seconds is None:
                raise TimeoutError(f"{command} took more than {_LIMIT_SECONDS} s")
            times[name].append(seconds)
    imports, whole = median(times["imports"]), median(times["whole"])
    count = len(folders(POLICIES))
    return [
        Figure("samples_cold", f"{count} samples, cold, with start-up", whole, "s"),
        Figure("samples_imports", "start-up: the imports", imports, "s"),
        Figure("samples", "the difference", whole - imports, "s", most=_REACH_SECONDS),
    ]


def main() -> None:
    """Measures, prints and writes the figures."""
    with tempfile.TemporaryDirectory() as name:
        figures = measure(Path(name))
    print(table(figures))
    report.write("samples", figures, [])


if __name__ == "__main__":
    main()

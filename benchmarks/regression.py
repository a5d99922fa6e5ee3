"""`make bench-check`: exits with 1 if builds or functions have become 1.5 times as slow.

Figures are ratios: of the build to a calibration, of the functions to their peers, which run in the
same rounds, so a slow machine slows both. They are compared with `benchmarks/last.json`; `--write`
replaces the figures there.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from benchmarks.build import LAST
from benchmarks.generators import build_command
from benchmarks.organisations import change_policy, write_policies
from benchmarks.serving import cold, intake, invoked
from benchmarks.serving.process import surroundings
from benchmarks.serving.servers import ports_over
from site_src.places import POLICIES
from site_src.publish.build import build

SLOWER = 1.5
_ROUNDS = 5
_COUNT = 30
_TIMES_OF_PEERS = ("lambda.times_starlette", "cold.intake_cpu", "cold.desk_cpu")
_SHARES_OF_PEERS = ("intake.form.share_of_starlette", "intake.json.share_of_starlette")


def seconds(work: Callable[[], object]) -> float:
    """Returns how long one call takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def calibrate(folder: Path) -> None:
    """Does the kinds of work that a build consists of: a process, text in Python, small files."""
    subprocess.run([sys.executable, "-c", "import json, re, subprocess"], check=True)
    words: dict[str, int] = {}
    for number in range(200_000):
        word = f"{number % 997}-{number % 13}"
        words[word] = words.get(word, 0) + len(word.replace("-", "&ndash;"))
    for number in range(300):
        content = sha256(str(number).encode()).hexdigest().encode() * 200
        (folder / f"{number}").write_bytes(content)


def ratios(place: Path) -> dict[str, float]:
    """Returns the fastest of several rounds, as a multiple of the fastest calibration."""
    write_policies(place / "policies", _COUNT)
    out = place / "out"
    environment = surroundings()

    def run_build() -> None:
        command = build_command(place / "policies", out)
        subprocess.run(command, cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)

    times: dict[str, list[float]] = {"calibration": [], "cold": [], "same": [], "one": []}
    for number in range(_ROUNDS):
        (place / f"calibration{number}").mkdir()
        times["calibration"].append(seconds(lambda: calibrate(place / f"calibration{number}")))  # noqa: B023 - called at once
        if out.exists():
            out.rename(place / f"out{number}")
        times["cold"].append(seconds(run_build))
        times["same"].append(seconds(run_build))
        change_policy(place / "policies", _COUNT, "补充说明" + "甲乙丙丁戊"[number] + "。")
        times["one"].append(seconds(run_build))
    fastest = {name: min(rounds) for name, rounds in times.items()}
    return {
        f"build, {name}": round(time / fastest["calibration"], 3)
        for name, time in fastest.items()
        if name != "calibration"
    }


def of_functions(folder: Path) -> dict[str, float]:
    """Returns how many times a function takes of what its peer takes, which did less."""
    build(POLICIES, folder / "dist")
    served = intake.measure(folder)
    measured = (*served, *invoked.measure(ports_over(folder)), *cold.measure())
    values = {figure.key: figure.value for figure in measured}
    times = {key: values[key] for key in _TIMES_OF_PEERS}
    times |= {key: 1 / values[key] for key in _SHARES_OF_PEERS}
    return {f"functions, {key}": round(value, 3) for key, value in times.items()}


def slower(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """Returns the names of figures that are more than 1.5 times what they were."""
    return [name for name, ratio in now.items() if ratio > SLOWER * before.get(name, ratio)]


def main() -> int:
    """Measures and compares; returns the exit code."""
    last = json.loads(LAST.read_text())
    before: dict[str, float] = last.get("regression", {})
    with tempfile.TemporaryDirectory() as name:
        builds, functions = Path(name, "builds"), Path(name, "functions")
        builds.mkdir()
        functions.mkdir()
        now = ratios(builds) | of_functions(functions)
    for figure, ratio in now.items():
        print(f"{figure}: {ratio:.2f} times, last {before.get(figure, 'none')}")
    if "--write" in sys.argv:
        LAST.write_text(json.dumps(last | {"regression": now}, indent=1, sort_keys=True) + "\n")
        return 0
    slower_figures = slower(before, now)
    for figure in slower_figures:
        print(f"{figure} takes more than {SLOWER} times as long as before")
    return 1 if slower_figures else 0


if __name__ == "__main__":
    sys.exit(main())

"""`make bench-check`: has the build become slower since the figures were last written?

Figures are ratios to a calibration that runs in the same rounds: what a machine does slowly, it
does slowly to both. Exit 1 where one is 1.5 times what `benchmarks/last.json` has; `--write`
puts the new ones there.
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
from benchmarks.generators import OMBUD
from benchmarks.organisations import change_policy, write_policies
from benchmarks.process import surroundings

SLOWER = 1.5
_ROUNDS = 5
_COUNT = 30


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def calibrate(folder: Path) -> None:
    """What a build is made of: a new process, Python at work on text, small files."""
    subprocess.run([sys.executable, "-c", "import json, re, subprocess"], check=True)
    words: dict[str, int] = {}
    for number in range(200_000):
        word = f"{number % 997}-{number % 13}"
        words[word] = words.get(word, 0) + len(word.replace("-", "&ndash;"))
    for number in range(300):
        content = sha256(str(number).encode()).hexdigest().encode() * 200
        (folder / f"{number}").write_bytes(content)


def ratios(place: Path) -> dict[str, float]:
    """The least of several rounds, as times the least of the calibration."""
    write_policies(place / "policies", _COUNT)
    out = place / "out"
    environment = surroundings()

    def build() -> None:
        command = [sys.executable, "-c", OMBUD, str(place / "policies"), str(out)]
        subprocess.run(command, cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)

    taken: dict[str, list[float]] = {"calibration": [], "cold": [], "same": [], "one": []}
    for number in range(_ROUNDS):
        (place / f"calibration{number}").mkdir()
        taken["calibration"].append(seconds(lambda: calibrate(place / f"calibration{number}")))  # noqa: B023 - called at once
        for left in (out, place / ".out.build"):
            if left.exists():
                left.rename(place / f"{left.name}{number}")
        taken["cold"].append(seconds(build))
        taken["same"].append(seconds(build))
        change_policy(place / "policies", _COUNT, "补充说明" + "甲乙丙丁戊"[number] + "。")
        taken["one"].append(seconds(build))
    least = {name: min(times) for name, times in taken.items()}
    return {
        name: round(time / least["calibration"], 3)
        for name, time in least.items()
        if name != "calibration"
    }


def slower(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """The figures that are 1.5 times what they were."""
    return [name for name, ratio in now.items() if ratio > SLOWER * before.get(name, ratio)]


def main() -> int:
    """Measures and compares."""
    last = json.loads(LAST.read_text())
    before: dict[str, float] = last.get("regression", {})
    with tempfile.TemporaryDirectory() as name:
        now = ratios(Path(name))
    for figure, ratio in now.items():
        print(f"build, {figure}: {ratio:.2f} x calibration, last {before.get(figure, 'none')}")
    if "--write" in sys.argv:
        LAST.write_text(json.dumps(last | {"regression": now}, indent=1, sort_keys=True) + "\n")
        return 0
    found = slower(before, now)
    for figure in found:
        print(f"build, {figure} is more than {SLOWER} times as slow as it was")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

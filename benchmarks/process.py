"""Runs a program to its end: how long it took and how much memory it and its children had."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from site_src.places import ROOT

_EVERY_SECONDS = 0.1
_NOT_KEPT = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True)
class Run:
    """Seconds, None past the limit; and the most bytes at once, shared ones counted once."""

    seconds: float | None
    bytes: int


class ProgramFailed(Exception):
    """A program that was to be measured ended with an error; says which and what it wrote."""


def surroundings() -> dict[str, str]:
    """The environment of a program that is measured: compiled Python is kept in any case."""
    kept = {name: value for name, value in os.environ.items() if name != _NOT_KEPT}
    return kept | {"PYTHONPATH": str(ROOT), "OMBUD_SITE_URL": "http://localhost:8000"}


def run(command: list[str], folder: Path, limit: float, environment: dict[str, str]) -> Run:
    """Runs a command in a folder. Raises ProgramFailed."""
    log = folder / "log"
    with log.open("wb") as written:
        start = time.perf_counter()
        program = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        most = 0
        while True:
            try:
                program.wait(_EVERY_SECONDS)
                break
            except subprocess.TimeoutExpired:
                most = max(most, _held(program.pid))
            if time.perf_counter() - start > limit:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
                return Run(None, most)
        seconds = time.perf_counter() - start
    if program.returncode:
        raise ProgramFailed(f"{command}: {log.read_text(errors='replace')[-2000:]}")
    return Run(seconds, most)


def _held(pid: int) -> int:
    """The proportional set size of a process and everything below it."""
    total = 0
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += next(
            int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")
        )
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            total += sum(_held(int(child)) for child in children.read_text().split())
    except (OSError, StopIteration):  # it has ended meanwhile
        pass
    return total

"""Runs a program and measures its time, and the memory of it and its children."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from site_src.places import ROOT

_SAMPLE_SECONDS = 0.1
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True)
class Run:
    """The time in seconds, None past the limit, and the peak memory, shared bytes counted once."""

    seconds: float | None
    bytes: int


class ProgramFailed(Exception):
    """A measured program ended with an error; the message has its command and its output."""


def surroundings() -> dict[str, str]:
    """Returns the environment of a measured program, in which Python always keeps bytecode."""
    inherited = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    return inherited | {"PYTHONPATH": str(ROOT), "OMBUD_SITE_URL": "http://localhost:8000"}


def run(command: list[str], folder: Path, limit: float, environment: dict[str, str]) -> Run:
    """Runs a command in a folder, and kills it after `limit` seconds. Raises ProgramFailed."""
    log = folder / "log"
    with log.open("wb") as output:
        start = time.perf_counter()
        program = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        peak = 0
        while True:
            try:
                program.wait(_SAMPLE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                peak = max(peak, _memory_of(program.pid))
            if time.perf_counter() - start > limit:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
                return Run(None, peak)
        seconds = time.perf_counter() - start
    if program.returncode:
        raise ProgramFailed(f"{command}: {log.read_text(errors='replace')[-2000:]}")
    return Run(seconds, peak)


def _memory_of(pid: int) -> int:
    """Returns the proportional set size of a process and its descendants, in bytes."""
    total = 0
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += next(
            int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")
        )
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            total += sum(_memory_of(int(child)) for child in children.read_text().split())
    except (OSError, StopIteration):  # the process has ended
        pass
    return total

"""`python -m benchmarks.serving.cold`: the cold start of intake and desk, and their packages.

Starts whole processes: the package on this machine's Python, compiled, alternating with a process
that only creates a boto3 client of DynamoDB, the least that any function on DynamoDB does with
AWS's own library. `tests/helpers/servers/runtime_api.py` says which parts of the package it
replaces.
"""

import compileall
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from platform import python_version
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from zipfile import ZipFile

from benchmarks.figure import Figure, table
from infra.package import pack
from tests.helpers.packaged import WHEELS
from tests.helpers.servers.runtime_api import unpack

_ROUNDS = 15
_MB = 2**20

_PEER = "import boto3; boto3.client('dynamodb')"


@dataclass(frozen=True)
class _Start:
    """A process to start: its program, the package in `task`, what Lambda has in `front`."""

    program: str
    front: Path
    task: Path

    def measure(self) -> tuple[float, float]:
        """Returns the seconds it took, and those of processor time."""
        before, start = _processor_seconds(), time.perf_counter()
        subprocess.run(
            [sys.executable, "-S", "-c", self.program],
            cwd=self.front,
            env=_environment(self.front, self.task),
            check=True,
        )
        return time.perf_counter() - start, _processor_seconds() - before


def measure() -> list[Figure]:
    """Returns the figures: both starts against the peer's, and the sizes of the packages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        intake, desk = _packaged(folder, "intake"), _packaged(folder, "desk")
        starts = {
            "peer": _Start(_PEER, intake.front, intake.task),
            "intake": intake,
            "desk": desk,
        }
        rounds = [{name: start.measure() for name, start in starts.items()} for _ in range(_ROUNDS)]
        sizes = [_size(folder / name / "package.zip") for name in ("intake", "desk")]
    walls, costs = (
        {name: median(each[name][part] for each in rounds) for name in starts} for part in (0, 1)
    )
    return [
        *_of("intake", 1.15, walls, costs),
        *_of("desk", 1.5, walls, costs),
        Figure("package.unpacked", "package of the functions, unpacked", sizes[0], "MB", most=10),
        Figure("package.desk_unpacked", "package of the desk, unpacked", sizes[1], "MB"),
    ]


def _of(
    name: str, most: float, walls: dict[str, float], costs: dict[str, float]
) -> tuple[Figure, Figure]:
    """Returns the figures of one function, by the clock and in processor time."""
    return (
        Figure(
            f"cold.{name}",
            f"cold start of {name}, Python {python_version()}, against a bare boto3 client of "
            f"DynamoDB ({1000 * walls[name]:.0f} ms against {1000 * walls['peer']:.0f} ms)",
            walls[name] / walls["peer"],
            "times",
            most=most,
        ),
        Figure(
            f"cold.{name}_cpu",
            f"the same in processor time ({1000 * costs[name]:.0f} ms against "
            f"{1000 * costs['peer']:.0f} ms)",
            costs[name] / costs["peer"],
            "times",
        ),
    )


def _packaged(folder: Path, name: str) -> _Start:
    """Returns the start of a function, from its package, which is compiled for this Python."""
    here = folder / name
    here.mkdir()
    pack(WHEELS, here / "package.zip", desk=name == "desk")
    front, task = unpack(here / "package.zip", here)
    compileall.compile_dir(task, quiet=1)
    return _Start(f"import functions.{name}", front, task)


def _size(archive: Path) -> float:
    with ZipFile(archive) as package:
        return sum(entry.file_size for entry in package.infolist()) / _MB


def _processor_seconds() -> float:
    """Returns the processor time of all processes that have ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment(front: Path, task: Path) -> dict[str, str]:
    """Returns the environment of serverless.yml, with values that need no network request."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{front}:{task}",
        "PYDANTIC_DISABLE_PLUGINS": "__all__",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "OMBUD_STORE": "dynamodb:ombud",
        "OMBUD_CONTRACTS": "s3://ombud",
        "OMBUD_MAIL": "ses:ombud",
        "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
        "OMBUD_ATTACHMENTS": "s3://ombud",
        "OMBUD_SITE_URL": "https://ombud.example.com",
        "OMBUD_KEY": "00" * 32,
        "OMBUD_DATA_KEY": "kms:ombud",
    }


if __name__ == "__main__":
    print(table(measure()))

"""How long the intake function takes to start, against the least that any function on DynamoDB can.

Whole processes, the package on this machine's Python with its bytecode in place, alternating with
a process that does nothing but make a boto3 client. `tests/helpers/servers/runtime_api.py` says
what of the package is not run as it is.
"""

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from zipfile import ZipFile

from infra.package import pack
from tests.helpers.packaged import WHEELS
from tests.helpers.servers.runtime_api import unpack

_ROUNDS = 15
_MB = 2**20

_PEER = "import boto3; boto3.client('dynamodb')"
_INTAKE = "import functions.intake"


def measure() -> str:
    """The lines of the report: ratio, its two times and the size of the package."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "functions.zip"
        pack(WHEELS, archive)
        front, task = unpack(archive, folder)
        compileall.compile_dir(task, quiet=1)
        environment = _environment(front, task)
        times: dict[str, list[float]] = {_PEER: [], _INTAKE: []}
        for _ in range(_ROUNDS):
            for work, taken in times.items():
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, "-S", "-c", work], cwd=front, env=environment, check=True
                )
                taken.append(time.perf_counter() - start)
        peer, intake = (median(taken) for taken in times.values())
        with ZipFile(archive) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        zipped = archive.stat().st_size
    return (
        f"cold start of intake: {intake / peer:.2f} x a bare boto3 DynamoDB client "
        f"({1000 * intake:.0f} ms against {1000 * peer:.0f} ms)\n"
        f"package: {zipped / _MB:.1f} MB, {unpacked / _MB:.1f} MB unpacked"
    )


def _environment(front: Path, task: Path) -> dict[str, str]:
    """What serverless.yml gives the function, without what would be asked over the network."""
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

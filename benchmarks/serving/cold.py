"""Measures the cold start of the intake function against that of a bare boto3 client.

Starts whole processes: the package on this machine's Python, compiled, alternating with a process
that only creates a boto3 client, the least that any function on DynamoDB does.
`tests/helpers/servers/runtime_api.py` says which parts of the package it replaces.
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
    """Returns the lines of the report: ratio, its two times and the size of the package."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "functions.zip"
        pack(WHEELS, archive)
        front, task = unpack(archive, folder)
        compileall.compile_dir(task, quiet=1)
        environment = _environment(front, task)
        times: dict[str, list[float]] = {_PEER: [], _INTAKE: []}
        for _ in range(_ROUNDS):
            for program, seconds in times.items():
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, "-S", "-c", program], cwd=front, env=environment, check=True
                )
                seconds.append(time.perf_counter() - start)
        peer, intake = (median(seconds) for seconds in times.values())
        with ZipFile(archive) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        zipped = archive.stat().st_size
    return (
        f"cold start of intake: {intake / peer:.2f} x a bare boto3 DynamoDB client "
        f"({1000 * intake:.0f} ms against {1000 * peer:.0f} ms)\n"
        f"package: {zipped / _MB:.1f} MB, {unpacked / _MB:.1f} MB unpacked"
    )


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

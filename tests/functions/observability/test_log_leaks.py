"""The test run itself fails when a log line says what is nobody's business."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from site_src.places import ROOT
from tests.helpers.filings import APPEAL
from tests.helpers.log_leaks import offences


@pytest.mark.parametrize("shared", [[], ["-n", "1"]], ids=["one process", "shared"])
def test_leak_fails_the_run(tmp_path: Path, shared: list[str]) -> None:
    """A run whose lines say something personal fails, and names logger and line."""
    (tmp_path / "test_leak.py").write_text(
        "import logging\n"
        "from tests.helpers.filings import APPEAL\n"
        "def test_leak():\n"
        "    logging.getLogger('ombud.desk').info('filing of %s', APPEAL['name'])\n",
        encoding="utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.helpers.log_leaks",
        "-p",
        "no:cacheprovider",
    ]
    command += [
        *shared,
        "--rootdir",
        str(tmp_path),
        "-c",
        str(ROOT / "pyproject.toml"),
        str(tmp_path),
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "1 passed" in result.stdout
    assert result.returncode == 1
    assert "ombud.desk" in result.stdout
    assert f"filing of {APPEAL['name']}" in result.stdout


@pytest.mark.parametrize(
    "line",
    [
        APPEAL["account"],
        json.dumps({"message": APPEAL["name"]}),
        "the code is 7K3M9-QXH4-CDEF",
        "550 for <somebody@elsewhere.example>",
        f"GET /cases/receipt?token=ACB-22222-22223.1772420400.{'0fA_' * 16}",
    ],
)
def test_offences(line: str) -> None:
    """Words, escaped or not, codes and tokens are found; references and ids are none."""
    (found,) = offences([("server.log", line)])
    assert found.startswith("server.log: ")
    assert offences([("server.log", "filing ACB-22222-22223 for 7K3M-9QXH-4CDE")]) == []

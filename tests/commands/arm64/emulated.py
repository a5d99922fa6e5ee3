"""Python 3.13 for arm64 under an emulated processor, once it is fetched."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_src.places import ROOT

FOLDER = ROOT / "build" / "arm64"
ROOT_FOLDER = FOLDER / "root"
QEMU = FOLDER / "qemu-aarch64-static"
PYTHON = ROOT_FOLDER / "usr" / "bin" / "python3.13"


def run(
    code: str, path: Sequence[Path], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs a program with only these folders and the standard library to import from."""
    return subprocess.run(
        [QEMU, "-L", ROOT_FOLDER, PYTHON, "-S", "-P", "-c", code],
        env={"PYTHONPATH": ":".join(map(str, path)), **environment},
        capture_output=True,
        text=True,
        check=False,
    )

"""Installs Ombud from its wheel, into an environment of its own."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from site_src.places import ROOT

UV = str(Path(sys.executable).with_name("uv"))


def install(folder: Path) -> Path:
    """Builds the wheel, installs it below `folder`, and returns the command `ombud`.

    The environment takes the libraries of the one that runs the tests, so nothing is fetched; the
    wheel alone brings our code and data.
    """
    environment = folder / "environment"
    _run(UV, "build", "-q", "--offline", "--wheel", "--out-dir", folder / "wheel", ROOT)
    _run(UV, "venv", "-q", "--offline", "--python", sys.executable, environment)
    (wheel,) = (folder / "wheel").glob("*.whl")
    python = environment / "bin" / "python"
    _run(UV, "pip", "install", "-q", "--offline", "--no-deps", "--python", python, wheel)
    (packages,) = (environment / "lib").glob("python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return environment / "bin" / "ombud"


def alone() -> dict[str, str]:
    """The environment variables of a command that must find nothing of this checkout by itself."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, env=alone(), timeout=120)

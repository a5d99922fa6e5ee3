"""Fetches Python 3.13 for arm64 and the emulator of its processor, from Debian.

Nothing is installed: packages are unpacked into build/arm64. Debian 12 has no Python 3.13, so it
comes from the next release of the same mirror, whose key Debian's keyring has.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.commands.arm64.emulated import FOLDER, PYTHON, QEMU, ROOT_FOLDER

RELEASE = "trixie"
"""The release of Debian with Python 3.13, which Lambda's runtime has."""

_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_SOURCES = Path("/etc/apt")
_MIRROR = re.compile(r"^(?:URIs: *|deb(?: \[[^]]*\])? )(\S+/debian)/?(?:\s|$)", re.MULTILINE)


def main() -> int:
    """Returns 0, or 1 where this machine has no mirror of Debian, or it lacks the packages."""
    if PYTHON.exists() and QEMU.exists():
        return 0
    if (mirror := next(_mirrors(), None)) is None or not _KEYRING.exists():
        print("No mirror of Debian is configured here: Python 3.13 for arm64 cannot be had.")
        return 1
    try:
        _fetch(mirror)
    except subprocess.CalledProcessError as error:
        print(f"Python 3.13 for arm64 cannot be had: {error}")
        return 1
    return 0


def _fetch(mirror: str) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        state = Path(name)
        apt = _apt(state, mirror)
        subprocess.run([*apt, "update"], check=True)
        subprocess.run([*apt, "--download-only", "--yes", "install", "python3.13"], check=True)
        for package in sorted((state / "archives").glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", package, ROOT_FOLDER], check=True)
        # Debian's own package for it, base-files, has more than is needed here.
        (ROOT_FOLDER / "lib").symlink_to("usr/lib")
        subprocess.run(["apt-get", "-q", "download", "qemu-user-static"], cwd=state, check=True)
        (package,) = state.glob("qemu-user-static_*.deb")
        subprocess.run(["dpkg-deb", "-x", package, state / "qemu"], check=True)
        shutil.copy(state / "qemu" / "usr" / "bin" / QEMU.name, QEMU)


def _mirrors() -> Iterator[str]:
    """The mirrors of Debian that this machine uses."""
    for path in (_SOURCES / "sources.list", *sorted(_SOURCES.glob("sources.list.d/*"))):
        if path.is_file():
            yield from _MIRROR.findall(path.read_text(encoding="utf-8"))


def _apt(state: Path, mirror: str) -> list[str]:
    """apt-get for arm64 of that release, with all its state in a folder."""
    for folder in ("lists/partial", "archives/partial", "sources.list.d"):
        (state / folder).mkdir(parents=True)
    (state / "status").touch()
    (state / "sources.list").write_text(f"deb [signed-by={_KEYRING}] {mirror} {RELEASE} main\n")
    options = {
        "APT::Architecture": "arm64",
        "APT::Architectures": "arm64",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "root",
        "Debug::NoLocking": "1",
        "Dir::Cache": state,
        "Dir::Etc::sourcelist": state / "sources.list",
        "Dir::Etc::sourceparts": state / "sources.list.d",
        "Dir::State::lists": state / "lists",
        "Dir::State::status": state / "status",
    }
    settings = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
    return ["apt-get", "-q", *settings]


if __name__ == "__main__":
    sys.exit(main())

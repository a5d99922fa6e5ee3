"""A machine of its own to run the commands of the docs on: what they write outside is gone after.

Folders of the system, network and processes are the machine's; programs and libraries are those
of this one. Stand-ins take the place of systemd, and of what would fetch something.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from site_src.places import ROOT

_TOPS = ("/etc", "/opt", "/srv", "/var", "/root")

_SCRIPT = """
ip link set lo up
mount -t tmpfs tmpfs "$0"
for top in {tops}; do
    mkdir -p "$0$top/upper" "$0$top/work"
    mount -t overlay overlay -o "lowerdir=$top,upperdir=$0$top/upper,workdir=$0$top/work" $top
done
mount -t tmpfs tmpfs /run
mkdir -p /etc/systemd/system /etc/caddy
chmod o+rx /root
{python} -m aiosmtpd -n -l 127.0.0.1:25 -c aiosmtpd.handlers.Sink >/dev/null 2>&1 &
"$@"
"""

_NEW = ("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")

_VENV = """#!/bin/sh
{python} "$@"
case "$*" in
    "-m venv "*) echo {libraries} >"$(echo "$3"/lib/python*/site-packages)/libraries.pth" ;;
esac
"""
"""Makes environments that have the libraries of the tests, so that nothing is fetched."""

_SYSTEMCTL = """#!/bin/sh
PYTHONPATH={root} exec {python} -m tests.helpers.operating.systemctl "$@"
"""


def new_machine(folder: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """The program that runs a command on a new machine, and the environment to run it in.

    Skips the test where this machine does not let us.
    """
    needed = ("unshare", "ip", "runuser", "adduser")
    if os.geteuid() != 0 or not all(map(shutil.which, needed)):
        pytest.skip(f"needs root and {', '.join(needed)}")
    programs, disk = folder / "programs", folder / "disk"
    for place in (programs, disk):
        place.mkdir(parents=True)
    values = {"python": sys.executable, "root": ROOT, "libraries": sysconfig.get_path("purelib")}
    for name, text in (("python3", _VENV), ("systemctl", _SYSTEMCTL)):
        (programs / name).write_text(text.format_map(values), encoding="utf-8")
        (programs / name).chmod(0o755)
    script = _SCRIPT.format(tops=" ".join(_TOPS), python=sys.executable)
    within = (*_NEW, "sh", "-ec", script, str(disk))
    if subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let its root mount")
    environment = {
        "PATH": f"{programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C.UTF-8",
        "HOME": "/root",
        "UV_OFFLINE": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    return within, environment


def checkout(folder: Path) -> Path:
    """A copy of this checkout as git has it, with the environment that `make` has made here."""
    copy = folder / "checkout"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, os.fsdecode(names).split("\0")):
        if not name.startswith(("tests/", "benchmarks/")) and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy

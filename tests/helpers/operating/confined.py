"""Runs a command as services run: as another user, on a root that cannot be written."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NOBODY = 65534

_SCRIPT = """
mount --bind "$0" "$0" && mount -o remount,bind,ro / &&
exec setpriv --reuid {id} --regid {id} --clear-groups --no-new-privs \
    --bounding-set=-all,{caps} --inh-caps=-all,{caps} --ambient-caps={caps} -- "$@"
"""
_CAPABILITIES = "+dac_read_search"
"""The Python of the tests may lie in somebody's own folder; reading is all that is allowed."""


def confined(writable: Path, command: list[str]) -> list[str]:
    """The command, as a user who may write below `writable` and nowhere else.

    Skips the test where this machine does not let us.
    """
    probe = ["unshare", "--mount", "true"]
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "setpriv"))):
        pytest.skip("needs root, unshare and setpriv")
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let its root mount")
    for path in (writable, *writable.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    script = _SCRIPT.format(id=NOBODY, caps=_CAPABILITIES)
    return ["unshare", "--mount", "sh", "-c", script, str(writable), *command]

"""Writes to a target while this deploy holds the lock, and notes what a lost lock leaves unsure."""

import json

from pydantic import TypeAdapter, ValidationError

from site_src.errors import DeployRunning
from site_src.publish.deploy_lock import HeldLock
from site_src.publish.target import Target

UNSURE_FILE = "contracts/unsure.json"
"""The names of files that a deploy without a lock may have written over those of another."""

_NAMES = TypeAdapter(tuple[str, ...])


class GuardedWrites:
    """Renews the lock before each file.

    A write that stalls, while a laptop sleeps or a network is gone, may arrive after another deploy
    has taken the lock over. Such files are noted, and the next deploy writes them again.
    """

    def __init__(self, target: Target, lock: HeldLock) -> None:
        self._target = target
        self._lock = lock
        self._unconfirmed: list[str] = []

    def put(self, name: str, content: bytes) -> None:
        """Writes a file. Raises DeployRunning if another deploy has taken the lock over."""
        self._hold(self._lock.is_due)
        self._unconfirmed.append(name)
        self._target.put(name, content)

    def remove(self, name: str) -> None:
        """Removes a file. Raises DeployRunning as `put`."""
        self._hold(self._lock.is_due)
        self._unconfirmed.append(name)
        self._target.remove(name)

    def confirm(self) -> None:
        """Ensures that everything so far was written under the lock. Raises DeployRunning."""
        self._hold(True)

    def _hold(self, due: bool) -> None:
        if not due:
            return
        try:
            self._lock.confirm()
        except DeployRunning:
            names = {*unsure(self._target), *self._unconfirmed}
            self._target.put(UNSURE_FILE, json.dumps(sorted(names), indent=1).encode())
            raise
        self._unconfirmed.clear()


def unsure(target: Target) -> tuple[str, ...]:
    """The files that may not be as the manifest says; none if nobody noted any.

    Only names that the manifest has are used.
    """
    try:
        return _NAMES.validate_json(target.read(UNSURE_FILE) or b"[]")
    except ValidationError:
        return ()

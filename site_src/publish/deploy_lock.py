"""Keeps every other deploy out by a lock, which changes only if nobody else has changed it."""

import fcntl
import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Annotated, Protocol

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from functions.model.durable_files import write_whole
from site_src.errors import DeployRunning

LOCK_FILE = "contracts/deploy.lock"

LOCK_LIFE = timedelta(minutes=5)
"""An older lock was left behind by a deploy that died; one of this machine is known at once."""

_RENEWAL = timedelta(minutes=1)
"""A deploy renews a lock of this age before its next file."""

_LOST = (
    "another deploy took over, because this one had not moved on for "
    f"{LOCK_LIFE.seconds // 60} minutes; it stopped before any page leads to its files: "
    "run the command again"
)


@dataclass(frozen=True)
class LockState:
    """A lock as it was read; `content` is empty if nobody holds it, `mark` tells two apart."""

    content: bytes = b""
    mark: str = ""


class LockFile(Protocol):
    """The file of a lock."""

    def read(self) -> LockState:
        """The lock as it is now."""

    def exchange(self, known: LockState, content: bytes) -> LockState | None:
        """Writes `content` if the lock is still as `known`; None if somebody has changed it."""

    def release(self, known: LockState) -> None:
        """Leaves the lock to others, if it is still as `known`."""


class FolderLock:
    """A lock in a folder; each change of it happens under the file's own `flock`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> LockState:
        """See LockFile."""
        try:
            return LockState(self._path.read_bytes())
        except FileNotFoundError:
            return LockState()

    def exchange(self, known: LockState, content: bytes) -> LockState | None:
        """See LockFile."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self.read() != known:
                return None
            write_whole(self._path, content)
        return LockState(content)

    def release(self, known: LockState) -> None:
        """See LockFile."""
        with self._alone():
            if self.read() == known or not self.read().content:
                self._path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps every other process from changing the file; creates it, empty, if it is missing.

        Whoever waited opens the file again if it was replaced meanwhile.
        """
        while True:
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if self._is_in_place(descriptor):
                    yield
                    return
            finally:
                os.close(descriptor)

    def _is_in_place(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except FileNotFoundError:
            return False


class HeldLock:
    """A lock that this deploy holds."""

    def __init__(self, file: LockFile, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        known = file.read()
        if known.content and not _is_expired(known.content, now()):
            raise DeployRunning(_running(known.content))
        self._owner = token_hex(8)
        self._exchange(known, "another deploy has just started; wait until it has finished")

    @property
    def is_due(self) -> bool:
        """Whether the lock is a minute old, so that it should be confirmed before the next file."""
        return self._now() - self._renewed_at >= _RENEWAL

    def confirm(self) -> None:
        """Prolongs the lock. Raises DeployRunning if another deploy has taken it over."""
        self._exchange(self._state, _LOST)

    def release(self) -> None:
        """Leaves the lock to others, unless another deploy has taken it over."""
        self._file.release(self._state)

    def _exchange(self, known: LockState, message: str) -> None:
        at = self._now()
        row = {
            "until": (at + LOCK_LIFE).isoformat(),
            "owner": self._owner,
            "machine": platform.node(),
            "process": os.getpid(),
        }
        content = json.dumps(row).encode()
        state = self._file.exchange(known, content)
        if state is None:
            # A reply may have been lost: then the client wrote again what it had written.
            state = self._file.read()
            if state.content != content:
                raise DeployRunning(message)
        self._state, self._renewed_at = state, at


def _utc_now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def hold(file: LockFile, now: Callable[[], datetime] = _utc_now) -> Iterator[HeldLock]:
    """Holds the lock. Raises DeployRunning if another deploy does."""
    lock = HeldLock(file, now)
    try:
        yield lock
    finally:
        lock.release()


def free_content() -> bytes:
    """The content of a lock that nobody holds, where a file cannot be removed on a condition."""
    return json.dumps({"until": datetime.fromtimestamp(0, UTC).isoformat()}).encode()


class _Row(BaseModel):
    """The content of a lock; release 0.1.0 wrote `until` alone."""

    until: AwareDatetime
    machine: str = ""
    process: Annotated[int, Field(gt=0)] | None = None

    @property
    def is_dead(self) -> bool:
        """Whether its deploy ran on this machine and no longer does."""
        if self.process is None or self.machine != platform.node():
            return False
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except (PermissionError, OverflowError):
            return False
        return False


def _row(content: bytes) -> _Row | None:
    """The content of a lock; None if no deploy wrote it."""
    try:
        return _Row.model_validate_json(content)
    except ValidationError:
        return None


def _is_expired(content: bytes, now: datetime) -> bool:
    row = _row(content)
    return row is not None and (row.until < now or row.is_dead)


def _running(content: bytes) -> str:
    row = _row(content)
    if row is None:
        return f"another deploy is running; if it has died, remove {LOCK_FILE} at the target"
    ends = f"{row.until.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return f"another deploy is running; if it has died, its lock ends at {ends}"

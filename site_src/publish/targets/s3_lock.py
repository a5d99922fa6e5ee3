"""The lock of a target in S3: an owner renews it, and only an expired one is taken over.

Each change of it is a write on the condition of its ETag. Its age is the difference between two
times that S3 itself gives, so the clocks of publishing machines do not matter.
"""

import json
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from secrets import token_hex
from threading import Event, Lock, Thread
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from site_src.errors import DeployRunning
from site_src.publish.targets.lock_wait import Busy, taken

LOCK_SECONDS = 30
"""A lock that was not renewed for so long was left behind by a publication that died."""

_UNKNOWN_SECONDS = 300
"""The same for a lock that does not say how long it lives."""

_RENEWAL_SECONDS = 8.0
_PAUSE_SECONDS = 1.0

_LOST = (
    "another publication took over, because this one had not moved on for "
    f"{LOCK_SECONDS} seconds; nothing leads to what it wrote: run the command again"
)


@dataclass(frozen=True)
class LockState:
    """A lock as it was read: content, ETag, its age in seconds and the time, by the clock of S3.

    Without an ETag there is none.
    """

    content: bytes = b""
    etag: str = ""
    age: float = 0.0
    now: datetime | None = None

    @property
    def holder(self) -> str | None:
        """Who holds it; None if nobody does, or if whoever did has died."""
        try:
            row = json.loads(self.content or b"{}")
        except ValueError:
            row = None
        if not isinstance(row, dict):
            return None if self.age > _UNKNOWN_SECONDS else "somebody"
        return str(row.get("by", "another machine")) if row and not self._is_over(row) else None

    def _is_over(self, row: dict[str, Any]) -> bool:
        if row.get("free"):
            return True
        seconds = row.get("seconds")
        if isinstance(seconds, int):
            return self.age > seconds
        try:  # as earlier releases wrote it
            until = datetime.fromisoformat(str(row["until"]))
            return self.now is not None and until < self.now
        except (KeyError, ValueError, TypeError):
            return self.age > _UNKNOWN_SECONDS


class LockObject(Protocol):
    """The object of a lock."""

    def read(self) -> LockState:
        """The lock as it is now."""

    def exchange(self, known: LockState, content: bytes) -> LockState | None:
        """Writes `content` if the lock is still as `known`; None if somebody has changed it."""


class S3Lock:
    """A lock that this publication holds. A thread renews it until it is released."""

    def __init__(self, file: LockObject, by: str, waiting: Callable[[str], None]) -> None:
        self._file = file
        self._owner, self._by, self._count = token_hex(8), by, 0
        self._changing = Lock()
        self._lost, self._renewed_at = False, _seconds()
        self._state = taken(self._attempt, waiting, _PAUSE_SECONDS)
        self._ended = Event()
        self._renewal = Thread(target=self._renew, name="publication lock", daemon=True)
        self._renewal.start()

    def confirm(self) -> None:
        """Raises DeployRunning if another publication may have taken the lock over."""
        with self._changing:
            # The boot clock goes on while a machine sleeps.
            if not self._lost and _seconds() - self._renewed_at > LOCK_SECONDS / 2:
                self._exchange()
            if self._lost:
                raise DeployRunning(_LOST)

    def release(self) -> None:
        """Leaves the lock to others, unless another publication has taken it over."""
        self._ended.set()
        self._renewal.join()
        if not self._lost:
            self._file.exchange(self._state, b'{"free": true}')

    def _renew(self) -> None:
        while not self._ended.wait(_RENEWAL_SECONDS):
            with self._changing:
                if not self._lost:
                    self._exchange()

    def _exchange(self) -> None:
        """Renews the lock; notes if it is lost. An error of the network is no loss yet."""
        at, content = _seconds(), self._content()
        try:
            state = self._file.exchange(self._state, content)
            if state is None:
                # A reply may have been lost: then the client wrote again what it had written.
                state = self._file.read()
                if state.content != content:
                    self._lost = True
                    return
        except (BotoCoreError, ClientError):
            if _seconds() - self._renewed_at > LOCK_SECONDS / 2:
                self._lost = True
            return
        self._state, self._renewed_at = state, at

    def _attempt(self) -> LockState | Busy:
        """Takes the lock if nobody holds it."""
        at, content = _seconds(), self._content()
        known = self._file.read()
        if known.holder is not None:
            return Busy(f"the publication of {known.holder}")
        state = self._file.exchange(known, content) or self._file.read()
        if state.content != content:
            return Busy(f"the publication of {state.holder or 'another machine'}")
        self._renewed_at = at
        return state

    def _content(self) -> bytes:
        """Another content each time, so that its ETag tells one renewal from the next."""
        self._count += 1
        row = {
            "owner": self._owner,
            "by": self._by,
            "machine": platform.node(),
            "seconds": LOCK_SECONDS,
            "renewal": self._count,
        }
        return json.dumps(row).encode()


@contextmanager
def held_lock(file: LockObject, by: str, waiting: Callable[[str], None]) -> Iterator[S3Lock]:
    """Holds the lock once nobody else does. Raises DeployRunning after ten minutes."""
    lock = S3Lock(file, by, waiting)
    try:
        yield lock
    finally:
        lock.release()


def age_of(response: Any) -> tuple[float, datetime]:
    """The age of an object in seconds, and the time now, both as S3 says in its response."""
    headers = response["ResponseMetadata"]["HTTPHeaders"]
    now = parsedate_to_datetime(headers["date"])
    return (now - response["LastModified"]).total_seconds(), now


def _seconds() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)

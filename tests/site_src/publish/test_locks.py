"""One publication at a time writes to a target, also when one was killed, stalled or cancelled."""

import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from site_src.errors import DeployRunning
from site_src.file_names import LOCK, PUBLISHED_RECORD
from site_src.places import ROOT
from site_src.publish.targets import lock_wait, s3_lock
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.s3 import S3Target
from site_src.publish.targets.s3_lock import LockState, S3Lock, held_lock
from site_src.publish.targets.target import Target
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import (
    deploy,
    files_at,
    mailbox,
    next_version,
    plan,
    write_to,
    wrong_files,
)

THREADS = 4


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits longer than a second, or between two looks at the lock of S3."""
    monkeypatch.setattr(lock_wait, "LOCK_WAIT_SECONDS", 1)
    monkeypatch.setattr(s3_lock, "_PAUSE_SECONDS", 0.05)


def test_lock_keeps_others_out(target: Target) -> None:
    """The lock admits one publication at a time; others are told whom they wait for."""
    told: list[str] = []
    with target.writer("ana@here", print):
        with (
            pytest.raises(DeployRunning, match="has not ended for"),
            target.writer("bo@there", told.append),
        ):
            raise AssertionError("two publications held the lock")
        assert len(told) == 1
        assert told[0].startswith("waiting for the publication of ana@here")
    with pytest.raises(ZeroDivisionError), target.writer("ana", print):
        raise ZeroDivisionError
    with target.writer("ana", told.append):
        pass
    assert len(told) == 1


def test_each_gets_its_turn(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many at the same moment each gets the lock, one after another."""
    monkeypatch.setattr(lock_wait, "LOCK_WAIT_SECONDS", 60)
    alone, turns = Lock(), []

    def take(number: int) -> None:
        with target.writer(str(number), lambda _: None):
            assert alone.acquire(blocking=False), "two publications held the lock"
            turns.append(number)
            alone.release()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(take, range(THREADS)))
    assert sorted(turns) == list(range(THREADS))


@pytest.mark.parametrize(
    ("content", "is_free"),
    [
        (b'{"free": true}', True),
        (b"{}", True),
        (b'{"until": "2026-03-01T00:00:00+00:00"}', True),
        (b'{"until": "9999-01-01T00:00:00+00:00"}', False),
        (b'{"seconds": 60, "by": "ana"}', False),
        (b"{", False),
        (b"[]", False),
        (b"\xff", False),
    ],
)
def test_lock_of_others(s3_target: S3Target, content: bytes, is_free: bool) -> None:
    """A lock of 0.1.0 counts until its end, and what nobody can read for minutes."""
    write_to(s3_target, LOCK, content)
    try:
        with s3_target.writer("bo", lambda _: None):
            assert is_free
    except DeployRunning:
        assert not is_free


@pytest.mark.parametrize(
    ("content", "age", "is_free"),
    [
        (b'{"seconds": 30, "by": "ana"}', 30.0, False),
        (b'{"seconds": 30, "by": "ana"}', 31.0, True),
        (b"{", 300.0, False),
        (b"{", 301.0, True),
    ],
)
def test_age_of_a_lock(content: bytes, age: float, is_free: bool) -> None:
    """A lock that was not renewed for thirty seconds by the clock of S3 is taken over."""
    assert (LockState(content, '"0"', age, datetime.now(UTC)).holder is None) == is_free


class Object:
    """The object of a lock in memory, which may be taken over or out of reach."""

    def __init__(self) -> None:
        self.state, self.etag, self.changed = LockState(), 0, Event()
        self.fails = False

    def read(self) -> LockState:
        """See LockObject."""
        return self.state

    def exchange(self, known: LockState, content: bytes) -> LockState | None:
        """See LockObject."""
        if self.fails:
            raise EndpointConnectionError(endpoint_url="s3")
        if known.etag != self.state.etag:
            return None
        self.etag += 1
        self.state = LockState(content, str(self.etag))
        self.changed.set()
        return self.state


def silent(_: str) -> None:
    """Tells nobody."""


def test_lock_is_renewed_while_it_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a publication takes, a thread renews its lock, each time as another object."""
    sooner = 0.75 * s3_lock._RENEWAL_SECONDS  # noqa: SLF001 - or the patch might do nothing
    monkeypatch.setattr(s3_lock, "_RENEWAL_SECONDS", 0.01)
    file = Object()
    with held_lock(file, "ana", silent) as lock:
        for _ in range(3):
            before = file.state.content
            file.changed.clear()
            assert file.changed.wait(sooner)
            assert file.state.content != before
        lock.confirm()
    assert file.state.holder is None


def test_lock_that_was_taken_over_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication that stalled does not go on, and does not end the lock of the next one (P3)."""
    now, file = [0.0], Object()
    monkeypatch.setattr(s3_lock, "_seconds", lambda: now[0])
    with held_lock(file, "ana", silent) as stalled:
        file.state = LockState(b'{"seconds": 30, "by": "bo"}', "another")
        stalled.confirm()
        now[0] = 16.0
        for _ in range(2):
            with pytest.raises(DeployRunning, match="another publication took over"):
                stalled.confirm()
    assert file.state.holder == "bo"


def test_network_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the network is no loss; half a life of the lock without an answer is."""
    now, file = [0.0], Object()
    monkeypatch.setattr(s3_lock, "_seconds", lambda: now[0])
    lock = S3Lock(file, "ana", silent)
    file.fails = True
    now[0] = 15.0
    lock.confirm()
    now[0] = 16.0
    with pytest.raises(DeployRunning):
        lock.confirm()
    lock.release()


def test_lost_reply() -> None:
    """A write that the client repeats, because its reply was lost, does not lose the lock."""
    file, lose = Object(), Object.exchange

    def twice(known: LockState, content: bytes) -> LockState | None:
        lose(file, known, content)
        return lose(file, known, content)

    file.exchange = twice  # type: ignore[method-assign]
    with held_lock(file, "ana", silent) as lock:
        lock.confirm()
    assert file.state.holder is None


def test_expired_publication_leaves_the_next_one_alone(
    s3_target: S3Target, policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that stalled in the middle, while another published, writes over nothing of it (P3)."""
    deploy(policies, s3_target)
    mailbox(policies)
    newer, put, stalls = policies.with_name("newer"), s3_target.s3.put_object, [True]
    shutil.copytree(policies, newer)
    next_version(newer)

    def put_slowly(**values: Any) -> Any:
        if values["Key"] == "directory/sample.json" and stalls:
            stalls.clear()
            write_to(s3_target, LOCK, b'{"free": true}')
            deploy(newer, S3Target("site", "contracts", None))
        return put(**values)

    monkeypatch.setattr(s3_target.s3, "put_object", put_slowly)
    with pytest.raises(DeployRunning, match="run the command again"):
        deploy(policies, s3_target)
    assert wrong_files(s3_target) == set()
    assert plan(newer, s3_target).files == ()


def test_cancelled_publication_releases_its_lock(policies: Path, tmp_path: Path) -> None:
    """A publication that a job ends by SIGTERM leaves nothing in the way of the next one (P3)."""
    www = tmp_path / "www"
    slowly = (
        "import sys, time; from cli import app\n"
        "from site_src.publish.targets.folder import FolderWriter\n"
        "FolderWriter.place = lambda *_: (print(flush=True), time.sleep(60))\n"
        "app.app()"
    )
    arguments = ["--policies", str(policies), "--to", str(www), "--site-url", SITE_URL]
    command = [sys.executable, "-c", slowly, "deploy", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as cancelled:
        assert cancelled.stdout
        assert cancelled.stdout.readline()
        with pytest.raises(DeployRunning), FolderTarget(www).writer("bo", silent):
            raise AssertionError
        cancelled.terminate()
        assert cancelled.wait(60) == 128 + signal.SIGTERM
    assert [path.name for path in (www / "contracts" / ".publish").iterdir()] == ["lock"]
    deploy(policies, FolderTarget(www))
    assert PUBLISHED_RECORD in FolderTarget(www).names()
    assert files_at(FolderTarget(www))

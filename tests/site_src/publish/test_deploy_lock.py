"""The lock of a deploy, in a folder and in S3: one holder at a time, also when one has died."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from site_src.errors import DeployRunning
from site_src.file_names import MANIFEST, POINTERS
from site_src.places import ROOT
from site_src.publish.deploy import deploy, plan
from site_src.publish.deploy_lock import (
    LOCK_FILE,
    LOCK_LIFE,
    HeldLock,
    LockFile,
    LockState,
    hold,
)
from site_src.publish.guarded_writes import GuardedWrites
from site_src.publish.target import FolderTarget, Target
from site_src.publish.write_order import leads
from tests.conftest import SITE_URL, StoppedClock
from tests.site_src.publish.test_deploy import DAY, next_version

EXPIRED = b'{"until": "2026-01-01T00:00:00+00:00"}'
"""As release 0.1.0 writes it."""

ANOTHERS = b'{"until": "2999-01-01T00:00:00+00:00", "owner": "another"}'

THREADS = 8


def test_lock_keeps_others_out(target: Target) -> None:
    """The lock admits one deploy at a time and is released afterwards, even after a failure."""
    with target.lock(), pytest.raises(DeployRunning, match="its lock ends at"), target.lock():
        raise AssertionError("two deploys held the lock")
    with pytest.raises(ZeroDivisionError), target.lock():
        raise ZeroDivisionError
    with target.lock():
        pass


def test_lock_of_a_dead_deploy_ends(target: Target) -> None:
    """An expired lock is taken over, also one of an earlier release."""
    target.put(LOCK_FILE, EXPIRED)
    with target.lock(), pytest.raises(DeployRunning), target.lock():
        raise AssertionError("two deploys held the lock")


def test_lock_that_no_deploy_wrote_is_not_taken(target: Target) -> None:
    """A lock whose end cannot be read is somebody's; the message says what to do."""
    target.put(LOCK_FILE, b"{")
    with pytest.raises(DeployRunning, match=f"remove {LOCK_FILE}"), target.lock():
        raise AssertionError


@pytest.mark.parametrize("before", [None, EXPIRED], ids=["free", "expired"])
def test_two_that_saw_the_same_do_not_both_take_it(target: Target, before: bytes | None) -> None:
    """Of two deploys that read the same state of the lock, one gets it and the other does not."""
    if before is not None:
        target.put(LOCK_FILE, before)
    file = target.lock_file()
    seen = file.read(), file.read()
    assert file.exchange(seen[0], b"first") is not None
    assert file.exchange(seen[1], b"second") is None
    assert target.read(LOCK_FILE) == b"first"


def test_many_at_once(target: Target) -> None:
    """Of many deploys that find an expired lock at the same moment, exactly one takes it over."""
    target.put(LOCK_FILE, EXPIRED)
    together, finished = Barrier(THREADS), Barrier(THREADS)

    def take(_: int) -> bool:
        together.wait()
        try:
            with target.lock():
                finished.wait()
                return True
        except DeployRunning:
            finished.wait()
            return False

    with ThreadPoolExecutor(THREADS) as pool:
        assert sorted(pool.map(take, range(THREADS))) == [False] * (THREADS - 1) + [True]


def held(target: Target, clock: StoppedClock) -> AbstractContextManager[HeldLock]:
    """The lock of a deploy on this clock."""
    return hold(target.lock_file(), clock)


def test_working_deploy_keeps_its_lock(target: Target, clock: StoppedClock) -> None:
    """A deploy that goes on renews its lock, however long it takes."""
    with held(target, clock) as lock:
        for _ in range(10):
            clock.forward(minutes=2)
            assert lock.is_due
            lock.confirm()
            with pytest.raises(DeployRunning), held(target, clock):
                raise AssertionError("two deploys held the lock")


def test_renewal_is_written_once_a_minute(target: Target, clock: StoppedClock) -> None:
    """Many small files do not write the lock for each of them."""
    with held(target, clock) as lock:
        before = target.read(LOCK_FILE)
        writes = GuardedWrites(target, lock)
        clock.forward(seconds=59)
        writes.put("a.txt", b"")
        assert target.read(LOCK_FILE) == before
        clock.forward(seconds=1)
        writes.put("b.txt", b"")
        assert target.read(LOCK_FILE) != before


def test_killed_deploy_blocks_for_minutes(target: Target, clock: StoppedClock) -> None:
    """What was killed keeps others out for five minutes, then one goes on."""
    killed = held(target, clock)
    killed.__enter__()
    clock.forward(minutes=5)
    with pytest.raises(DeployRunning), held(target, clock):
        raise AssertionError
    clock.forward(seconds=1)
    with held(target, clock):
        pass


def test_killed_deploy_of_this_machine_blocks_nobody(tmp_path: Path) -> None:
    """A lock whose process no longer runs on this machine is taken over at once."""
    take = "import sys, time; from pathlib import Path; from site_src.publish.target import *\n"
    take += "with FolderTarget(Path(sys.argv[1])).lock(): print(flush=True); time.sleep(60)"
    arguments = [sys.executable, "-c", take, str(tmp_path)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE) as killed:
        assert killed.stdout
        assert killed.stdout.readline()
        with pytest.raises(DeployRunning), FolderTarget(tmp_path).lock():
            raise AssertionError
        killed.kill()
        killed.wait()
    with FolderTarget(tmp_path).lock():
        pass


def test_cancelled_deploy_releases_its_lock(policies: Path, tmp_path: Path) -> None:
    """A deploy that a job ends by SIGTERM leaves no lock, wherever the next one runs."""
    folder = tmp_path / "www"
    folder.mkdir()
    deploy_slowly = (
        "import sys, time; from pathlib import Path; from cli import app\n"
        "from site_src import places\n"
        "from site_src.publish import target\n"
        "places.POLICIES = Path(sys.argv.pop(1))\n"
        "target.FolderTarget.put = lambda *_: (print(flush=True), time.sleep(60))\n"
        "app.app()"
    )
    arguments = ["deploy", "--to", str(folder), "--site-url", SITE_URL]
    command = [sys.executable, "-c", deploy_slowly, str(policies), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as cancelled:
        assert cancelled.stdout
        assert cancelled.stdout.readline()
        assert (folder / LOCK_FILE).is_file()
        cancelled.terminate()
        assert cancelled.wait(20) == 143
    assert not (folder / LOCK_FILE).exists()


def test_lock_that_was_taken_over_is_lost(target: Target, clock: StoppedClock) -> None:
    """A deploy that stalled does not go on, and does not end the lock of the one that did."""
    with held(target, clock) as stalled:
        clock.at += LOCK_LIFE + timedelta(seconds=1)
        with held(target, clock):
            assert stalled.is_due
            with pytest.raises(DeployRunning, match="another deploy took over"):
                stalled.confirm()
            stalled.release()
            with pytest.raises(DeployRunning), held(target, clock):
                raise AssertionError("the stalled deploy ended another's lock")


class LostReplies:
    """A lock whose writes arrive, while their replies do not: the client writes once more."""

    def __init__(self, file: LockFile) -> None:
        self._file = file
        self.read, self.release = file.read, file.release

    def exchange(self, known: LockState, content: bytes) -> LockState | None:
        """See LockFile."""
        self._file.exchange(known, content)
        return self._file.exchange(known, content)


def test_lost_reply(target: Target) -> None:
    """A write that the client repeats, because its reply was lost, does not lose the lock."""
    with hold(LostReplies(target.lock_file())) as lock:
        lock.confirm()


class Watched:
    """A target that calls `before` ahead of each write of a file of the site.

    That of `instead` is left to it.
    """

    def __init__(self, target: Target, before: Callable[[str], None], instead: str = "") -> None:
        self._target = target
        self._before = before
        self._instead = instead
        self.read, self.announce = target.read, target.announce
        self.lock, self.lock_file = target.lock, target.lock_file

    def put(self, name: str, content: bytes) -> None:
        """See Target."""
        self._before(name)
        if name != self._instead:
            self._target.put(name, content)

    def remove(self, name: str) -> None:
        """See Target."""
        self._before(name)
        self._target.remove(name)


def test_nothing_leads_to_files_of_a_lost_lock(target: Target, policies: Path) -> None:
    """If another took the lock over, neither pointers nor index change, and the site works."""
    deploy(policies, target, DAY, SITE_URL)
    next_version(policies)
    before = {name: target.read(name) for name in (POINTERS, "index.html")}
    written: list[str] = []

    def steal(name: str) -> None:
        if name.endswith("sample/index.html"):
            target.put(LOCK_FILE, ANOTHERS)
        written.append(name)

    with pytest.raises(DeployRunning, match="run the command again"):
        deploy(policies, Watched(target, steal), DAY, SITE_URL)
    assert not [name for name in written if leads(name)]
    assert {name: target.read(name) for name in before} == before
    assert target.read(LOCK_FILE) == ANOTHERS
    assert json.loads(target.read(MANIFEST) or b"")["sample/index.html"] == ""
    target.put(LOCK_FILE, EXPIRED)
    deploy(policies, target, DAY, SITE_URL)
    assert plan(policies, target, DAY, SITE_URL).files == ()


def test_file_that_arrived_too_late_is_written_again(target: Target, policies: Path) -> None:
    """A write that stalled over the end of its lock is noted, and the next deploy mends it."""
    deploy(policies, target, DAY, SITE_URL)
    next_version(policies)
    page = "sample/index.html"

    def sleep(name: str) -> None:
        if name == page:  # while this one sleeps, another deploys the same
            target.put(LOCK_FILE, EXPIRED)
            deploy(policies, target, DAY, SITE_URL)
            late.append(target.read(page))
            target.put(page, b"late")

    late: list[bytes | None] = []
    with pytest.raises(DeployRunning):
        deploy(policies, Watched(target, sleep, page), DAY, SITE_URL)
    assert target.read(page) == b"late"
    assert page in plan(policies, target, DAY, SITE_URL).files
    deploy(policies, target, DAY, SITE_URL)
    assert target.read(page) == late[0]
    assert plan(policies, target, DAY, SITE_URL).files == ()

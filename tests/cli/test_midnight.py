"""While `serve` runs, what begins on a day begins without anybody touching a file."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from cli.serve import rebuild_on_changes
from site_src.publish.build import build
from tests.conftest import KEY, SITE_URL
from tests.helpers.publishing.checkouts import next_version
from tests.helpers.servers.waiting import eventually


class Day:
    """A day that the test sets."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> date:
        """The day that it is."""
        return self.day


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Day:
    """The last day of February, for `serve` and for its builds."""
    day = Day(date(2026, 2, 28))
    monkeypatch.setattr("cli.serve.today", day)
    monkeypatch.setattr("site_src.publish.build.today", day)
    monkeypatch.setattr("cli.serve._WAIT_MS", 50)
    return day


@pytest.fixture
def after_build() -> timedelta:
    """How many days pass between the build and the watch."""
    return timedelta(0)


@pytest.fixture
def served(policies: Path, tmp_path: Path, today: Day, after_build: timedelta) -> Iterator[Path]:
    """The folder of a site with an announced version 2, which is rebuilt as by `serve`."""
    next_version(policies)
    (policies / "site.yaml").write_text("security_contact: a@b.example.com\n", "utf-8")
    built_on = today.day
    build(policies, tmp_path / "dist", site_url=SITE_URL)
    today.day += after_build
    stop = Event()
    arguments = (policies, tmp_path / "dist", SITE_URL, KEY, stop, "en", built_on)
    thread = Thread(target=rebuild_on_changes, args=arguments, daemon=True)
    thread.start()
    yield tmp_path / "dist"
    stop.set()
    thread.join(60)
    assert not thread.is_alive()


def test_announced_version_takes_over_at_midnight(today: Day, served: Path) -> None:
    """On its day the version is in force, on the page, in its contract and in the feed."""
    home, pointers = served / "sample" / "index.html", served / "contracts" / "current.json"
    before = pointers.read_bytes()
    assert '"version": "1"' in (served / "sample" / "policy.json").read_text("utf-8")
    assert "versions/2/" in home.read_text("utf-8")
    today.day = date(2026, 3, 1)
    eventually(lambda: pointers.read_bytes() != before)
    assert '"version": "2"' in (served / "sample" / "policy.json").read_text("utf-8")
    security = served / ".well-known" / "security.txt"
    eventually(lambda: "Expires: 2026-09-01" in security.read_text("utf-8"))


@pytest.mark.parametrize("after_build", [timedelta(days=1)])
def test_midnight_between_build_and_watch(served: Path) -> None:
    """A site that was built just before midnight is rebuilt once it is watched."""
    policy = served / "sample" / "policy.json"
    eventually(lambda: '"version": "2"' in policy.read_text("utf-8"))


def test_watch_that_broke_off_after_midnight(today: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the site is rebuilt for a day, a watch that has to begin anew rebuilds nothing."""
    stop, built, watches = Event(), list[date](), list[int]()

    def watch(*_: object, **__: object) -> Iterator[set[object]]:
        watches.append(len(watches))
        yield set()
        if len(watches) == 1:
            raise OSError(28, "inotify watch limit reached")
        stop.set()

    monkeypatch.setattr("cli.serve.watch", watch)
    monkeypatch.setattr("cli.serve._PAUSE_SECONDS", 0)
    monkeypatch.setattr("cli.serve._build_again", lambda *_: built.append(today.day))
    yesterday = today.day - timedelta(days=1)
    rebuild_on_changes(Path(), Path(), SITE_URL, KEY, stop, "en", yesterday)
    assert (built, len(watches)) == ([today.day], 2)

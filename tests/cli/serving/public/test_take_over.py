"""On its day a version takes over on a public server, or log and figures say that it did not."""

from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest

from cli.serving.public.metrics_page import ServerState
from cli.serving.public.take_over import TakeOver
from functions.cases.ports.ports import Ports
from functions.model.errors import StoreUnavailable
from tests.helpers.publishing.checkouts import next_version
from tests.helpers.servers.waiting import eventually


class Today:
    """A day that the test sets."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> date:
        """The day that it is."""
        return self.day


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Today:
    """The last day of February."""
    day = Today(date(2026, 2, 28))
    monkeypatch.setattr("cli.serving.public.take_over.today", day)
    monkeypatch.setattr("cli.serving.public.take_over._LOOK_SECONDS", 0.05)
    return day


@pytest.fixture
def site(policies: Path, tmp_path: Path, ports: Ports) -> TakeOver:
    """A site with an announced version 2, and a security.txt."""
    next_version(policies)
    (policies / "site.yaml").write_text("security_contact: a@b.example.com\n", "utf-8")
    return TakeOver(policies, tmp_path / "dist", tmp_path / "statistics", ports)


def figures(site: TakeOver) -> dict[str, float]:
    """The figures of the site's state."""
    return {
        sample.name: sample.value
        for family in ServerState(site.ports, site).collect()
        for sample in family.samples
    }


def test_version_and_security_file_take_over(today: Today, site: TakeOver) -> None:
    """At midnight both are renewed by the thread that waits for it; nobody touches a file."""
    assert site.rebuild()
    policy = site.out / "sample" / "policy.json"
    assert '"version": "1"' in policy.read_text("utf-8")
    stop = Event()
    thread = Thread(target=site.run, args=(stop,), daemon=True)
    thread.start()
    today.day = date(2026, 3, 1)
    eventually(lambda: site.built_on == today.day)
    stop.set()
    thread.join(60)
    assert '"version": "2"' in policy.read_text("utf-8")
    security = site.out / ".well-known" / "security.txt"
    assert "Expires: 2026-09-01" in security.read_text("utf-8")
    assert figures(site)["ombud_site_days_behind"] == 0


def test_what_did_not_take_over_is_told(
    today: Today, site: TakeOver, caplog: pytest.LogCaptureFixture
) -> None:
    """If nothing can be built, the old site stays, and log and figure say how old it is."""
    assert site.rebuild()
    (site.policies / "site.yaml").write_text("language: Klingon\n", "utf-8")
    today.day = date(2026, 3, 2)
    assert not site.rebuild()
    assert '"version": "1"' in (site.out / "sample" / "policy.json").read_text("utf-8")
    assert figures(site)["ombud_site_days_behind"] == 2
    assert "the site was not rebuilt today and is as of 2 days ago" in caplog.messages
    (site.policies / "site.yaml").unlink()
    assert site.rebuild()
    assert figures(site)["ombud_site_days_behind"] == 0


def test_organisation_with_findings_is_named(
    today: Today, site: TakeOver, caplog: pytest.LogCaptureFixture
) -> None:
    """It stays as it was, others take over, and a figure counts it."""
    assert site.rebuild()
    procedure = site.policies / "sample" / "procedure.md"
    procedure.write_text(procedure.read_text("utf-8").replace("工作日", "月"), "utf-8")
    today.day = date(2026, 3, 1)
    assert site.rebuild()
    assert figures(site)["ombud_organisations_left_out"] == 1
    assert "sample was left out: `check sample` says why" in caplog.messages
    assert '"version": "1"' in (site.out / "sample" / "policy.json").read_text("utf-8")


def test_unread_store_hides_the_outbox_alone(
    today: Today, site: TakeOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the store cannot be read, the other figures are still there."""

    def away(*_: object) -> int:
        raise StoreUnavailable("away")

    assert figures(site)["ombud_outbox_mails"] == 0
    monkeypatch.setattr(site.ports.outbox, "owed_mails", away)
    found = figures(site)
    assert "ombud_outbox_mails" not in found
    assert found["ombud_site_days_behind"] == -1

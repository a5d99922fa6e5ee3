"""What was told is noted case by case, so that a store that fails for one sends no other twice."""

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from functions.adapters.sqlite.store import SqliteStore
from functions.cases.watch.watching import watch
from functions.model.desk.summary import CaseSummary
from functions.model.errors import StoreUnavailable
from tests.conftest import Mailbox
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.desk.staff_directory import member, with_staff

BANK, DEALER = "commercial-bank", "car-dealer"
CE, BO = "ce@bank.example.com", "bo@dealer.example.com"
STAFF = {
    BANK: (member(CE, "丙", "complaints"),),
    DEALER: (member(BO, "乙", "staff", "finance-manager"),),
}

Failing = Callable[[str, int], None]
"""From now on the store takes nothing that was told of a case, so many times."""


@pytest.fixture
def cases(watched: WatchedCases, built: Path, tmp_path: Path) -> WatchedCases:
    """Limits in minutes of two cases and in days of two others are near, each with one reader."""
    made = replace(watched, ports=with_staff(watched.ports, built, tmp_path / "staff", STAFF))
    for name in ("BNK-1", "BNK-2"):
        made.file(BANK, name)
        made.act(name, "classified", level="simple")
    made.clock.forward(days=11)
    for name in ("CDR-1", "CDR-2"):
        made.file(DEALER, name, category="finance")
    made.clock.forward(minutes=20)
    return made


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Makes the store fail for what was told."""

    def fail(reference: str, times: int) -> None:
        taken, left = SqliteStore.summarise, iter(range(times))

        def summarise(store: SqliteStore, summary: CaseSummary) -> bool:
            if summary.reference == reference and summary.told and next(left, None) is not None:
                raise StoreUnavailable("throttled")
            return taken(store, summary)

        monkeypatch.setattr(SqliteStore, "summarise", summarise)

    return fail


def told(cases: WatchedCases) -> dict[str, int]:
    """How many stages each case is noted to have told."""
    found = {name: cases.ports.lists.summary(name) for name in cases.cases}
    return {name: len(summary.told) if summary else 0 for name, summary in found.items()}


@pytest.mark.parametrize("name", ["CDR-1", "BNK-1"])
def test_store_that_fails_once(cases: WatchedCases, failing: Failing, name: str) -> None:
    """What could not be noted at first is noted at the end: nothing goes twice."""
    failing(name, 1)
    assert [sent.to for sent in cases.sweep()] == [BO, BO, CE]
    assert told(cases) == {"BNK-1": 1, "BNK-2": 1, "CDR-1": 1, "CDR-2": 1}
    cases.clock.forward(minutes=2)
    assert cases.sweep() == ()


def test_store_that_fails_for_one_case(
    cases: WatchedCases, failing: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are noted; it is told again alone, a minute later and under its Message-ID."""
    failing("CDR-1", 2)
    assert [sent.to for sent in cases.sweep()] == [BO, BO, CE]
    assert told(cases) == {"BNK-1": 1, "BNK-2": 1, "CDR-1": 0, "CDR-2": 1}
    assert "case CDR-1 is not watched: throttled" in caplog.text
    assert cases.sweep() == ()
    cases.clock.forward(minutes=1)
    assert [sent.to for sent in cases.sweep()] == [BO]
    first, _, _, again = cases.reminders()
    assert first["Message-ID"] == again["Message-ID"]
    assert told(cases)["CDR-1"] == 1


def test_store_that_goes_away_meanwhile(
    cases: WatchedCases, failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the case cannot even be put off, the others are noted all the same, and the sweep
    fails.
    """

    def put_off(store: SqliteStore, reference: str, until: object) -> None:
        raise StoreUnavailable("away")

    failing("CDR-1", 2)
    monkeypatch.setattr(SqliteStore, "put_off", put_off)
    with pytest.raises(StoreUnavailable, match="away"):
        watch(cases.ports)
    assert told(cases) == {"BNK-1": 1, "BNK-2": 1, "CDR-1": 0, "CDR-2": 1}


def test_single_mail_is_noted_before_the_next(cases: WatchedCases) -> None:
    """Whoever is killed later has noted what went before."""
    seen = []

    class Server(Mailbox):
        def send(self, message: EmailMessage) -> None:
            seen.append(sum(told(cases).values()))

    watch(replace(cases.ports, mailer=Server()))
    assert seen == [0, 1, 2]


def test_two_sweeps_at_once(cases: WatchedCases, mailbox: Mailbox) -> None:
    """Should a second server watch the same store, a mail can come twice, under one Message-ID;
    what was told is noted once.
    """

    class Server(Mailbox):
        def send(self, message: EmailMessage) -> None:
            if not self.messages:
                watch(cases.ports)
            super().send(message)

    server = Server()
    watch(replace(cases.ports, mailer=server))
    first, second = (
        sorted(str(each["Message-ID"]) for each in sent.messages) for sent in (mailbox, server)
    )
    assert first == second
    assert told(cases) == {"BNK-1": 1, "BNK-2": 1, "CDR-1": 1, "CDR-2": 1}
    cases.clock.forward(minutes=2)
    assert cases.sweep() == ()

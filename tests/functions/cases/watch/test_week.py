"""Three weeks of three organisations under a stopped clock: exactly the mails of a table."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from functions.cases.ports.ports import Ports
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.functions.cases.watch.watched_cases import Sent, WatchedCases
from tests.helpers.desk.staff_directory import member, with_staff

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
STEP = timedelta(minutes=5)

TABLE = Path(__file__).with_name("three_weeks.txt")
"""Worked out by hand."""

MANAGER = ("sales-manager", "finance-manager", "service-manager")
"""Whose the dealer's cases of the table are, by what they are about."""

STAFF = {
    "car-dealer": (
        member("an@dealer.example.com", "客服甲", "customer-service"),
        member("bo@dealer.example.com", "经理乙", "staff", *MANAGER),
    ),
    "commercial-bank": (
        member("ce@bank.example.com", "投诉丙", "complaints"),
        member("du@bank.example.com", "投诉丁", "complaints"),
        member("er@bank.example.com", "客服戊", "service-centre"),
    ),
    "data-service": (member("eva@data-service.example.com", "Eva", "support"),),
}
"""Nobody at the data service is its data protection officer: the mailbox of that role is told, and
has the only links that open such a request."""

Act = tuple[datetime, Callable[[], None]]
Mail = tuple[str, str, str, tuple[str, ...]]
"""When it went, to whom, its subject, and its lines."""


def script(cases: WatchedCases) -> Iterator[Act]:
    """What filers and staff do, in the order of time."""

    def cn(at: str, do: Callable[[], None]) -> Act:
        return local(at, SHANGHAI), do

    def de(at: str, do: Callable[[], None]) -> Act:
        return local(at, BERLIN), do

    file, act = cases.file, cases.act
    customer: dict[str, str] = {"relation": "customer"}
    extended = {"extends": "decide-longer", "until": date(2026, 5, 29)}
    yield cn("03-30 10:00", lambda: file("commercial-bank", "BNK-2"))
    yield cn("03-31 10:00", lambda: act("BNK-2", "classified", level="complex"))
    yield de("04-01 10:00", lambda: file("data-service", "DSV-3", "request", relation="person"))
    yield cn("04-13 10:00", lambda: file("commercial-bank", "BNK-3"))
    yield cn("04-14 10:00", lambda: act("BNK-3", "classified", level="simple"))
    yield cn("04-20 10:00", lambda: file("commercial-bank", "BNK-1"))
    yield cn("04-21 10:00", lambda: act("BNK-1", "classified", level="simple"))
    yield cn("04-27 09:00", lambda: act("BNK-3", "event", event="papers-missing"))
    yield cn("04-28 10:00", lambda: act("BNK-2", "extended", **extended))
    yield cn("04-28 10:00", lambda: file("car-dealer", "CDR-1", category="sales-product"))
    yield cn("04-28 10:25", lambda: act("CDR-1", "registered", keeps=("hand-over",)))
    yield cn("04-28 10:50", lambda: act("CDR-1", "forwarded", keeps=("assign",)))
    yield cn("04-29 16:50", lambda: file("commercial-bank", "BNK-4", category="urgent-loss"))
    yield cn("04-29 17:10", lambda: act("BNK-4", "done", keeps=("stop-payment",)))
    yield cn("04-30 17:20", lambda: file("car-dealer", "CDR-2", category="finance"))
    yield de("04-30 16:00", lambda: file("data-service", "DSV-1", relation="premium-customer"))
    yield de("05-04 10:00", lambda: act("DSV-1", "acknowledged"))
    yield de("05-05 17:40", lambda: file("data-service", "DSV-2", category="outage", **customer))
    yield cn("05-06 11:00", lambda: act("BNK-4", "done", keeps=("first-answer",)))
    yield de("05-06 10:00", lambda: act("DSV-2", "acknowledged"))
    yield cn("05-06 23:00", lambda: file("car-dealer", "CDR-4", category="finance"))
    yield cn("05-07 10:00", lambda: act("BNK-3", "event", event="papers-complete"))
    yield cn("05-07 11:00", lambda: act("CDR-4", "withdrawn"))
    yield cn("05-09 09:00", lambda: file("car-dealer", "CDR-3", category="repair-accident"))


def local(at: str, zone: ZoneInfo) -> datetime:
    """A moment of 2026 at a place, `04-28 10:20`."""
    return datetime.fromisoformat(f"2026-{at}").replace(tzinfo=zone).astimezone(UTC)


def table() -> Iterator[Mail]:
    """The mails that must go."""
    for block in TABLE.read_text(encoding="utf-8").split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if not line.startswith("#")]
        if lines:
            when, _, to = lines[0].partition(" | ")
            for address in to.split(", "):
                yield when, address, lines[1], tuple(lines[2:])


def seen(sent: Sent) -> Mail:
    """A mail as the table has it: without what stands on top and at the end of each, and of the
    token of a link only the reference.
    """
    is_abroad = sent.to.endswith("@data-service.example.com")
    at = sent.at.astimezone(BERLIN if is_abroad else SHANGHAI)
    _, desk, *lines, no_reply = sent.lines
    assert desk.endswith(f"{SITE_URL}/cases/desk")
    assert no_reply.startswith(("请勿直接回复本邮件", "Please do not reply to this mail"))
    lines = [re.sub(r"(\?token=\w+-\d+)\..*", r"\1", line) for line in lines]
    return f"{at:%a} {at.day} {at:%b %H:%M}", sent.to, sent.subject, tuple(lines)


@pytest.fixture
def mails(
    ports: Ports, built: Path, tmp_path: Path, clock: StoppedClock, mailbox: Mailbox
) -> list[Sent]:
    """The mails that went while all this happened, with a sweep every five minutes."""
    staffed = with_staff(ports, built, tmp_path / "contracts", STAFF)
    cases = WatchedCases(staffed, clock, mailbox)
    sent: list[Sent] = []
    steps = list(script(cases))
    clock.at = steps[0][0]
    for at, do in steps:
        sent += cases.until(at - STEP, STEP)
        clock.at = at
        do()
    sent += cases.until(local("05-12 00:00", SHANGHAI), STEP)
    return sent


def test_three_weeks(mails: list[Sent]) -> None:
    """Every mail of the table goes, at its minute, and no other."""
    assert sorted(map(seen, mails)) == sorted(table())

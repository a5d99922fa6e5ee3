"""Fills a store with the cases of more than a year, the same each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from cli.reporting.statistics import export_published
from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.ports import Ports
from functions.cases.statistics.nightly import count_organisation
from site_src.places import POLICIES
from site_src.publish.build import build
from tests.conftest import KEY, Mailbox, StoppedClock, codec
from tests.helpers.desk.casebook import Casebook
from tests.helpers.desk.staff_directory import with_staff

END = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
"""When the last of them is counted: a Saturday, ten o'clock in Shanghai."""

_MONTHS = 14
_OUTCOMES = ("upheld", "upheld", "partly_upheld", "not_upheld", "not_upheld", "settled")


def fill_year(
    ports: Ports, clock: StoppedClock, organisation: str = "commercial-bank", many: int = 14
) -> Casebook:
    """Stores some `many` cases a month, with answers, reviews and measures, and counts them."""
    random, book = Random(2026), Casebook(ports, clock, organisation)
    begin = END - timedelta(days=30 * _MONTHS)
    moments = sorted(
        begin + timedelta(minutes=random.randrange(30 * _MONTHS * 24 * 60 - 3000))
        for _ in range(many * _MONTHS)
    )
    for moment in moments:
        clock.at = moment
        _story(book, random)
    clock.at = END
    directory = ports.contracts.directory(organisation)
    assert directory is not None
    assert count_organisation(directory, ports)
    return book


@contextmanager
def counted_year(folder: Path, built: Path) -> Iterator[Ports]:
    """Ports over a year of the bank's cases, with staff of the tests' own; keeps all in `folder`.

    `built` is a built site, whose contracts they use.
    """
    clock = StoppedClock()
    store = SqliteStore(str(folder / "ombud.db"), codec(clock))
    ports = Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=FolderContracts(str(built / "contracts")),
        mailer=Mailbox(),
        shelf=FolderFileStorage(str(folder / "files")),
        scanner=None,
        now=clock,
        key=KEY,
        sender="no-reply@ombud.example.com",
        site_url="http://127.0.0.1",
    )
    staffed = with_staff(ports, built, folder / "contracts")
    fill_year(staffed, clock, many=9)
    yield staffed
    store.close()


def with_figures(ports: Ports, folder: Path) -> None:
    """Builds the site with the published figures into `dist` below that folder."""
    export_published(ports, folder / "statistics")
    site, figures = folder / "dist", folder / "statistics"
    build(POLICIES, site, site_url="http://127.0.0.1", statistics=figures)


def _story(book: Casebook, random: Random) -> None:
    """One case: levelled, mostly answered in time, sometimes reviewed."""
    digest = book.ports.contracts.current().organisations[book.organisation]
    kind = book.ports.contracts.contract(digest).kinds["complaint"]
    choices = [
        choice.value
        for field in kind.fields
        if field.name == "category"
        for choice in field.choices
    ]
    channel = random.choice((None, None, *_channels(book)))
    case = book.file(channel=channel, category=random.choice([*choices, None]), name="张三")

    def later(**length: float) -> bool:
        book.clock.forward(**length)
        return book.clock.at < END

    levels = [choice.value for choice in kind.levels]
    if not later(minutes=random.randrange(3, 60)):
        return
    if levels and not kind.level_of(case.submission.category):
        book.act(case, "classified", level=random.choice(levels))
    book.act(case, "registered")
    if random.random() < 0.8:
        book.act(case, "acknowledged")
    if not later(minutes=random.randrange(3, 45)):
        return
    exact = tuple(limit.id for limit in kind.limits if limit.is_exact)
    book.act(case, "forwarded", keeps=exact if random.random() < 0.9 else ())
    if random.random() < 0.04:
        book.act(case, "withdrawn")
        return
    if not later(days=min(random.expovariate(1 / 9), 40)) or random.random() < 0.06:
        return
    outcome = random.choice(_OUTCOMES)
    remedy = "refund" if outcome == "upheld" else ""
    book.act(case, "decision", outcome=outcome, remedy=remedy, text="decided")
    if outcome == "upheld" and random.random() < 0.2:
        until = (book.clock.at + timedelta(days=random.randrange(10, 60))).date()
        book.act(case, "measure", text="客户经理重新培训", owner="零售部", until=until)
    if not later(days=8):
        return
    if random.random() < 0.3:
        book.act(case, "satisfaction", satisfied=random.random() < 0.7, fairly=True)
    if outcome == "not_upheld" and random.random() < 0.3 and later(days=3):
        book.act(case, "review_requested", review=0)
        if later(days=random.randrange(5, 25)):
            changed = random.random() < 0.4
            book.act(case, "decision", outcome="partly_upheld" if changed else outcome)
    elif later(days=5):
        book.act(case, "closed")


def _channels(book: Casebook) -> tuple[str, ...]:
    """The first channel besides this site, by which staff enter a third of the filings."""
    digest = book.ports.contracts.current().organisations[book.organisation]
    procedure = book.ports.contracts.contract(digest).procedure
    assert procedure is not None
    kinds = book.ports.contracts.procedure(procedure).kinds
    return tuple(channel.id for channel in kinds["complaint"].channels[:1])

"""Fixtures that the tests share: a built site, ports over it, and a stopped clock."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import DerivedKeyring, TextCipher
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.mail.maildir import Maildir
from functions.adapters.sqlite.schema import open_database
from functions.adapters.sqlite.store import SqliteStore
from functions.bootstrap import cold_start
from functions.cases.ports.ports import Now, Ports
from functions.cases.ports.store import Store
from functions.model.errors import MailPermanent
from functions.web.app import create_app
from site_src.places import POLICIES
from site_src.publish.build import build
from tests.helpers.chromium import launch
from tests.helpers.log_leaks import (  # noqa: F401 - hooks, which pytest finds here
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
)
from tests.helpers.operating.installed import install
from tests.helpers.packaged import Packaged, package
from tests.helpers.places import EXAMPLES
from tests.helpers.servers import dynamodb_local as dynamodb_local
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.ministack import emulator, reset
from tests.helpers.servers.runtime_api import Unpacked, unpack
from tests.helpers.servers.site_server import served_here

os.environ["LC_ALL"] = "C.UTF-8"  # findings are in English, whatever the machine speaks

# An example may take as long as it needs: a busy machine says nothing of the program.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any")
expect.set_options(timeout=30_000)  # milliseconds, as long as Playwright waits for anything else

KEY = bytes(range(32))
SITE_URL = "https://ombud.example.com"
MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2 March 2026, ten o'clock in Shanghai: no holiday within four weeks."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` rewrites the golden files instead of comparing them."""
    parser.addoption("--update-golden", action="store_true")


@dataclass
class StoppedClock:
    """A clock that moves only when a test moves it."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        """Returns the moment at which it stands."""
        return self.at

    def forward(self, **length: float) -> None:
        """Moves the clock, by `hours=1` and the like."""
        self.at += timedelta(**length)


@dataclass
class Mailbox:
    """A mailer that keeps messages.

    It raises each of `failures` once, and refuses the recipients in `refused`.
    """

    failures: list[Exception] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    messages: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        """See Mailer."""
        if self.failures:
            raise self.failures.pop(0)
        if message["To"] in self.refused:
            raise MailPermanent("SMTP 550 5.1.1")
        self.messages.append(message)


@pytest.fixture(scope="session", autouse=True)
def undurable() -> Iterator[None]:
    """Stores in the process of the tests do not wait for the disk at each commit: no test turns
    the power off. Servers that tests start and kill wait as always.
    """

    def opened(path: str, busy_seconds: float) -> sqlite3.Connection:
        connection = open_database(path, busy_seconds)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("functions.adapters.sqlite.database.open_database", opened)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all policies, built once."""
    out = tmp_path_factory.mktemp("dist")
    build(POLICIES, out, site_url=SITE_URL)
    return out


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    """The package of the functions and its template, built once."""
    return package(tmp_path_factory.mktemp("osls"))


@pytest.fixture(scope="session")
def unpacked(packaged: Packaged, tmp_path_factory: pytest.TempPathFactory) -> Unpacked:
    """The package, unpacked as Lambda unpacks it."""
    return unpack(packaged.archive, tmp_path_factory.mktemp("lambda"))


@pytest.fixture(scope="session")
def unpacked_desk(packaged: Packaged, tmp_path_factory: pytest.TempPathFactory) -> Unpacked:
    """The package of the desk, unpacked as Lambda unpacks it."""
    return unpack(packaged.desk_archive, tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def ombud(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an installed Ombud, from its wheel."""
    return install(tmp_path_factory.mktemp("installed"))


def codec(now: Now | None = None, key: bytes = KEY) -> Codec:
    """Returns the codec of the test stores, with a stopped clock by default."""
    return Codec(TextCipher(DerivedKeyring((key,))), now or StoppedClock())


def on_store(ports: Ports, store: Store) -> Ports:
    """Returns the same ports over another store."""
    return replace(ports, store=store, outbox=store, counters=store, lists=store)


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one good policy, which the command line uses as the project's."""
    folder = tmp_path / "policies"
    shutil.copytree(EXAMPLES / "good", folder)
    monkeypatch.setattr("site_src.places.POLICIES", folder)
    monkeypatch.setenv("OMBUD_SITE_URL", SITE_URL)
    return folder


@pytest.fixture
def clock() -> StoppedClock:
    """A clock at ten in the morning."""
    return StoppedClock()


@pytest.fixture
def mailbox() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()


@pytest.fixture
def ports(tmp_path: Path, built: Path, clock: StoppedClock, mailbox: Mailbox) -> Iterator[Ports]:
    """SQLite on disk, the built contracts, a stopped clock and a mailbox."""
    store = SqliteStore(str(tmp_path / "ombud.db"), codec(clock))
    yield Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=FolderContracts(str(built / "contracts")),
        mailer=mailbox,
        shelf=FolderFileStorage(str(tmp_path / "files")),
        scanner=None,
        now=clock,
        key=KEY,
        sender="no-reply@ombud.example.com",
        site_url=SITE_URL,
    )
    store.close()


@pytest.fixture
def client(ports: Ports) -> Iterator[TestClient]:
    """A client of the application that behaves like a browser without script."""
    with TestClient(create_app(ports), base_url=SITE_URL) as test_client:
        yield test_client


@pytest.fixture
def address(ports: Ports, built: Path) -> Iterator[str]:
    """The address of a server with all pages and the function, under a stopped clock."""
    with served_here(ports, built) as server_address:
        yield server_address


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What starts the browsers of a module."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests of a module."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture(scope="module", params=[False, True], ids=["fetching", "keeping"])
def any_browser(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One that fetches a page again to go back to it, and one that keeps it whole in memory."""
    chromium = launch(playwright, back_forward_cache=request.param)
    yield chromium
    chromium.close()


@pytest.fixture
def maildir(tmp_path: Path) -> Maildir:
    """A maildir on disk."""
    return Maildir(str(tmp_path / "mail"))


@pytest.fixture(scope="session")
def ministack_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the AWS emulator, started once."""
    with emulator(tmp_path_factory.mktemp("aws") / "ministack.log", free_port()) as address:
        yield address


@pytest.fixture
def ministack(ministack_address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the emptied AWS emulator; clients in this environment use only it."""
    reset(ministack_address)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    for name, value in {
        "AWS_ENDPOINT_URL": ministack_address,
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    return ministack_address


@pytest.fixture
def wired(
    ports: Ports, clock: StoppedClock, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Sets the environment of a Lambda over the store of `ports`; yields the maildir.

    The clock of `ports` stands at this moment: what is wired has the machine's own, by which a
    filing of a day long ago is overdue, or past its retention. Restores formatters and level of
    the log afterwards, because a cold start changes them.
    """
    clock.at = datetime.now(UTC)
    root = logging.getLogger()
    formatters = [(handler, handler.formatter) for handler in root.handlers]
    level = root.level
    maildir_path = tmp_path / "box"
    for name, value in {
        "STORE": f"sqlite:{tmp_path / 'ombud.db'}",
        "CONTRACTS": str(built / "contracts"),
        "MAIL": f"maildir:{maildir_path}",
        "MAIL_FROM": ports.sender,
        "SITE_URL": ports.site_url,
        "KEY": KEY.hex(),
        "ATTACHMENTS": str(tmp_path / "files"),
    }.items():
        monkeypatch.setenv(f"OMBUD_{name}", value)
    cold_start.cache_clear()
    yield maildir_path
    if cold_start.cache_info().currsize:
        store = cold_start().store
        assert isinstance(store, SqliteStore)
        store.close()
    cold_start.cache_clear()
    for handler, formatter in formatters:
        handler.setFormatter(formatter)
    root.setLevel(level)


@pytest.fixture(scope="session")
def dynamodb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of DynamoDB Local, started once."""
    log = tmp_path_factory.mktemp("dynamodb") / "dynamodb.log"
    with dynamodb_local.emulator(log, free_port()) as address:
        yield address


@pytest.fixture
def table(dynamodb: str) -> Iterator[str]:
    """The name of an empty table."""
    with dynamodb_local.table(dynamodb_local.client_at(dynamodb)) as name:
        yield name

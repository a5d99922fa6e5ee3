"""What the tests share: a built site, ports over it, and a clock that stands still."""

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import build as cli
from functions.adapters.folder import FolderContracts
from functions.adapters.maildir import Maildir
from functions.adapters.sqlite import SqliteStore
from functions.app import create_app
from functions.ports import Ports
from site_src.site import POLICIES, build

EXAMPLES = Path(__file__).parent / "examples"
KEY = bytes(range(32))
MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2 March 2026, ten o'clock in Shanghai: no holiday within four weeks."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` rewrites the golden files instead of comparing them."""
    parser.addoption("--update-golden", action="store_true")


def free_port() -> int:
    """A port on localhost that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class StoppedClock:
    """A clock that moves only when a test moves it."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self.at

    def forward(self, **length: float) -> None:
        """Moves the clock, by `hours=1` and the like."""
        self.at += timedelta(**length)


@dataclass
class Mailbox:
    """A mailer that keeps messages, and fails as often as it is told to."""

    failures: list[Exception] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        """See Mailer."""
        if self.failures:
            raise self.failures.pop(0)
        self.messages.append(message)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all policies, built once."""
    out = tmp_path_factory.mktemp("dist")
    build(POLICIES, out)
    return out


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one good policy, which the command line takes for the project's."""
    folder = tmp_path / "policies"
    shutil.copytree(EXAMPLES / "good", folder)
    monkeypatch.setattr(cli, "POLICIES", folder)
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
    store = SqliteStore(str(tmp_path / "ombud.db"))
    yield Ports(
        store=store,
        contracts=FolderContracts(str(built / "contracts")),
        mailer=mailbox,
        now=clock,
        key=KEY,
        sender="no-reply@ombud.example.com",
        site_url="https://ombud.example.com",
    )
    store.close()


@pytest.fixture
def client(ports: Ports) -> Iterator[TestClient]:
    """A browser without script, at the function's door."""
    with TestClient(create_app(ports), base_url="https://ombud.example.com") as made:
        yield made


@pytest.fixture
def maildir(tmp_path: Path) -> Maildir:
    """A maildir on disk."""
    return Maildir(str(tmp_path / "mail"))

"""The check value of the key, the probe of readiness, and damage: in every store."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import DerivedKeyring, TextCipher
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.model.errors import KeyMismatch, StoreError, StoreNewer
from functions.model.release import RELEASE
from functions.web.app import create_app
from site_src.places import ROOT
from tests.conftest import KEY, MORNING, StoppedClock, codec, on_store
from tests.functions.adapters.test_store import HOUR, case, key, mail
from tests.helpers.places import TESTS
from tests.helpers.servers.dynamodb_local import client_at

OTHER = b"\x07" * 32
Open = Callable[..., Store]


@pytest.fixture(params=["sqlite", "dynamodb"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> Iterator[Open]:
    """Opens the same store, with these keys."""
    stores: list[Store] = []
    table = request.getfixturevalue("table") if request.param == "dynamodb" else ""
    address = request.getfixturevalue("dynamodb") if table else ""

    def open_store(*keys: bytes) -> Store:
        text = Codec(TextCipher(DerivedKeyring(keys or (KEY,))), clock)
        store: Store
        if table:
            store = DynamoStore(table, client_at(address), text)
        else:
            store = SqliteStore(str(tmp_path / "ombud.db"), text)
        stores.append(store)
        return store

    yield open_store
    for store in stores:
        store.close()


def test_another_key_is_refused(opened: Open) -> None:
    """A store that was used with one key says so to another, also while it has no case."""
    opened().check_key()
    with pytest.raises(KeyMismatch, match="put that key back"):
        opened(OTHER).check_key()
    with pytest.raises(KeyMismatch):
        opened(OTHER).probe()
    opened(OTHER, KEY).check_key()


def test_check_follows_a_new_key(opened: Open) -> None:
    """After `rekey` the earlier key is needed no longer."""
    opened().check_key()
    opened(OTHER, KEY).rekey()
    opened(OTHER).check_key()
    with pytest.raises(KeyMismatch):
        opened().check_key()


def test_probe_leaves_nothing(opened: Open) -> None:
    """Readiness stores and reads, and afterwards there is no case and no mail of it."""
    store = opened()
    for _ in range(2):
        store.probe()
    assert list(store.cases()) == []
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == ()
    assert store.owed_since() is None


def test_store_of_an_earlier_release_shows_its_key(tmp_path: Path) -> None:
    """A store without a check value is not given the check of a key that cannot read its cases."""
    shutil.copy(TESTS / "releases" / "0.1.0" / "ombud.db", tmp_path / "ombud.db")
    store = SqliteStore(str(tmp_path / "ombud.db"), codec(key=OTHER))
    with pytest.raises(KeyMismatch):
        store.check_key()
    store.close()
    with closing(SqliteStore(str(tmp_path / "ombud.db"), codec())) as store:
        store.check_key()


def test_destroyed_page_is_found(ports: Ports, tmp_path: Path) -> None:
    """A page that was overwritten while the server ran makes it not ready within seconds."""
    path = tmp_path / "damaged.db"
    with closing(SqliteStore(str(path), codec())) as store:
        for number in range(200):
            reference = f"SEC-22222-22{number:03}"
            store.accept(case(reference), (mail(number, reference),), key(reference))
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (size,) = db.execute("PRAGMA page_size").fetchone()
        store.look_for_damage()
        with TestClient(create_app(on_store(ports, store))) as client:
            assert client.get("/cases/ready").status_code == 200
            with path.open("r+b") as file:
                file.seek(size * 20)
                file.write(b"\xff" * size)
            store._database._next_check = 0.0  # noqa: SLF001 - as if the seconds had passed
            store.look_for_damage()
            answer = client.get("/cases/ready")
    assert answer.status_code == 503
    assert answer.json()["store"] == "failed"


def test_store_of_a_later_release_names_it(tmp_path: Path) -> None:
    """An older release changes nothing and says which release to run."""
    path = tmp_path / "ombud.db"
    SqliteStore(str(path), codec()).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute("UPDATE about SET content = '9.8.7' WHERE name = 'release'")
    before = path.read_bytes()
    with pytest.raises(StoreNewer, match=r"written by release 9\.8\.7, and this is .*: run that"):
        SqliteStore(str(path), codec())
    assert path.read_bytes() == before


def test_release_is_that_of_the_project() -> None:
    """What a store is told is the version in pyproject.toml."""
    assert f'\nversion = "{RELEASE}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    """A file that is not SQLite, a folder, and a folder below a file give one sentence."""
    (tmp_path / "text").write_text("x" * 5000)
    for path in (tmp_path / "text", tmp_path, tmp_path / "text" / "ombud.db"):
        with pytest.raises(StoreError, match="cannot be opened"):
            SqliteStore(str(path), codec())

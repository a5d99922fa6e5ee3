"""Backup and restore of the SQLite store, by the commands that an operator has."""

import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import build as cli
from functions.adapters.sqlite import SqliteStore
from tests import station
from tests.conftest import MORNING, codec
from tests.listening import free_port
from tests.mailserver import mail_server
from tests.soak import Tally, Witness, examine, load, wait_for_mails
from tests.test_store import HOUR, case, key, mail

pytestmark = pytest.mark.usefixtures("no_store_named")


@pytest.fixture
def no_store_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names no store."""
    monkeypatch.delenv("OMBUD_STORE", raising=False)


def run(command: str, file: Path, data: Path, *options: str) -> Result:
    """One of the commands."""
    return CliRunner().invoke(cli.app, [command, str(file), "--data", str(data), *options])


def keep(data: Path, *references: str) -> SqliteStore:
    """A store in a folder, open, with cases that owe a mail each."""
    store = SqliteStore(str(data / "ombud.db"), codec())
    for number, reference in enumerate(references):
        store.accept(case(reference), (mail(number, reference),), key(reference))
    return store


def kept(database: Path) -> list[str]:
    """The references in a store."""
    with closing(sqlite3.connect(database)) as store:
        return [reference for (reference,) in store.execute("SELECT reference FROM cases")]


def test_backup_under_load(built: Path, tmp_path: Path) -> None:
    """It has every receipt given before it began, is whole, and owes what was not sent."""
    live, other, file, port = tmp_path / "live", tmp_path / "other", tmp_path / "b.db", free_port()
    tally = Tally()
    with mail_server(tally) as mail_port:
        address = f"smtp://127.0.0.1:{mail_port}"
        with (
            station.station(station.Place(live, built / "contracts", address), port),
            load(port, seed=7) as clients,
        ):
            while sum(len(client.receipts) for client in clients) < 50:
                time.sleep(0.01)
            before = {n: r for client in clients for n, r in client.receipts.copy().items()}
            assert run("backup", file, live).exit_code == 0
            assert "stop the server first" in run("restore", file, live, "--replace").output
        receipts = {n: r for client in clients for n, r in client.receipts.items()}
        assert run("restore", file, other).exit_code == 0
        place = station.Place(other, built / "contracts", address)
        with station.station(place, port, ahead=timedelta(minutes=10)):
            wait_for_mails(other / "ombud.db")
    references = set(kept(other / "ombud.db"))
    assert set(before.values()) <= references <= set(receipts.values())
    restored = {number: r for number, r in receipts.items() if r in references}
    of_restored = Witness(0, restored, tally.arrived, 0, 0, ())
    problems = [p for p in examine(other / "ombud.db", of_restored) if "of no case" not in p]
    assert problems == []


def test_backup_is_one_file_for_its_owner(tmp_path: Path) -> None:
    """It needs no log beside it, and nobody else reads what people told in confidence."""
    keep(tmp_path / "data", "SEC-22222-22222").close()
    file = tmp_path / "away" / "b.db"
    result = run("backup", file, tmp_path / "data")
    assert result.output.startswith(f"1 cases in {file}.")
    assert [path.name for path in file.parent.iterdir()] == ["b.db"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_backup_never_overwrites(tmp_path: Path) -> None:
    """An earlier backup stays as it is."""
    keep(tmp_path, "SEC-22222-22222").close()
    file = tmp_path / "b.db"
    file.write_text("earlier")
    result = run("backup", file, tmp_path)
    assert (result.exit_code, file.read_text()) == (2, "earlier")
    assert "name another file" in result.output


def test_store_with_cases_is_not_replaced_unasked(tmp_path: Path) -> None:
    """It is refused; with --replace the store is kept aside, whole, and mails are owed again."""
    file = tmp_path / "b.db"
    keep(tmp_path, "SEC-22222-22222").close()
    run("backup", file, tmp_path)
    keep(tmp_path, "SEC-33333-33333").close()
    refused = run("restore", file, tmp_path)
    assert refused.exit_code == 2
    assert "has 2 cases; --replace puts it aside" in refused.output
    assert len(kept(tmp_path / "ombud.db")) == 2
    result = run("restore", file, tmp_path, "--replace")
    assert "1 cases restored; 1 mails are owed" in result.output
    assert kept(tmp_path / "ombud.db") == ["SEC-22222-22222"]
    (aside,) = tmp_path.glob("ombud.db.replaced-*")
    assert len(kept(aside)) == 2
    store = SqliteStore(str(tmp_path / "ombud.db"), codec())
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(0),)
    store.close()


def test_store_in_use_is_not_replaced(tmp_path: Path) -> None:
    """While a server has the store open it is refused, or the server would write into nothing."""
    file = tmp_path / "b.db"
    store = keep(tmp_path, "SEC-22222-22222")
    run("backup", file, tmp_path)
    result = run("restore", file, tmp_path, "--replace")
    assert result.exit_code == 2
    assert "stop the server first" in result.output
    assert store.case("SEC-22222-22222") == case()
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "ombud.db"]


@pytest.mark.parametrize("damage", ["no database", "cut off", "overwritten", "of something else"])
def test_bad_backup_changes_nothing(tmp_path: Path, damage: str) -> None:
    """What is no sound backup is refused before anything is touched."""
    file = tmp_path / "b.db"
    keep(tmp_path, *(f"SEC-22222-222{n}" for n in range(100, 300))).close()
    run("backup", file, tmp_path)
    content = file.read_bytes()
    match damage:
        case "no database":
            file.write_text("case,name\n" * 1000)
        case "cut off":
            file.write_bytes(content[: len(content) // 2])
        case "overwritten":
            half = len(content) // 2
            file.write_bytes(content[:half] + b"\xff" * 8192 + content[half + 8192 :])
        case "of something else":
            file.unlink()
            with closing(sqlite3.connect(file)) as other:
                other.execute("CREATE TABLE notes (words TEXT)")
    result = run("restore", file, tmp_path, "--replace")
    assert result.exit_code == 2
    assert str(file) in result.output
    assert len(kept(tmp_path / "ombud.db")) == 200
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "ombud.db"]


def test_damaged_store_is_replaced_with_its_log(tmp_path: Path) -> None:
    """A store that cannot be read goes aside when asked, and its log with it."""
    file, database = tmp_path / "b.db", tmp_path / "ombud.db"
    keep(tmp_path, "SEC-22222-22222").close()
    run("backup", file, tmp_path)
    database.write_bytes(b"\0" * 5000)
    database.with_name("ombud.db-wal").write_bytes(b"a log of another store")
    assert "--replace puts it aside all the same" in run("restore", file, tmp_path).output
    assert run("restore", file, tmp_path, "--replace").exit_code == 0
    assert kept(database) == ["SEC-22222-22222"]
    aside = {path.name.rpartition("Z")[2] for path in tmp_path.glob("ombud.db.replaced-*")}
    assert "" in aside
    assert not database.with_name("ombud.db-wal").exists()


def test_nothing_to_back_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is not there or is DynamoDB's is refused, and no file is left behind."""
    file = tmp_path / "b.db"
    assert "unable to open" in run("backup", file, tmp_path).output
    monkeypatch.setenv("OMBUD_STORE", "dynamodb:cases")
    assert "only sqlite:PATH is backed up here" in run("backup", file, tmp_path).output
    assert list(tmp_path.iterdir()) == []

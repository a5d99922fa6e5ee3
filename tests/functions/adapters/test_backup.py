"""Backup and restore of cases and attached files, by the commands that an operator has."""

import os
import sqlite3
import sys
import tarfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.testing import CliRunner, Result

from cli import app as cli
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.backup import restore
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.desk_store import AccessEntry, Total
from functions.cases.ports.file_storage import CLEARED, UPLOADS, WAITING
from functions.model.attachment import Attachment
from functions.model.case import Case
from tests.commands.soak import Tally, Witness, examine, load, wait_for_mails
from tests.conftest import MORNING, codec
from tests.functions.adapters.test_desk_store import summary
from tests.functions.adapters.test_store import HOUR, case, key, mail
from tests.helpers.places import TESTS
from tests.helpers.servers import server_process as station
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.mail_server import mail_server

pytestmark = pytest.mark.usefixtures("no_store_named")


@pytest.fixture
def no_store_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names neither store nor folder of files."""
    for name in ("OMBUD_STORE", "OMBUD_ATTACHMENTS"):
        monkeypatch.delenv(name, raising=False)


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


def leave(data: Path, key: str, content: bytes) -> None:
    """A file on the shelf of a folder."""
    FolderFileStorage(str(data / "files")).put(key, content)


def files_in(data: Path) -> dict[str, bytes]:
    """Every file below the folder of files, by its path there."""
    folder = data / "files"
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write_tar(file: Path, members: dict[str, bytes]) -> None:
    """An archive of these members."""
    with tarfile.open(file, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))


def test_backup_under_load(built: Path, tmp_path: Path) -> None:
    """It has every receipt given before it began, is whole, and owes what was not sent."""
    live, other, file, port = tmp_path / "live", tmp_path / "other", tmp_path / "b.tar", free_port()
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
    file = tmp_path / "away" / "b.tar"
    result = run("backup", file, tmp_path / "data")
    assert result.output.startswith(f"1 cases and 0 files saved to {file}.")
    assert [path.name for path in file.parent.iterdir()] == ["b.tar"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_backup_never_overwrites(tmp_path: Path) -> None:
    """An earlier backup stays as it is."""
    keep(tmp_path, "SEC-22222-22222").close()
    file = tmp_path / "b.tar"
    file.write_text("earlier")
    result = run("backup", file, tmp_path)
    assert (result.exit_code, file.read_text()) == (2, "earlier")
    assert "name another file" in result.output


def test_store_with_cases_is_not_replaced_unasked(tmp_path: Path) -> None:
    """It is refused; with --replace the store is kept aside, whole, and mails are owed again."""
    file = tmp_path / "b.tar"
    keep(tmp_path, "SEC-22222-22222").close()
    run("backup", file, tmp_path)
    keep(tmp_path, "SEC-33333-33333").close()
    refused = run("restore", file, tmp_path)
    assert refused.exit_code == 2
    assert "has 2 cases; --replace puts it aside" in refused.output
    assert len(kept(tmp_path / "ombud.db")) == 2
    result = run("restore", file, tmp_path, "--replace")
    assert "1 cases restored with 0 files; 1 unsent mails will be sent" in result.output
    assert kept(tmp_path / "ombud.db") == ["SEC-22222-22222"]
    (aside,) = tmp_path.glob("ombud.db.replaced-*")
    assert len(kept(aside)) == 2
    store = SqliteStore(str(tmp_path / "ombud.db"), codec())
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(0),)
    store.close()


def test_store_in_use_is_not_replaced(tmp_path: Path) -> None:
    """While a server has the store open it is refused, or the server would write into nothing."""
    file = tmp_path / "b.tar"
    store = keep(tmp_path, "SEC-22222-22222")
    run("backup", file, tmp_path)
    result = run("restore", file, tmp_path, "--replace")
    assert result.exit_code == 2
    assert "stop the server first" in result.output
    assert store.case("SEC-22222-22222") == case()
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "files", "ombud.db"]


DAMAGES = [
    *("no archive", "cut off", "cut between files", "overwritten store", "overwritten file"),
    *("of something else", "store of something else", "of a name that leads away"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_bad_backup_changes_nothing(tmp_path: Path, damage: str) -> None:
    """What is no sound backup is refused before anything is touched."""
    file = tmp_path / "b.tar"
    keep(tmp_path, *(f"SEC-22222-222{n}" for n in range(100, 300))).close()
    leave(tmp_path, f"{UPLOADS}/{1:032x}", b"a photograph of the queue")
    run("backup", file, tmp_path)
    content = file.read_bytes()
    match damage:
        case "no archive":
            file.write_text("case,name\n" * 1000)
        case "cut off":
            file.write_bytes(content[: len(content) // 2])
        case "cut between files":
            with tarfile.open(file) as whole:
                last = whole.getmember("SHA256SUMS").offset
            file.write_bytes(content[:last])
        case "overwritten store":
            half = len(content) // 2
            file.write_bytes(content[:half] + b"\xff" * 8192 + content[half + 8192 :])
        case "overwritten file":
            file.write_bytes(
                content.replace(b"photograph of the queue", b"photograph of the other")
            )
        case "of something else":
            write_tar(file, {"notes": b"words"})
        case "store of something else":
            with closing(sqlite3.connect(tmp_path / "notes.db")) as other:
                other.execute("CREATE TABLE notes (words TEXT)")
            notes = (tmp_path / "notes.db").read_bytes()
            (tmp_path / "notes.db").unlink()
            sums = f"{sha256(notes).hexdigest()}  ombud.db\n"
            write_tar(file, {"ombud.db": notes, "SHA256SUMS": sums.encode()})
        case "of a name that leads away":
            write_tar(file, {"files/../../away": b"words"})
    result = run("restore", file, tmp_path, "--replace")
    assert result.exit_code == 1
    assert str(file) in result.output
    assert len(kept(tmp_path / "ombud.db")) == 200
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "files", "ombud.db"]
    assert files_in(tmp_path) == {f"{UPLOADS}/{1:032x}": b"a photograph of the queue"}


_SENT = "UPDATE outbox SET state = 'sent' WHERE message_id = new.message_id"
STRANGE = {
    "trigger": f"CREATE TRIGGER t AFTER INSERT ON outbox BEGIN {_SENT}; END",
    "view": "CREATE VIEW v AS SELECT 1",
    "another table": "CREATE TABLE notes (words TEXT)",
    "another index": "CREATE INDEX i ON cases (length(content))",
    "a column more": "ALTER TABLE cases ADD COLUMN x TEXT",
    "a default": "ALTER TABLE outbox ADD COLUMN y TEXT DEFAULT 'sent'",
    "a table less": "DROP TABLE quotas",
    "an index less": "DROP INDEX outbox_due",
    "a later release": "PRAGMA user_version = 99",
    "an impossible version": "PRAGMA user_version = -1",
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE.keys())
def test_backup_with_a_strange_store_changes_nothing(tmp_path: Path, change: str) -> None:
    """A store that would do more than Ombud's, or that this release cannot read, is refused."""
    file = tmp_path / "b.tar"
    keep(tmp_path, "SEC-22222-22222").close()
    run("backup", file, tmp_path)
    with tarfile.open(file) as tar:
        content = tar.extractfile("ombud.db")
        assert content is not None
        (tmp_path / "x.db").write_bytes(content.read())
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as db:
        db.execute(change)
    store = (tmp_path / "x.db").read_bytes()
    sums = f"{sha256(store).hexdigest()}  ombud.db\n".encode()
    write_tar(file, {"ombud.db": store, "SHA256SUMS": sums})
    before = (tmp_path / "ombud.db").read_bytes()
    result = run("restore", file, tmp_path, "--replace")
    assert result.exit_code == (2 if "version = 99" in change else 1)
    assert len(result.output.splitlines()) == 1
    assert (tmp_path / "ombud.db").read_bytes() == before


def test_backup_has_what_the_desk_keeps(tmp_path: Path) -> None:
    """Summaries, lists, hashes, looks, revocations and counts come back with the cases."""
    file, other = tmp_path / "b.tar", tmp_path / "other"
    look = AccessEntry(at=MORNING, mark="m", person="张三", what="case")
    total = Total(organisation="securities-brokerage", period="2026-03", content="{}")
    with closing(keep(tmp_path, "SEC-22222-22222")) as store:
        store.summarise(summary())
        store.find_by("SEC-22222-22222", ("a",))
        store.note_look("SEC-22222-22222", look)
        store.revoke("securities-brokerage", "m", MORNING)
        store.keep_total(total)
    run("backup", file, tmp_path)
    result = run("restore", file, other)
    assert result.exit_code == 0, result.output
    with closing(SqliteStore(str(other / "ombud.db"), codec())) as store:
        assert store.summary("SEC-22222-22222") == summary()
        assert store.listed("securities-brokerage", "intake", "open").found == (summary(),)
        assert store.references_of("a") == ("SEC-22222-22222",)
        assert store.looks("SEC-22222-22222") == (look,)
        assert store.is_revoked("securities-brokerage", "m")
        assert list(store.totals("securities-brokerage")) == [total]


def test_backup_of_an_earlier_release_is_restored(tmp_path: Path) -> None:
    """The store of 0.1.0 comes back as this release's."""
    file, store = tmp_path / "b.tar", (TESTS / "releases" / "0.1.0" / "ombud.db").read_bytes()
    sums = f"{sha256(store).hexdigest()}  ombud.db\n".encode()
    write_tar(file, {"ombud.db": store, "SHA256SUMS": sums})
    result = run("restore", file, tmp_path)
    assert result.exit_code == 0, result.output
    with closing(SqliteStore(str(tmp_path / "ombud.db"), codec())) as restored:
        restored.check_key()
        assert list(restored.cases())


def member_of(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """A member of that kind."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize(
    "member",
    [
        member_of("ombud.db", tarfile.SYMTYPE, "ombud.db"),
        member_of("ombud.db", tarfile.LNKTYPE, "ombud.db"),
        member_of("ombud.db", tarfile.LNKTYPE, "SHA256SUMS"),
        member_of("ombud.db", tarfile.SYMTYPE, "/etc/passwd"),
        member_of("files", tarfile.DIRTYPE),
        member_of("ombud.db", tarfile.FIFOTYPE),
        member_of("ombud.db", tarfile.CHRTYPE),
        member_of("x" * 5000, tarfile.REGTYPE),
        member_of("\x1b[2J", tarfile.REGTYPE),
        member_of("files/uploads/\n", tarfile.REGTYPE),
    ],
    ids=lambda member: f"{member.name[:9]!a}-{member.type!r}-{member.linkname}",
)
def test_archive_of_strange_members_is_refused(tmp_path: Path, member: tarfile.TarInfo) -> None:
    """Links, also to themselves, devices, and names that no backup has, are one line."""
    file = tmp_path / "b.tar"
    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(member)
    result = run("restore", file, tmp_path)
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1
    assert "\x1b" not in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar"]


def test_damaged_store_is_replaced_with_its_log(tmp_path: Path) -> None:
    """A store that cannot be read goes aside when asked, and its log with it."""
    file, database = tmp_path / "b.tar", tmp_path / "ombud.db"
    keep(tmp_path, "SEC-22222-22222").close()
    run("backup", file, tmp_path)
    database.write_bytes(b"\0" * 5000)
    database.with_name("ombud.db-wal").write_bytes(b"a log of another store")
    assert "--replace puts it aside unread" in run("restore", file, tmp_path).output
    assert run("restore", file, tmp_path, "--replace").exit_code == 0
    assert kept(database) == ["SEC-22222-22222"]
    aside = {path.name.rpartition("Z")[2] for path in tmp_path.glob("ombud.db.replaced-*")}
    assert "" in aside
    assert not database.with_name("ombud.db-wal").exists()


def test_nothing_to_back_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is not there or is DynamoDB's is refused, and no file is left behind."""
    file = tmp_path / "b.tar"
    assert "unable to open" in run("backup", file, tmp_path).output
    monkeypatch.setenv("OMBUD_STORE", "dynamodb:cases")
    assert "this command backs up sqlite:PATH only" in run("backup", file, tmp_path).output
    monkeypatch.setenv("OMBUD_STORE", f"sqlite:{tmp_path / 'ombud.db'}")
    assert "OMBUD_ATTACHMENTS must be, too" in run("backup", file, tmp_path).output
    monkeypatch.setenv("OMBUD_ATTACHMENTS", "s3://files")
    assert "this command backs up a folder only" in run("backup", file, tmp_path).output
    assert list(tmp_path.iterdir()) == []


def test_files_travel_with_their_cases(tmp_path: Path) -> None:
    """They come back with content, place and time, for their owner only."""
    data, other, file = tmp_path / "data", tmp_path / "other", tmp_path / "b.tar"
    keep(data, "SEC-22222-22222").close()
    held = {
        f"{UPLOADS}/{1:032x}": b"a photograph",
        f"{CLEARED}/SEC-22222-22222/{1:032x}": b"a photograph",
        f"{WAITING}/SEC-22222-22222/{2:032x}": b"",
    }
    for key_, content in held.items():
        leave(data, key_, content)
    os.utime(data / "files" / UPLOADS / f"{1:032x}", (1_000_000_000.5, 1_000_000_000.5))
    assert run("backup", file, data).output.startswith(f"1 cases and 3 files saved to {file}.")
    assert "1 cases restored with 3 files" in run("restore", file, other).output
    assert files_in(other) == held
    restored = other / "files" / UPLOADS / f"{1:032x}"
    assert restored.stat().st_mtime == 1_000_000_000.5
    assert restored.stat().st_mode & 0o777 == 0o600


def test_files_that_were_there_are_kept_aside(tmp_path: Path) -> None:
    """The cases that came after the backup lie aside with their files."""
    file = tmp_path / "b.tar"
    keep(tmp_path, "SEC-22222-22222").close()
    run("backup", file, tmp_path)
    keep(tmp_path, "SEC-33333-33333").close()
    late = f"{WAITING}/SEC-33333-33333/{3:032x}"
    leave(tmp_path, late, b"came later")
    run("restore", file, tmp_path, "--replace")
    (aside,) = (tmp_path / "files").glob("replaced-*")
    (tmp_path / "files" / late).unlink()  # as the daily tidying does: no case has it
    assert files_in(tmp_path) == {f"{aside.name}/{late}": b"came later"}


def test_backup_has_every_file_that_its_cases_name(tmp_path: Path) -> None:
    """Whatever is filed, copied and scanned while it is made: nothing it names is missing."""
    data, stop = tmp_path / "data", Event()
    store, shelf = keep(data), FolderFileStorage(str(data / "files"))
    ahead = Event()

    def file_on() -> None:
        for number in count(10_000):
            if stop.is_set():
                return
            reference, id_ = f"SEC-22222-{number}", f"{number:032x}"
            content = id_.encode()
            one = Attachment(
                id=id_, name="a.txt", type="txt", size=32, sha256=sha256(content).hexdigest()
            )
            shelf.put(f"{UPLOADS}/{id_}", content)
            with_file = case(reference).model_copy(update={"attachments": (one,)})
            store.accept(with_file, (), key(reference))
            shelf.copy(f"{UPLOADS}/{id_}", f"{WAITING}/{reference}/{id_}")
            shelf.remove(f"{UPLOADS}/{id_}")
            shelf.copy(f"{WAITING}/{reference}/{id_}", f"{CLEARED}/{reference}/{id_}")
            shelf.remove(f"{WAITING}/{reference}/{id_}")
            if number > 10_020:
                ahead.set()

    filer = Thread(target=file_on)
    filer.start()
    ahead.wait()
    for number in range(5):
        assert run("backup", tmp_path / f"{number}.tar", data).exit_code == 0
    stop.set()
    filer.join()
    store.close()
    for number in range(5):
        other = tmp_path / f"other-{number}"
        run("restore", tmp_path / f"{number}.tar", other)
        copy, files = SqliteStore(str(other / "ombud.db"), codec()), files_in(other)
        found = {path.rpartition("/")[2]: content for path, content in files.items()}
        cases = [one for one in copy.cases() if isinstance(one, Case)]
        copy.close()
        assert len(cases) > 20
        for one in (one for named in cases for one in named.attachments):
            assert sha256(found[one.id]).hexdigest() == one.sha256


def test_restore_that_is_killed_is_never_half(tmp_path: Path) -> None:
    """Whichever step it dies at, the store is old or new, with all its files; again is enough."""
    file, now = tmp_path / "b.tar", datetime(2026, 3, 2, tzinfo=UTC)
    old, new = (f"{WAITING}/SEC-{n}/{n[0] * 32}" for n in ("33333-33333", "22222-22222"))
    first = tmp_path / "first"
    keep(first, "SEC-22222-22222").close()
    leave(first, new, b"new")
    run("backup", file, first)
    outcomes = []
    for step in count(1):
        data = tmp_path / f"{step}"
        keep(data, "SEC-33333-33333").close()
        leave(data, old, b"old")

        def die_in_restore(step: int = step, data: Path = data) -> None:
            steps = count(1)

            def watch(event: str, _: object) -> None:
                if event in ("os.link", "os.rename") and next(steps) == step:
                    os._exit(9)

            sys.addaudithook(watch)
            restore(file, data / "ombud.db", data / "files", True, now)

        process = get_context("fork").Process(target=die_in_restore)
        process.start()
        process.join()
        references = kept(data / "ombud.db")
        outcomes.append((process.exitcode, *references))
        file_of = {"SEC-33333-33333": (old, b"old"), "SEC-22222-22222": (new, b"new")}
        name, content = file_of[references[0]]
        assert files_in(data)[name] == content
        if process.exitcode == 0:
            break
        restore(file, data / "ombud.db", data / "files", True, now)
        assert kept(data / "ombud.db") == ["SEC-22222-22222"]
        assert files_in(data)[new] == b"new"
        assert kept(data / "ombud.db.replaced-20260302T000000Z") == ["SEC-33333-33333"]
    died = [(9, "SEC-33333-33333")] * 4  # link of the file, its move, link of the store, its move
    assert outcomes == [*died, (0, "SEC-22222-22222")]

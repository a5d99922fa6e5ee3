"""What is personal is for its owner alone, in new folders and in those of earlier releases."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from cli.local_settings import settings_of
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.mail.maildir import Maildir
from functions.adapters.sqlite.backup import back_up, restore
from functions.adapters.sqlite.store import SqliteStore
from functions.bootstrap import bootstrap
from functions.model.files.private_files import close_all_to_others, is_open_to_others, make_private
from tests.conftest import codec
from tests.functions.adapters.test_store import case, key
from tests.helpers.sample_files import PNG

REFERENCE = "SEC-22222-22222"
CLEARED = f"cleared/{REFERENCE}/{'0' * 32}"


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """Most systems let everybody read what a program does not close."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_places(folder: Path) -> list[str]:
    """What others could read or change in a folder."""
    places = sorted((folder, *folder.rglob("*")))
    return [str(place.relative_to(folder)) for place in places if is_open_to_others(place)]


def letter() -> EmailMessage:
    """A mail."""
    message = EmailMessage()
    message["To"] = "zhang@example.com"
    message.set_content("words")
    return message


def fill(place: Path) -> None:
    """Stores a case, a file and a mail below a folder that is not there yet."""
    store = SqliteStore(str(place / "deep" / "ombud.db"), codec())
    store.accept(case(REFERENCE), (), key())
    FolderFileStorage(str(place / "wide" / "files")).put(CLEARED, PNG)
    Maildir(str(place / "far" / "mail")).send(letter())
    assert sorted(path.name for path in (place / "deep").iterdir()) == [
        "ombud.db",
        "ombud.db-shm",
        "ombud.db-wal",
    ]


def test_new_folders_and_files_are_private(tmp_path: Path) -> None:
    """Store, log, files, mails, and the folders that are made for them."""
    fill(tmp_path / "data")
    assert open_places(tmp_path / "data") == []


def test_those_of_an_earlier_release_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the start: what 0.1.0 wrote below `data/`, whoever could read it."""
    for name in [name for name in os.environ if name.startswith("OMBUD_")]:
        monkeypatch.delenv(name)
    data = tmp_path / "data"
    ports = bootstrap(settings_of(8000, tmp_path, data))
    ports.store.accept(case(REFERENCE), (), key())
    ports.shelf.put(CLEARED, PNG)
    ports.mailer.send(letter())
    for place in (data, *data.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    bootstrap(settings_of(8000, tmp_path, data))
    assert open_places(data) == []
    assert (data / "files" / CLEARED).read_bytes() == PNG


def test_what_is_not_ours_stays_as_it_is(tmp_path: Path) -> None:
    """A folder that holds the site, too, and what a link leads to."""
    (tmp_path / "dist").mkdir(mode=0o755)
    (tmp_path / "uploads").mkdir(mode=0o755)
    (tmp_path / "page.html").touch(mode=0o644)
    (tmp_path / "uploads" / "link").symlink_to(tmp_path / "page.html")
    tmp_path.chmod(0o755)
    FolderFileStorage(str(tmp_path))
    assert open_places(tmp_path) == [".", "dist", "page.html", "uploads/link"]


def test_backup_and_what_it_restores_are_private(tmp_path: Path) -> None:
    """The archive, the folder made for it, and all that is put in place."""
    old, new = tmp_path / "old", tmp_path / "new"
    fill(old)
    backup = tmp_path / "backups" / "cases.tar"
    back_up(old / "deep" / "ombud.db", old / "wide" / "files", backup)
    assert open_places(tmp_path / "backups") == []
    make_private(new)
    restore(backup, new / "ombud.db", new / "files", False, datetime.now(UTC))
    assert open_places(new) == []


def test_maildir_that_is_an_empty_folder(tmp_path: Path) -> None:
    """Somebody made the folder beforehand: what it lacks is made."""
    Maildir(str(tmp_path)).send(letter())
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_places_that_cannot_be_closed(tmp_path: Path) -> None:
    """What is missing, or is no folder, is no error; a folder that cannot be made is one."""
    close_all_to_others(tmp_path / "missing")
    (tmp_path / "file").touch(mode=0o644)
    close_all_to_others(tmp_path / "file")
    assert not is_open_to_others(tmp_path / "file")
    with pytest.raises(OSError, match="File exists"):
        make_private(tmp_path / "file")
    with pytest.raises(OSError, match="Not a directory"):
        make_private(tmp_path / "file" / "below")

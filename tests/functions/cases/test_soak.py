"""`kill -9` at random moments under load: nothing that got a receipt is lost or double."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from functions.adapters.sqlite.rows import ID
from functions.model.errors import StoredTextDamaged
from tests.commands.soak import Witness, examine, soak

_ID = ID.replace("?", ":reference")


@pytest.fixture(scope="module")
def soaked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Witness]:
    """A store whose server was killed fifteen times, and who saw it."""
    folder = tmp_path_factory.mktemp("soak")
    return folder / "ombud.db", soak(folder, built / "contracts", kills=15, seed=1)


def test_nothing_is_lost(soaked: tuple[Path, Witness]) -> None:
    """Each receipt has its one case with its words, and each mail of it has arrived."""
    database, witness = soaked
    assert list(examine(database, witness)) == []
    assert witness.retries > 0
    assert len(witness.receipts) > witness.kills


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM cases WHERE reference = :reference", "is lost"),
        (f"DELETE FROM outbox WHERE case_id = {_ID}", "owes other mails"),
        (f"UPDATE outbox SET state = 'owed' WHERE case_id = {_ID}", "is owed"),
        (f"DELETE FROM events WHERE case_id = {_ID}", "was received 0 times"),
    ],
)
def test_loss_is_seen(soaked: tuple[Path, Witness], tmp_path: Path, damage: str, said: str) -> None:
    """Each way to lose or double something is found by the one who looks for it."""
    database, witness = soaked
    copy = tmp_path / "ombud.db"
    shutil.copy(database, copy)
    with closing(sqlite3.connect(copy)) as store, store:
        store.execute(damage, {"reference": witness.receipts[0]})
    problems = list(examine(copy, witness))
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            "UPDATE cases SET content = (SELECT content FROM cases WHERE reference <> :reference) "
            "WHERE reference = :reference",
            "is stored in its place",
        ),
        ("UPDATE outbox SET message_id = message_id || 'x'", "was changed, moved or damaged"),
    ],
)
def test_exchange_is_refused(
    soaked: tuple[Path, Witness], tmp_path: Path, damage: str, said: str
) -> None:
    """What is put in the place of something else is not read as if it were that."""
    database, witness = soaked
    copy = tmp_path / "ombud.db"
    shutil.copy(database, copy)
    with closing(sqlite3.connect(copy)) as store, store:
        store.execute(damage, {"reference": witness.receipts[0]})
    with pytest.raises(StoredTextDamaged, match=said):
        list(examine(copy, witness))

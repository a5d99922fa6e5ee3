"""A new key: all that is stored comes under it, whatever happens meanwhile, and nothing is lost."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import DerivedKeyring, TextCipher
from functions.adapters.sqlite import rekey
from functions.adapters.sqlite.store import SqliteStore
from functions.bootstrap import environment_settings
from functions.cases.ports.case_store import Rekeyed
from functions.cases.ports.desk_store import AccessEntry, Total
from functions.cases.ports.store import Store
from functions.model.case import CaseEvent
from functions.model.errors import DataKeyMissing, SettingInvalid
from functions.model.mail import MailRecord
from tests.conftest import KEY, MORNING, StoppedClock
from tests.functions.adapters.test_desk_store import summary
from tests.functions.adapters.test_store import HOUR, case, key, mail
from tests.helpers.servers.dynamodb_local import client_at

NEW = bytes(range(100, 132))
REFERENCES = ("SEC-22222-22222", "SEC-33333-33333", "SEC-44444-44444")
TOTAL = Total(organisation="securities-brokerage", period="2026-03", content="{}")
TEXTS = len(REFERENCES) * 8 + 1
"""Of each case: itself, the words of two events, two recipients, a reason, its summary, a look; and
a count."""

LONG_AFTER = timedelta(days=2000)
OPEN = "SELECT content FROM cases UNION ALL SELECT detail FROM events"

Opened = Callable[..., Store]


@pytest.fixture(params=["sqlite", "dynamodb"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """Opens the one store, with the keys that are given."""
    if request.param == "dynamodb":
        address, table = map(request.getfixturevalue, ("dynamodb", "table"))
        return lambda *keys, at=MORNING: DynamoStore(
            table, client_at(address), codec_of(*keys, at=at)
        )
    return lambda *keys, at=MORNING: SqliteStore(str(tmp_path / "ombud.db"), codec_of(*keys, at=at))


def codec_of(*keys: bytes, at: datetime = MORNING) -> Codec:
    """How a store encrypts that has these keys, at one moment."""
    return Codec(TextCipher(DerivedKeyring(keys)), StoppedClock(at))


def fill(store: Store) -> None:
    """Cases with words of theirs, a mail that is owed and one that failed."""
    for number, reference in enumerate(REFERENCES):
        owed, refused = mail(2 * number, reference), mail(2 * number + 1, reference)
        store.accept(case(reference), (owed, refused), key(reference))
        words = CaseEvent(at=MORNING + HOUR, type="message", detail="我还在等")
        store.add_event(reference, words, (), "m")
        store.mail_failed(refused, MORNING + HOUR, "550 office@example.com")
        store.summarise(summary(reference))
        look = AccessEntry(at=MORNING, mark="m", person="张三", what="case")
        store.note_look(reference, look)
    store.keep_total(TOTAL)


def everything(store: Store) -> list[object]:
    """All that can be read of the cases."""
    of_cases = [
        (store.case(one), store.events(one), store.mails(one), store.summary(one), store.looks(one))
        for one in REFERENCES
    ]
    return [*of_cases, *store.totals(TOTAL.organisation)]


def test_all_comes_under_the_new_key(opened: Opened) -> None:
    """Afterwards the earlier key opens nothing and is not needed; a second time changes nothing."""
    store = opened(KEY)
    fill(store)
    before = everything(store)
    store.close()
    store = opened(NEW, KEY)
    assert everything(store) == before
    assert store.rekey() == Rekeyed(texts=TEXTS, left=0)
    assert store.rekey() == Rekeyed(texts=0, left=0)
    store.close()
    store = opened(NEW)
    assert everything(store) == before
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) != ()
    store.close()
    store = opened(KEY)
    with pytest.raises(DataKeyMissing):
        store.case(REFERENCES[0])
    store.close()


def test_rekey_goes_on_where_it_was_cut_off(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was done is done, all can be read with both keys, and again finishes."""
    store = opened(KEY)
    fill(store)
    before = everything(store)
    store.close()
    store = opened(NEW, KEY)
    lock, locked = TextCipher.lock, []

    def lock_seven(*args: str) -> str:
        locked.append(args)
        if len(locked) == 8:
            raise KeyboardInterrupt
        return lock(*args)  # type: ignore[arg-type] # self comes first

    monkeypatch.setattr(TextCipher, "lock", lock_seven)
    monkeypatch.setattr(rekey, "_BATCH", 2)
    with pytest.raises(KeyboardInterrupt):
        store.rekey()
    monkeypatch.setattr(TextCipher, "lock", lock)
    assert everything(store) == before
    rest = store.rekey()
    assert TEXTS - 7 <= rest.texts < TEXTS
    store.close()
    store = opened(NEW)
    assert everything(store) == before
    store.close()


def test_rekey_never_overwrites_what_changed(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reason that a worker writes while the old one is encrypted anew is the one that stays."""
    store = opened(KEY)
    fill(store)
    owed = mail(0)
    store.mail_deferred(owed, MORNING + HOUR, "451 earlier")
    store.close()
    store = opened(NEW, KEY)
    relock = Codec.rekeyed_reason

    def meanwhile(codec: Codec, reference: str, message_id: str, locked: str) -> str:
        new = relock(codec, reference, message_id, locked)
        if message_id == owed.message_id:
            monkeypatch.setattr(Codec, "rekeyed_reason", relock)
            store.mail_deferred(owed, MORNING + HOUR, "452 later")
        return new

    monkeypatch.setattr(Codec, "rekeyed_reason", meanwhile)
    store.rekey()
    (first, *_) = store.mails(REFERENCES[0])
    assert isinstance(first, MailRecord)
    assert first.reason == "452 later"
    store.close()


def test_what_does_not_open_stays_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One text under a key that is gone keeps none of the others from the new key."""
    path = str(tmp_path / "ombud.db")
    for keys in ((KEY,), (bytes(32),)):
        store = SqliteStore(path, codec_of(*keys))
        lost = keys != (KEY,)
        store.accept(case(REFERENCES[lost]), (), key(REFERENCES[lost]))
        store.close()
    store = SqliteStore(path, codec_of(NEW, KEY))
    assert store.rekey() == Rekeyed(texts=1, left=1)
    assert store.case(REFERENCES[0]) == case(REFERENCES[0])
    store.close()
    assert "cases SEC-33333-33333 stays as it is: no key named" in caplog.text
    store = SqliteStore(path, codec_of(bytes(32)))
    assert store.case(REFERENCES[1]) == case(REFERENCES[1])
    store.close()


def test_case_past_its_retention_comes_along(opened: Opened) -> None:
    """What is not deleted yet is not lost, although no reader finds it."""
    store = opened(KEY)
    fill(store)
    store.close()
    store = opened(NEW, KEY, at=MORNING + LONG_AFTER)
    assert store.case(REFERENCES[0]) is None
    assert store.rekey().texts == TEXTS
    store.close()
    store = opened(NEW)
    assert store.case(REFERENCES[0]) == case(REFERENCES[0])
    store.close()


def test_nothing_of_the_earlier_key_is_left_in_the_files(tmp_path: Path) -> None:
    """Neither database nor log holds a text that the earlier key opens."""
    path = tmp_path / "ombud.db"
    store = SqliteStore(str(path), codec_of(KEY))
    fill(store)
    with closing(sqlite3.connect(path)) as db:
        old = [text.rpartition(".")[2][:60].encode() for (text,) in db.execute(OPEN) if text]
    store.close()
    assert any(text in path.read_bytes() for text in old)
    store = SqliteStore(str(path), codec_of(NEW, KEY))
    store.rekey()
    files = b"".join(one.read_bytes() for one in tmp_path.glob("ombud.db*"))
    assert not [text for text in old if text in files]
    store.close()


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of its own for cases: the earlier one was that of OMBUD_KEY, which stays as it is."""
    store = SqliteStore(str(tmp_path / "ombud.db"), codec_of(KEY))
    fill(store)
    store.close()
    (tmp_path / "data-key").write_text(f"{NEW.hex()}\n")
    for name in ("OMBUD_STORE", "OMBUD_ATTACHMENTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMBUD_KEY", KEY.hex())
    monkeypatch.setenv("OMBUD_DATA_KEY", f"file:{tmp_path / 'data-key'}")
    result = CliRunner().invoke(cli.app, ["rekey", "--data", str(tmp_path)])
    assert result.exit_code == 0
    assert result.output.startswith(f"{TEXTS} texts re-encrypted with the first key\n")
    assert "Earlier backups still need earlier keys" in result.output
    store = SqliteStore(str(tmp_path / "ombud.db"), codec_of(NEW))
    assert store.case(REFERENCES[0]) == case(REFERENCES[0])
    store.close()
    monkeypatch.setenv("OMBUD_KEY", bytes(32).hex())
    monkeypatch.setenv("OMBUD_DATA_KEY", bytes(range(32, 64)).hex())
    result = CliRunner().invoke(cli.app, ["rekey", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{TEXTS} texts cannot be decrypted with any key" in result.output


def test_data_key_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What OMBUD_DATA_KEY cannot be read from is told by its own name."""
    monkeypatch.setenv("OMBUD_KEY", KEY.hex())
    monkeypatch.setenv("OMBUD_DATA_KEY", "file:/nowhere")
    with pytest.raises(SettingInvalid, match="OMBUD_DATA_KEY cannot be read"):
        environment_settings()

"""`doctor` on one machine: each thing that can be wrong is one line with what to do."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from cli.doctor.contract_checks import contract_checks
from cli.doctor.examine import FAMILIES
from cli.doctor.installation import Installation, installation
from cli.doctor.key_checks import key_checks
from cli.doctor.machine_checks import machine_checks
from cli.doctor.store_checks import store_checks
from functions.adapters.sqlite.store import SqliteStore
from functions.model.release import RELEASE
from site_src.publish.build import build
from tests.cli.doctor.conftest import Examine, wrong
from tests.cli.test_commands import spoil
from tests.conftest import codec
from tests.functions.adapters.test_store import case, key, mail
from tests.helpers.publishing.checkouts import next_version

CLOCK = datetime(2026, 6, 1, tzinfo=UTC)


def test_all_is_well(examined: Examine) -> None:
    """Each subject has a line, and none asks for anything."""
    results = examined()
    assert wrong(results) == []
    assert [result.subject for result in results] == [
        "settings",
        "key",
        "data",
        "store",
        "disk",
        "contracts",
        "files",
        "scanner",
        "mail",
        "site",
        "security.txt",
        "versions",
    ]
    assert {result.state for result in results} == {"good", "note"}


def test_before_the_first_start(policies: Path, tmp_path: Path, home: Path) -> None:
    """Nothing is made by looking, and nothing is called wrong that the first start makes."""
    empty = tmp_path / "empty"
    result = CliRunner().invoke(
        cli.app, ["doctor", "--data", str(empty / "data"), "--out", str(empty / "dist")]
    )
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "all well")
    assert not empty.exists()


def run(home: Path, *options: str) -> tuple[int, str]:
    """The exit code of the command, and what it prints."""
    places = ("--data", str(home / "data"), "--out", str(home / "dist"))
    result = CliRunner().invoke(cli.app, ["doctor", *places, *options])
    return result.exit_code, result.output


def test_lines_and_json(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line a check, with what to do; --json has the same; 1 where something must be done."""
    (home / "data" / "key").chmod(0o644)
    monkeypatch.setenv("OMBUD_MIAL", "x\n")
    code, said = run(home)
    assert code == 1
    assert (
        f"fault    key          others on this machine can read {home}/data/key; chmod 600 "
        f"{home}/data/key\n"
    ) in said
    assert "fault    settings     OMBUD_MIAL is no setting: did you mean OMBUD_MAIL?; docs/" in said
    assert "2 faults" in said.splitlines()[-1]
    code, said = run(home, "--json")
    content = json.loads(said)
    assert (code, content["faults"]) == (1, 2)
    (key_found,) = [one for one in content["checks"] if one["state"] == "fault"][1:]
    assert key_found == {
        "subject": "key",
        "state": "fault",
        "says": f"others on this machine can read {home}/data/key",
        "remedy": f"chmod 600 {home}/data/key",
    }


def test_stack_that_cannot_be_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is to blame: 3."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        # That of all tests: the first credentials that botocore finds are those of the process.
        monkeypatch.setenv(f"AWS_{name}", "test")
    code, said = run(home, "--stack", "ombud-prod")
    assert code == 3
    assert said.startswith("stack ombud-prod: ")
    assert said.count("\n") == 1


def test_settings(examined: Examine, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """All that is wrong is told, not the first alone."""
    monkeypatch.setenv("OMBUD_KYE", "x")
    monkeypatch.setenv("OMBUD_MAIL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("OMBUD_STORE", f"sqlite:{home}/data/ombud.db")
    monkeypatch.setenv("OMBUD_SITE_URL", "ombud.example.com")
    assert [says for _, subject, says in wrong(examined()) if subject == "settings"] == [
        "OMBUD_KYE is no setting: did you mean OMBUD_KEY?",
        "OMBUD_MAIL_FROM is not set; it takes the address that mails come from",
        "OMBUD_SITE_URL is 'ombud.example.com'; it takes the site's public address, https://HOST "
        "without a path",
        "OMBUD_STORE is set, so OMBUD_KEY and OMBUD_ATTACHMENTS must be set too",
    ]
    told = [result.says for result in examined() if result.state == "note"]
    assert "what they name was not tried: mend them, and look again" in told


def test_sender_that_nobody_named(examined: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default sender is a domain of examples: no mail may go out from there."""
    monkeypatch.setenv("OMBUD_MAIL", "smtp://127.0.0.1:9")
    assert [says for _, subject, says in wrong(examined()) if subject == "settings"] == [
        "OMBUD_MAIL sends mails out, so OMBUD_MAIL_FROM must be set too: the address that they "
        "come from"
    ]


def test_key_that_is_gone_or_another(examined: Examine, home: Path) -> None:
    """Without its key the store is not called well, nor is a new key made."""
    (home / "data" / "key").rename(home / "kept")
    ((state, subject, says),) = [one for one in wrong(examined()) if one[1] == "settings"]
    assert (state, subject) == ("fault", "settings")
    assert says == f"OMBUD_KEY cannot be read: No such file or directory: {home}/data/key"
    assert not (home / "data" / "key").exists()
    (home / "data" / "key").write_text("11" * 32)
    (home / "data" / "key").chmod(0o600)
    ((state, subject, says),) = wrong(examined())
    assert (state, subject) == ("fault", "key")
    assert says.startswith("the cases of this store were encrypted under another key than OMBUD_")


def change(store: Path, *statements: str) -> None:
    """Changes the file of a store."""
    with closing(sqlite3.connect(store, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def test_store_of_another_release(examined: Examine, home: Path) -> None:
    """A newer one names the release to run, an older one says what the next start does."""
    store = home / "data" / "ombud.db"
    change(
        store,
        "PRAGMA user_version = 99",
        "UPDATE about SET content = '9.8.7' WHERE name = 'release'",
    )
    before = store.read_bytes()
    assert wrong(examined()) == [
        (
            "fault",
            "store",
            f"{store} was written by release 9.8.7, and this is {RELEASE}: run that release, or "
            "restore a backup that this one wrote. Nothing was changed",
        )
    ]
    assert store.read_bytes() == before
    change(store, "PRAGMA user_version = 5")
    ((state, subject, says),) = wrong(examined())
    assert (state, subject) == ("warning", "store")
    assert says.endswith(
        "its tables are of version 5, and the next start brings them to 6: back it up before"
    )


def test_store_that_is_damaged_or_none(examined: Examine, home: Path) -> None:
    """A lost table, another program's file, and a folder are told; an empty file is none yet."""
    store = home / "data" / "ombud.db"
    change(store, "DROP TABLE totals")
    ((_, subject, says),) = wrong(examined())
    damaged = f"{store} is damaged, table totals differs: restore a backup"
    assert (subject, says) == ("store", damaged)
    change(store, "PRAGMA user_version = 0")
    ((_, subject, says),) = wrong(examined())
    assert says.startswith(f"{store} is not a store of Ombud")
    assert "move" not in says
    store.write_bytes(b"x" * 5000)
    ((_, subject, says),) = wrong(examined())
    assert (subject, says) == ("store", f"{store} cannot be read: file is not a database")
    store.unlink()
    store.mkdir(0o700)
    ((_, subject, says),) = wrong(examined())
    assert subject == "store"
    assert says.startswith(f"{store} cannot be read: ")
    store.rmdir()
    store.touch(0o600)
    assert wrong(examined()) == []
    assert store.stat().st_size == 0


def test_mails_that_wait(home: Path, looked_at: Callable[..., Installation]) -> None:
    """A mail that is owed for long, and one that no key opens."""
    key_here = bytes.fromhex((home / "data" / "key").read_text())
    for number, used in ((2, key_here), (3, b"\x07" * 32)):
        store = SqliteStore(str(home / "data" / "ombud.db"), codec(None, used))
        reference = f"SEC-22222-2222{number}"
        store.accept(case(reference), (mail(number, reference),), key(str(number)))
        store.close()
    unreadable, waiting = [one for one in store_checks(looked_at()) if one.subject == "mail"]
    assert (unreadable.state, unreadable.says) == (
        "fault",
        "1 of the oldest owed mails cannot be decrypted",
    )
    assert (waiting.state, waiting.says[:24]) == ("warning", "a mail has been owed for")


def test_full_disk(examined: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before nothing can be stored any more."""

    class Usage:
        free = 50_000_000

    monkeypatch.setattr("cli.doctor.store_checks.disk_usage", lambda _: Usage)
    ((state, subject, says),) = wrong(examined())
    assert (state, subject) == ("fault", "disk")
    assert says.startswith("50 MB are free below ")


def test_contracts(examined: Examine, home: Path) -> None:
    """Nothing published, a damaged contract, and a directory of an earlier release."""
    contracts = home / "dist" / "contracts"
    current = json.loads((contracts / "current.json").read_text())
    (contracts / "directory" / "sample.json").unlink()
    assert wrong(examined()) == [
        ("warning", "directory", "sample has no directory of who is current")
    ]
    digest = current["organisations"]["sample"]
    (contracts / f"{digest}.json").write_text("{}")
    assert ("fault", "contracts") in [one[:2] for one in wrong(examined())]
    (contracts / "current.json").unlink()
    found = wrong(examined())
    assert found[0] == ("fault", "contracts", f"nothing is published at {contracts}")


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2026, 10, 31, tzinfo=UTC), "good"),
        (datetime(2026, 11, 1, tzinfo=UTC), "warning"),
        (datetime(2026, 12, 26, tzinfo=UTC), "fault"),
    ],
)
def test_last_year_of_the_calendar(
    now: datetime, state: str, home: Path, looked_at: Callable[..., Installation]
) -> None:
    """From November next year is asked for; once days are not known, dates are provisional."""
    examined = looked_at()
    later = Installation(**{**vars(examined), "now": now})
    (found,) = [one for one in contract_checks(later) if one.subject == "calendar"]
    assert found.state == state
    assert found.says.startswith("the days off of CN are known to 2026-12-25")
    if state != "good":
        assert f"add {home}/policies/calendar/CN-2027.yaml" in found.remedy


def test_version_that_should_be_in_force(
    examined: Examine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day that was announced has come, and nobody published: visitors get the old version."""
    policies = home / "policies"
    next_version(policies)
    site = os.environ["OMBUD_SITE_URL"]
    build(policies, home / "dist", date(2026, 2, 28), site_url=site)
    monkeypatch.setattr("site_src.publish.build.today", lambda: date(2026, 2, 28))
    (versions,) = [one for one in examined() if one.subject == "versions"]
    assert versions.says == "those in force on 2026-02-28 are published; 1 are announced"
    monkeypatch.setattr("site_src.publish.build.today", lambda: date(2026, 3, 1))
    assert (
        "fault",
        "versions",
        "sample: version 2 is in force since 2026-03-01, and visitors get 1",
    ) in wrong(examined())


@pytest.mark.parametrize(
    ("line", "state", "says"),
    [
        ("Expires: {soon}T00:00:00Z", "warning", "it expires on {soon}"),
        ("Expires: 2026-01-01T00:00:00Z", "fault", "it expired on 2026-01-01"),
        ("Contact: x", "fault", "it does not say when it expires"),
    ],
)
def test_security_txt(line: str, state: str, says: str, examined: Examine, home: Path) -> None:
    """It ends with its day, if nobody publishes."""
    soon = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    file = home / "dist" / ".well-known" / "security.txt"
    file.write_text(line.format(soon=soon))
    assert wrong(examined()) == [(state, "security.txt", says.format(soon=soon))]
    file.unlink()
    ((missing_state, _, missing),) = wrong(examined())
    assert missing_state == "warning"
    assert missing.startswith("none is published, though ")


def test_policies_with_findings_are_left_to_check(examined: Examine, home: Path) -> None:
    """`doctor` says what works, `check` what a policy says."""
    spoil(home / "policies")
    assert wrong(examined()) == []


def test_clock_that_went_back(home: Path, looked_at: Callable[..., Installation]) -> None:
    """What is stored here is of a later time than the clock says."""
    back = Installation(**{**vars(looked_at()), "now": CLOCK})
    found = next(machine_checks(back))
    assert (found.state, found.subject) == ("fault", "clock")
    assert found.says.startswith("it says 2026-06-01 00:00 UTC, and what is stored here is of ")


@pytest.mark.parametrize(("said", "state"), [("yes", "good"), ("no", "warning"), ("?", "note")])
def test_clock_that_nobody_keeps(
    said: str,
    state: str,
    home: Path,
    looked_at: Callable[..., Installation],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As systemd says, where it is there."""
    (home / "bin").mkdir()
    (home / "bin" / "timedatectl").write_text(f"#!/bin/sh\necho '{said}'\n")
    (home / "bin" / "timedatectl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{home / 'bin'}:{os.environ['PATH']}")
    found = next(machine_checks(looked_at()))
    assert (found.state, found.subject) == (state, "clock")


def test_check_that_fails_itself(examined: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a fault of its own, and the others are made."""

    def failing(_: Installation) -> None:
        raise OSError(5, "Input/output error", "/dev/x")

    monkeypatch.setitem(FAMILIES, "store", failing)
    results = examined()
    assert wrong(results) == [("fault", "store", "/dev/x: Input/output error")]
    assert results[-1].subject == "versions"


def test_unreadable_places_of_others(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to another user is told, and no fault."""
    monkeypatch.setattr("os.geteuid", lambda: 4711)
    examined = installation(home / "data", home / "dist", home / "policies", None, None)
    assert {(result.state, result.subject) for result in key_checks(examined)} == {
        ("note", "key"),
        ("note", "data"),
    }

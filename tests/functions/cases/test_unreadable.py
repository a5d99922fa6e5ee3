"""One stored text that cannot be read keeps nothing else from being done."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.delivery import drain
from functions.cases.ports.case_store import Idempotency
from functions.cases.ports.file_storage import WAITING
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.cases.retention import remove_orphans
from functions.cases.subject_rights import cases_of, copy_of_case, erase_case
from functions.model.answers.submission import Submission
from functions.model.case import Case, CaseEvent, Unreadable
from functions.model.mail import OutboxMail
from functions.web.app import create_app
from tests.conftest import MORNING, Mailbox, StoppedClock, codec, on_store
from tests.functions.adapters.test_store import DAY, key
from tests.helpers.servers.dynamodb_local import client_at

REFERENCES = [f"ACB-22222-2222{number}" for number in range(2, 10)]
Damage = Callable[[str, str], None]


@pytest.fixture(params=["sqlite", "dynamodb"])
def damaged(
    request: pytest.FixtureRequest, ports: Ports, tmp_path: Path, clock: StoppedClock
) -> Iterator[tuple[Ports, Damage]]:
    """Eight cases that owe a mail each, and what damages a stored text: (table, reference)."""
    store: Store
    if request.param == "dynamodb":
        address, table = map(request.getfixturevalue, ("dynamodb", "table"))
        client: Any = client_at(address)
        store = DynamoStore(table, client, codec(clock))

        def damage(what: str, reference: str) -> None:
            start, name = {
                "cases": ("CASE", "content"),
                "events": ("EVENT#", "detail"),
                "outbox": ("MAIL#", "recipient"),
            }[what]
            for item in client.scan(TableName=table)["Items"]:
                if item["pk"]["S"] == f"CASE#{reference}" and item["sk"]["S"].startswith(start):
                    client.put_item(TableName=table, Item=item | {name: {"S": "1.0.damaged"}})

    else:
        store = SqliteStore(str(tmp_path / "eight.db"), codec(clock))

        def damage(what: str, reference: str) -> None:
            column = {"cases": "content", "events": "detail", "outbox": "recipient"}[what]
            name = "id" if what == "cases" else "case_id"
            with closing(sqlite3.connect(tmp_path / "eight.db", isolation_level=None)) as db:
                db.execute(
                    f"UPDATE {what} SET {column} = '1.0.damaged' "
                    f"WHERE {name} = (SELECT id FROM cases WHERE reference = ?)",
                    (reference,),
                )

    eight = on_store(ports, store)
    for number, reference in enumerate(REFERENCES):
        store.accept(*filing(number, reference, ports))
    yield eight, damage
    store.close()


def filing(
    number: int, reference: str, ports: Ports
) -> tuple[Case, tuple[OutboxMail, ...], Idempotency]:
    """A case with a mail to its filer."""
    case = Case(
        reference=reference,
        organisation="accreditation-body",
        kind="appeal",
        contract=ports.contracts.current().organisations["accreditation-body"],
        language="zh-CN",
        received_at=MORNING,
        retained_until=MORNING + 1000 * DAY,
        submission=Submission(account="words", name="张三", email="zhang@example.com"),
    )
    mail = OutboxMail(
        message_id=f"<{number}@ombud.example.com>",
        reference=reference,
        type="acknowledgement",
        recipient="zhang@example.com",
        language="zh-CN",
    )
    return case, (mail,), key(reference)


@pytest.mark.parametrize("what", ["outbox", "cases"])
def test_the_other_seven_mails_are_sent(
    damaged: tuple[Ports, Damage], mailbox: Mailbox, clock: StoppedClock, what: str
) -> None:
    """One mail of eight, or its case, does not decrypt: seven are sent, the one is reported."""
    ports, damage = damaged
    damage(what, REFERENCES[0])
    drain(ports)
    assert len(mailbox.messages) == 7
    with TestClient(create_app(ports)) as client:
        ready = client.get("/cases/ready")
    assert ready.status_code == 200
    assert ready.json()["unreadable_mails"] == (1 if what == "outbox" else 0)
    for _ in range(20):
        clock.forward(hours=7)
        drain(ports)
    assert ports.outbox.owed_since() is None
    if what == "outbox":
        types = [event.type for event in ports.store.events(REFERENCES[0])]
        assert types == ["received", "mail_failed", "mail_sent"]
        assert "office@accreditation.example.com" in str(mailbox.messages[7]["To"])
    else:
        assert len(mailbox.messages) == 7


def test_files_of_an_unreadable_case_stay(damaged: tuple[Ports, Damage]) -> None:
    """Tidying goes on past a case that cannot be read, and leaves its files."""
    ports, damage = damaged
    damage("cases", REFERENCES[0])
    kept, gone = (f"{WAITING}/{name}/{1:032x}" for name in (REFERENCES[0], "ACB-99999-99999"))
    for name in (kept, gone):
        ports.shelf.put(name, b"x")
    assert remove_orphans(ports) == 1
    assert ports.shelf.read(kept) == b"x"


def test_copy_and_erasing_go_on(damaged: tuple[Ports, Damage]) -> None:
    """A person's copy names what cannot be read; erasing leaves none of it."""
    ports, damage = damaged
    first, second, *others = REFERENCES
    ports.store.add_event(first, CaseEvent(at=MORNING, type="message", detail="{}"), (), "k")
    damage("events", first)
    damage("cases", second)
    found = list(cases_of("zhang@example.com", ports))
    unreadable = [one for one in found if isinstance(one, Unreadable)]
    assert [one.what for one in unreadable] == [f"case {second}"]
    readable = {one.reference: one for one in found if isinstance(one, Case)}
    assert readable.keys() == {first, *others}
    copy = copy_of_case(readable[first], ports.store)
    assert copy["unreadable"]
    assert copy["case"]["reference"] == first
    erase_case(readable[first], ports)
    assert ports.store.case(first) is None
    assert {event.detail for event in ports.store.events(first)} <= {""}

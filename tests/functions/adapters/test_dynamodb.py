"""What is DynamoDB's own about its store: time to live, keys, and how little it asks for."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from benchmarks.report import PAGE
from benchmarks.serving.capacity import Meter
from benchmarks.serving.dynamodb import measure
from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.desk.found_by import index_case, index_new_cases
from functions.cases.ports.case_store import Spent, Stored
from functions.cases.ports.counters import Quota
from functions.cases.ports.desk_store import AccessEntry
from functions.cases.ports.ports import Ports
from functions.cases.subject_rights import cases_of
from functions.model.case import Case, CaseEvent, Unreadable
from functions.model.errors import StoredTextDamaged
from tests.conftest import MORNING, codec, on_store
from tests.functions.adapters.test_desk_store import erase, summary
from tests.functions.adapters.test_store import DAY, HOUR, case, key, mail
from tests.helpers.servers.dynamodb_local import client_at
from tests.helpers.servers.fault_proxy import Faults, faults_before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def client(dynamodb: str) -> "DynamoDBClient":
    """A client past the store."""
    return client_at(dynamodb)


@pytest.fixture
def faults(dynamodb: str) -> Iterator[Faults]:
    """A proxy that only counts."""
    with faults_before(dynamodb) as made:
        yield made


@pytest.fixture
def store(table: str, faults: Faults) -> DynamoStore:
    """A store whose requests are counted."""
    return DynamoStore(table, client_at(faults.endpoint), codec())


def test_everything_has_a_time_to_live(
    store: DynamoStore, client: "DynamoDBClient", table: str
) -> None:
    """What is a case's goes with the case, by the policy's retention; keys and counts soon. Only
    that it ended is kept longer, until its files are removed.
    """
    store.accept(case(), (mail(1), mail(2)), key())
    store.mail_sent(mail(1), MORNING)
    store.mail_failed(mail(2), MORNING, "SMTP 550", (mail(3),))
    bounced = CaseEvent(at=MORNING, type="mail_bounced", detail="acknowledgement: Permanent")
    store.add_event(case().reference, bounced, (mail(4),), "ses:1")
    store.increment("a", MORNING + HOUR)
    store.find_by(case().reference, ("hash",))
    store.note_look(case().reference, AccessEntry(at=MORNING, mark="m", person="p", what="case"))
    assert store.summarise(summary())
    found: dict[str, set[datetime]] = {}
    for item in client.scan(TableName=table)["Items"]:
        expires = datetime.fromtimestamp(int(item["expires"]["N"]), MORNING.tzinfo)
        kind = "ENDS" if item["sk"]["S"] == "ENDS" else item["pk"]["S"].partition("#")[0]
        found.setdefault(kind, set()).add(expires)
    assert found == {
        "ENDS": {case().retained_until + 30 * DAY},
        "CASE": {case().retained_until},
        "KEY": {MORNING + HOUR},
        "COUNT": {MORNING + HOUR},
    }


def test_nothing_is_recorded_of_a_case_that_is_gone(
    store: DynamoStore, client: "DynamoDBClient", table: str
) -> None:
    """A mail that outlives its case by a race leaves nothing behind."""
    store.mail_sent(mail(1), MORNING)
    store.mail_deferred(mail(1), MORNING + HOUR, "busy")
    bounced = CaseEvent(at=MORNING, type="mail_bounced", detail="acknowledgement: Permanent")
    assert store.add_event(case().reference, bounced, (mail(2),), "ses:1") is False
    assert client.scan(TableName=table)["Count"] == 0


def test_requests_of_each_use(store: DynamoStore, faults: Faults) -> None:
    """One request a filing and one a look-up; a retry reads the case that it repeats."""

    def asked() -> dict[str, int]:
        seen = dict(faults.seen)
        faults.seen.clear()
        return seen

    store.accept(case(), (mail(1), mail(2)), key())
    assert asked() == {"TransactWriteItems": 1}
    store.accept(case("SEC-33333-33333"), (), key())
    assert asked() == {"TransactWriteItems": 1, "GetItem": 1}
    store.case(case().reference)
    assert asked() == {"GetItem": 1}
    store.lease_mail(case().reference, mail(1).message_id, MORNING, MORNING + HOUR)
    assert asked() == {"UpdateItem": 1}
    store.mail_sent(mail(1), MORNING)
    assert asked() == {"TransactWriteItems": 1}
    store.lease_mails(MORNING, MORNING + HOUR, 10)
    assert asked() == {"Scan": 1, "UpdateItem": 1}
    store.mail_failed(mail(3), MORNING, "of another process")
    assert asked() == {"GetItem": 1}
    store.increment("a", MORNING + HOUR)
    assert asked() == {"UpdateItem": 1}
    store.events(case().reference)
    assert asked() == {"Query": 1}


def test_owed_mails_are_spread(store: DynamoStore, client: "DynamoDBClient", table: str) -> None:
    """No key of the index gets more than a few of many cases' mails; settled ones leave it."""
    for number in range(64):
        reference = f"SEC-22222-222{number:02}"
        store.accept(case(reference), (mail(number, reference),), key(f"k{number}"))
    keys = Counter(
        item["owed"]["S"] for item in client.scan(TableName=table, IndexName="owed-due")["Items"]
    )
    assert keys.total() == 64
    assert len(keys) >= 12
    assert max(keys.values()) <= 12
    for number in range(64):
        store.mail_sent(mail(number, f"SEC-22222-222{number:02}"), MORNING)
    assert client.scan(TableName=table, IndexName="owed-due")["Count"] == 0


def test_many_owed_mails_are_asked_of_each_shard(
    store: DynamoStore, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one look does not show all that is owed, the oldest is still found first."""
    monkeypatch.setattr("functions.adapters.dynamodb.outbox._FEW", 5)
    for number in range(24):
        reference = f"SEC-22222-222{number:02}"
        filed = case(reference).model_copy(update={"received_at": MORNING - number * HOUR})
        store.accept(filed, (mail(number, reference),), key(f"k{number}"))
    faults.seen.clear()
    assert store.owed_since() == MORNING - 23 * HOUR
    assert faults.seen == {"Scan": 2, "Query": 16}
    leased = store.lease_mails(MORNING - 20 * HOUR, MORNING, 3)
    assert [mail.message_id for mail in leased] == [
        mail(number).message_id for number in (23, 22, 21)
    ]
    assert store.owed_mails(MORNING, 24) == 24


def test_mail_of_a_worker_that_died_waits_since_its_lease_ended(
    store: DynamoStore,
) -> None:
    """The next worker that takes it notes so: however often it fails, its age is told."""
    reference, minutes = case().reference, timedelta(minutes=5)
    store.accept(case(), (mail(1),), key())
    assert store.owed_since() == MORNING
    store.lease_mail(reference, mail(1).message_id, MORNING, MORNING + minutes)
    for hours in range(1, 4):
        assert store.lease_mails(MORNING + hours * HOUR, MORNING + hours * HOUR + minutes, 9)
        assert store.owed_since() == MORNING + minutes


def test_mail_that_is_sent_at_first_never_waits(
    store: DynamoStore, client: "DynamoDBClient", table: str
) -> None:
    """Only one that is put off costs an entry in the index of those that wait."""
    store.accept(case(), (mail(1), mail(2)), key())
    waiting: list[int] = []
    for number in (1, 2):
        store.lease_mail(case().reference, mail(number).message_id, MORNING, MORNING + HOUR)
        waiting.append(client.scan(TableName=table, IndexName="owed-since")["Count"])
    store.mail_sent(mail(1), MORNING)
    store.mail_deferred(mail(2), MORNING + HOUR, "busy")
    waiting.append(client.scan(TableName=table, IndexName="owed-since")["Count"])
    store.mail_sent(mail(2), MORNING + HOUR)
    waiting.append(client.scan(TableName=table, IndexName="owed-since")["Count"])
    assert waiting == [0, 0, 1, 0]


def test_quotas_of_a_mailbox_are_one_item(
    store: DynamoStore, client: "DynamoDBClient", table: str
) -> None:
    """Its hours and its day are counted together, each up to its own number."""
    hours = [
        Quota(key=f"{hour}" * 64, most=2, ends=MORNING + hour * HOUR, together="d" * 64)
        for hour in (1, 2)
    ]
    day = Quota(key="d" * 64, most=3, ends=MORNING + DAY, together="d" * 64)
    outcomes = [
        store.accept(case(f"SEC-22222-222{n:02}"), (), key(f"k{n}"), (hours[n // 3], day))
        for n in range(5)
    ]
    assert outcomes == [Stored(), Stored(), Spent(hours[0]), Stored(), Spent(day)]
    items = client.scan(TableName=table)["Items"]
    (counted,) = (found for found in items if found["sk"]["S"] == "QUOTA")
    assert counted["pk"]["S"] == f"QUOTA#{'d' * 64}"
    assert datetime.fromtimestamp(int(counted["expires"]["N"]), MORNING.tzinfo) == MORNING + DAY


def test_exchanged_case_is_refused(
    store: DynamoStore, client: "DynamoDBClient", table: str
) -> None:
    """What lies under another case's reference is not read as that case, nor as lost."""
    store.accept(case(), (), key())
    (found,) = (one for one in client.scan(TableName=table)["Items"] if one["sk"]["S"] == "CASE")
    client.put_item(TableName=table, Item={**found, "pk": {"S": "CASE#SEC-33333-33333"}})
    for read in (store.case, store.erased):
        with pytest.raises(
            StoredTextDamaged,
            match="SEC-33333-33333: case SEC-22222-22222 is stored in its place",
        ):
            read("SEC-33333-33333")
    (unreadable, found_case) = sorted(store.cases(), key=lambda one: isinstance(one, Case))
    assert isinstance(unreadable, Unreadable)
    assert unreadable.what == "case SEC-33333-33333"
    assert found_case == case()


def test_cost_of_each_use(ports: Ports, dynamodb: str) -> None:
    """Requests and units of each use are what docs/performance.md says; else copy there what
    `python -m benchmarks.serving.dynamodb` prints.
    """
    lines = [line.strip() for line in measure(ports, dynamodb).split("\n")]
    assert lines[1:4] == [
        "one filing with two mails: 1 request (1 TransactWriteItems), 15 write units, 0 read units",
        "one retry of it: 2 requests (1 GetItem, 1 TransactWriteItems), 15 write units, "
        "1 read units",
        "one status look-up: 2 requests (1 GetItem, 1 Query), 0 write units, 2 read units",
    ]
    told = [line.removeprefix("- ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if line not in told] == []


def test_desk_reads_as_much_of_many_cases_as_of_few(dynamodb: str, table: str) -> None:
    """A page, a count, what is due, a person and a case cost the same units in any store."""
    meter, client = Meter(), client_at(dynamodb)
    store = DynamoStore(table, client, codec())
    costs: list[list[str]] = []
    for numbers in (range(60), range(60, 240)):
        for number in numbers:
            reference = f"SEC-22222-22{number:03}"
            store.accept(case(reference), (), key(f"k{number}"))
            due = MORNING + number * DAY
            store.summarise(summary(reference, next_due=due))
            store.find_by(reference, (f"{number}",))
        meter.watch(client) if not costs else meter.take()
        costs.append([])
        for use in (
            lambda: store.listed("securities-brokerage", "intake", "open", most=20),
            lambda: store.counted("securities-brokerage", "intake", "open", "", "~", 50),
            lambda: store.due_cases(MORNING + 9 * DAY, 10),
            lambda: store.references_of("7"),
            lambda: store.summary("SEC-22222-22007"),
            lambda: store.case("SEC-22222-22007"),
            lambda: store.ended(MORNING),
        ):
            assert use() is not None
            costs[-1].append(str(meter.take()))
    assert costs[0] == costs[1]


def test_erasing_reads_as_much_of_many_cases_as_of_few(
    ports: Ports, dynamodb: str, table: str
) -> None:
    """A person's cases are found and erased at the same cost, however many others there are."""
    meter, client = Meter(), client_at(dynamodb)
    meter.watch(client)
    store = DynamoStore(table, client, codec())
    used = on_store(ports, store)
    tuple(cases_of("nobody@example.com", used))  # reads once which key the server has
    costs: list[str] = []
    for round_, numbers in enumerate((range(30), range(30, 150))):
        for number in numbers:
            reference = f"SEC-22222-22{number:03}"
            store.accept(case(reference), (), key(f"k{number}"))
            store.summarise(summary(reference, next_due=MORNING + 9 * DAY))
            store.find_by(reference, (f"{number}",))
        reference, address = f"SEC-33333-3333{round_}", f"p{round_}@example.com"
        theirs = case(reference)
        given = theirs.submission.model_copy(update={"email": address})
        store.accept(theirs.model_copy(update={"submission": given}), (), key(reference))
        index_case(reference, used)
        store.summarise(summary(reference, next_due=MORNING + 9 * DAY))
        index_new_cases(used)  # as each sweep does
        meter.take()
        (found,) = cases_of(address, used)
        assert isinstance(found, Case)
        erase(store, found)
        costs.append(str(meter.take()))
    assert costs[0] == costs[1]
    assert "Scan" not in costs[0]

"""A store that is throttled, in conflict or cut off: nothing is lost and nothing is double."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from threading import Lock
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.delivery import drain
from functions.cases.ports.case_store import KeyReused, Repeated, Stored
from functions.cases.ports.ports import Ports
from functions.model.case import CaseEvent
from functions.model.errors import StoreError, StoreUnavailable, StoreUncertain
from functions.web.app import create_app
from tests.conftest import MORNING, Mailbox, StoppedClock, codec, on_store
from tests.functions.adapters.test_store import HOUR, case, key, mail
from tests.helpers.filings import APPEAL
from tests.helpers.servers.dynamodb_local import client_at
from tests.helpers.servers.fault_proxy import (
    BROKEN,
    CANCELLED_BY_CONFLICT,
    CANCELLED_BY_THROTTLING,
    CONFLICT,
    EXCEEDED,
    THROTTLED,
    Fault,
    Faults,
    Refusal,
    faults_before,
)
from tests.helpers.servers.listening import free_port

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

APPEALS = "/cases/accreditation-body/appeal"
PASSING: list[Fault] = [
    THROTTLED,
    EXCEEDED,
    CONFLICT,
    CANCELLED_BY_CONFLICT,
    CANCELLED_BY_THROTTLING,
    BROKEN,
    "request lost",
    "reply lost",
]


@pytest.fixture
def faults(dynamodb: str) -> Iterator[Faults]:
    """A proxy before DynamoDB Local, well behaved until it is told otherwise."""
    with faults_before(dynamodb) as made:
        yield made


@pytest.fixture
def pauses() -> list[float]:
    """How long the store slept between its attempts."""
    return []


@pytest.fixture
def store(table: str, faults: Faults, pauses: list[float]) -> DynamoStore:
    """A store whose requests go through the proxy, and that does not really sleep."""
    return DynamoStore(table, client_at(faults.endpoint), codec(), pauses.append)


def contents(client: "DynamoDBClient", table: str) -> list[tuple[str, str]]:
    """The keys of everything in the table, events by their kind alone."""
    items = client.scan(TableName=table)["Items"]
    return sorted(
        (item["pk"]["S"], "EVENT" if "EVENT#" in item["sk"]["S"] else item["sk"]["S"])
        for item in items
    )


@pytest.mark.parametrize("fault", PASSING, ids=str)
@pytest.mark.parametrize("times", [1, 3])
def test_passing_fault_stores_a_filing_once(
    store: DynamoStore, faults: Faults, table: str, dynamodb: str, fault: Fault, times: int
) -> None:
    """Whatever happens to the first requests, the filing is there once and whole."""
    faults.next(*[fault] * times)
    assert store.accept(case(), (mail(1), mail(2)), key()) == Stored()
    owner = "CASE#SEC-22222-22222"
    assert contents(client_at(dynamodb), table) == [
        (owner, "CASE"),
        (owner, "MAIL#<1@ombud.example.com>"),
        (owner, "MAIL#<2@ombud.example.com>"),
        ("KEY#k", "KEY"),
    ]
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1), mail(2))


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_passing_fault_never_hides_an_earlier_filing(
    store: DynamoStore, faults: Faults, fault: Fault
) -> None:
    """A repeated filing and a reused key are still told apart."""
    store.accept(case(), (), key())
    faults.next(fault)
    assert store.accept(case("SEC-33333-33333"), (), key()) == Repeated(case())
    faults.next(fault)
    assert store.accept(case("SEC-33333-33333"), (), key(fingerprint="g")) == KeyReused()


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_passing_fault_leaves_mails_intact(
    store: DynamoStore, faults: Faults, fault: Fault
) -> None:
    """Leases, deferrals and endings are made once, though the reply is lost."""
    store.accept(case(), (mail(1), mail(2)), key())
    reference = case().reference
    faults.next(fault)
    first = store.lease_mail(reference, mail(1).message_id, MORNING, MORNING + HOUR)
    assert first == mail(1)
    faults.next(*[None] * 16, fault)
    (second,) = store.lease_mails(MORNING, MORNING + HOUR, 10)
    assert second == mail(2)
    faults.next(fault)
    store.mail_deferred(second, MORNING + HOUR, "busy")
    faults.next(None, fault)
    store.mail_sent(first, MORNING)
    (again,) = store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 10)
    assert again == mail(2).model_copy(update={"attempts": 1})
    faults.next(fault)
    store.mail_failed(again, MORNING + HOUR, "SMTP 550")
    assert [event.type for event in store.events(reference)] == [
        "received",
        "mail_sent",
        "mail_failed",
    ]


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_passing_fault_adds_an_event_once(store: DynamoStore, faults: Faults, fault: Fault) -> None:
    """An event, and the mails that it or a failure leads to, are added once and said to be."""
    store.accept(case(), (mail(1),), key())
    reference = case().reference
    bounced = CaseEvent(at=MORNING, type="mail_bounced", detail="acknowledgement: Permanent")
    faults.next(None, fault)
    assert store.add_event(reference, bounced, (mail(2),), "ses:1") is True
    faults.next(None, fault)
    assert store.add_event(reference, bounced, (mail(3),), "ses:1") is False
    faults.next(None, fault)
    store.mail_failed(mail(1), MORNING, "SMTP 550", (mail(2), mail(4)))
    types = sorted(event.type for event in store.events(reference))
    assert types == ["mail_bounced", "mail_failed", "received"]
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(2), mail(4))


def test_pauses_grow(store: DynamoStore, faults: Faults, pauses: list[float]) -> None:
    """Seven attempts, each pause about twice the one before, and then it is given up."""
    faults.always(THROTTLED)
    with pytest.raises(StoreUnavailable, match="ThrottlingException"):
        store.accept(case(), (), key())
    assert faults.seen["TransactWriteItems"] == 7
    for pause, least in zip(pauses, [0.05, 0.1, 0.2, 0.4, 0.8, 1.6], strict=True):
        assert least <= pause <= least + 0.05


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (THROTTLED, StoreUnavailable),
        (EXCEEDED, StoreUnavailable),
        (CANCELLED_BY_CONFLICT, StoreUnavailable),
        (BROKEN, StoreUncertain),
        ("request lost", StoreUncertain),
        ("reply lost", StoreUncertain),
        (Refusal("AccessDeniedException"), StoreError),
        (Refusal("ResourceNotFoundException"), StoreError),
    ],
    ids=str,
)
def test_lasting_fault_says_what_became_of_the_filing(
    store: DynamoStore, faults: Faults, fault: Fault, error: type[Exception]
) -> None:
    """Nothing was stored, or that is not known, or it never will be; each has its name."""
    faults.always(fault)
    with pytest.raises(StoreError) as raised:
        store.accept(case(), (), key())
    assert raised.type is error
    faults.always(None)
    assert store.accept(case(), (), key()) == Stored()


def test_store_that_is_not_there(table: str, pauses: list[float]) -> None:
    """An endpoint that nobody listens on is unavailable, and surely stored nothing."""
    store = DynamoStore(table, client_at(f"http://127.0.0.1:{free_port()}"), codec(), pauses.append)
    with pytest.raises(StoreUnavailable) as raised:
        store.accept(case(), (), key())
    assert raised.type is StoreUnavailable


def test_missing_table_is_no_passing_fault(dynamodb: str, pauses: list[float]) -> None:
    """Health fails at once where the table is not there."""
    with pytest.raises(StoreError, match="ResourceNotFoundException"):
        DynamoStore("missing", client_at(dynamodb), codec(), pauses.append).ping()
    assert pauses == []


@pytest.fixture
def cut_off(ports: Ports, store: DynamoStore) -> Iterator[TestClient]:
    """A browser at a function whose store is behind the proxy."""
    app = create_app(on_store(ports, store))
    with TestClient(app, base_url="https://ombud.example.com") as made:
        yield made


def test_filer_is_told_that_nothing_was_stored(
    cut_off: TestClient, faults: Faults, table: str, dynamodb: str
) -> None:
    """503 with a page or problem details that say so; the same again then succeeds, once."""
    headers = {"Idempotency-Key": "9a1c"}
    faults.always(THROTTLED)
    refused = cut_off.post(APPEALS, json=APPEAL, headers=headers)
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "30"
    assert refused.json()["detail"] == "Nothing was stored; send it again later."
    page = cut_off.post(APPEALS, data=APPEAL)
    assert page.status_code == 503
    assert "您的内容没有提交" in page.text
    assert contents(client_at(dynamodb), table) == []
    faults.always(None)
    taken = cut_off.post(APPEALS, json=APPEAL, headers=headers)
    assert taken.status_code == 201
    assert cut_off.post(APPEALS, json=APPEAL, headers=headers).json() == taken.json()
    cases = [sk for _, sk in contents(client_at(dynamodb), table) if sk == "CASE"]
    assert cases == ["CASE"]


def test_filer_is_told_that_it_is_not_known(
    cut_off: TestClient, faults: Faults, table: str, dynamodb: str
) -> None:
    """Where every reply is lost nobody claims that nothing was stored; once is enough."""
    headers = {"Idempotency-Key": "9a1c"}
    faults.always("reply lost")
    refused = cut_off.post(APPEALS, json=APPEAL, headers=headers)
    assert refused.status_code == 503
    assert refused.json()["detail"].startswith("It is not known whether this was stored")
    page = cut_off.post(APPEALS, data=APPEAL | {"account": "另一件事"})
    assert "可能已经收到" in page.text
    faults.always(None)
    stored = [pk for pk, sk in contents(client_at(dynamodb), table) if sk == "CASE"]
    taken = cut_off.post(APPEALS, json=APPEAL, headers=headers)
    assert taken.status_code == 201
    assert f"CASE#{taken.json()['reference']}" in stored
    assert len(stored) == 2


@pytest.mark.parametrize("seed", range(3))
def test_storm(
    cut_off: TestClient,
    ports: Ports,
    faults: Faults,
    store: DynamoStore,
    mailbox: Mailbox,
    clock: StoppedClock,
    table: str,
    dynamodb: str,
    seed: int,
) -> None:
    """Half of all requests fail at random, clients retry: each filing is one case, mailed."""
    random, lock = Random(seed), Lock()

    def plan(operation: str) -> Fault:
        with lock:
            return random.choice([*PASSING, *[None] * len(PASSING)])

    def file(number: int) -> str:
        answers = APPEAL | {"account": f"第{number // 2}件事"}
        headers = {"Idempotency-Key": f"{number // 2}"}
        for _ in range(50):
            answer = cut_off.post(APPEALS, json=answers, headers=headers)
            if answer.status_code == 201:
                return str(answer.json()["reference"])
            assert answer.status_code == 503
        raise AssertionError("never taken")

    faults.plan = plan
    with ThreadPoolExecutor(4) as pool:
        references = list(pool.map(file, range(20)))
    assert references[0::2] == references[1::2]
    assert len(set(references)) == 10
    for _ in range(20):
        with suppress(StoreUnavailable):
            drain(on_store(ports, store))
        clock.forward(minutes=10)
    faults.always(None)
    drain(on_store(ports, store))
    items = contents(client_at(dynamodb), table)
    assert sum(sk == "CASE" for _, sk in items) == 10
    assert sum(sk.startswith("MAIL#") for _, sk in items) == 20
    messages = [message["Message-ID"] for message in mailbox.messages]
    assert {f"MAIL#{one}" for one in messages} == {sk for _, sk in items if "MAIL#" in sk}

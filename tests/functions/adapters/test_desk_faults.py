"""A store that fails or is killed leaves no act without its lists, and no list without its case."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.case_store import Outpaced
from functions.cases.ports.desk_store import AccessEntry
from functions.cases.ports.store import Store
from functions.model.desk.chain import first_broken, head
from functions.model.errors import StoreUnavailable
from tests.conftest import KEY, MORNING, StoppedClock, codec
from tests.functions.adapters.conftest import unlist
from tests.functions.adapters.test_desk_acts import REFERENCE, act, after
from tests.functions.adapters.test_desk_store import due, erase, file, summary
from tests.functions.adapters.test_store import HOUR, case, mail
from tests.functions.adapters.test_store_faults import PASSING
from tests.helpers.servers.dynamodb_local import client_at
from tests.helpers.servers.fault_proxy import Fault, Faults, faults_before

MOST_REQUESTS = 40
"""More than any call of the store makes here."""


@pytest.fixture
def faults(dynamodb: str) -> Iterator[Faults]:
    """A proxy before DynamoDB Local, well behaved until it is told otherwise."""
    with faults_before(dynamodb) as made:
        yield made


@pytest.fixture
def store(table: str, faults: Faults, clock: StoppedClock) -> DynamoStore:
    """A store whose requests go through the proxy, and that does not really sleep."""
    return DynamoStore(table, client_at(faults.endpoint), codec(clock), lambda _: None)


def cut_off(faults: Faults, requests: int) -> None:
    """Carries out that many requests, and loses every further one."""
    left = iter(range(requests))
    faults.plan = lambda _: "request lost" if next(left, None) is None else None


@pytest.fixture
def agrees(table: str, dynamodb: str, store: DynamoStore) -> Callable[[str], bool]:
    """Whether a case stands in the lists that its summary names, in the table's index."""
    client = client_at(dynamodb)

    def check(reference: str) -> bool:
        made = store.summary(reference)
        named = {(e.holder, e.bucket, e.sort) for e in made.entries} if made else set()
        found = set()
        for row in client.scan(TableName=table, IndexName="listed-sort")["Items"]:
            name, *place = row["listed"]["S"].split("#")
            if name == "LIST" and row["pk"]["S"] == f"CASE#{reference}":
                found.add((place[1], place[2], row["sort"]["S"].partition("#")[0]))
        return found == named

    return check


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_passing_fault_records_an_act_once(
    store: DynamoStore, faults: Faults, fault: Fault
) -> None:
    """Whatever happens to the transaction, the act is recorded once, and said to be."""
    file(store)
    first = act("", "一")
    faults.next(None, None, fault)
    options = {"previous": "", "summary": after(first)}
    assert store.add_event(REFERENCE, first, (mail(1),), "1", **options) is True  # type: ignore[arg-type]
    late = act("", "二")
    faults.next(None, None, fault)
    options = {"previous": "", "summary": after(late)}
    assert store.add_event(REFERENCE, late, (), "2", **options) == Outpaced()  # type: ignore[arg-type]
    words = act(first.link, "三")
    faults.next(None, None, fault)
    assert store.add_event(REFERENCE, words, (), "3", previous=first.link) is True
    assert [event.detail for event in store.events(REFERENCE)] == ["", "一", "三"]
    assert store.due_cases(MORNING + HOUR, 9) == (REFERENCE,)
    assert store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 9) == (mail(1),)


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_passing_fault_stores_a_summary(
    store: DynamoStore, faults: Faults, agrees: Callable[[str], bool], fault: Fault
) -> None:
    """The same for the sweep's summary: a lost reply is no other act."""
    file(store)
    for days in (1, 2):
        faults.next(None, None, fault)
        assert store.summarise(summary(limits=due(days)))
        assert agrees(REFERENCE)
        assert store.summary(REFERENCE) == summary(limits=due(days))


def _act(store: Store, reference: str) -> object:
    previous = head(store.events(reference))
    event = act(previous, "一", reference)
    made = summary(reference, head=event.link, holders=("manager",))
    return store.add_event(
        reference, event, (mail(1, reference),), "1", previous=previous, summary=made
    )


def _look(store: Store, reference: str) -> object:
    look = AccessEntry(at=MORNING, mark="m", person="张三", what="case")
    store.note_look(reference, look)
    return True


def _erase(store: Store, reference: str) -> object:
    erase(store, case(reference))
    return True


def _find_by(store: Store, reference: str) -> object:
    store.find_by(reference, ("a", "b"))
    return True


CALLS: list[Callable[[Store, str], object]] = [
    lambda store, reference: store.summarise(summary(reference, holders=("manager",))),
    _act,
    _look,
    _find_by,
    _erase,
    lambda store, reference: store.expire(MORNING + HOUR, (reference,)) >= 0,
]


@pytest.mark.parametrize(
    "call", CALLS, ids=["summarise", "act", "look", "find_by", "erase", "expire"]
)
def test_call_that_is_cut_off_leaves_nothing_half(
    store: DynamoStore,
    faults: Faults,
    clock: StoppedClock,
    agrees: Callable[[str], bool],
    call: Callable[[Store, str], object],
) -> None:
    """After each number of requests: what is listed is what the summary says, what the log has is
    chained, and the same call again ends as if nothing had happened.
    """
    others = file(store, "SEC-77777-77777")
    assert store.summarise(summary(others.reference))
    for requests in range(MOST_REQUESTS):
        reference = f"SEC-22222-222{requests:02}"
        file(store, reference, retained_until=MORNING + HOUR)
        assert store.summarise(summary(reference))
        store.find_by(reference, ("a",))
        clock.at = MORNING + HOUR if call is CALLS[-1] else MORNING
        cut_off(faults, requests)
        try:
            assert call(store, reference)
            was_cut_off = False
        except StoreUnavailable:
            was_cut_off = True
        faults.always(None)
        assert store.case(reference) is None or agrees(reference)
        events = store.events(reference)
        assert first_broken((KEY,), reference, events) is None
        made = store.summary(reference)
        assert made is None or made.head == head(events)
        if store.case(reference) is None:
            assert made is None
        call(store, reference)
        assert agrees(reference)
        if call is CALLS[-1]:
            assert store.ended(MORNING + HOUR) == ()
            assert store.references_of("a") == ()
        if not was_cut_off:
            break
        store.expire(MORNING + HOUR)
        clock.at = MORNING
    else:
        raise AssertionError("the call never ended")
    assert store.summary(others.reference) == summary(others.reference)


def test_pass_over_earlier_cases_that_is_cut_off_loses_none(
    table: str, dynamodb: str, store: DynamoStore, faults: Faults
) -> None:
    """After each number of requests, every case is due or still to be named."""
    client, references = client_at(dynamodb), [f"SEC-22222-222{number:02}" for number in range(9)]
    for reference in references:
        file(store, reference)
        unlist(client, table, reference)
    for requests in range(MOST_REQUESTS):
        cut_off(faults, requests)
        try:
            found = store.unlisted(2)
        except StoreUnavailable:
            continue
        finally:
            faults.always(None)
        if not found:
            break
    assert sorted(store.due_cases(MORNING, 99)) == references
    faults.seen.clear()
    assert store.unlisted(2) == ()
    assert faults.seen == {}
    assert DynamoStore(table, client_at(faults.endpoint), codec()).unlisted(2) == ()
    assert faults.seen == {"GetItem": 1}


def act_until_killed(path: str) -> None:
    """Records acts on one case after another, each chained, with its summary."""
    store = SqliteStore(path, codec())
    for number in range(1_000_000):
        reference = f"SEC-22222-2222{number % 4}"
        previous = head(store.events(reference))
        event = act(previous, f"{number}", reference)
        holders = (f"role-{number % 3}", "manager")
        made = summary(reference, head=event.link, holders=holders, limits=due(number % 7))
        store.add_event(
            reference,
            event,
            (mail(time.time_ns(), reference),),
            f"{time.time_ns()}",
            previous=previous,
            summary=made,
        )


def test_kill_leaves_event_mail_and_lists_together(tmp_path: Path) -> None:
    """However often the process is killed, each act has its mail, its summary and its lists."""
    path = tmp_path / "ombud.db"
    with closing(SqliteStore(str(path), codec())) as store:
        for number in range(4):
            file(store, f"SEC-22222-2222{number}")
    acts = 0
    for _ in range(3):
        process = get_context("spawn").Process(target=act_until_killed, args=(str(path),))
        process.start()
        with closing(SqliteStore(str(path), codec())) as store:
            before, end = acts, time.monotonic() + 30
            while acts < before + 12 and time.monotonic() < end:
                acts = sum(len(store.events(f"SEC-22222-2222{n}")) - 1 for n in range(4))
                time.sleep(0.1)
            process.kill()
            process.join()
            assert acts >= before + 12
            acts = sum(len(store.events(f"SEC-22222-2222{n}")) - 1 for n in range(4))
            for number in range(4):
                reference = f"SEC-22222-2222{number}"
                events = store.events(reference)
                made = store.summary(reference)
                assert made is not None
                assert made.head == head(events)
                assert first_broken((KEY,), reference, events) is None
                assert len(store.mails(reference)) == len(events) - 1
                assert {
                    (holder, bucket, entry.sort)
                    for holder in ("*", "manager", "role-0", "role-1", "role-2")
                    for bucket in ("open", "filed")
                    for one in store.listed("securities-brokerage", holder, bucket).found
                    for entry in one.entries
                    if one.reference == reference
                    and (entry.holder, entry.bucket) == (holder, bucket)
                } == {(e.holder, e.bucket, e.sort) for e in made.entries}

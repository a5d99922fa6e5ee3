"""The contract of every store for what the desk keeps besides lists, and for the end of a case."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from functions.cases.ports.desk_store import AccessEntry, Total
from functions.cases.ports.store import Store
from tests.conftest import MORNING, StoppedClock
from tests.functions.adapters.test_desk_store import (
    ORGANISATION,
    PERSON,
    REFERENCES,
    erase,
    file,
    places,
    summary,
)
from tests.functions.adapters.test_store import DAY, HOUR


def test_case_is_found_by_its_hashes(store: Store) -> None:
    """By those that were stored last, and by no others; a hash may find several cases."""
    file(store)
    file(store, "SEC-33333-33333")
    store.find_by("SEC-22222-22222", ("a", "b"))
    store.find_by("SEC-33333-33333", ("b", "c"))
    assert sorted(store.references_of("b")) == ["SEC-22222-22222", "SEC-33333-33333"]
    store.find_by("SEC-22222-22222", ("c", "d"))
    store.find_by("SEC-44444-44444", ("c",))
    assert store.references_of("a") == ()
    assert store.references_of("b") == ("SEC-33333-33333",)
    assert sorted(store.references_of("c")) == ["SEC-22222-22222", "SEC-33333-33333"]
    assert store.references_of("d") == ("SEC-22222-22222",)
    store.find_by("SEC-22222-22222", ("a",))
    assert store.references_of("a") == ("SEC-22222-22222",)


def test_earlier_cases_are_listed_once(
    store: Store, make_earlier: Callable[[str], None], clock: StoppedClock
) -> None:
    """Each case of an earlier release is named once, and due from then on; no other is."""
    for reference in REFERENCES[:12]:
        file(store, reference)
    erased = file(store, "SEC-33333-33333")
    erase(store, erased)
    for reference in (*REFERENCES[:10], erased.reference):
        make_earlier(reference)
    clock.at = MORNING + HOUR
    assert set(store.due_cases(clock.at, 99)) == set(REFERENCES[10:12])
    named: list[str] = []
    while found := store.unlisted(3):
        assert len(found) <= 3
        named += found
        store.summarise(summary(found[0]))
    assert sorted(named) == REFERENCES[:10]
    assert store.due_cases(MORNING, 99) == tuple(sorted(REFERENCES[10:12]))
    waiting = {one for one in REFERENCES[:12] if store.summary(one) is None}
    assert len(waiting) < 10
    assert set(store.due_cases(clock.at, 99)) == waiting
    make_earlier(REFERENCES[0])
    assert store.unlisted(3) == ()


def test_looks_are_kept_with_the_case(store: Store) -> None:
    """Who opened a case, and what of it, in order; nothing of a case that is not there."""
    file(store)
    looks = tuple(
        AccessEntry(at=MORNING + number * HOUR, mark=PERSON, person="张三", what=what)
        for number, what in enumerate(("case", "0" * 32, "case"))
    )
    for look in looks:
        store.note_look("SEC-22222-22222", look)
        store.note_look("SEC-33333-33333", look)
    assert store.looks("SEC-22222-22222") == looks
    assert store.looks("SEC-33333-33333") == ()


def test_access_is_revoked_and_restored(store: Store) -> None:
    """At once, of one person in one organisation; either may be repeated."""
    for _ in range(2):
        store.revoke(ORGANISATION, PERSON, MORNING)
        assert store.is_revoked(ORGANISATION, PERSON)
        assert not store.is_revoked("accreditation-body", PERSON)
        assert not store.is_revoked(ORGANISATION, PERSON[::-1])
    store.revoke(ORGANISATION, PERSON[::-1], MORNING)
    assert store.revoked(ORGANISATION) == {PERSON, PERSON[::-1]}
    assert store.revoked("accreditation-body") == frozenset()
    for _ in range(2):
        store.restore(ORGANISATION, PERSON)
        assert not store.is_revoked(ORGANISATION, PERSON)
    assert store.revoked(ORGANISATION) == {PERSON[::-1]}


def test_totals_replace_each_other(store: Store) -> None:
    """One for each period, in order, from `since` to before `until`; each organisation's own."""
    for period, content in (
        ("2026-03", "{}"),
        ("2026-01", "a"),
        ("2026-02", "b"),
        ("2026-01", "c"),
    ):
        store.keep_total(Total(organisation=ORGANISATION, period=period, content=content))
    store.keep_total(Total(organisation="accreditation-body", period="2026-02", content="d"))
    kept = [(total.period, total.content) for total in store.totals(ORGANISATION)]
    assert kept == [("2026-01", "c"), ("2026-02", "b"), ("2026-03", "{}")]
    part = store.totals(ORGANISATION, since="2026-02", until="2026-03")
    assert [total.period for total in part] == ["2026-02"]
    assert list(store.totals(ORGANISATION, since="2026-03", until="2026-02")) == []


def test_sweep_remembers(store: Store) -> None:
    """What a sweep noted last under a name, and nothing under another."""
    assert store.remembered("calendars") is None
    for content in ("a", "b"):
        store.remember("calendars", content)
        assert store.remembered("calendars") == content
    assert store.remembered("calendar") is None


@pytest.mark.parametrize("ends", ["erased", "over"])
def test_nothing_of_the_desk_outlives_a_case(store: Store, clock: StoppedClock, ends: str) -> None:
    """Summary, lists, hashes, looks and what is due go with the case; totals stay."""
    filed, other = file(store), file(store, "SEC-33333-33333", retained_until=MORNING + 9999 * DAY)
    for reference in (filed.reference, other.reference):
        store.summarise(summary(reference))
        store.find_by(reference, ("a",))
        store.note_look(reference, AccessEntry(at=MORNING, mark=PERSON, person="张三", what="case"))
    store.keep_total(Total(organisation=ORGANISATION, period="2026-03", content="{}"))
    if ends == "erased":
        erase(store, filed)
        store.find_by(filed.reference, ("a",))
        store.note_look(
            filed.reference, AccessEntry(at=MORNING, mark=PERSON, person="张三", what="case")
        )
        assert not store.summarise(summary())
    else:
        clock.at = filed.retained_until
        assert store.ended(clock.at) == (filed.reference,)
        assert store.expire(clock.at, (filed.reference, other.reference)) == 1
        assert store.ended(clock.at) == ()
    assert store.summary(filed.reference) is None
    assert places(store, filed.reference) == set()
    assert store.references_of("a") == (other.reference,)
    assert store.looks(filed.reference) == ()
    assert store.due_cases(datetime(9000, 1, 1, tzinfo=UTC), 9) == (other.reference,)
    assert places(store, other.reference)
    assert len(list(store.totals(ORGANISATION))) == 1


def test_cases_end_in_their_order(store: Store, clock: StoppedClock) -> None:
    """Those whose retention is over, erased or not, the first to end first, no more than asked."""
    for number, reference in enumerate(REFERENCES[:5]):
        filed = file(store, reference, retained_until=MORNING + (9 - number) * DAY)
        store.summarise(summary(reference))
        if number == 2:
            erase(store, filed)
    later = MORNING + 8 * DAY
    assert store.ended(MORNING) == ()
    assert store.ended(later) == tuple(reversed(REFERENCES[1:5]))
    assert store.ended(later, 2) == (REFERENCES[4], REFERENCES[3])
    clock.at = later
    assert store.expire(later, (REFERENCES[0], REFERENCES[4])) == 1
    assert store.expire(later) == 3
    assert store.case(REFERENCES[0]) is not None

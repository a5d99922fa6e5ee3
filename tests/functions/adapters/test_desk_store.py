"""The contract of every store for the desk: lists, due cases, and what else it keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.cases.statistics.measured_cases import first_filed
from functions.model.case import Case, Tombstone
from functions.model.case_log import without_words
from functions.model.desk.summary import ALL, FILED, CaseSummary, DueLimit, sort_key
from tests.conftest import MORNING, StoppedClock
from tests.functions.adapters.test_store import DAY, HOUR, case, key

ORGANISATION = "securities-brokerage"
PERSON = "0123456789abcdef01234567"
HOLDERS = (ALL, "intake", "manager", PERSON)
BUCKETS = ("open", "waiting", "answered", "over", FILED)
REFERENCES = [f"SEC-22222-222{number:02}" for number in range(30)]


def summary(reference: str = "SEC-22222-22222", **changes: object) -> CaseSummary:
    """A summary of a case that the intake has, with a limit that ends in two days."""
    made = CaseSummary(
        reference=reference,
        organisation=ORGANISATION,
        kind="complaint",
        category=None,
        level=None,
        state="received",
        waiting=False,
        received_at=MORNING,
        answered_at=None,
        holders=("intake",),
        readers=(),
        limits=(DueLimit(limit="reply", start=MORNING, due=MORNING + 2 * DAY, exact=False),),
        next_due=MORNING + DAY,
    )
    return made.model_copy(update=changes)


def due(days: float) -> tuple[DueLimit, ...]:
    """A limit that ends after so many days."""
    return (DueLimit(limit="reply", start=MORNING, due=MORNING + days * DAY, exact=False),)


def file(store: Store, reference: str = "SEC-22222-22222", **changes: object) -> Case:
    """Stores a case."""
    filed = case(reference).model_copy(update=changes)
    store.accept(filed, (), key(reference, reference))
    return filed


def fill(store: Store) -> None:
    """Ten cases with a summary; every two of them are due on the same day."""
    for number, reference in enumerate(REFERENCES[:10]):
        file(store, reference)
        assert store.summarise(summary(reference, limits=due(number // 2)))


def erase(store: Store, filed: Case) -> None:
    """Erases a case."""
    fields = {name: getattr(filed, name, MORNING) for name in Tombstone.model_fields}
    store.erase(Tombstone(**fields), without_words)


def places(store: Store, reference: str) -> set[tuple[str, str, str]]:
    """Where a case stands: holder, bucket, and its place in the order."""
    found = set()
    for holder in HOLDERS:
        for bucket in BUCKETS:
            for one in store.listed(ORGANISATION, holder, bucket).found:
                sorts = {entry.sort for entry in one.entries if entry.bucket == bucket}
                found |= {(holder, bucket, sort) for sort in sorts if one.reference == reference}
    return found


def read(store: Store, most: int, **options: bool | str) -> list[list[str]]:
    """References of the organisation's open cases, page by page."""
    pages: list[list[str]] = []
    after: str | None = None
    while True:
        page = store.listed(ORGANISATION, ALL, "open", after=after, most=most, **options)  # type: ignore[arg-type]
        pages.append([one.reference for one in page.found])
        if (after := page.after) is None:
            return pages


def test_new_case_is_due_at_once(store: Store) -> None:
    """The sweep finds a filing from the moment that it is stored; no list has it yet."""
    file(store)
    assert store.due_cases(MORNING - timedelta(microseconds=1), 10) == ()
    assert store.due_cases(MORNING, 10) == ("SEC-22222-22222",)
    assert store.summary("SEC-22222-22222") is None
    assert places(store, "SEC-22222-22222") == set()


def test_summary_is_read_back(store: Store) -> None:
    """A summary comes back as it was stored, and says when the case is due next."""
    file(store)
    made = summary(category="fees", level="complex", readers=("manager",), told=("reply@|near",))
    assert store.summarise(made)
    assert store.summary(made.reference) == made
    assert store.due_cases(MORNING + DAY - HOUR, 10) == ()
    assert store.due_cases(MORNING + DAY, 10) == (made.reference,)
    assert store.summarise(made.model_copy(update={"next_due": None}))
    assert store.due_cases(MORNING + 9999 * DAY, 10) == ()


def test_case_stands_in_the_lists_of_its_summary_alone(store: Store) -> None:
    """Whatever changes, a case is in each list that its summary names, and in no other."""
    reference = file(store).reference
    changes: list[dict[str, object]] = [
        {},
        {"limits": due(5)},
        {"holders": ("intake", "manager"), "waiting": True},
        {"holders": (PERSON,), "limits": ()},
        {"holders": (PERSON,), "state": "answered", "answered_at": MORNING + DAY},
        {"holders": (), "state": "closed"},
        {"holders": ("manager",), "state": "review"},
        {},
    ]
    for change in changes:
        made = summary(reference, **change)
        assert store.summarise(made)
        assert places(store, reference) == {
            (entry.holder, entry.bucket, entry.sort) for entry in made.entries
        }


def test_due_cases_come_earliest_first(store: Store) -> None:
    """No more than asked for, and those that are due longest."""
    for number, reference in enumerate(REFERENCES[:24]):
        file(store, reference)
        store.summarise(summary(reference, next_due=MORNING + (24 - number) * HOUR))
    earliest = tuple(reversed(REFERENCES[14:24]))
    assert store.due_cases(MORNING + 30 * HOUR, 10) == earliest
    assert store.due_cases(MORNING + 4 * HOUR, 10) == earliest[:4]


def test_case_that_is_put_off_is_due_later_or_never(store: Store) -> None:
    """What cannot be summarised now is looked at again when it is said, with a summary or none."""
    file(store, REFERENCES[0])
    file(store, REFERENCES[1])
    assert store.summarise(summary(REFERENCES[1]))
    for reference in REFERENCES[:2]:
        store.put_off(reference, MORNING + 5 * DAY)
    assert store.due_cases(MORNING + 5 * DAY - HOUR, 10) == ()
    assert set(store.due_cases(MORNING + 5 * DAY, 10)) == set(REFERENCES[:2])
    for reference in REFERENCES[:2]:
        store.put_off(reference, None)
    assert store.due_cases(MORNING + 99 * DAY, 10) == ()
    assert store.summarise(summary(REFERENCES[0]))
    assert store.due_cases(MORNING + DAY, 10) == (REFERENCES[0],)
    store.put_off("SEC-99999-99999", MORNING)
    assert store.due_cases(MORNING, 10) == ()


def test_what_a_sweep_notes_is_read_by_the_next(store: Store) -> None:
    """A name stands for what was noted last; others are not mixed with it."""
    assert store.remembered("calendar") is None
    store.remember("calendar", "CN 2026")
    store.remember("calendar", "CN 2027")
    store.remember("other", "")
    assert store.remembered("calendar") == "CN 2027"
    assert store.remembered("other") == ""
    assert store.remembered("third") is None


def test_summary_of_another_state_is_refused(store: Store) -> None:
    """What was summarised before the last act is not stored, nor one of a case that is gone."""
    file(store)
    store.summarise(summary())
    assert not store.summarise(summary(head="another", limits=due(9)))
    assert not store.summarise(summary("SEC-33333-33333"))
    assert store.summary("SEC-22222-22222") == summary()
    assert store.summary("SEC-33333-33333") is None


def test_summary_that_forgets_what_was_told_is_refused(store: Store) -> None:
    """Whoever made it read the case before staff were told: they would be told again."""
    file(store)
    told = summary(told=("reply@|near", "reply@|today"))
    assert store.summarise(told)
    assert not store.summarise(summary(told=("reply@|near",), limits=due(9)))
    assert store.summary(told.reference) == told
    assert store.summarise(told.model_copy(update={"told": (*told.told, "reply@|overdue")}))


def test_case_is_put_off(store: Store, make_earlier: Callable[[str], None]) -> None:
    """It is due at that time or never, until its next summary; lists and summary stay."""
    reference, earlier = file(store).reference, file(store, "SEC-33333-33333").reference
    make_earlier(earlier)
    store.put_off(reference, MORNING + HOUR)
    assert store.summary(reference) is None
    assert store.due_cases(MORNING, 9) == ()
    assert store.due_cases(MORNING + HOUR, 9) == (reference,)
    store.put_off(earlier, MORNING)
    assert store.due_cases(MORNING, 9) == (earlier,)
    assert store.unlisted(9) == ()
    assert store.summarise(summary(reference))
    store.put_off(reference, None)
    store.put_off(earlier, None)
    store.put_off("SEC-44444-44444", MORNING)
    assert store.due_cases(MORNING + 9 * DAY, 9) == ()
    assert store.summary(reference) == summary(reference)
    assert places(store, reference)
    assert store.summarise(summary(reference))
    assert store.due_cases(MORNING + 9 * DAY, 9) == (reference,)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("most", [1, 2, 3, 9, 10, 11])
def test_pages_follow_each_other(store: Store, most: int, newest_first: bool) -> None:
    """Page by page each case comes once, in order, in both directions; no page is longer."""
    fill(store)
    pages = read(store, most, newest_first=newest_first)
    references = [reference for page in pages for reference in page]
    assert sorted(references) == REFERENCES[:10]
    days = [int(reference[-2:]) // 2 for reference in references]
    assert days == sorted(days, reverse=newest_first)
    assert [len(page) for page in pages] == [min(most, 10 - start) for start in range(0, 10, most)]


def test_case_that_moves_between_two_pages_disturbs_no_other(store: Store) -> None:
    """The case that a page ended with leaves the list: the next page begins with the next one."""
    fill(store)
    first = store.listed(ORGANISATION, ALL, "open", most=4)
    store.summarise(first.found[-1].model_copy(update={"state": "closed"}))
    rest = store.listed(ORGANISATION, ALL, "open", most=10, after=first.after)
    assert [one.reference for one in rest.found] == REFERENCES[4:10]


@pytest.mark.parametrize(
    "after", ["x", "|", "|x", "9999|" + "9" * 99, "é|１", "2026-03-02|1", "~~"]
)
def test_any_text_is_taken_for_the_end_of_a_page(store: Store, after: str) -> None:
    """What a link says of where to go on may be anything: it finds other cases, or none."""
    fill(store)
    for newest_first in (False, True):
        store.listed(ORGANISATION, ALL, "open", after=after, newest_first=newest_first)


def test_part_of_a_list(store: Store) -> None:
    """From `since` to before `until`: the end is not in it, nothing is in an empty part."""
    fill(store)
    since, until = sort_key(MORNING + DAY), sort_key(MORNING + 3 * DAY)
    assert read(store, 3, since=since, until=until) == [REFERENCES[2:5], REFERENCES[5:6]]
    assert read(store, 9, since=since[:10], until=since) == [[]]
    assert read(store, 9, since=until, until=since) == [[]]
    assert read(store, 9, since=until, newest_first=True) == [
        [REFERENCES[number] for number in (9, 8, 7, 6)]
    ]
    assert store.counted(ORGANISATION, ALL, "open", since, until, 99) == 4
    assert store.counted(ORGANISATION, ALL, "open", until, since, 99) == 0


def test_counts_are_capped(store: Store) -> None:
    """A count says no more than it was asked to."""
    fill(store)
    for most in (1, 9, 10, 11, 1000):
        assert store.counted(ORGANISATION, ALL, "open", "", "~", most) == min(most, 10)
    assert store.counted(ORGANISATION, "intake", "open", "", "~", 99) == 10
    assert store.counted(ORGANISATION, "manager", "open", "", "~", 99) == 0


def test_lists_of_others_are_not_mixed(store: Store) -> None:
    """Each organisation has its own lists, also where one's name begins with another's."""
    file(store)
    file(store, "SEC-33333-33333", organisation="securities")
    store.summarise(summary())
    store.summarise(summary("SEC-33333-33333", organisation="securities"))
    assert read(store, 9) == [["SEC-22222-22222"]]
    for organisation, holder in (("securities", ALL), ("securities", "intake")):
        (found,) = store.listed(organisation, holder, "open").found
        assert found.reference == "SEC-33333-33333"
    assert store.listed("sec", ALL, "open").found == ()


def test_page_without_cases_is_not_the_end(store: Store, ports: Ports, clock: StoppedClock) -> None:
    """Cases past their retention that are not deleted yet hide none that follow."""
    for number, reference in enumerate(REFERENCES[:3]):
        received = MORNING + number * HOUR
        file(store, reference, received_at=received, retained_until=MORNING + (number + 1) * DAY)
        assert store.summarise(summary(reference, received_at=received))
    clock.at = MORNING + 2 * DAY
    assert [each for page in read(store, 1) for each in page] == [REFERENCES[2]]
    first = first_filed(ORGANISATION, replace(ports, lists=store))
    assert first is not None
    assert first.reference == REFERENCES[2]
    clock.at = MORNING + 3 * DAY
    assert first_filed(ORGANISATION, replace(ports, lists=store)) is None


def test_case_past_its_retention_is_in_no_list(store: Store, clock: StoppedClock) -> None:
    """From its last second on, deleted or not."""
    filed = file(store)
    store.summarise(summary())
    clock.at = filed.retained_until - HOUR
    assert places(store, filed.reference)
    clock.at = filed.retained_until
    assert store.summary(filed.reference) is None
    assert places(store, filed.reference) == set()
    assert not store.summarise(summary())

"""The contract of every store for acts at the desk: the chain, the summary and the lists agree."""

from concurrent.futures import ThreadPoolExecutor

from functions.cases.ports.case_store import Outpaced, Spent
from functions.cases.ports.counters import Quota
from functions.cases.ports.store import Store
from functions.model.case import CaseEvent
from functions.model.desk.chain import first_broken, head, link
from functions.model.desk.summary import CaseSummary
from tests.conftest import KEY, MORNING
from tests.functions.adapters.test_desk_store import (
    due,
    erase,
    file,
    places,
    summary,
)
from tests.functions.adapters.test_store import HOUR, mail

REFERENCE = "SEC-22222-22222"


def act(previous: str, words: str, reference: str = REFERENCE) -> CaseEvent:
    """A message of staff, chained to the act before it."""
    event = CaseEvent(at=MORNING + HOUR, type="message", detail=words)
    return event.model_copy(update={"link": link(KEY, reference, previous, event)})


def after(event: CaseEvent, **changes: object) -> CaseSummary:
    """The summary of the case after that act."""
    return summary().model_copy(update={"head": event.link} | changes)


def test_act_changes_lists_with_it(store: Store) -> None:
    """Event, mails, summary and lists are stored together, before the sweep saw the case, too."""
    file(store)
    first = act("", "一")
    assert (
        store.add_event(REFERENCE, first, (mail(1),), "1", previous="", summary=after(first))
        is True
    )
    second = act(first.link, "二")
    handed = after(second, holders=("manager",), limits=due(3))
    assert store.add_event(REFERENCE, second, (), "2", previous=first.link, summary=handed) is True
    assert store.events(REFERENCE)[1:] == (first, second)
    assert store.summary(REFERENCE) == handed
    assert places(store, REFERENCE) == {(e.holder, e.bucket, e.sort) for e in handed.entries}
    assert store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 9) == (mail(1),)


def test_acts_come_in_the_order_of_the_chain(store: Store) -> None:
    """An act that a slow clock dates before the last one still comes behind it."""
    file(store)
    previous, acts = "", []
    for number, minutes in enumerate((30, 10, 10, 20)):
        event = CaseEvent(at=MORNING + minutes * HOUR / 60, type="message", detail=f"{9 - number}")
        event = event.model_copy(update={"link": link(KEY, REFERENCE, previous, event)})
        made = after(event)
        assert store.add_event(
            REFERENCE, event, (), f"{9 - number}", previous=previous, summary=made
        )
        acts.append(event)
        previous = event.link
    store.mail_sent(mail(1), MORNING)
    assert [event for event in store.events(REFERENCE) if event.link] == acts
    assert head(store.events(REFERENCE)) == previous
    assert first_broken((KEY,), REFERENCE, store.events(REFERENCE)) is None


def test_act_that_another_one_outpaced_changes_nothing(store: Store) -> None:
    """No event, mail or list, and no quota is used; what was read again can be recorded."""
    file(store)
    first, late = act("", "一"), act("", "二")
    quota = Quota(key="acts", most=1, ends=MORNING + 9 * HOUR)
    store.add_event(REFERENCE, first, (), "1", previous="", summary=after(first))
    outpaced = store.add_event(
        REFERENCE, late, (mail(1),), "2", quotas=(quota,), previous="", summary=after(late)
    )
    assert outpaced == Outpaced()
    assert store.events(REFERENCE)[1:] == (first,)
    assert store.summary(REFERENCE) == after(first)
    assert store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 9) == ()
    again = act(first.link, "二")
    options = {"quotas": (quota,), "previous": first.link, "summary": after(again)}
    assert store.add_event(REFERENCE, again, (mail(1),), "2", **options) is True  # type: ignore[arg-type]
    third = act(again.link, "三")
    options |= {"previous": again.link, "summary": after(third)}
    assert store.add_event(REFERENCE, third, (), "3", **options) == Spent(quota)  # type: ignore[arg-type]
    assert store.summary(REFERENCE) == after(again)


def test_act_whose_summary_forgets_what_was_told_is_outpaced(store: Store) -> None:
    """A sweep told staff after the case was read: nothing is recorded, and nobody told again."""
    file(store)
    assert store.summarise(summary(told=("reply@|near",)))
    first = act("", "一")
    options = {"previous": "", "summary": after(first)}
    assert store.add_event(REFERENCE, first, (), "1", **options) == Outpaced()  # type: ignore[arg-type]
    assert store.events(REFERENCE)[1:] == ()
    options["summary"] = after(first, told=("reply@|near",))
    assert store.add_event(REFERENCE, first, (), "1", **options) is True  # type: ignore[arg-type]
    options["summary"] = after(first)
    assert store.add_event(REFERENCE, first, (), "1", **options) is False  # type: ignore[arg-type]


def test_repeated_act_is_recorded_once(store: Store) -> None:
    """The same request again, whatever happened since, changes nothing: it is no other act."""
    file(store)
    first = act("", "一")
    store.add_event(REFERENCE, first, (), "1", previous="", summary=after(first))
    second = act(first.link, "二")
    store.add_event(REFERENCE, second, (), "2", previous=first.link, summary=after(second))
    for previous in ("", first.link, second.link):
        again = act(previous, "一")
        repeated = store.add_event(
            REFERENCE, again, (mail(1),), "1", previous=previous, summary=after(again)
        )
        assert repeated is False
    assert store.events(REFERENCE)[1:] == (first, second)
    assert store.summary(REFERENCE) == after(second)
    assert store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 9) == ()


def test_act_of_a_filer_makes_the_case_due(store: Store) -> None:
    """The summary of before stays listed, and no summary of before replaces it any more."""
    file(store)
    store.summarise(summary(next_due=None))
    words = act("", "补充")
    assert store.add_event(REFERENCE, words, (), "1", previous="") is True
    assert store.due_cases(MORNING + HOUR, 9) == (REFERENCE,)
    assert store.summary(REFERENCE) == summary(next_due=None)
    assert places(store, REFERENCE)
    assert not store.summarise(summary())
    assert store.summarise(after(words))
    assert store.due_cases(MORNING + HOUR, 9) == ()


def test_event_without_a_link_leaves_chain_and_lists(store: Store) -> None:
    """A mail that bounced is no act: nothing waits for it and nothing is outpaced by it."""
    file(store)
    first = act("", "一")
    store.add_event(REFERENCE, first, (), "1", previous="", summary=after(first))
    bounced = CaseEvent(at=MORNING + HOUR, type="mail_bounced", detail="notice: Permanent")
    assert store.add_event(REFERENCE, bounced, (), "ses:1") is True
    assert store.summary(REFERENCE) == after(first)
    second = act(first.link, "二")
    options = {"previous": first.link, "summary": after(second)}
    assert store.add_event(REFERENCE, second, (), "2", **options) is True  # type: ignore[arg-type]


def test_case_may_stand_in_hundreds_of_lists(store: Store) -> None:
    """More than one transaction takes: all of them, and none of before."""
    file(store)
    many = tuple(f"role-{number}" for number in range(150))
    first = act("", "一")
    made = after(first, holders=many)
    assert store.add_event(REFERENCE, first, (), "1", previous="", summary=made) is True
    if not store.listed("securities-brokerage", many[-1], "open").found:
        assert store.due_cases(MORNING, 9) == (REFERENCE,)
    assert store.summarise(made)
    for holder in many:
        assert store.listed("securities-brokerage", holder, "open").found == (made,)
    assert store.due_cases(MORNING, 9) == ()
    few = after(first, holders=("intake",))
    assert store.summarise(few)
    assert places(store, REFERENCE) == {(e.holder, e.bucket, e.sort) for e in few.entries}
    for holder in many:
        assert store.listed("securities-brokerage", holder, "open").found == ()


def test_nothing_is_added_to_an_erased_case(store: Store) -> None:
    """Neither an act nor what became of a mail."""
    erase(store, file(store))
    first = act("", "一")
    assert store.add_event(REFERENCE, first, (mail(1),), "1", previous="") is False
    options = {"previous": "", "summary": after(first)}
    assert store.add_event(REFERENCE, first, (mail(1),), "2", **options) is False  # type: ignore[arg-type]
    bounced = CaseEvent(at=MORNING + HOUR, type="mail_bounced", detail="notice: Permanent")
    assert store.add_event(REFERENCE, bounced, (), "ses:1") is False
    assert [event.type for event in store.events(REFERENCE)] == ["received"]
    assert store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 9) == ()


def test_of_two_acts_at_once_one_is_outpaced(store: Store) -> None:
    """Both read the same state: one is recorded with its summary, the other is told."""
    file(store)
    acts = [act("", words) for words in "一二三四"]

    def add(event: CaseEvent) -> object:
        made = after(event, holders=(event.link[:4],))
        return store.add_event(REFERENCE, event, (), event.detail, previous="", summary=made)

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(add, acts))
    assert outcomes.count(True) == 1
    assert outcomes.count(Outpaced()) == 3
    won = acts[outcomes.index(True)]
    assert store.events(REFERENCE)[1:] == (won,)
    assert store.summary(REFERENCE) == after(won, holders=(won.link[:4],))


def test_acts_at_once_are_all_in_the_chain(store: Store) -> None:
    """Each reads again until it is recorded, while a sweep makes summaries: nothing is lost, the
    chain has no gap, and the lists are those of the last act.
    """
    file(store)

    def add(number: int) -> None:
        outcome: object = Outpaced()
        while outcome == Outpaced():
            previous = head(store.events(REFERENCE))
            event = act(previous, f"{number}")
            made = after(event, holders=(f"role-{number}",))
            outcome = store.add_event(
                REFERENCE, event, (), f"{number}", previous=previous, summary=made
            )
        assert outcome is True

    def sweep(_: int) -> None:
        for _ in range(10):
            store.summarise(summary(head=head(store.events(REFERENCE)), holders=("swept",)))

    with ThreadPoolExecutor(5) as pool:
        swept = pool.submit(sweep, 0)
        list(pool.map(add, range(12)))
        swept.result()
    events = store.events(REFERENCE)
    assert sorted(int(event.detail) for event in events[1:]) == list(range(12))
    by_link = {event.link: event for event in events[1:]}
    assert len(by_link) == 12
    last = store.summary(REFERENCE)
    assert last is not None
    (holder,) = last.holders
    assert last.head in by_link
    assert holder in ("swept", f"role-{by_link[last.head].detail}")
    assert places(store, REFERENCE) == {
        (entry.holder, entry.bucket, entry.sort) for entry in last.entries if entry.holder == "*"
    }
    for number in range(12):
        listed = store.listed("securities-brokerage", f"role-{number}", "open").found
        assert bool(listed) == (holder == f"role-{number}")
    assert first_broken((KEY,), REFERENCE, events) is None

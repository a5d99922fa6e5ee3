"""The contract of every store: one suite, one fixture parameter a store."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from functions.cases.ports.case_store import (
    Idempotency,
    KeyReused,
    ReferenceTaken,
    Repeated,
    Spent,
    Stored,
)
from functions.cases.ports.counters import Quota
from functions.cases.ports.store import Store
from functions.model.answers.submission import Submission
from functions.model.case import Case, CaseEvent, Entered
from functions.model.mail import LaterMail, OutboxMail
from tests.conftest import MORNING, StoppedClock

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def case(reference: str = "SEC-22222-22222") -> Case:
    """A case of that reference."""
    return Case(
        reference=reference,
        organisation="securities-brokerage",
        kind="complaint",
        contract="0" * 32,
        language="zh-CN",
        received_at=MORNING,
        retained_until=MORNING + 1096 * DAY,
        submission=Submission(account="等了三个小时", name="李四"),
    )


def mail(number: int, reference: str = "SEC-22222-22222") -> OutboxMail:
    """A mail that the case owes."""
    return OutboxMail(
        message_id=f"<{number}@ombud.example.com>",
        reference=reference,
        type="notice",
        recipient="office@example.com",
        language="zh-CN",
    )


def key(name: str = "k", fingerprint: str = "f") -> Idempotency:
    """An idempotency key good for an hour."""
    return Idempotency(key=name, fingerprint=fingerprint, expires_at=MORNING + HOUR)


def test_filing_is_stored_whole(store: Store) -> None:
    """Case, event and mails are there together."""
    assert store.accept(case(), (mail(1), mail(2)), key()) == Stored()
    assert store.case("SEC-22222-22222") == case()
    assert [event.type for event in store.events("SEC-22222-22222")] == ["received"]
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1), mail(2))


def test_repeated_filing_changes_nothing(store: Store) -> None:
    """The same key and content give the first case, and no second mail."""
    store.accept(case(), (mail(1),), key())
    again = store.accept(case("SEC-33333-33333"), (mail(2, "SEC-33333-33333"),), key())
    assert again == Repeated(case())
    assert store.case("SEC-33333-33333") is None
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1),)


def test_key_of_another_filing(store: Store) -> None:
    """The same key with other content is a named outcome and stores nothing."""
    store.accept(case(), (), key())
    assert store.accept(case("SEC-33333-33333"), (), key(fingerprint="g")) == KeyReused()
    assert store.case("SEC-33333-33333") is None


def test_taken_reference(store: Store) -> None:
    """A reference in use is a named outcome, and the first case stays as it is."""
    store.accept(case(), (), key())
    other = case().model_copy(update={"language": "en"})
    assert store.accept(other, (mail(1),), key("other", "g")) == ReferenceTaken()
    assert store.case("SEC-22222-22222") == case()
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == ()


def test_expired_key_is_free(store: Store) -> None:
    """After its time a key may stand for a new filing."""
    store.accept(case(), (), key())
    later = case("SEC-33333-33333").model_copy(update={"received_at": MORNING + 2 * HOUR})
    assert store.accept(later, (), key()) == Stored()


def test_owed_since(store: Store) -> None:
    """Since when the oldest owed mail waits: putting it off changes nothing, settling it does."""
    assert store.owed_since() is None
    store.accept(case(), (mail(1),), key())
    later = case("SEC-33333-33333").model_copy(update={"received_at": MORNING + HOUR})
    store.accept(later, (mail(2, later.reference),), key("later", "g"))
    store.lease_mails(MORNING, MORNING + HOUR, 10)
    store.mail_deferred(mail(1), MORNING + 6 * HOUR, "away")
    assert store.owed_since() == MORNING
    store.mail_sent(mail(1), MORNING + 6 * HOUR)
    assert store.owed_since() == MORNING + HOUR
    store.mail_failed(mail(2, later.reference), MORNING + 7 * HOUR, "gone")
    assert store.owed_since() is None


def test_owed_mails_are_counted(store: Store) -> None:
    """Owed mails count from the moment they are stored, up to a number, until they are settled."""
    assert store.owed_mails(MORNING, 10) == 0
    store.accept(case(), (mail(1), mail(2)), key())
    later = case("SEC-33333-33333").model_copy(update={"received_at": MORNING + HOUR})
    store.accept(later, (mail(3, later.reference),), key("later", "g"))
    store.lease_mails(MORNING, MORNING + HOUR, 10)
    assert [store.owed_mails(MORNING + passed * HOUR, 10) for passed in (-1, 0, 1)] == [0, 2, 3]
    assert store.owed_mails(MORNING + HOUR, 2) == 2
    store.mail_sent(mail(1), MORNING + HOUR)
    assert store.owed_mails(MORNING + HOUR, 10) == 2


def test_leased_mail_is_nobody_elses(store: Store) -> None:
    """Two workers never hold one mail; a lease that ends gives it back."""
    store.accept(case(), (mail(1),), key())
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1),)
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == ()
    assert store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 10) == (mail(1),)


def test_one_mail_is_leased_by_name(store: Store) -> None:
    """A mail that is owed and due is had once; not before its time, nor under another case."""
    store.accept(case(), (mail(1), mail(2)), key())
    one = ("SEC-22222-22222", "<1@ombud.example.com>")
    assert store.lease_mail(*one, MORNING - HOUR, MORNING) is None
    assert store.lease_mail("SEC-33333-33333", one[1], MORNING, MORNING + HOUR) is None
    assert store.lease_mail(*one, MORNING, MORNING + HOUR) == mail(1)
    assert store.lease_mail(*one, MORNING, MORNING + HOUR) is None
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(2),)
    assert store.lease_mail(*one, MORNING + HOUR, MORNING + 2 * HOUR) == mail(1)
    store.mail_sent(mail(1), MORNING + HOUR)
    assert store.lease_mail(*one, MORNING + 9 * HOUR, MORNING + 10 * HOUR) is None


def test_sent_mail_is_done(store: Store) -> None:
    """A sent mail is never due again, and the case says so."""
    store.accept(case(), (mail(1),), key())
    store.mail_sent(mail(1), MORNING)
    assert store.lease_mails(MORNING + 10 * HOUR, MORNING + 11 * HOUR, 10) == ()
    assert [event.type for event in store.events("SEC-22222-22222")] == ["received", "mail_sent"]


def test_deferred_mail_comes_back_counted(store: Store) -> None:
    """A deferred mail is due at its time, one attempt older."""
    store.accept(case(), (mail(1),), key())
    store.mail_deferred(mail(1), MORNING + HOUR, "busy")
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == ()
    (again,) = store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 10)
    assert again.attempts == 1


def test_failed_mail_is_recorded(store: Store) -> None:
    """A mail that failed for good is never due again, and the reason is on the case."""
    store.accept(case(), (mail(1),), key())
    store.mail_failed(mail(1), MORNING, "SMTP 550 5.1.1")
    assert store.lease_mails(MORNING + 10 * HOUR, MORNING + 11 * HOUR, 10) == ()
    assert store.events("SEC-22222-22222")[-1].detail == "notice: SMTP 550 5.1.1"


def test_failed_mail_leads_to_others(store: Store) -> None:
    """What a failure leads to is owed with it, each mail once however often it is asked for."""
    store.accept(case(), (mail(1), mail(2)), key())
    store.mail_failed(mail(1), MORNING, "SMTP 550 5.1.1", (mail(3),))
    store.mail_sent(mail(3), MORNING)
    store.mail_failed(mail(2), MORNING, "SMTP 550 5.1.1", (mail(3), mail(4)))
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(4),)


def test_event_is_added_once(store: Store) -> None:
    """An event under a key is recorded once with the mails it leads to, each mail once."""
    store.accept(case(), (), key())
    bounced = CaseEvent(at=MORNING, type="mail_bounced", detail="acknowledgement: Permanent")
    assert store.add_event("SEC-22222-22222", bounced, (mail(1),), "ses:1") is True
    assert store.add_event("SEC-22222-22222", bounced, (mail(2),), "ses:1") is False
    assert store.add_event("SEC-22222-22222", bounced, (mail(1), mail(3)), "ses:2") is True
    assert store.events("SEC-22222-22222")[1:] == (bounced, bounced)
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1), mail(3))


def test_mails_of_an_event_may_be_due_later(store: Store) -> None:
    """What an event leads to waits until its time, and an event's own words are kept whole."""
    store.accept(case(), (), key())
    words = "案情Ω𠮷\n" * 1_000
    added = CaseEvent(at=MORNING, type="decision", detail=words)
    later = MORNING + HOUR / 2
    assert store.add_event("SEC-22222-22222", added, (mail(1),), "decision:1", later) is True
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == ()
    assert store.lease_mails(later, later + HOUR, 10) == (mail(1),)
    assert store.events("SEC-22222-22222")[1:] == (added,)


def test_one_mail_may_be_due_later_than_the_others(store: Store) -> None:
    """Of the mails of one event, one can wait while the others go at once."""
    store.accept(case(), (), key())
    waiting = LaterMail(**mail(1).model_dump(), due_at=MORNING + HOUR)
    event = CaseEvent(at=MORNING, type="forwarded", detail="{}")
    assert store.add_event("SEC-22222-22222", event, (waiting, mail(2)), "f", MORNING)
    assert store.lease_mails(MORNING, MORNING + 2 * HOUR, 10) == (mail(2),)
    assert store.lease_mails(MORNING + HOUR, MORNING + 3 * HOUR, 10) == (mail(1),)


def test_what_staff_enter_is_owed_since_they_enter_it(store: Store) -> None:
    """The mails of a call of yesterday are owed since now; the case is dated as it was received."""
    entered = Entered(at=MORNING, channel="telephone", person="顾安", mark="0" * 24)
    stored = case().model_copy(update={"received_at": MORNING - DAY, "entered": entered})
    assert store.accept(stored, (mail(1),), key()) == Stored()
    assert store.owed_since() == MORNING
    assert store.case("SEC-22222-22222") == stored


def test_clicks_at_once_are_one_event(store: Store) -> None:
    """Of several requests with one key at the same time one adds the event."""
    store.accept(case(), (), key())
    added = CaseEvent(at=MORNING, type="information", detail="{}")

    def add(number: int) -> bool:
        return bool(store.add_event("SEC-22222-22222", added, (mail(number),), "information:1"))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(1, 5))) == [False, False, False, True]
    assert store.events("SEC-22222-22222")[1:] == (added,)
    assert len(store.lease_mails(MORNING, MORNING + HOUR, 10)) == 1


def test_events_at_once_cannot_pass_a_quota_together(store: Store) -> None:
    """Of sixty entries at the same time as many are added as the quota says; repeats cost none."""
    store.accept(case(), (), key())
    quota = Quota(key="entries", most=20, ends=MORNING + HOUR)

    def add(number: int) -> object:
        event = CaseEvent(at=MORNING, type="information", detail=f"{number}")
        return store.add_event(
            "SEC-22222-22222", event, (mail(number),), f"i:{number}", quotas=(quota,)
        )

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(add, range(1, 61)))
    assert outcomes.count(True) == 20
    assert outcomes.count(Spent(quota)) == 40
    assert len(store.events("SEC-22222-22222")) == 21
    kept = {int(event.detail) for event in store.events("SEC-22222-22222")[1:]}
    assert len(store.lease_mails(MORNING, MORNING + HOUR, 100)) == 20
    assert add(min(kept)) is False
    free = quota.model_copy(update={"ends": MORNING + 2 * HOUR, "key": "the next hour's"})
    event = CaseEvent(at=MORNING + HOUR, type="information", detail="more")
    assert store.add_event("SEC-22222-22222", event, (), "i:more", quotas=(free,)) is True


def test_events_are_kept_in_order_of_time(store: Store) -> None:
    """What people do on a case is read in the order in which they did it."""
    store.accept(case(), (), key())
    added = [
        CaseEvent(at=MORNING + number * HOUR, type="message", detail=str(number))
        for number in range(1, 6)
    ]
    for event in added:
        store.add_event("SEC-22222-22222", event, (), f"message:{event.detail}")
    assert list(store.events("SEC-22222-22222")[1:]) == added


def test_counts_add_up_until_they_expire(store: Store, clock: StoppedClock) -> None:
    """Counts add up by key and are forgotten in time."""
    counts = [store.increment("a", MORNING + HOUR) for _ in range(3)]
    assert counts == [1, 2, 3]
    assert store.increment("b", MORNING + HOUR) == 1
    clock.forward(hours=2)
    assert store.increment("a", MORNING + 3 * HOUR) == 1


def test_count_is_read_until_it_expires(store: Store, clock: StoppedClock) -> None:
    """Reading a count changes nothing of it; there is none before the first and after its end."""
    assert store.current_count("a") == 0
    store.increment("a", MORNING + HOUR, by=2)
    assert [store.current_count(name) for name in ("a", "a", "b")] == [2, 2, 0]
    clock.forward(hours=1)
    assert store.current_count("a") == 0
    assert store.increment("a", MORNING + 3 * HOUR) == 1


def test_what_is_not_there(store: Store) -> None:
    """A reference that nobody got has no case and no events; an empty outbox owes nothing."""
    assert store.case("SEC-33333-33333") is None
    assert store.events("SEC-33333-33333") == ()
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == ()
    store.ping()


def test_long_words_come_back_whole(store: Store) -> None:
    """Tens of thousands of characters, and characters of every length, are kept as they are."""
    words = "案情Ω𠮷\n" * 10_000
    long = case().model_copy(update={"submission": Submission(account=words)})
    assert store.accept(long, (), key()) == Stored()
    assert store.case(long.reference) == long


def test_filing_that_staff_entered_is_due_when_it_was_stored(store: Store) -> None:
    """However long ago it reached the organisation: mails, the sweep and the key begin then."""
    entered = Entered(at=MORNING, channel="telephone", person="张三", mark="0" * 24)
    called = case().model_copy(update={"received_at": MORNING - 3 * DAY, "entered": entered})
    assert store.accept(called, (mail(1),), key()) == Stored()
    assert store.due_cases(MORNING - HOUR, 9) == ()
    assert store.due_cases(MORNING, 9) == (called.reference,)
    assert store.owed_since() == MORNING
    again = called.model_copy(update={"reference": "SEC-33333-33333"})
    assert store.accept(again, (), key()) == Repeated(called)


def test_mail_may_have_its_own_time(store: Store) -> None:
    """It is sent then, and the others of its cause at once."""
    store.accept(case(), (), key())
    later = LaterMail(**mail(2).model_dump(), due_at=MORNING + HOUR)
    event = CaseEvent(at=MORNING, type="information", detail="{}")
    assert store.add_event(case().reference, event, (mail(1), later), "i:1") is True
    assert store.lease_mails(MORNING, MORNING + 2 * HOUR, 9) == (mail(1),)
    assert store.lease_mails(MORNING + HOUR, MORNING + 2 * HOUR, 9) == (mail(2),)


def test_longest_due_mails_come_first(store: Store) -> None:
    """No more than asked for, and those that have waited longest, whichever case they are of."""
    for number in range(1, 7):
        reference = f"SEC-22222-2222{number}"
        store.accept(case(reference), (mail(number, reference),), key(f"k{number}"))
        due = MORNING + (7 - number) * HOUR
        store.mail_deferred(mail(number, reference), due, "busy")
    now = MORNING + 6 * HOUR
    first = store.lease_mails(now, now + HOUR, 4)
    assert {one.message_id for one in first} == {mail(number).message_id for number in range(3, 7)}
    rest = store.lease_mails(now, now + HOUR, 4)
    assert {one.message_id for one in rest} == {mail(1).message_id, mail(2).message_id}


def test_workers_at_once_never_hold_one_mail(store: Store) -> None:
    """However many drain the outbox at the same time, each mail is leased by one of them."""
    owed = set()
    for number in range(24):
        reference = f"SEC-22222-222{number:02}"
        store.accept(case(reference), (mail(number, reference),), key(f"k{number}"))
        owed.add(mail(number).message_id)

    def drain(_: int) -> list[str]:
        taken: list[str] = []
        while mails := store.lease_mails(MORNING, MORNING + HOUR, 5):
            taken.extend(one.message_id for one in mails)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [name for names in pool.map(drain, range(4)) for name in names]
    assert len(taken) == 24
    assert set(taken) == owed


def test_same_filing_at_once_is_one_case(store: Store) -> None:
    """Of several clicks at the same time one is stored, and the others are told which."""
    references = [f"SEC-22222-2222{number}" for number in range(2, 8)]

    def accept(reference: str) -> object:
        return store.accept(case(reference), (mail(1, reference),), key())

    with ThreadPoolExecutor(len(references)) as pool:
        outcomes = list(pool.map(accept, references))
    assert outcomes.count(Stored()) == 1
    winner = references[outcomes.index(Stored())]
    assert [one for one in outcomes if one != Stored()] == [Repeated(case(winner))] * 5
    assert [one for one in references if store.case(one)] == [winner]
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1, winner),)


def test_counts_at_once_are_all_counted(store: Store) -> None:
    """A guesser gains nothing by guessing in parallel."""

    def count(_: int) -> int:
        return store.increment("a", MORNING + HOUR)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(count, range(12))) == list(range(1, 13))


def quota(name: str, most: int) -> Quota:
    """A count that ends in an hour."""
    return Quota(key=name, most=most, ends=MORNING + HOUR)


def test_filings_count_and_stop_at_the_quota(store: Store) -> None:
    """Each stored filing counts once; where one quota is spent nothing is stored or counted."""
    few, many = quota("few", 2), quota("many", 3)
    for number in (2, 3):
        filed = case(f"SEC-22222-2222{number}")
        assert store.accept(filed, (), key(f"k{number}"), (many, few)) == Stored()
        again = case(f"SEC-33333-3333{number}")
        assert store.accept(again, (), key(f"k{number}"), (many, few)) == Repeated(filed)
    late = case("SEC-22222-22224")
    assert store.accept(late, (mail(1, late.reference),), key("k4"), (many, few)) == Spent(few)
    assert store.case(late.reference) is None
    assert store.lease_mails(MORNING, MORNING + HOUR, 10) == ()
    assert store.accept(late, (), key("k4"), (many,)) == Stored()
    assert store.accept(case("SEC-22222-22225"), (), key("k5"), (many,)) == Spent(many)


def test_filings_at_once_cannot_pass_a_quota_together(store: Store) -> None:
    """Of many filings at the same time no more are stored than the quota has."""

    def accept(number: int) -> object:
        filed = case(f"SEC-22222-2222{number}")
        return store.accept(filed, (), key(f"k{number}", f"{number}"), (quota("few", 3),))

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(accept, range(2, 10)))
    assert outcomes.count(Stored()) == 3
    assert outcomes.count(Spent(quota("few", 3))) == 5

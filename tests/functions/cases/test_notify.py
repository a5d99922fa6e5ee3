"""The stream's entry: each mail once, failures in part, dead letters; and the sweep behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from mailbox import Maildir
from pathlib import Path
from typing import Any

import pytest

from functions import notify, sweep
from functions.adapters.sqlite.store import SqliteStore
from functions.bootstrap import cold_start
from functions.cases.delivery import deliver, drain
from functions.cases.ports.ports import Ports
from functions.model.errors import MailRetryable, StoreUnavailable
from functions.model.mail import LeasedMail, OutboxMail
from functions.notify import BatchAnswer, send_new
from tests.conftest import Mailbox, StoppedClock, codec, on_store
from tests.helpers.lambdas import (
    ACKNOWLEDGEMENT,
    FILER,
    NOTICE,
    OFFICE,
    REFERENCE,
    event,
    store_filing,
)

ACKNOWLEDGEMENT_RECORD = "442158450000000001745043904"


class ThrottledStore(SqliteStore):
    """A store that is throttled where a test says so."""

    unleasable: frozenset[str] = frozenset()
    unsettled = 0

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> LeasedMail | None:
        """Fails for the mails that are named."""
        if message_id in self.unleasable:
            raise StoreUnavailable("ProvisionedThroughputExceededException")
        return super().lease_mail(reference, message_id, now, until)

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """Fails as often as it is told to, after the mail has gone."""
        if self.unsettled:
            self.unsettled -= 1
            raise StoreUnavailable("TransactionConflict")
        super().mail_sent(mail, now)


@pytest.fixture
def throttled(ports: Ports, tmp_path: Path) -> Iterator[ThrottledStore]:
    """Another connection to the store of `ports`, with the filing in it."""
    store_filing(ports)
    store = ThrottledStore(str(tmp_path / "ombud.db"), codec())
    yield store
    store.close()


@dataclass
class Stream:
    """The event source mapping: goes on from the first failure, in the end to the dead letters."""

    ports: Ports
    retries: int = 3
    dead_letters: list[str] = field(default_factory=list)

    def give(self, records: list[dict[str, Any]]) -> None:
        """Hands the records over until each is done with or dead."""
        tried = 0
        while records:
            failed = identifiers(send_new({"Records": records}, self.ports))
            if not failed:
                return
            first = next(
                index
                for index, record in enumerate(records)
                if record["dynamodb"]["SequenceNumber"] in failed
            )
            tried = tried + 1 if first == 0 else 1
            records = records[first:]
            if tried > self.retries:
                self.dead_letters.append(records.pop(0)["dynamodb"]["SequenceNumber"])
                tried = 0


def identifiers(answer: BatchAnswer) -> list[str]:
    """The records that are to be given again."""
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def recipients(mailbox: Mailbox) -> list[str]:
    """Who got a mail, in order."""
    return [str(mail["To"]) for mail in mailbox.messages]


def test_handler_sends_each_new_mail(ports: Ports, wired: Path) -> None:
    """The mails that the records put in are sent, once, with everything wired by the first call."""
    store_filing(ports)
    for _ in range(2):
        assert notify.handler(event("stream_filing"), object()) == {"batchItemFailures": []}
    assert sorted(str(mail["To"]) for mail in Maildir(str(wired))) == [OFFICE, FILER]
    assert {str(mail["Message-ID"]) for mail in Maildir(str(wired))} == {ACKNOWLEDGEMENT, NOTICE}
    types = [entry.type for entry in ports.store.events(REFERENCE)]
    assert types == ["received", "mail_sent", "mail_sent"]
    assert cold_start.cache_info().misses == 1


def test_failure_in_part(throttled: ThrottledStore, ports: Ports, mailbox: Mailbox) -> None:
    """Only the record that the store had no time for is given back; the others are done."""
    throttled.unleasable = frozenset({ACKNOWLEDGEMENT})
    answer = send_new(
        event("stream_filing"),
        on_store(ports, throttled),
    )
    assert identifiers(answer) == [ACKNOWLEDGEMENT_RECORD]
    assert recipients(mailbox) == [OFFICE]
    throttled.unleasable = frozenset()
    again = event("stream_filing")
    again["Records"] = again["Records"][3:]
    assert identifiers(send_new(again, on_store(ports, throttled))) == []
    assert recipients(mailbox) == [OFFICE, FILER]


def test_dead_letter_is_not_lost(throttled: ThrottledStore, ports: Ports, mailbox: Mailbox) -> None:
    """A record that fails for good is reported each time, ends as a dead letter, and is swept."""
    throttled.unleasable = frozenset({ACKNOWLEDGEMENT})
    stream = Stream(on_store(ports, throttled))
    stream.give(event("stream_filing")["Records"])
    assert stream.dead_letters == [ACKNOWLEDGEMENT_RECORD]
    assert recipients(mailbox) == [OFFICE]
    assert drain(ports) == 1
    assert recipients(mailbox) == [OFFICE, FILER]


def test_defect_holds_up_nobody(
    ports: Ports, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody foresaw is reported as well, and the other records have their turn."""
    store_filing(ports)

    def defective(mail: OutboxMail, ports: Ports) -> None:
        if mail.type == "acknowledgement":
            raise ZeroDivisionError
        deliver(mail, ports)

    monkeypatch.setattr("functions.notify.deliver", defective)
    answer = send_new(event("stream_filing"), ports)
    assert identifiers(answer) == [ACKNOWLEDGEMENT_RECORD]
    assert recipients(mailbox) == [OFFICE]


def test_busy_mail_server_is_no_failure(
    ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """A mail that is put off is recorded as such, and the sweep sends it when its pause is over."""
    store_filing(ports)
    mailbox.failures = [MailRetryable("SMTP 450"), MailRetryable("SMTP 450")]
    assert identifiers(send_new(event("stream_filing"), ports)) == []
    assert drain(ports) == 0
    clock.forward(seconds=30)
    assert drain(ports) == 2
    assert sorted(recipients(mailbox)) == [OFFICE, FILER]


def test_sent_but_not_recorded(
    throttled: ThrottledStore, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """At least once: a mail whose sending could not be recorded goes again after its lease."""
    throttled.unsettled = 1
    stream = Stream(on_store(ports, throttled))
    stream.give(event("stream_filing")["Records"])
    assert stream.dead_letters == []
    assert recipients(mailbox) == [FILER, OFFICE]
    assert drain(ports) == 0
    clock.forward(minutes=5)
    assert drain(ports) == 1
    assert [mail["Message-ID"] for mail in mailbox.messages if mail["To"] == FILER] == [
        ACKNOWLEDGEMENT,
        ACKNOWLEDGEMENT,
    ]


@dataclass
class Deadline:
    """A Lambda's context: each mail takes its time."""

    mailbox: Mailbox
    millis: int
    millis_a_mail: int

    def get_remaining_time_in_millis(self) -> int:
        """What is left after the mails that were sent."""
        return self.millis - self.millis_a_mail * len(self.mailbox.messages)


def test_sweep_stops_in_time(ports: Ports, mailbox: Mailbox, clock: StoppedClock) -> None:
    """With too little time left for a mail the sweep ends; the next one goes on after the lease."""
    store_filing(ports)
    deadline = Deadline(mailbox, millis=40_000, millis_a_mail=15_000)
    assert sweep.run_sweep(deadline, ports) == {"tried": 1, "scanned": 0, "reminded": 0}
    clock.forward(minutes=5)
    assert sweep.run_sweep(deadline, ports) == {"tried": 1, "scanned": 0, "reminded": 0}
    assert len(mailbox.messages) == 2


def test_sweep_sends_what_is_due(ports: Ports, wired: Path) -> None:
    """The handler sends what the stream missed, and then finds nothing."""
    store_filing(ports)
    context = Deadline(Mailbox(), millis=60_000, millis_a_mail=0)
    assert sweep.handler({}, context) == {"tried": 2, "scanned": 0, "reminded": 0}
    assert sweep.handler({}, context) == {"tried": 0, "scanned": 0, "reminded": 0}
    assert len(Maildir(str(wired))) == 2

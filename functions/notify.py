"""Sends owed mails: `handler` is the Lambda entry for the table's stream, `work` a local loop."""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from time import monotonic
from typing import Any, TypedDict

from functions.bootstrap import cold_start
from functions.cases.delivery import LEASE, deliver, drain
from functions.cases.files.scanning import scan
from functions.cases.ports.ports import Ports
from functions.cases.retention import expire_cases, remove_orphans, remove_unclaimed
from functions.cases.statistics.nightly import count_night
from functions.cases.watch.watching import bring_up_to_date, watch
from functions.model.errors import FilesUnavailable, StoreUnavailable
from functions.observability.invocation import invocation, records_of

log = logging.getLogger("ombud.notify")

_PAUSE_SECONDS = 1.0
_WATCH_SECONDS = 20.0
"""How long the worker watches dates at a time: mails wait meanwhile."""

_TIDY_EVERY = timedelta(hours=6)
_COUNT_EVERY = timedelta(minutes=10)
_CASE, _MAIL = "CASE#", "MAIL#"


class ItemFailure(TypedDict):
    """A stream record that Lambda delivers again, by its sequence number."""

    itemIdentifier: str


class BatchAnswer(TypedDict):
    """The answer for ReportBatchItemFailures; Lambda continues from the first failure."""

    batchItemFailures: list[ItemFailure]


def handler(event: dict[str, Any], context: object) -> BatchAnswer:
    """Sends each mail when the table's stream reports that it is stored."""
    with invocation("notify", context):
        return send_new(event, cold_start())


def send_new(event: dict[str, Any], ports: Ports) -> BatchAnswer:
    """Sends the mails that the records put into the outbox; returns the records that failed.

    The store records what happens to each mail. If that fails, the record counts as failed: the
    stream delivers it again, and finally to the dead-letter queue. A record that is delivered
    again while its mail is leased counts as done; the sweep sends that mail.
    """
    failures: list[ItemFailure] = []
    for record in records_of(event):
        if (mail_key := _new_mail(record)) is None:
            continue
        try:
            _send(*mail_key, ports)
        except Exception:
            # No error may keep the other records of the batch from being processed.
            sequence_number = record["dynamodb"]["SequenceNumber"]
            log.exception("record failed", extra={"record": sequence_number})
            failures.append({"itemIdentifier": sequence_number})
    return {"batchItemFailures": failures}


def work(ports: Ports, stop: Event, swept: Callable[[], None] = lambda: None) -> None:
    """Sends due mails, scans files, watches dates, counts each organisation's cases every night.

    Every six hours it removes expired cases.

    Runs until `stop` is set. Calls `swept` after each round in which nothing failed. Tries again
    after a pause, whatever fails.
    """
    tidy_at = count_at = ports.now()
    while not stop.is_set():
        try:
            ports.store.look_for_damage()
            drain(ports)
            scan(ports)
            watch(ports, _within(_WATCH_SECONDS))
            if ports.now() >= count_at:
                count_at = ports.now() + _COUNT_EVERY
                count_night(ports, lambda: not stop.is_set())
            if ports.now() >= tidy_at:
                expire_cases(ports)
                remove_unclaimed(ports)
                remove_orphans(ports)
                tidy_at = ports.now() + _TIDY_EVERY
            swept()
        except (StoreUnavailable, FilesUnavailable) as error:
            log.warning("store or file storage is unavailable: %s", error)
        except Exception:
            # No error may end the only worker.
            log.exception("mails could not be sent")
        stop.wait(_PAUSE_SECONDS)


def _new_mail(record: dict[str, Any]) -> tuple[str, str] | None:
    """Returns reference and Message-ID of the mail that a record stored; None for other records."""
    match record:
        case {
            "eventName": "INSERT",
            "dynamodb": {"Keys": {"pk": {"S": str(pk)}, "sk": {"S": str(sk)}}},
        } if pk.startswith(_CASE) and sk.startswith(_MAIL):
            return pk.removeprefix(_CASE), sk.removeprefix(_MAIL)
    return None


def _send(reference: str, message_id: str, ports: Ports) -> None:
    now = ports.now()
    if mail := ports.outbox.lease_mail(reference, message_id, now, now + LEASE):
        deliver(mail, ports)
        bring_up_to_date(reference, ports)


def _within(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds have not passed yet since the call."""
    end = monotonic() + seconds
    return lambda: monotonic() < end

"""The mail workers: `handler` for the table's stream on AWS, `work` for one machine."""

import logging
from datetime import timedelta
from threading import Event
from typing import Any, TypedDict

from functions.bootstrap import cold_start
from functions.cases.delivery import LEASE, deliver, drain
from functions.cases.files.scanning import scan
from functions.cases.ports.ports import Ports
from functions.cases.retention import expire_cases
from functions.model.errors import FilesUnavailable, StoreUnavailable
from functions.observability.invocation import invocation

log = logging.getLogger("ombud.notify")

_PAUSE_SECONDS = 1.0
_TIDY_EVERY = timedelta(hours=6)
_CASE, _MAIL = "CASE#", "MAIL#"


class ItemFailure(TypedDict):
    """A stream record to be given again, by its sequence number."""

    itemIdentifier: str


class BatchAnswer(TypedDict):
    """What Lambda expects with ReportBatchItemFailures; it goes on from the first failure."""

    batchItemFailures: list[ItemFailure]


def handler(event: dict[str, Any], context: object) -> BatchAnswer:
    """The Lambda entry for the table's stream: sends each mail as it is stored."""
    with invocation("notify", context):
        return send_new(event, cold_start())


def send_new(event: dict[str, Any], ports: Ports) -> BatchAnswer:
    """Sends the mails that the records put into the outbox.

    What became of a mail is in the store. A record is reported where that could not be
    done: the stream gives it again, and in the end to the dead-letter queue. A record that
    comes again while its mail is leased is done with here; the sweep sends that mail.
    """
    failures: list[ItemFailure] = []
    for record in event["Records"]:
        if (owed := _new_mail(record)) is None:
            continue
        try:
            _send(*owed, ports)
        except Exception:
            # Whatever it is, it must not keep the other records of the batch from their turn.
            sequence_number = record["dynamodb"]["SequenceNumber"]
            log.exception("a record is given back", extra={"record": sequence_number})
            failures.append({"itemIdentifier": sequence_number})
    return {"batchItemFailures": failures}


def work(ports: Ports, stop: Event) -> None:
    """Sends mails as they fall due, scans, and removes what is over, until `stop` is set.

    Whatever fails is tried again after a pause.
    """
    tidy_at = ports.now()
    while not stop.is_set():
        try:
            drain(ports)
            scan(ports)
            if ports.now() >= tidy_at:
                expire_cases(ports)
                tidy_at = ports.now() + _TIDY_EVERY
        except (StoreUnavailable, FilesUnavailable) as error:
            log.warning("store or shelf is unavailable: %s", error)
        except Exception:
            # Whatever it is, it must not end the only worker there is.
            log.exception("mails could not be sent")
        stop.wait(_PAUSE_SECONDS)


def _new_mail(record: dict[str, Any]) -> tuple[str, str] | None:
    """Reference and Message-ID of the mail that a record stored; None for anything else."""
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

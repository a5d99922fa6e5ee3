"""The Lambda entry of the sweep: on a schedule it sends mails that the stream missed or deferred.

Then it scans waiting files, watches the dates of cases, and counts at night. Every six hours
another schedule has it delete what is over: cases whose retention ended, and unclaimed uploads.
"""

from functools import partial
from typing import Any, Protocol

from functions.bootstrap import cold_start
from functions.cases.delivery import drain, oldest_owed
from functions.cases.files.scanning import scan
from functions.cases.ports.ports import Ports
from functions.cases.retention import expire_cases, remove_unclaimed
from functions.cases.statistics.nightly import count_night
from functions.cases.watch.watching import watch
from functions.observability.invocation import invocation
from functions.observability.metrics import measure

_RESERVE_MILLIS = 30_000
"""The remaining time that one more mail needs: longer than the timeouts of a mail server that
hangs."""


class LambdaContext(Protocol):
    """The part of Lambda's context object that the sweep uses."""

    def get_remaining_time_in_millis(self) -> int:
        """Returns the milliseconds until Lambda ends the process."""


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Sends due mails, scans files, reminds staff and counts while time allows; task "tidy" deletes
    what is over.

    Returns how many mails, files and reminders there were, or how many cases and uploads were
    deleted.
    """
    with invocation("sweep", context):
        if isinstance(event, dict) and event.get("task") == "tidy":
            return tidy(context, cold_start())
        return run_sweep(context, cold_start())


def tidy(context: LambdaContext, ports: Ports) -> dict[str, int]:
    """Deletes cases whose retention is over, with their files, and unclaimed uploads."""
    expired = expire_cases(ports, partial(_has_time, context))
    return {"expired": expired, "removed": remove_unclaimed(ports)}


def run_sweep(context: LambdaContext, ports: Ports) -> dict[str, int]:
    """Tries at least one mail; leased mails that it does not begin wait until their lease ends.

    Measures the age of the oldest mail that is still owed, for the alarm.
    """
    has_time = partial(_has_time, context)
    tried = drain(ports, has_time)
    if (seconds := oldest_owed(ports)) is not None:
        measure("OldestOwedMail", seconds)
    scanned = scan(ports, has_time) if has_time() else 0
    reminded = watch(ports, has_time)
    if has_time():
        count_night(ports, has_time)
    return {"tried": tried, "scanned": scanned, "reminded": reminded}


def _has_time(context: LambdaContext) -> bool:
    return context.get_remaining_time_in_millis() > _RESERVE_MILLIS

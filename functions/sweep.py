"""The Lambda entry of the sweep: on a schedule it sends mails that the stream missed or deferred.

Then it scans waiting files, watches the dates of cases, and counts at night.
"""

from functools import partial
from typing import Any

from functions.bootstrap import cold_start
from functions.cases.delivery import drain, oldest_owed
from functions.cases.files.scanning import scan
from functions.cases.ports.ports import Ports
from functions.cases.statistics.nightly import count_night
from functions.cases.watch.watching import watch
from functions.observability.invocation import LambdaContext, has_time, invocation
from functions.observability.metrics import measure

_RESERVE_MILLIS = 30_000
"""The remaining time that one more mail needs: longer than the timeouts of a mail server that
hangs."""


def handler(event: Any, context: LambdaContext) -> dict[str, int]:
    """Sends due mails, scans files, reminds staff and counts while time allows, whatever the event
    is; returns how many mails, files and reminders there were.
    """
    with invocation("sweep", context):
        return run_sweep(context, cold_start())


def run_sweep(context: LambdaContext, ports: Ports) -> dict[str, int]:
    """Tries at least one mail; leased mails that it does not begin wait until their lease ends.

    Measures the age of the oldest mail that is still owed, for the alarm. Where none is owed, one
    question says so.
    """
    time_is_left = partial(has_time, context, _RESERVE_MILLIS)
    tried = 0
    if oldest_owed(ports) is not None:
        tried = drain(ports, time_is_left)
        if (seconds := oldest_owed(ports)) is not None:
            measure("OldestOwedMail", seconds)
    scanned = scan(ports, time_is_left) if time_is_left() else 0
    reminded = watch(ports, time_is_left)
    if time_is_left():
        count_night(ports, time_is_left)
    return {"tried": tried, "scanned": scanned, "reminded": reminded}

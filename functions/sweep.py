"""The Lambda entry of the sweep: on a schedule it sends what the stream missed or put off.

Then it scans the files that wait. Once a day it is called to tidy the shelf instead.
"""

from typing import Any, Protocol

from functions.bootstrap import cold_start
from functions.cases.delivery import drain, oldest_owed
from functions.cases.files.scanning import scan
from functions.cases.ports.ports import Ports
from functions.cases.retention import remove_unclaimed
from functions.observability.invocation import invocation
from functions.observability.metrics import measure

_RESERVE_MILLIS = 30_000
"""What must be left of the function's time to begin with one more mail: more than a mail
server that hangs takes to be given up."""


class LambdaContext(Protocol):
    """What Lambda says of the call."""

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda ends the process."""


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Sends and scans what is due for as long as time allows, or tidies; says how many."""
    with invocation("sweep", context):
        if event.get("task") == "tidy":
            return {"removed": remove_unclaimed(cold_start())}
        return run_sweep(context, cold_start())


def run_sweep(context: LambdaContext, ports: Ports) -> dict[str, int]:
    """At least one mail is tried; what is leased and not begun waits out its lease.

    How long the oldest of those that are still owed has waited is measured for the alarm.
    """

    def has_time() -> bool:
        return context.get_remaining_time_in_millis() > _RESERVE_MILLIS

    tried = drain(ports, has_time)
    if (seconds := oldest_owed(ports)) is not None:
        measure("OldestOwedMail", seconds)
    return {"tried": tried, "scanned": scan(ports, has_time) if has_time() else 0}

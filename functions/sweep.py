"""The Lambda entry of the sweep: on a schedule it sends mails that the stream missed or deferred.

Then it scans waiting files. Every six hours another schedule has it remove unclaimed files.
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
"""The remaining time that one more mail needs: longer than the timeouts of a mail server that
hangs."""


class LambdaContext(Protocol):
    """The part of Lambda's context object that the sweep uses."""

    def get_remaining_time_in_millis(self) -> int:
        """Returns the milliseconds until Lambda ends the process."""


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Sends due mails and scans files while time allows; task "tidy" removes unclaimed files.

    Returns how many mails, files and removals there were.
    """
    with invocation("sweep", context):
        if isinstance(event, dict) and event.get("task") == "tidy":
            return {"removed": remove_unclaimed(cold_start())}
        return run_sweep(context, cold_start())


def run_sweep(context: LambdaContext, ports: Ports) -> dict[str, int]:
    """Tries at least one mail; leased mails that it does not begin wait until their lease ends.

    Measures the age of the oldest mail that is still owed, for the alarm.
    """

    def has_time() -> bool:
        return context.get_remaining_time_in_millis() > _RESERVE_MILLIS

    tried = drain(ports, has_time)
    if (seconds := oldest_owed(ports)) is not None:
        measure("OldestOwedMail", seconds)
    return {"tried": tried, "scanned": scan(ports, has_time) if has_time() else 0}

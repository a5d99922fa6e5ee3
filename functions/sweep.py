"""The Lambda entry of the sweep: on a schedule it sends what the stream missed or put off."""

from typing import Any, Protocol

from functions.bootstrap import cold_start
from functions.invocation import invocation
from functions.outbox import drain
from functions.ports import Ports

_RESERVE_MILLIS = 30_000
"""What must be left of the function's time to begin with one more mail: more than a mail
server that hangs takes to be given up."""


class LambdaContext(Protocol):
    """What Lambda says of the call."""

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda ends the process."""


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Sends what is due for as long as time allows; says how many mails were tried."""
    with invocation("sweep", context):
        return sweep(context, cold_start())


def sweep(context: LambdaContext, ports: Ports) -> dict[str, int]:
    """At least one mail is tried; what is leased and not begun waits out its lease."""
    tried = drain(ports, lambda: context.get_remaining_time_in_millis() > _RESERVE_MILLIS)
    return {"tried": tried}

"""The Lambda entry of tidying: every six hours it deletes what is over.

That are cases whose retention ended, with their files, and uploads that no case can claim. It is a
function of its own: while it works, the sweep goes on sending mails and reminders.
"""

from functools import partial
from typing import Any

from functions.bootstrap import cold_start
from functions.cases.ports.ports import Ports
from functions.cases.retention import expire_cases, remove_unclaimed
from functions.observability.invocation import LambdaContext, has_time, invocation

_RESERVE_MILLIS = 30_000
"""The remaining time that one more batch of cases needs."""


def handler(event: Any, context: LambdaContext) -> dict[str, int]:
    """Deletes while time allows, whatever the event is; returns how many cases and uploads."""
    with invocation("tidy", context):
        return tidy(context, cold_start())


def tidy(context: LambdaContext, ports: Ports) -> dict[str, int]:
    """Deletes cases whose retention is over, with their files, and unclaimed uploads."""
    expired = expire_cases(ports, partial(has_time, context, _RESERVE_MILLIS))
    return {"expired": expired, "removed": remove_unclaimed(ports)}

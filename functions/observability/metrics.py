"""Counts for CloudWatch: adds metrics in its Embedded Metric Format to the last line of a request.

CloudWatch reads the numbers from the log line; nothing is sent. The stack is the only dimension,
so no metric reveals anything about a person. A request that counts nothing, such as a health
check, makes no metric, because each one costs by the hour.
"""

import time
from typing import Literal

from functions.observability.request_context import RequestContext, current_context

Counted = Literal[
    "FilingsAccepted",
    "FilingsRepeated",
    "FilingsRejected",
    "FilingsLimited",
    "MailsSent",
    "MailsDeferred",
    "MailsFailed",
    "RemindersSent",
    "LookupsFound",
    "LookupsNotFound",
    "RequestsLimited",
    "ServerErrors",
]

Measured = Literal["OldestOwedMail"]
"""In seconds."""

NAMESPACE = "Ombud"

_UNITS = {"Duration": "Milliseconds", "OldestOwedMail": "Seconds"}


def count(what: Counted) -> None:
    """Adds one. Does nothing outside a request or invocation."""
    if context := current_context():
        context.counted[what] = context.counted.get(what, 0) + 1


def measure(what: Measured, value: float) -> None:
    """Records the current value. Does nothing outside a request or invocation."""
    if context := current_context():
        context.counted[what] = value


def embedded(context: RequestContext, duration_ms: float) -> dict[str, object]:
    """Returns the members that turn a log line into metrics; {} outside AWS."""
    if not context.stack or not context.counted:
        return {}
    values = context.counted | {"Duration": duration_ms}
    return {
        "_aws": {
            "Timestamp": int(time.time() * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": NAMESPACE,
                    "Dimensions": [["Stack"]],
                    "Metrics": [
                        {"Name": name, "Unit": _UNITS.get(name, "Count")} for name in values
                    ],
                }
            ],
        },
        "Stack": context.stack,
        **values,
    }

"""What is counted on AWS: part of the line that ends a call, in CloudWatch's EMF.

CloudWatch reads the numbers out of the log line; nothing is sent. The one dimension is the stack,
so no metric can tell anything of a person. A call that counted nothing, such as a health check,
makes no metric, as each one costs by the hour.
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
    "LookupsFound",
    "LookupsNotFound",
    "ServerErrors",
]

Measured = Literal["OldestOwedMail"]
"""In seconds."""

NAMESPACE = "Ombud"

_UNITS = {"Duration": "Milliseconds", "OldestOwedMail": "Seconds"}


def count(what: Counted) -> None:
    """One more; outside of a call nothing is counted."""
    if call := current_context():
        call.counted[what] = call.counted.get(what, 0) + 1


def measure(what: Measured, value: float) -> None:
    """How much it is now; outside of a call nothing is measured."""
    if call := current_context():
        call.counted[what] = value


def embedded(call: RequestContext, duration_ms: float) -> dict[str, object]:
    """The members that make a log line a metric; none off AWS."""
    if not call.stack or not call.counted:
        return {}
    values = call.counted | {"Duration": duration_ms}
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
        "Stack": call.stack,
        **values,
    }

"""Gives Lambda invocations other than HTTP requests an id and a final log line."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from functions.model.errors import InvocationFailed
from functions.observability.metrics import embedded
from functions.observability.request_context import from_lambda, in_context

log = logging.getLogger("ombud.invocation")


class LambdaContext(Protocol):
    """The part of Lambda's context object that long functions use."""

    def get_remaining_time_in_millis(self) -> int:
        """Returns the milliseconds until Lambda ends the process."""


def has_time(context: LambdaContext, reserve_millis: int) -> bool:
    """Whether more than this is left until Lambda ends the process."""
    return context.get_remaining_time_in_millis() > reserve_millis


@contextmanager
def invocation(name: str, context: object) -> Iterator[None]:
    """Runs the body under Lambda's request id and logs its end.

    Logs any error and raises InvocationFailed in its place. Lambda logs the message of what a
    function raises, and a message may quote personal data, so this one has only the error's type.
    """
    started = time.perf_counter()
    with in_context(from_lambda(context)) as current:
        try:
            yield
        except Exception as error:
            log.exception("%s failed", name)
            raise InvocationFailed(type(error).__name__) from None
        finally:
            duration_ms = round(1000 * (time.perf_counter() - started), 1)
            metrics = embedded(current, duration_ms)
            log.info("%s ended", name, extra={"duration_ms": duration_ms, "metrics": metrics})


def records_of(event: object) -> list[dict[str, Any]]:
    """The records of an event; none of what has none, such as a test event of the console."""
    match event:
        case {"Records": [*records]}:
            return records
    log.info("not an event with records")
    return []

"""A call of Lambda that is no request: its id, and the line that ends it."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from functions.model.errors import InvocationFailed
from functions.observability.metrics import embedded
from functions.observability.request_context import from_lambda, in_context

log = logging.getLogger("ombud.invocation")


@contextmanager
def invocation(name: str, context: object) -> Iterator[None]:
    """Logs what the function does under Lambda's request id. Raises InvocationFailed.

    Lambda logs that with its message, whatever that may quote, so only the type is in it.
    """
    started = time.perf_counter()
    with in_context(from_lambda(context)) as call:
        try:
            yield
        except Exception as error:
            log.exception("%s failed", name)
            raise InvocationFailed(type(error).__name__) from None
        finally:
            duration_ms = round(1000 * (time.perf_counter() - started), 1)
            numbers = {"duration_ms": duration_ms, "metrics": embedded(call, duration_ms)}
            log.info("%s ended", name, extra=numbers)

"""Requests to DynamoDB, tried again with growing pauses where that may help."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError
from tenacity import (
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_exponential_jitter,
)

from functions.model.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from functions.adapters.dynamodb.items import Item

_Answer = TypeVar("_Answer")

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 2.0
_JITTER_SECONDS = 0.05
_MOST_ATTEMPTS = 7
_LONGEST_SECONDS = 10
"""No attempt starts later than this: the filer waits, and the gateway gives up after 30."""

_REFUSED = ("ConditionalCheckFailedException", "ConditionalCheckFailed")
_BUSY = frozenset(
    {
        # of a request
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
        # of one item in a cancelled transaction
        "ProvisionedThroughputExceeded",
        "ThrottlingError",
        "TransactionConflict",
    }
)


@dataclass(frozen=True)
class ConditionFailed:
    """A condition did not hold, so nothing was written.

    `items` has for each item of a transaction what the table holds instead, if that was asked.
    """

    items: tuple["Item | None", ...] = ()


class Attempts:
    """Makes requests until they succeed, are refused, or have been tried long enough."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=wait_exponential_jitter(
                multiplier=_FIRST_PAUSE_SECONDS, max=_LONGEST_PAUSE_SECONDS, jitter=_JITTER_SECONDS
            ),
            stop=stop_after_attempt(_MOST_ATTEMPTS) | stop_after_delay(_LONGEST_SECONDS),
            sleep=sleep,
            reraise=True,
        )

    def make(
        self,
        request: Callable[[], _Answer],
        lost: type[StoreUnavailable] = StoreUnavailable,
    ) -> _Answer | ConditionFailed:
        """The answer to a request that may be repeated without harm.

        Raises StoreUnavailable after the last attempt, or `lost` if any attempt may have been
        carried out although no reply came; StoreError for what no attempt can mend.
        """
        perhaps_done = False

        def attempt() -> _Answer:
            nonlocal perhaps_done
            try:
                return request()
            except (BotoCoreError, ClientError) as error:
                perhaps_done = perhaps_done or _reply_lost(error)
                raise

        try:
            return self._retrying(attempt)
        except (BotoCoreError, ClientError) as error:
            if refused := _refused(error):
                return refused
            said = f"DynamoDB: {', '.join(sorted(_codes(error))) or type(error).__name__}"
            if not _may_pass(error):
                raise StoreError(said) from error
            raise (lost if perhaps_done else StoreUnavailable)(said) from error


def _codes(error: BaseException) -> set[str]:
    """What DynamoDB says is wrong: of a cancelled transaction, with each of its items."""
    if not isinstance(error, ClientError):
        return set()
    reasons = error.response.get("CancellationReasons")
    if reasons is None:
        return {error.response["Error"]["Code"]}
    return {reason["Code"] for reason in reasons} - {"None"}


def _may_pass(error: BaseException) -> bool:
    """Whether the same request may succeed later.

    A transaction that met another one is asked again even where a condition failed as well,
    for that may be the other's doing.
    """
    if isinstance(error, ConnectionError | HTTPClientError):
        return True
    return not _BUSY.isdisjoint(_codes(error)) or _server_error(error)


def _reply_lost(error: BaseException) -> bool:
    """Whether the request may have been carried out: it was sent and not refused."""
    return isinstance(error, HTTPClientError) or _server_error(error)


def _server_error(error: BaseException) -> bool:
    return (
        isinstance(error, ClientError)
        and error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    )


def _refused(error: BaseException) -> ConditionFailed | None:
    if _may_pass(error) or not isinstance(error, ClientError):
        return None
    if _codes(error).isdisjoint(_REFUSED):
        return None
    reasons = error.response.get("CancellationReasons", ())
    # botocore's stubs describe an attribute where the whole item is
    return ConditionFailed(tuple(cast("Item | None", reason.get("Item")) for reason in reasons))

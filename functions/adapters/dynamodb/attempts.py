"""Repeats requests to DynamoDB, with growing pauses, while a later try may succeed."""

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

from functions.adapters.aws import told
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

_CONDITION_FAILED = ("ConditionalCheckFailedException", "ConditionalCheckFailed")
_BUSY = frozenset(
    {
        # codes of a request
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
        # codes of one item in a cancelled transaction
        "ProvisionedThroughputExceeded",
        "ThrottlingError",
        "TransactionConflict",
    }
)


@dataclass(frozen=True)
class ConditionFailed:
    """A condition did not hold, so nothing was written.

    `items` has one entry for each write of a transaction: the stored item that failed its
    condition, or None. `refused` has whether the condition of each failed: it may also fail because
    there is no item. Both are empty for a single request.
    """

    items: tuple["Item | None", ...] = ()
    refused: tuple[bool, ...] = ()


class Attempts:
    """Makes requests until they succeed or are refused, or until the attempts are used up."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._retrying = Retrying(
            retry=retry_if_exception(_may_succeed_later),
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
        """Returns the answer to an idempotent request.

        Raises StoreUnavailable after the last attempt, or `lost` if DynamoDB may have carried out
        an attempt whose reply was lost. Raises StoreError if no further attempt can succeed.
        """
        reply_lost = False

        def attempt() -> _Answer:
            nonlocal reply_lost
            try:
                return request()
            except (BotoCoreError, ClientError) as error:
                reply_lost = reply_lost or _reply_lost(error)
                raise

        try:
            return self._retrying(attempt)
        except (BotoCoreError, ClientError) as error:
            if failed := _condition_failed(error):
                return failed
            codes = (told(code, "OMBUD_STORE") for code in sorted(_codes(error)))
            message = f"DynamoDB: {', '.join(codes) or type(error).__name__}"
            if not _may_succeed_later(error):
                raise StoreError(message) from error
            raise (lost if reply_lost else StoreUnavailable)(message) from error


def _codes(error: BaseException) -> set[str]:
    """Returns DynamoDB's error codes: for a cancelled transaction, those of its items."""
    if not isinstance(error, ClientError):
        return set()
    reasons = error.response.get("CancellationReasons")
    if reasons is None:
        return {error.response["Error"]["Code"]}
    return {reason["Code"] for reason in reasons} - {"None"}


def _may_succeed_later(error: BaseException) -> bool:
    """Whether the same request may succeed later.

    A transaction that conflicts with another is repeated even if one of its conditions failed,
    because the other transaction may have caused that failure.
    """
    if isinstance(error, ConnectionError | HTTPClientError):
        return True
    return not _BUSY.isdisjoint(_codes(error)) or _server_error(error)


def _reply_lost(error: BaseException) -> bool:
    """Whether DynamoDB may have carried out the request: it was sent and not refused."""
    return isinstance(error, HTTPClientError) or _server_error(error)


def _server_error(error: BaseException) -> bool:
    return (
        isinstance(error, ClientError)
        and error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    )


def _condition_failed(error: BaseException) -> ConditionFailed | None:
    if _may_succeed_later(error) or not isinstance(error, ClientError):
        return None
    if _codes(error).isdisjoint(_CONDITION_FAILED):
        return None
    reasons = error.response.get("CancellationReasons", ())
    # The type stubs declare `Item` as a single attribute; it is the whole item.
    return ConditionFailed(
        tuple(cast("Item | None", reason.get("Item")) for reason in reasons),
        tuple(reason["Code"] in _CONDITION_FAILED for reason in reasons),
    )

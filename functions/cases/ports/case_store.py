"""The port for cases: filings, events, and tombstones of erased cases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from functions.cases.ports.counters import Quota
from functions.model.case import Case, CaseEvent, Tombstone, Unreadable
from functions.model.frozen import Frozen
from functions.model.mail import MailRecord, OutboxMail

if TYPE_CHECKING:
    from functions.model.desk.summary import CaseSummary


class Idempotency(Frozen):
    """A key that identifies retries of a filing; `fingerprint` identifies the filing's content."""

    key: str
    fingerprint: str
    expires_at: datetime


@dataclass(frozen=True)
class Stored:
    """The filing is durable, with its mails."""


@dataclass(frozen=True)
class Repeated:
    """The same filing was stored earlier, as this case."""

    case: Case


@dataclass(frozen=True)
class KeyReused:
    """The idempotency key belongs to a filing with other content."""


@dataclass(frozen=True)
class ReferenceTaken:
    """Another case has this reference; try again with a new one."""


@dataclass(frozen=True)
class Spent:
    """This quota is used up; nothing was stored or counted."""

    quota: Quota


@dataclass(frozen=True)
class Outpaced:
    """Another act was recorded since the case was read; nothing was stored. Read it again."""


@dataclass(frozen=True)
class Rekeyed:
    """How many texts were re-encrypted, and how many (`left`) were not as they do not decrypt."""

    texts: int
    left: int


Acceptance = Stored | Repeated | KeyReused | ReferenceTaken | Spent
"""What became of a filing that a store was given."""


class CaseStore(Protocol):
    """Cases and events; each change is stored in one transaction with the mails it causes.

    Each method raises StoreUnavailable if a retry may help, else StoreError.
    """

    def accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...] = (),
    ) -> Acceptance:
        """Stores a filing in one transaction; when it returns Stored, the filing is durable.

        The same transaction adds one to each of `quotas`, so that simultaneous filings cannot
        exceed a quota and a repeated filing counts once. It makes the case due for the sweep, which
        makes its summary.

        Raises StoreUncertain if no reply came, so that the filing may be stored.
        """

    def case(self, reference: str) -> Case | None:
        """The case with that reference; None if it is unknown, erased or past its retention."""

    def cases(self) -> Iterator[Case | Unreadable]:
        """All cases, in no particular order, those that cannot be read as such.

        Reads the whole store: for commands that concern every case, such as a new key.
        """

    def events(self, reference: str) -> tuple[CaseEvent, ...]:
        """The events of the case, oldest first. Raises StoredTextUnreadable."""

    def case_with_events(self, reference: str) -> tuple[Case | None, tuple[CaseEvent, ...]]:
        """What `case` and `events` answer, in one request where the store can; no events without a
        case. Raises StoredTextUnreadable.
        """

    def all_events(self, reference: str) -> tuple[CaseEvent | Unreadable, ...]:
        """The events of the case, oldest first, those that cannot be read as such."""

    def mails(self, reference: str) -> tuple[MailRecord | Unreadable, ...]:
        """All mails of the case: owed, sent and failed; those that cannot be read as such."""

    def add_event(
        self,
        reference: str,
        event: CaseEvent,
        mails: tuple[OutboxMail, ...],
        key: str,
        due_at: datetime | None = None,
        quotas: tuple[Quota, ...] = (),
        previous: str | None = None,
        summary: "CaseSummary | None" = None,
    ) -> bool | Spent | Outpaced:
        """Adds an event and the mails it causes to an existing case, once for each `key`.

        This is one transaction. Nothing is added to a case that does not exist. Mails are due at
        `due_at`, else at the event's time, and each LaterMail at its own; mails that the case
        already has are left out, as in `Outbox.mail_failed`. The same transaction adds one to each
        of `quotas`. Nothing changes if the event was already added (False) or a quota is used up
        (Spent).

        An event with a `link` is stored only if the last link of the case is `previous`, else the
        answer is Outpaced. It also stores the case's `summary`, unless that lacks a stage that
        staff were told of meanwhile (Outpaced); without one, the case is due for the sweep at once,
        which makes it.
        """

    def erase(self, tombstone: Tombstone, keep: Callable[[CaseEvent], CaseEvent]) -> None:
        """Replaces the case with its tombstone, and each event with the result of `keep`.

        Of an event that cannot be read, only what happened when stays. Mails and idempotency keys
        of the case are deleted. It is safe to repeat, also after an interruption.
        """

    def erased(self, reference: str) -> Tombstone | None:
        """The tombstone of that reference, if the case was erased and its retention is not over."""

    def ended(self, now: datetime, most: int = 100) -> tuple[str, ...]:
        """References of cases and tombstones whose retention is over, the first to end first."""

    def expire(self, now: datetime, references: tuple[str, ...] | None = None) -> int:
        """Deletes cases whose retention is over with all their data: these, or all of them.

        Also deletes what else has expired. Returns how many cases and tombstones were deleted.
        """

    def rekey(self) -> Rekeyed:
        """Re-encrypts under the current key what was encrypted under an earlier key.

        It goes row by row and skips rows that change meanwhile; after an interruption, call it
        again to continue. Rows that do not decrypt stay unchanged and are logged.
        """

    def check_key(self) -> None:
        """Compares the key of the settings with the check value in the store; raises KeyMismatch.

        Writes the check value first if the store has none, unless a case shows another key.
        """

    def probe(self) -> None:
        """Proves that a filing could be stored and read again, and leaves nothing of it.

        Raises StoreError: also if the key is another, or damage was found.
        """

    def look_for_damage(self) -> None:
        """Reads the whole store now and then; once it finds damage, `probe` raises."""

    def ping(self) -> None:
        """Returns if the store answers; raises otherwise."""

    def close(self) -> None:
        """Closes connections and files."""


@runtime_checkable
class GroupingStore(Protocol):
    """A case store that stores many filings with one commit, if they begin before it."""

    def begin_accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...] = (),
    ) -> Callable[[], Acceptance]:
        """Takes a filing and returns what stores it, with all that began until then.

        That must be called, and returns and raises what `CaseStore.accept` does.
        """

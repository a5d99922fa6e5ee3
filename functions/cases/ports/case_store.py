"""The port of the cases: filings, their events, and what is left once they are erased."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from functions.cases.ports.counters import Quota
from functions.model.case import Case, CaseEvent, Tombstone
from functions.model.frozen import Frozen
from functions.model.mail import MailRecord, OutboxMail


class Idempotency(Frozen):
    """A key that makes a retry the same filing; `fingerprint` is what was filed under it."""

    key: str
    fingerprint: str
    expires_at: datetime


@dataclass(frozen=True)
class Stored:
    """The filing is on disk with its mails."""


@dataclass(frozen=True)
class Repeated:
    """The same filing was stored before, as this case."""

    case: Case


@dataclass(frozen=True)
class KeyReused:
    """The key stands for a filing with other content."""


@dataclass(frozen=True)
class ReferenceTaken:
    """Another case has this reference; draw another one."""


@dataclass(frozen=True)
class Spent:
    """This quota is used up: nothing is stored and nothing counted."""

    quota: Quota


@dataclass(frozen=True)
class Rekeyed:
    """How many texts were encrypted anew, and how many could not be, since they do not open."""

    texts: int
    left: int


class CaseStore(Protocol):
    """Cases and their events, changed together with the mails that they owe or not at all.

    Each method raises StoreUnavailable where trying again later may help, else StoreError.
    """

    def accept(
        self,
        case: Case,
        mails: tuple[OutboxMail, ...],
        idempotency: Idempotency,
        quotas: tuple[Quota, ...] = (),
    ) -> Stored | Repeated | KeyReused | ReferenceTaken | Spent:
        """Stores a filing whole in one transaction; once it returns, the filing is durable.

        The same transaction adds one to each of `quotas`, so that filings at once cannot pass
        together and a repeated one counts once.

        Raises StoreUncertain where the filing may be stored although no reply came.
        """

    def case(self, reference: str) -> Case | None:
        """The case of that reference; None also for one erased, or past its retention."""

    def cases(self) -> Iterator[Case]:
        """Every case, in no order; it reads the whole store."""

    def events(self, reference: str) -> tuple[CaseEvent, ...]:
        """What happened to the case, oldest first."""

    def mails(self, reference: str) -> tuple[MailRecord, ...]:
        """The mails of the case, owed or not."""

    def add_event(
        self,
        reference: str,
        event: CaseEvent,
        mails: tuple[OutboxMail, ...],
        key: str,
        due_at: datetime | None = None,
    ) -> bool:
        """Adds to a case that is there an event and the mails it leads to, once for each `key`.

        A case that is gone takes none. One transaction; mails are due at `due_at`, or else at the
        event's time, and left out as in `mail_failed`.
        Returns whether it was added: False is a repetition and changes nothing.
        """

    def erase(self, tombstone: Tombstone, keep: Callable[[CaseEvent], CaseEvent]) -> None:
        """Puts the tombstone in the place of its case, and `keep` of each event in its place.

        Mails and idempotency keys of the case are deleted. Done twice, or again after it was
        interrupted, it is the same.
        """

    def erased(self, reference: str) -> Tombstone | None:
        """What is left of the case of that reference, if it was erased and is still kept."""

    def expire(self, now: datetime) -> int:
        """Deletes all whose time is over, cases with everything of theirs; returns how many
        cases and tombstones.
        """

    def rekey(self) -> Rekeyed:
        """Encrypts under the current key whatever an earlier one encrypted.

        Row by row, each only if nobody changed it meanwhile: cut off, the same call goes on.
        What does not open stays as it is and is logged.
        """

    def ping(self) -> None:
        """Returns if the store answers."""

    def close(self) -> None:
        """Lets go of connections and files."""

"""What the use cases need from outside, as small protocols."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import cached_property
from typing import Protocol

from functions.cases.ports.file_storage import Shelf
from functions.cases.ports.scanner import Scanner
from functions.cases.tokens import Tokens
from functions.model.case import Case, CaseEvent, Tombstone
from functions.model.contract.contract import Contract, Current
from functions.model.frozen import Frozen
from functions.model.mail import MailRecord, OutboxMail
from functions.model.pages.page_set import KindPages, SitePages

Now = Callable[[], datetime]
"""The current moment, aware, UTC."""

LONGEST_PAUSE = timedelta(hours=6)
"""No mail is put off by more: one that is due later was put off by a clock that ran ahead."""


class Idempotency(Frozen):
    """A key that makes a retry the same filing; `fingerprint` is what was filed under it."""

    key: str
    fingerprint: str
    expires_at: datetime


class Quota(Frozen):
    """A count that a filing adds one to, never above `most`; `ends` is when it is forgotten."""

    key: str
    most: int
    ends: datetime


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


class Store(Protocol):
    """Cases, events, outbox and idempotency keys, changed together or not at all.

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

    def lease_mails(self, now: datetime, until: datetime, most: int) -> tuple[OutboxMail, ...]:
        """Takes up to `most` due mails for this worker alone until `until`.

        On a machine of one's own the clock may be put back: there a mail that is due later
        than LONGEST_PAUSE from now is due at once.
        """

    def lease_mail(
        self, reference: str, message_id: str, now: datetime, until: datetime
    ) -> OutboxMail | None:
        """The same for one mail: it if it is owed and due, leased until `until`; else None."""

    def owed_since(self) -> datetime | None:
        """Since when the mail that waits longest is owed; None where none is.

        It costs the same however many cases there are.
        """

    def mail_sent(self, mail: OutboxMail, now: datetime) -> None:
        """Records that the mail was handed over."""

    def mail_deferred(self, mail: OutboxMail, again_at: datetime, reason: str) -> None:
        """Records a failed attempt and when to try again."""

    def mail_failed(
        self, mail: OutboxMail, now: datetime, reason: str, mails: tuple[OutboxMail, ...] = ()
    ) -> None:
        """Records that the mail will never be delivered, and owes `mails` in its stead.

        One transaction. Of `mails`, those whose message_id the case owes or owed already are
        left out: they are the same mails.
        """

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

        In DynamoDB: one TransactWriteItems of Put `ONCE#<key>` (attribute_not_exists(pk)),
        Put `EVENT#…` and Put `MAIL#<message_id>` (attribute_not_exists(pk)) for each mail, all
        under the case's `pk` and with its `expires`. Where the first condition fails, False;
        where a mail's does, the same transaction again without that mail.
        """

    def count_failure(self, key: str, now: datetime, expires_at: datetime) -> int:
        """Counts one more failure under `key` and returns the count that has not expired."""

    def ping(self) -> None:
        """Returns if the store answers."""

    def close(self) -> None:
        """Lets go of connections and files."""


class ContractSource(Protocol):
    """Contracts and pages by digest; both never change, so both may be cached for good.

    Each method raises ContractMissing, ContractDamaged or ContractUnavailable.
    """

    def contract(self, digest: str) -> Contract:
        """What one policy version promises."""

    def pages(self, digest: str) -> KindPages:
        """The pages of one contract in one language."""

    def site(self, digest: str) -> SitePages:
        """The pages that belong to no organisation."""

    def current(self) -> Current:
        """What a new visitor gets."""


class Mailer(Protocol):
    """Hands one message over to whoever delivers it; it has one recipient, `To`."""

    def send(self, message: EmailMessage) -> None:
        """Raises MailRetryable or MailPermanent."""


@dataclass(frozen=True)
class Document:
    """What is drawn on paper: a page, and the text that lies in the file beside it."""

    name: str
    made_at: datetime
    html: str
    text: str


class Printer(Protocol):
    """Draws PDF."""

    def pdf(self, document: Document) -> bytes:
        """The drawn page, tagged, with the text attached; equal documents, equal bytes.

        Raises DocumentInvalid where the page names an address.
        """


@dataclass(frozen=True)
class Ports:
    """Everything a use case may touch, wired once by `bootstrap`.

    There is no printer where the machine lacks what one draws with.
    """

    store: Store
    contracts: ContractSource
    mailer: Mailer
    shelf: Shelf
    scanner: Scanner | None
    now: Now
    key: bytes
    sender: str
    site_url: str
    printer: Printer | None = None
    earlier_keys: tuple[bytes, ...] = ()

    @cached_property
    def tokens(self) -> Tokens:
        """Tokens under the current key; those of earlier keys still open."""
        return Tokens((self.key, *self.earlier_keys))

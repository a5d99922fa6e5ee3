"""Encodes cases, events and mails for the stores, and encrypts what is personal.

In clear is only what a store needs to find, order and delete a case. Any field that a case gains
later is encrypted unless it is named here.
"""

from collections.abc import Callable, Iterable, Mapping
from json import dumps, loads
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from functions.adapters.encryption.moments import stamp
from functions.adapters.encryption.text_cipher import TextCipher
from functions.cases.ports.ports import Now
from functions.model.case import Case, CaseEvent, Tombstone, Unreadable
from functions.model.errors import KeyMismatch, StoredTextDamaged, StoredTextUnreadable
from functions.model.mail import LeasedMail, OutboxMail, UnreadableMail

if TYPE_CHECKING:  # imported by what reads them: a filing needs none
    from functions.cases.ports.desk_store import AccessEntry, Total
    from functions.model.desk.summary import CaseSummary

_Item = TypeVar("_Item")

_CLEAR = frozenset(Tombstone.model_fields) - {"erased_at"}
_LOCKED = "locked"
_CHECK = "KEYCHECK"
_TOTALS = "TOTALS"
"""Stands for a reference where a text is of no one case."""

ERASED = '"erased_at":'
"""Only the stored text of a tombstone has it: nothing that a filer writes is in clear."""

KEY_MISMATCH = (
    "the cases of this store were encrypted under another key than OMBUD_KEY and OMBUD_DATA_KEY "
    "have: put that key back (`serve` keeps it in the file data/key), also below a new one; "
    "without it no case can be read"
)


class Codec:
    """Encodes and decodes stored texts. A case that is erased or past its retention reads as None.

    `read_` methods raise StoredTextDamaged for a text that was changed or moved, and
    DataKeyMissing for one whose key is not known.
    """

    def __init__(self, vault: TextCipher, now: Now) -> None:
        self._vault = vault
        self.now = now

    def case(self, case: Case) -> str:
        """Returns the stored text of a case."""
        clear = case.model_dump(mode="json", include=set(_CLEAR))
        personal = case.model_dump_json(exclude=set(_CLEAR), exclude_none=True)
        locked = self._vault.lock(personal, case.reference, "case")
        return dumps(clear | {_LOCKED: locked}, separators=(",", ":"))

    def received(self, stored: str, reference: str) -> CaseEvent:
        """Returns the first event of a case, erased or not, from its stored text.

        Raises StoredTextDamaged if the text belongs to another reference.
        """
        at = _parse(stored, reference).get("received_at")
        try:
            return CaseEvent.model_validate({"at": at, "type": "received", "detail": ""})
        except ValidationError as error:
            raise StoredTextDamaged(f"case {reference}: nobody knows when it came") from error

    def read_case(self, stored: str, reference: str) -> Case | None:
        """Returns the case; None if it is erased, or past its retention but not yet deleted.

        Raises StoredTextDamaged if the text belongs to another reference.
        """
        content = _parse(stored, reference)
        if "erased_at" in content:
            return None
        if not isinstance(content.get(_LOCKED), str):
            raise StoredTextDamaged(f"case {reference}: it holds no encrypted text")
        personal = loads(self._vault.open(content[_LOCKED], reference, "case"))
        try:
            case = Case.model_validate({name: content.get(name) for name in _CLEAR} | personal)
        except ValidationError as error:
            raise StoredTextDamaged(
                f"case {reference}: its {error.errors()[0]['loc']} is unknown to this release; run "
                "the release that wrote it, or a later one"
            ) from error
        return case if case.retained_until > self.now() else None

    def rekeyed_case(self, reference: str, stored: str) -> str:
        """Returns the stored text of a case, expired or not, under the current key."""
        content = _parse(stored, reference)
        if not isinstance(content.get(_LOCKED), str):
            return stored
        locked = self._vault.relock(content[_LOCKED], reference, "case")
        return stored if locked == content[_LOCKED] else dumps(content | {_LOCKED: locked})

    def rekeyed_event(self, reference: str, stored: CaseEvent) -> str:
        """Returns the stored detail of an event under the current key."""
        if not stored.detail:
            return ""
        return self._vault.relock(stored.detail, reference, _event_field(stored))

    def rekeyed_mail(self, reference: str, message_id: str, locked: str) -> str:
        """Returns the stored recipient of a mail under the current key."""
        return self._vault.relock(locked, reference, f"recipient {message_id}")

    def rekeyed_reason(self, reference: str, message_id: str, locked: str) -> str:
        """Returns the stored reason of a mail under the current key."""
        return locked and self._vault.relock(locked, reference, f"reason {message_id}")

    def tombstone(self, tombstone: Tombstone) -> str:
        """Returns the stored text that replaces an erased case."""
        return tombstone.model_dump_json()

    def read_tombstone(self, stored: str, reference: str) -> Tombstone | None:
        """Returns what is left of an erased case; None if it is not erased or past its retention.

        Raises StoredTextDamaged as `read_case` does.
        """
        content = _parse(stored, reference)
        if "erased_at" not in content:
            return None
        try:
            tombstone = Tombstone.model_validate(content)
        except ValidationError as error:
            raise StoredTextDamaged(f"case {reference}: what is left of it is damaged") from error
        return tombstone if tombstone.retained_until > self.now() else None

    def key_check(self) -> str:
        """Returns a text that only the current key opens, for the store to keep."""
        return self._vault.lock(_CHECK, _CHECK, "key")

    def rekeyed_key_check(self, stored: str) -> str:
        """Returns the check under the current key. Raises StoredTextUnreadable."""
        return self._vault.relock(stored, _CHECK, "key")

    def verify_key(self, stored: str) -> None:
        """Raises KeyMismatch if no key of the settings opens the check that a store keeps."""
        try:
            self._vault.open(stored, _CHECK, "key")
        except StoredTextUnreadable as error:
            raise KeyMismatch(KEY_MISMATCH) from error

    def detail(self, reference: str, event: CaseEvent) -> str:
        """Returns the stored detail of an event."""
        if not event.detail:
            return ""
        return self._vault.lock(event.detail, reference, _event_field(event))

    def read_event(self, reference: str, stored: CaseEvent) -> CaseEvent:
        """Returns the event with its detail decrypted."""
        if not stored.detail:
            return stored
        detail = self._vault.open(stored.detail, reference, _event_field(stored))
        return stored.model_copy(update={"detail": detail})

    def kept_detail(
        self, reference: str, stored: CaseEvent, keep: Callable[[CaseEvent], CaseEvent]
    ) -> str:
        """Returns the stored detail of what `keep` leaves; nothing of one that cannot be read."""
        try:
            return self.detail(reference, keep(self.read_event(reference, stored)))
        except (StoredTextUnreadable, ValidationError):
            return ""

    def summary(self, summary: "CaseSummary") -> str:
        """Returns the stored text of a summary."""
        return self._vault.lock(
            summary.model_dump_json(exclude_defaults=True), summary.reference, "summary"
        )

    def read_summary(self, stored: str, reference: str) -> "CaseSummary":
        """Returns a stored summary."""
        from functions.model.desk.summary import CaseSummary

        return CaseSummary.model_validate_json(self._vault.open(stored, reference, "summary"))

    def rekeyed_summary(self, reference: str, stored: str) -> str:
        """Returns the stored text of a summary under the current key."""
        return self._vault.relock(stored, reference, "summary")

    def look(self, look: "AccessEntry", reference: str) -> str:
        """Returns the stored text of an entry of the access log."""
        return self._vault.lock(look.model_dump_json(), reference, "look")

    def read_look(self, stored: str, reference: str) -> "AccessEntry":
        """Returns a stored entry of the access log."""
        from functions.cases.ports.desk_store import AccessEntry

        return AccessEntry.model_validate_json(self._vault.open(stored, reference, "look"))

    def rekeyed_look(self, reference: str, stored: str) -> str:
        """Returns the stored text of an entry of the access log under the current key."""
        return self._vault.relock(stored, reference, "look")

    def total(self, total: "Total") -> str:
        """Returns the stored content of a count: it may tell what single cases are about."""
        return self._vault.lock(total.content, f"{_TOTALS}-{total.organisation}", total.period)

    def read_total(self, organisation: str, period: str, stored: str) -> "Total":
        """Returns a stored count."""
        from functions.cases.ports.desk_store import Total

        content = self._vault.open(stored, f"{_TOTALS}-{organisation}", period)
        return Total(organisation=organisation, period=period, content=content)

    def rekeyed_total(self, organisation: str, period: str, stored: str) -> str:
        """Returns the stored content of a count under the current key."""
        return self._vault.relock(stored, f"{_TOTALS}-{organisation}", period)

    def recipient(self, mail: OutboxMail) -> str:
        """Returns the stored recipient of a mail."""
        return self._vault.lock(mail.recipient, mail.reference, _mail_field(mail))

    def reason(self, mail: LeasedMail, reason: str) -> str:
        """Returns the stored reason of a failure, encrypted: a mail server may quote addresses."""
        return (
            ""
            if not reason
            else self._vault.lock(reason, mail.reference, f"reason {mail.message_id}")
        )

    def read_reason(self, mail: OutboxMail, stored: str) -> str:
        """Returns the reason, or "" if there is none."""
        if not stored:
            return ""
        return self._vault.open(stored, mail.reference, f"reason {mail.message_id}")

    def read_mail(self, stored: OutboxMail) -> OutboxMail:
        """Returns the mail with its recipient decrypted."""
        recipient = self._vault.open(stored.recipient, stored.reference, _mail_field(stored))
        return stored.model_copy(update={"recipient": recipient})

    def read_leased(self, stored: Mapping[str, Any]) -> LeasedMail:
        """Returns the mail of stored fields, as one that cannot be read if it does not decrypt."""
        try:
            return self.read_mail(OutboxMail.model_validate(stored))
        except (StoredTextUnreadable, ValidationError) as error:
            fields = {name: stored[name] for name in UnreadableMail.model_fields if name != "why"}
            return UnreadableMail(**fields, why=_why(error))


def is_tombstone(stored: str) -> bool:
    """Whether the stored text of a case is what is left of an erased one; decrypts nothing."""
    return ERASED in stored


def each_readable(
    items: Iterable[tuple[str, Callable[[], _Item]]],
) -> "Iterable[_Item | Unreadable]":
    """Reads items one by one, each given with what it is; one that cannot be read is told as such.

    Other errors are raised: they concern the store, and so all items.
    """
    for what, read in items:
        try:
            yield read()
        except (StoredTextUnreadable, ValidationError) as error:
            yield Unreadable(what=what, why=_why(error))


def _why(error: StoredTextUnreadable | ValidationError) -> str:
    """What is wrong; a validation error says the same with a place that means nothing here."""
    return str(error) if isinstance(error, StoredTextUnreadable) else "its fields are damaged"


def _parse(stored: str, reference: str) -> dict[str, Any]:
    """Parses a stored case. Raises StoredTextDamaged if it belongs to another reference."""
    try:
        content: dict[str, Any] = loads(stored)
    except (ValueError, RecursionError) as error:
        raise StoredTextDamaged(f"case {reference}: what is stored is not a case") from error
    if not isinstance(content, dict):
        raise StoredTextDamaged(f"case {reference}: what is stored is not a case")
    if content.get("reference") != reference:
        raise StoredTextDamaged(
            f"case {reference}: case {content.get('reference')} is stored in its place; restore "
            "the store from a backup, as somebody or something changed it"
        )
    return content


def _event_field(event: CaseEvent) -> str:
    return f"event {event.type} {stamp(event.at)}"


def _mail_field(mail: OutboxMail) -> str:
    return f"recipient {mail.message_id}"

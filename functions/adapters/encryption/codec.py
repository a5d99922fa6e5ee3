"""How cases, events and mails lie in every store: what is personal is encrypted first.

In clear are what a store needs to find, order and delete a case, and nothing else: whatever field
a case gets later is encrypted unless it is named here.
"""

from json import dumps, loads
from typing import Any

from functions.adapters.encryption.moments import stamp
from functions.adapters.encryption.text_cipher import TextCipher
from functions.cases.ports.ports import Now
from functions.model.case import Case, CaseEvent, Tombstone
from functions.model.errors import StoredTextDamaged, StoreError
from functions.model.mail import OutboxMail

_CLEAR = frozenset(Tombstone.model_fields) - {"erased_at"}
_LOCKED = "locked"


class Codec:
    """Writes and reads; what is erased or past its retention reads as gone."""

    def __init__(self, vault: TextCipher, now: Now) -> None:
        self._vault = vault
        self.now = now

    def case(self, case: Case) -> str:
        """The stored text of a case."""
        clear = case.model_dump(mode="json", include=set(_CLEAR))
        locked = self._vault.lock(case.model_dump_json(exclude=set(_CLEAR)), case.reference, "case")
        return dumps(clear | {_LOCKED: locked})

    def read_case(self, stored: str, reference: str) -> Case | None:
        """The case; None where it is erased, or kept no longer although nobody deleted it yet.

        Raises StoredTextDamaged where what lies under the reference is not its own.
        """
        found = _own(stored, reference)
        if "erased_at" in found:
            return None
        if _LOCKED not in found:
            raise StoreError(
                f"case {reference}: written before cases were encrypted; move the "
                "store away and begin a new one"
            )
        locked = loads(self._vault.open(found[_LOCKED], reference, "case"))
        case = Case.model_validate({name: found.get(name) for name in _CLEAR} | locked)
        return case if case.retained_until > self.now() else None

    def rekeyed_case(self, reference: str, stored: str) -> str:
        """The stored text of a case, expired or not, under the current key."""
        found = _own(stored, reference)
        if _LOCKED not in found:
            return stored
        locked = self._vault.relock(found[_LOCKED], reference, "case")
        return stored if locked == found[_LOCKED] else dumps(found | {_LOCKED: locked})

    def rekeyed_event(self, reference: str, stored: CaseEvent) -> str:
        """The stored detail of an event under the current key."""
        if not stored.detail:
            return ""
        return self._vault.relock(stored.detail, reference, _event_field(stored))

    def rekeyed_mail(self, reference: str, message_id: str, locked: str) -> str:
        """The stored recipient of a mail under the current key."""
        return self._vault.relock(locked, reference, f"recipient {message_id}")

    def rekeyed_reason(self, reference: str, message_id: str, locked: str) -> str:
        """The stored reason of a mail under the current key."""
        return locked and self._vault.relock(locked, reference, f"reason {message_id}")

    def tombstone(self, tombstone: Tombstone) -> str:
        """The stored text that takes the place of an erased case."""
        return tombstone.model_dump_json()

    def read_tombstone(self, stored: str, reference: str) -> Tombstone | None:
        """What is left of an erased case; None where it is none, or kept no longer.

        Raises StoredTextDamaged as `read_case`.
        """
        found = _own(stored, reference)
        if "erased_at" not in found:
            return None
        tombstone = Tombstone.model_validate(found)
        return tombstone if tombstone.retained_until > self.now() else None

    def detail(self, reference: str, event: CaseEvent) -> str:
        """The stored detail of an event."""
        if not event.detail:
            return ""
        return self._vault.lock(event.detail, reference, _event_field(event))

    def read_event(self, reference: str, stored: CaseEvent) -> CaseEvent:
        """The event, of one whose detail is as it is stored."""
        if not stored.detail:
            return stored
        detail = self._vault.open(stored.detail, reference, _event_field(stored))
        return stored.model_copy(update={"detail": detail})

    def recipient(self, mail: OutboxMail) -> str:
        """The stored recipient of a mail."""
        return self._vault.lock(mail.recipient, mail.reference, _mail_field(mail))

    def reason(self, mail: OutboxMail, reason: str) -> str:
        """The stored reason why a mail failed: a mail server's words may be personal."""
        return (
            ""
            if not reason
            else self._vault.lock(reason, mail.reference, f"reason {mail.message_id}")
        )

    def read_reason(self, mail: OutboxMail, stored: str) -> str:
        """The reason; empty where there is none."""
        if not stored:
            return ""
        return self._vault.open(stored, mail.reference, f"reason {mail.message_id}")

    def read_mail(self, stored: OutboxMail) -> OutboxMail:
        """The mail, of one whose recipient is as it is stored."""
        recipient = self._vault.open(stored.recipient, stored.reference, _mail_field(stored))
        return stored.model_copy(update={"recipient": recipient})


def _own(stored: str, reference: str) -> dict[str, Any]:
    """What is stored under a reference. Raises StoredTextDamaged where it is another case's."""
    try:
        found: dict[str, Any] = loads(stored)
    except ValueError as error:
        raise StoredTextDamaged(f"case {reference}: what lies in its place is no case") from error
    if found.get("reference") != reference:
        raise StoredTextDamaged(
            f"case {reference}: in its place lies case {found.get('reference')}; restore the store "
            "from a backup, as somebody or something changed it"
        )
    return found


def _event_field(event: CaseEvent) -> str:
    return f"event {event.type} {stamp(event.at)}"


def _mail_field(mail: OutboxMail) -> str:
    return f"recipient {mail.message_id}"

"""The mails of a case: types, delivery states, and the headers and tags that name the case."""

from datetime import datetime
from hashlib import sha256
from typing import Literal

from functions.model.frozen import Frozen
from functions.model.language import Language

MailType = Literal[
    "acknowledgement",
    "notice",
    "undelivered",
    "infected",
    "update",
    "added",
    "review_requested",
    "withdrawn",
    "review_receipt",
    "withdrawal_receipt",
    "concerned",
    "handed_on",
    "consent_asked",
    "no_consenter",
    "proposal_approved",
    "proposal_returned",
    "information_receipt",
    "satisfaction",
    "satisfaction_receipt",
    "satisfaction_said",
]
"""`undelivered` tells staff to call the filer, whom a mail did not reach. `infected`
tells staff that a file was quarantined. `update` tells the filer that staff have acted. `added`,
`review_requested`, `withdrawn` and `satisfaction_said` tell staff what the filer did; the four that
end in `_receipt` confirm to the filer that it was recorded. `concerned` tells staff that they must
know of a case, `handed_on` that it is theirs from now on, `consent_asked` that a proposal waits for
their consent, `no_consenter` that it waits and nobody can consent. `proposal_approved` and
`proposal_returned` tell the proposer what became of it. `satisfaction` asks the filer, a while
after the answer, whether they are satisfied."""

TO_FILER: tuple[MailType, ...] = (
    "acknowledgement",
    "update",
    "review_receipt",
    "withdrawal_receipt",
    "information_receipt",
    "satisfaction",
    "satisfaction_receipt",
)
"""Mails to the filer's address; all others go to staff."""

REFERENCE_HEADER = "Ombud-Reference"
TYPE_HEADER = "Ombud-Mail-Type"
"""Headers of every message that name the case and the MailType."""

REFERENCE_TAG = "reference"
TYPE_TAG = "type"
"""The same as SES message tags: SES replaces the Message-ID, and its bounces and complaints
identify a mail by its tags."""


def thread_id(reference: str, domain: str) -> str:
    """The Message-ID that all mails of a case refer to, so that mail programs show them as one.

    No mail has it: SES replaces the Message-ID of each mail that it sends.
    """
    return f"<{sha256(reference.encode()).hexdigest()[:32]}@{domain}>"


class OutboxMail(Frozen):
    """A mail to send; its text is composed from case and contract when it is sent."""

    message_id: str
    reference: str
    type: MailType
    recipient: str
    language: Language
    attempts: int = 0

    def due(self, otherwise: datetime) -> datetime:
        """When it is to be sent; `otherwise` is when what is stored with it is."""
        return otherwise


class LaterMail(OutboxMail):
    """A mail to store that is not sent at once with the others of its cause, but at `due_at`."""

    due_at: datetime

    def due(self, otherwise: datetime) -> datetime:
        """When it is to be sent."""
        return self.due_at


class UnreadableMail(Frozen):
    """An owed mail whose recipient cannot be read; `why` says what is wrong with it."""

    message_id: str
    reference: str
    type: str
    attempts: int
    why: str


LeasedMail = OutboxMail | UnreadableMail
"""What a worker leases: one mail that cannot be read keeps no other from being sent."""

MailState = Literal["owed", "sent", "failed"]


class MailRecord(Frozen):
    """A mail of a case with its delivery state; `settled_at` is when it was sent or failed.

    `reason` says why the last attempt failed.
    """

    mail: OutboxMail
    state: MailState
    reason: str = ""
    settled_at: datetime | None = None

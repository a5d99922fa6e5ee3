"""A case and what is kept with it: events, the mails it owes, what is left once it is erased."""

from datetime import datetime
from typing import Literal

from functions.model.answers.submission import Submission
from functions.model.attachment import Attachment
from functions.model.contract.terms import FilerAct, KindId, StaffAct
from functions.model.frozen import Frozen
from functions.model.language import Language

MailEvent = Literal["mail_sent", "mail_failed", "mail_bounced", "mail_complained"]
ScanEvent = Literal["file_cleared", "file_infected"]
EventType = Literal["received"] | MailEvent | ScanEvent | FilerAct | StaffAct


class Case(Frozen):
    """A stored submission; it stays under the contract it was filed under.

    Until `retained_until` it is kept, by the policy's own retention, and then deleted.
    `mail_withheld` says that no acknowledgement is owed, as the address has had its share.
    `calendar` is the digest of the days off that its first dates were counted on.
    """

    reference: str
    organisation: str
    kind: KindId
    contract: str
    language: Language
    received_at: datetime
    retained_until: datetime
    submission: Submission
    attachments: tuple[Attachment, ...] = ()
    mail_withheld: bool = False
    calendar: str | None = None


class Tombstone(Frozen):
    """What is left of a case that was erased at the person's request: nothing personal."""

    reference: str
    organisation: str
    kind: KindId
    contract: str
    language: Language
    received_at: datetime
    retained_until: datetime
    erased_at: datetime


class CaseEvent(Frozen):
    """Something that happened to a case.

    The `detail` of what a filer or staff did is a `thread.Entry` in JSON. It may be personal:
    no log repeats it.
    """

    at: datetime
    type: EventType
    detail: str

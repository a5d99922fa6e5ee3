"""A case, its events, and the tombstone that an erased case leaves."""

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
    """A stored submission; `contract` is the digest of the contract it was filed under, for good.

    The case is deleted after `retained_until`, which follows from the policy's retention.
    `mail_withheld` means that no acknowledgement is sent, because the quota of the address is
    used up. `calendar` is the digest of the calendar that its first dates were counted on.
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
    """What stays of a case that was erased at the person's request: no personal data."""

    reference: str
    organisation: str
    kind: KindId
    contract: str
    language: Language
    received_at: datetime
    retained_until: datetime
    erased_at: datetime


class Unreadable(Frozen):
    """A stored case, event or mail that cannot be read: what it is, and why."""

    what: str
    why: str


class CaseEvent(Frozen):
    """Something that happened to a case.

    For acts of a filer or of staff, `detail` is a `case_log.ActDetails` in JSON. It may be
    personal, so it is never logged.
    """

    at: datetime
    type: EventType
    detail: str

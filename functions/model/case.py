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
WatchEvent = Literal["satisfaction_asked"]
"""What the sweep does by itself."""

EventType = Literal["received"] | MailEvent | ScanEvent | WatchEvent | FilerAct | StaffAct


class Entered(Frozen):
    """That staff entered a filing that reached the organisation by another way than this site.

    `channel` is the id of the policy's channel; `person` is the name of who entered it, and `mark`
    their mark (`functions.model.desk.staff`).
    """

    at: datetime
    channel: str
    person: str
    mark: str


class Case(Frozen):
    """A stored submission; `contract` is the digest of the contract it was filed under, for good.

    The case is deleted after `retained_until`, which follows from the policy's retention.
    `mail_withheld` means that no acknowledgement is sent, because the quota of the address is
    used up. `calendar` is the digest of the calendar that its first dates were counted on.
    `entered` is None if the filer used this site; else `received_at` is when staff say that it
    reached the organisation.
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
    entered: Entered | None = None

    @property
    def stored_at(self) -> datetime:
        """When it was stored: at once, or when staff entered it."""
        return self.entered.at if self.entered else self.received_at


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
    personal, so it is never logged. `link` chains an act to the one before it
    (`functions.model.chain`); events of before 0.2.0 and those of mails and scans have none.
    """

    at: datetime
    type: EventType
    detail: str
    link: str = ""

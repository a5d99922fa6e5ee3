"""A case and what is kept with it: events, the mails it owes, what is left once it is erased."""

from datetime import datetime
from typing import Literal

from functions.model.answers.submission import Submission
from functions.model.attachment import Attachment
from functions.model.contract import FilerAct, KindId, StaffAct
from functions.model.frozen import Frozen
from functions.model.language import Language

MailType = Literal["acknowledgement", "notice", "undelivered", "infected", "update", "added"]
"""`undelivered` tells staff that the acknowledgement did not reach the filer: call, `infected`
that a file was set aside. `update` tells the filer, and `added` staff, that the other side has
done something."""

MailEvent = Literal["mail_sent", "mail_failed", "mail_bounced", "mail_complained"]
ScanEvent = Literal["file_cleared", "file_infected"]
EventType = Literal["received"] | MailEvent | ScanEvent | FilerAct | StaffAct
State = Literal["received"]


class Case(Frozen):
    """A stored submission; it stays under the contract it was filed under.

    Until `retained_until` it is kept, by the policy's own retention, and then deleted.
    `mail_withheld` says that no acknowledgement is owed, as the address has had its share.
    """

    reference: str
    organisation: str
    kind: KindId
    contract: str
    language: Language
    received_at: datetime
    retained_until: datetime
    state: State
    submission: Submission
    attachments: tuple[Attachment, ...] = ()
    mail_withheld: bool = False


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


class OutboxMail(Frozen):
    """A mail that is owed: its words are made when it is sent, from case and contract."""

    message_id: str
    reference: str
    type: MailType
    recipient: str
    language: Language
    attempts: int = 0


MailState = Literal["owed", "sent", "failed"]


class MailRecord(Frozen):
    """A mail of a case, and where it stands; `settled_at` is when it got there.

    `reason` says why the last attempt failed.
    """

    mail: OutboxMail
    state: MailState
    reason: str = ""
    settled_at: datetime | None = None


class CaseEvent(Frozen):
    """Something that happened to a case.

    The `detail` of what a filer or staff did is a `thread.Entry` in JSON. It may be personal:
    no log repeats it.
    """

    at: datetime
    type: EventType
    detail: str

"""The mails of a case: what each is about, where it stands, and how it names its case."""

from datetime import datetime
from typing import Literal

from functions.model.frozen import Frozen
from functions.model.language import Language

MailType = Literal["acknowledgement", "notice", "undelivered", "infected", "update", "added"]
"""`undelivered` tells staff that the acknowledgement did not reach the filer: call, `infected`
that a file was set aside. `update` tells the filer, and `added` staff, that the other side has
done something."""

REFERENCE_HEADER = "Ombud-Reference"
TYPE_HEADER = "Ombud-Mail-Type"
"""The headers that name the case and the MailType in every message."""

REFERENCE_TAG = "reference"
TYPE_TAG = "type"
"""The same as SES message tags: SES writes a Message-ID of its own, and its bounces and
complaints name a mail by its tags."""


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

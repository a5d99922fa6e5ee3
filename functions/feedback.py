"""The Lambda entry for what comes back about mails: SES events, by way of SNS."""

import logging
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from functions.bootstrap import cold_start
from functions.cases.notifications import undelivered
from functions.cases.ports.ports import Ports
from functions.model.case import CaseEvent, EventType
from functions.model.mail import REFERENCE_TAG, TYPE_TAG
from functions.observability.invocation import invocation

log = logging.getLogger("ombud.feedback")

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_TYPE = re.compile(r"[a-z-]{1,20}")
_FINAL = frozenset({"MailboxFull", "MessageTooLarge", "ContentRejected", "AttachmentRejected"})
"""The transient bounces after which SES does not try again. `General` is left out: automatic
replies of people on leave come as that."""


class _Record(BaseModel):
    """Part of an SES event; AWS may add keys at any time."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, hide_input_in_errors=True
    )


class Mail(_Record):
    """The mail that an event is about, known by the tags it was sent with."""

    tags: dict[str, tuple[str, ...]] = {}

    def tag(self, name: str) -> str | None:
        """The first value of a tag."""
        return next(iter(self.tags.get(name, ())), None)


class Recipient(_Record):
    """Whose mail came back; the enhanced status code (RFC 3463) is all we keep."""

    status: str = ""


class Bounce(_Record):
    """The receiving side refused or returned the mail."""

    feedback_id: str
    bounce_type: str
    bounce_sub_type: str
    bounced_recipients: tuple[Recipient, ...] = ()

    def is_final(self) -> bool:
        """Whether the mail has not arrived and never will."""
        return self.bounce_type == "Permanent" or self.bounce_sub_type in _FINAL

    def words(self) -> str:
        """What happened, without the address."""
        statuses = (one.status for one in self.bounced_recipients if _STATUS.fullmatch(one.status))
        return " ".join((self.bounce_type, self.bounce_sub_type, *statuses))


class Complaint(_Record):
    """The recipient reported the mail as unwanted."""

    feedback_id: str
    complaint_feedback_type: str | None = None

    def is_against(self) -> bool:
        """Whether it complains at all: `not-spam` takes a complaint back (RFC 6430)."""
        return self.complaint_feedback_type != "not-spam"

    def words(self) -> str:
        """What kind of complaint it is, where the mailbox provider says."""
        said = self.complaint_feedback_type or ""
        return said if _TYPE.fullmatch(said) else "unknown"


class Feedback(_Record):
    """An SES event; `bounce` and `complaint` are there in events of that type alone."""

    event_type: str
    mail: Mail
    bounce: Bounce | None = None
    complaint: Complaint | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Feedback":
        if {"Bounce": self.bounce, "Complaint": self.complaint}.get(self.event_type, self) is None:
            raise ValueError(f"a {self.event_type} without its details")
        return self


def handler(event: dict[str, Any], context: object) -> None:
    """Records each notification; an error makes Lambda try again, then keep it as a dead letter."""
    with invocation("feedback", context):
        for record in event["Records"]:
            take(record["Sns"]["Message"], cold_start())


def take(message: str, ports: Ports) -> None:
    """Records on the case that its mail did not arrive, or was unwanted, and has staff told.

    Raises ValidationError for an event that cannot be read, StoreError
    or ContractError.
    """
    if not message.startswith("{"):
        # SES greets a new topic with a sentence.
        log.info("no event: %s", message[:100])
        return
    match Feedback.model_validate_json(message):
        case Feedback(mail=mail, bounce=Bounce() as bounce) if bounce.is_final():
            _record(mail, "mail_bounced", bounce.words(), bounce.feedback_id, ports)
        case Feedback(mail=mail, complaint=Complaint() as complaint) if complaint.is_against():
            _record(mail, "mail_complained", complaint.words(), complaint.feedback_id, ports)
        case Feedback(mail=mail, event_type=event_type):
            # SES tries on, or only says that it does its work.
            log.info("SES says %s", event_type, extra={"reference": mail.tag(REFERENCE_TAG)})


def _record(mail: Mail, type_: EventType, words: str, feedback_id: str, ports: Ports) -> None:
    reference, mail_type = mail.tag(REFERENCE_TAG), mail.tag(TYPE_TAG)
    case = ports.store.case(reference) if reference else None
    if case is None:
        log.warning("%s of a mail of no case here", type_, extra={"reference": reference})
        return
    event = CaseEvent(at=ports.now(), type=type_, detail=f"{mail_type}: {words}")
    # Only the filer's own mail has somebody to call; a staff mail that bounces tells no staff.
    mails = undelivered(case, ports) if mail_type == "acknowledgement" else ()
    if ports.store.add_event(case.reference, event, mails, f"ses:{feedback_id}"):
        log.warning("%s: %s", type_, event.detail, extra={"reference": case.reference})

"""Records bounces and complaints of mails: the Lambda entry for SES events, delivered by SNS."""

import logging
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from functions.bootstrap import cold_start
from functions.cases.notifications import undelivered
from functions.cases.ports.ports import Ports
from functions.model.case import CaseEvent, EventType
from functions.model.mail import REFERENCE_TAG, TO_FILER, TYPE_TAG
from functions.observability.invocation import invocation, records_of

log = logging.getLogger("ombud.feedback")

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_TYPE = re.compile(r"[a-z-]{1,20}")
_FINAL = frozenset({"MailboxFull", "MessageTooLarge", "ContentRejected", "AttachmentRejected"})
"""Transient bounces after which SES does not try again. `General` is not one of them: automatic
replies of people on leave have that type."""


class _Record(BaseModel):
    """Part of an SES event; AWS may add keys at any time."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, hide_input_in_errors=True
    )


class Mail(_Record):
    """The mail that an event is about, with SES's id of it and the tags that it was sent with."""

    message_id: str = ""
    tags: dict[str, tuple[str, ...]] = {}

    def tag(self, name: str) -> str | None:
        """Returns the first value of a tag, or None."""
        return next(iter(self.tags.get(name, ())), None)


class Recipient(_Record):
    """A recipient of a bounced mail; Ombud keeps only the enhanced status code (RFC 3463)."""

    status: str = ""


class Bounce(_Record):
    """The receiving server refused or returned the mail."""

    feedback_id: str
    bounce_type: str
    bounce_sub_type: str
    bounced_recipients: tuple[Recipient, ...] = ()

    def is_final(self) -> bool:
        """Whether the mail will never arrive.

        SES does not try again after an `Undetermined` bounce: the server's answer said only that
        the mail came back.
        """
        return self.bounce_type != "Transient" or self.bounce_sub_type in _FINAL

    def words(self) -> str:
        """Returns types and status codes, without the address."""
        statuses = (recipient.status for recipient in self.bounced_recipients)
        valid = (status for status in statuses if _STATUS.fullmatch(status))
        return " ".join((self.bounce_type, self.bounce_sub_type, *valid))


class Complaint(_Record):
    """The recipient reported the mail as unwanted."""

    feedback_id: str
    complaint_feedback_type: str | None = None

    def is_against(self) -> bool:
        """Whether it is a complaint; `not-spam` withdraws an earlier one (RFC 6430)."""
        return self.complaint_feedback_type != "not-spam"

    def words(self) -> str:
        """Returns the type of complaint, or "unknown" if the mailbox provider names none."""
        type_ = self.complaint_feedback_type or ""
        return type_ if _TYPE.fullmatch(type_) else "unknown"


class Reject(_Record):
    """SES took the mail and did not send it, as it found malware in it."""


class Feedback(_Record):
    """An SES event; `bounce`, `complaint` and `reject` are set only in events of that type."""

    event_type: str
    mail: Mail
    bounce: Bounce | None = None
    complaint: Complaint | None = None
    reject: Reject | None = None

    @model_validator(mode="after")
    def _check_details(self) -> "Feedback":
        details = {"Bounce": self.bounce, "Complaint": self.complaint, "Reject": self.reject}
        if details.get(self.event_type, self) is None:
            raise ValueError(f"a {self.event_type} event without its details")
        return self


def handler(event: dict[str, Any], context: object) -> None:
    """Records each event. After an error Lambda tries again, then uses the dead-letter queue."""
    with invocation("feedback", context):
        for record in records_of(event):
            take(record["Sns"]["Message"], cold_start())


def take(message: str, ports: Ports) -> None:
    """Records on the case that its mail bounced or was unwanted, and owes staff a mail about it.

    Raises ValidationError for an event that cannot be read, StoreError or ContractError.
    """
    if not message.startswith("{"):
        # SES sends a sentence to a new topic.
        log.info("not an event: %s", message[:100])
        return
    match Feedback.model_validate_json(message):
        case Feedback(mail=mail, bounce=Bounce() as bounce) if bounce.is_final():
            _record(mail, "mail_bounced", bounce.words(), bounce.feedback_id, ports)
        case Feedback(mail=mail, complaint=Complaint() as complaint) if complaint.is_against():
            _record(mail, "mail_complained", complaint.words(), complaint.feedback_id, ports)
        case Feedback(mail=mail, reject=Reject()):
            _record(mail, "mail_bounced", "Reject", f"reject:{mail.message_id}", ports)
        case Feedback(mail=mail, event_type=event_type):
            # SES still tries, or only reports progress.
            log.info("SES says %s", event_type, extra={"reference": mail.tag(REFERENCE_TAG)})


def _record(mail: Mail, type_: EventType, words: str, feedback_id: str, ports: Ports) -> None:
    reference, mail_type = mail.tag(REFERENCE_TAG), mail.tag(TYPE_TAG)
    case = ports.store.case(reference) if reference else None
    if case is None:
        log.warning("%s: its mail belongs to no stored case", type_, extra={"reference": reference})
        return
    event = CaseEvent(at=ports.now(), type=type_, detail=f"{mail_type}: {words}")
    # Staff can call a filer whose mail failed. If a mail to staff failed, so would one about it.
    mails = undelivered(case, ports) if mail_type in TO_FILER else ()
    if ports.store.add_event(case.reference, event, mails, f"ses:{feedback_id}"):
        log.warning("%s: %s", type_, event.detail, extra={"reference": case.reference})

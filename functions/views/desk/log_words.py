"""What the log of a case calls what nobody did, and the mails of which it tells."""

from typing import get_args

from functions.model.case import CaseEvent, EventType, MailEvent
from functions.model.mail import MailType
from functions.views.desk.words import _

LOGGED_EVENTS: dict[EventType, str] = {
    "received": _("Filing received"),
    "mail_sent": _("Mail sent"),
    "mail_failed": _("Mail not delivered"),
    "mail_bounced": _("Mail came back"),
    "mail_complained": _("Mail reported as unwanted"),
    "file_cleared": _("File scanned, nothing found"),
    "file_infected": _("File set aside: it contains malware"),
    "satisfaction_asked": _("Opinion of the filer asked for"),
}
"""What nobody did."""

LOGGED_MAILS: dict[MailType, str] = {
    "acknowledgement": _("Acknowledgement to the filer"),
    "notice": _("Notice of the filing to staff"),
    "undelivered": _("Notice to staff that the filer could not be reached"),
    "infected": _("Notice to staff of malware"),
    "update": _("News of the case to the filer"),
    "added": _("Notice to staff of what the filer added"),
    "review_requested": _("Notice to staff of a request for review"),
    "withdrawn": _("Notice to staff of a withdrawal"),
    "review_receipt": _("Confirmation to the filer of their request for review"),
    "withdrawal_receipt": _("Confirmation to the filer of their withdrawal"),
    "concerned": _("Notice to staff who must know of the case"),
    "handed_on": _("Notice to staff whose case it is now"),
    "consent_asked": _("Request to staff for consent"),
    "no_consenter": _("Notice to staff that nobody can consent"),
    "proposal_approved": _("Notice to staff that their proposal was approved"),
    "proposal_returned": _("Notice to staff that their proposal was sent back"),
    "information_receipt": _("Confirmation to the filer of what they added"),
    "satisfaction": _("Question to the filer whether they are satisfied"),
    "satisfaction_receipt": _("Confirmation to the filer of their opinion"),
    "satisfaction_said": _("Notice to staff of the opinion of the filer"),
}
"""The types of mail."""


def mail_of(event: CaseEvent) -> MailType | None:
    """The type of the mail of which an event tells; None if it tells of none."""
    if event.type not in get_args(MailEvent):
        return None
    named = event.detail.partition(":")[0]
    return next((each for each in LOGGED_MAILS if each == named), None)

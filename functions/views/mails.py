"""Mails: the message that each type of mail becomes, from a case and its contract's words."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from functions.model.mail import REFERENCE_HEADER, TYPE_HEADER, MailType, OutboxMail
from functions.views.case_file import CaseFile

TO_FILER: tuple[MailType, ...] = ("acknowledgement", "update")
"""The mails that go to the address which the filer typed; all others go to staff."""

OF_EVENTS: tuple[MailType, ...] = ("added", "infected")
"""The mails that tell of what happened since; for all others nobody needs to read the log."""

_LATER: tuple[MailType, ...] = ("update", "added", "infected")
"""The mails about something later than the filing: they are dated when they are sent."""

_SEVEN_BIT = policy.default.clone(cte_type="7bit")
"""Encodes what is not ASCII: SES advises it, and servers need not offer 8BITMIME."""


def compose(
    mail: OutboxMail, file: CaseFile, sender: str, handling: str, scanned: bool
) -> EmailMessage:
    """The message itself; `handling` is the token of a staff link, empty in mails to the filer.

    A mail to the filer goes to an address that a stranger typed, so it carries none of the words
    that a stranger wrote: reference, code, the organisation's words and dates. `scanned` says
    that a scanner looks into attached files.
    """
    case, words = file.case, file.pages.words
    slots = file.text() | {"handling": handling}
    slots["phone"] = case.submission.phone or words.say("phone_missing")
    if mail.type in TO_FILER:
        del slots["answers"]
    if case.attachments:
        said = "files_waiting" if scanned else "files_unscanned"
        slots["files"] = words.say(said, reference=case.reference)
    template = file.skeletons.mails[mail.type]
    message = EmailMessage(_SEVEN_BIT)
    message["Message-ID"] = mail.message_id
    message["Date"] = file.now if mail.type in _LATER else case.received_at
    message["Auto-Submitted"] = "auto-generated"
    message[REFERENCE_HEADER] = mail.reference
    message[TYPE_HEADER] = mail.type
    message["From"] = Address(
        display_name=file.contract.name.words(mail.language), addr_spec=parseaddr(sender)[1]
    )
    message["To"] = addressed(mail.recipient)
    message["Subject"] = template.subject.text(slots)
    message.set_content(template.text.text(slots))
    if template.html:
        message.add_alternative(str(template.html.html(file.mail_html())), subtype="html")
    return message


def addressed(address: str) -> Address:
    """A mail address in a header, whatever script its letters are of (RFC 6532).

    Read as RFC 5322 has it, the part before the @ would have to be ASCII.
    """
    local, _, domain = address.rpartition("@")
    return Address(username=local, domain=domain)

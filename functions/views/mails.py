"""Composes the message of each type of mail, from a case and its contract's templates."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from functions.model.case_log import CaseAct
from functions.model.contract.directory import BrandColours
from functions.model.contract.terms import Party
from functions.model.language import Language
from functions.model.mail import (
    REFERENCE_HEADER,
    TO_FILER,
    TYPE_HEADER,
    MailType,
    OutboxMail,
    thread_id,
)
from functions.model.pages.vocabulary import Vocabulary
from functions.views.answers import milestones_text
from functions.views.case_file import CaseFile
from functions.views.mail_html import mail_html
from functions.views.mail_parts import MailPart, mail_parts, mail_text
from functions.views.wording.citations import bracketed, cite

_WITH_FILING: tuple[MailType, ...] = ("acknowledgement", "notice")
"""Mails that are dated when the filing arrived; others when they are sent."""

_BEFORE: dict[MailType, MailType] = {
    "review_requested": "added",
    "withdrawn": "added",
    "satisfaction_said": "added",
    "review_receipt": "update",
    "withdrawal_receipt": "update",
    "concerned": "notice",
    "handed_on": "concerned",
    "consent_asked": "concerned",
    "no_consenter": "concerned",
    "proposal_approved": "concerned",
    "proposal_returned": "concerned",
    "satisfaction": "update",
}
"""What contracts before 0.2.0 have in place of a mail; where they lack that too, its own."""

SEVEN_BIT = policy.default.clone(cte_type="7bit", max_line_length=76)
"""Encodes everything as ASCII: SES advises it, and not all servers offer 8BITMIME. A line with an
encoded word has at most 76 characters, and the word 75 (RFC 2047, section 2)."""


def compose(
    mail: OutboxMail,
    file: CaseFile,
    sender: str,
    handling: str,
    scanned: bool,
    act: CaseAct | None = None,
    colours: BrandColours | None = None,
) -> EmailMessage:
    """The message of a mail; `handling` is the token of a staff link, empty in mails to the filer.

    No mail contains answers, words or names of files: anybody can type any address into a form, and
    words of a stranger could imitate the link to the case in a mail to staff. `scanned` means that
    a scanner checks attached files. `act` is what the mail confirms or tells of. `colours` are
    those of its HTML; contracts before 0.2.0 have HTML for the acknowledgement alone.
    """
    case, words = file.case, file.pages.words
    reader: Party = "filer" if mail.type in TO_FILER else "organisation"
    slots = file.text(reader) | {"handling": handling}
    del slots["answers"]
    slots["open_dates"] = _list_open(file, reader)
    slots["milestones"] = slots["open_dates"] or f"{file.nothing_upcoming}\n"
    # Contracts before 0.2.0 give staff the number in place of a link.
    slots["phone"] = case.submission.phone or ""
    if case.attachments:
        message_key = "files_waiting" if scanned else "files_unscanned"
        slots["files"] = words.say(message_key, reference=case.reference)
    if act is not None:
        slots["recorded_at"] = file.recorded(act)
        slots["hashes"] = "".join(f"SHA-256 {sent.sha256}\n" for sent in act.entry.files)
    if mail.type == "satisfaction" and file.asks:
        slots["asked_by"] = words.say("asked_by", clause=file.asks, cited=cite(words, file.asks))
    if mail.type == "update":
        slots |= _fill_update(words, act)
        if act is not None and act.answers:
            slots["next_bodies"] = _list_reviews(file)
    mails = file.skeletons.mails
    type_ = mail.type
    while type_ not in mails:
        type_ = _BEFORE[type_]
    template = mails[type_]
    message = EmailMessage(SEVEN_BIT)
    message["Message-ID"] = mail.message_id
    later = mail.type not in _WITH_FILING
    message["Date"] = file.now if later else case.stored_at
    message["Auto-Submitted"] = "auto-generated"
    # Exchange does not heed Auto-Submitted: without this, staff on leave answer each mail.
    message["X-Auto-Response-Suppress"] = "All"
    thread = thread_id(mail.reference, parseaddr(sender)[1].rpartition("@")[2])
    message["References"] = thread
    if later:
        message["In-Reply-To"] = thread
    message[REFERENCE_HEADER] = mail.reference
    message[TYPE_HEADER] = mail.type
    message["From"] = Address(
        display_name=file.contract.name.words(mail.language), addr_spec=parseaddr(sender)[1]
    )
    message["To"] = addressed(mail.recipient)
    if file.kind.reply_to and mail.type in TO_FILER:
        message["Reply-To"] = addressed(file.kind.reply_to)
    message["Subject"] = template.subject.text(slots)
    if template.parts:
        set_parts(message, mail_parts(template.parts, slots), words.language, colours)
    elif template.text:
        message.set_content(template.text.text(slots))
        if template.html:
            message.add_alternative(str(template.html.html(file.mail_html())), subtype="html")
    return message


def set_parts(
    message: EmailMessage,
    parts: tuple[MailPart, ...],
    language: Language,
    colours: BrandColours | None,
) -> None:
    """Gives a message that has its subject the plain text and the HTML of the same parts."""
    message.set_content(mail_text(parts))
    html = mail_html(parts, language, message["Subject"], colours)
    message.add_alternative(str(html), subtype="html")


def _list_open(file: CaseFile, reader: Party) -> str:
    """The time limits ahead that nothing has kept yet."""
    kept = [step.milestone for step in file.progress.steps if step.done or step.settled]
    ahead = tuple(milestone for milestone in file.upcoming if milestone not in kept)
    return milestones_text(file.pages, file.dates, ahead, reader)


def _list_reviews(file: CaseFile) -> str:
    """Who can be asked next, each with its clause: what an answer leaves to the filer."""
    words = file.pages.words
    return "".join(
        f"- {review.body.words(words.language)}{bracketed(words, cite(words, review.clause))}\n"
        for review in file.kind.reviews
    )


def _fill_update(words: Vocabulary, act: CaseAct | None) -> dict[str, str]:
    """Says what staff did, in subject and text; contracts before 0.2.0 say the same of all acts."""
    slots = ("update_subject", "update_text")
    said = {slot: f"{slot}_{act.act}" if act else slot for slot in slots}
    return {
        slot: words.say(message if message in words.messages else slot)
        for slot, message in said.items()
        if slot in words.messages
    }


def addressed(address: str) -> Address:
    """A mail address for a header, in any script (RFC 6532).

    It is not parsed: by RFC 5322 the part before the @ would have to be ASCII.
    """
    local, _, domain = address.rpartition("@")
    return Address(username=local, domain=domain)

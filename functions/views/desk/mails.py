"""Composes the mails of the desk that belong to no case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from functions.model.contract.directory import Directory
from functions.views.desk.pages import Frame
from functions.views.desk.words import _
from functions.views.mail_parts import MailPart
from functions.views.mails import SEVEN_BIT, addressed, set_parts

_SUBJECT = _("Log in: cases of {organisation}")
_ASKED = _("Somebody, probably you, wants to log in to the cases of {organisation}.")
_OPEN = _("Open this link and press the button:")
_LOG_IN = _("Log in")
_TYPE = _("Or type this code where you asked for it.")
_CODE = _("Login code")
_COLON = _(": ")
_ENDS = _("Both work once, until {time}.")
_CAREFUL = _(
    "If you did not ask for this, you need not do anything: without this mail nobody gets in. "
    "Never tell anybody the code, and do not pass the link on."
)
_NO_REPLY = _("Please do not reply to this mail: replies are not read.")


@dataclass(frozen=True)
class LoginMail:
    """What a login mail says; `ends` is local to the organisation."""

    directory: Directory
    recipient: str
    sender: str
    message_id: str
    sent_at: datetime
    ends: datetime
    link: str
    code: str


def login_mail(mail: LoginMail) -> EmailMessage:
    """The mail with the link and the code, in the language of the organisation."""
    frame = Frame.of(mail.directory)
    message = desk_message(mail.directory, mail.recipient, mail.sender)
    message["Message-ID"] = mail.message_id
    message["Date"] = mail.sent_at
    message["Subject"] = frame.words.say(_SUBJECT, organisation=frame.organisation)
    set_parts(message, tuple(_parts(mail, frame)), frame.language, mail.directory.colours)
    return message


def _parts(mail: LoginMail, frame: Frame) -> Iterator[MailPart]:
    words, half = frame.words, len(mail.code) // 2
    colon = words.translated(_COLON)
    yield MailPart("name", frame.organisation)
    yield MailPart("heading", words.say(_ASKED, organisation=frame.organisation))
    yield MailPart("words", words.translated(_OPEN))
    yield MailPart("link", mail.link, words.translated(_LOG_IN) + colon)
    yield MailPart("words", words.translated(_TYPE))
    code = f"{mail.code[:half]} {mail.code[half:]}"
    yield MailPart("code", code, words.translated(_CODE) + colon)
    yield MailPart("words", words.say(_ENDS, time=f"{mail.ends:%H:%M}"))
    yield MailPart("note", words.translated(_CAREFUL))
    yield MailPart("note", words.translated(_NO_REPLY))


def desk_message(directory: Directory, recipient: str, sender: str) -> EmailMessage:
    """A message from the organisation to a member of its staff, without subject and content."""
    message = EmailMessage(SEVEN_BIT)
    message["Auto-Submitted"] = "auto-generated"
    # Exchange does not heed Auto-Submitted: without this, staff on leave answer each mail.
    message["X-Auto-Response-Suppress"] = "All"
    name = Frame.of(directory).organisation
    message["From"] = Address(display_name=name, addr_spec=parseaddr(sender)[1])
    message["To"] = addressed(recipient)
    return message

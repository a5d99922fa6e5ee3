"""Composes the mails of the desk that belong to no case."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from functions.model.contract.directory import Directory
from functions.views.desk.pages import Frame
from functions.views.desk.words import _
from functions.views.mails import SEVEN_BIT, addressed

_SUBJECT = _("Log in: cases of {organisation}")


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
    half = len(mail.code) // 2
    code = f"{mail.code[:half]} {mail.code[half:]}"
    message.set_content(
        frame.page("mails/login.txt", link=mail.link, code=code, time=f"{mail.ends:%H:%M}")
    )
    return message


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

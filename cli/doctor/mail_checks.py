"""Checks that mails go out: the way, the login, the sender; with an address, by a test mail."""

import os
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from cli.doctor.file_checks import missing_folder
from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note, warning
from functions.cases.ports.mailer import Mailer, ProvableMailer
from functions.model.errors import MailError, SettingInvalid

_NOBODYS = (".example.com", ".example.org", ".example.net", ".example", ".invalid", ".test")
"""Domains that get no mail (RFC 2606)."""


def mail_checks(installation: Installation) -> Iterator[CheckResult]:
    """The mail server or maildir, then the test mail, if one is asked for."""
    if installation.parts is None:
        return
    address, sender = (installation.environment[f"OMBUD_{name}"] for name in ("MAIL", "MAIL_FROM"))
    scheme, _, path = address.partition(":")
    if scheme == "maildir":
        yield _folder(Path(path))
    else:
        try:
            mailer = installation.parts.mailer
        except SettingInvalid as error:
            yield fault("mail", str(error), "docs/settings.md says what it takes")
            return
        yield from _proven(mailer, without_login(address), sender)
        if f".{parseaddr(sender)[1].rpartition('@')[2]}".endswith(_NOBODYS):
            yield warning(
                "mail", f"mails come from {sender}, which is nobody's", "set OMBUD_MAIL_FROM"
            )
        if installation.is_local:
            site = installation.environment["OMBUD_SITE_URL"]
            yield warning("mail", f"links in mails lead to {site}", "set OMBUD_SITE_URL")
    if installation.mail_to:
        yield _sent(installation.parts.mailer, sender, installation)


def without_login(address: str) -> str:
    """The address of a mail server without user, password and the name of a secret."""
    url = urlsplit(address)
    return address if url.hostname is None else f"{url.scheme}://{url.netloc.rpartition('@')[2]}"


def _folder(folder: Path) -> CheckResult:
    if not folder.is_dir():
        return missing_folder("mail", folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        return fault("mail", f"{folder} cannot be written", "let its owner be who serves")
    return note("mail", f"mails stay in {folder}: they are for tests, and nobody gets them")


def _proven(mailer: Mailer, address: str, sender: str) -> Iterator[CheckResult]:
    if not isinstance(mailer, ProvableMailer):
        return
    try:
        remarks = mailer.prove(sender)
    except MailError as error:
        yield fault(
            "mail", f"{address}: {error}", "correct it; until then mails stay owed for three days"
        )
        return
    for remark in remarks:
        says, _, remedy = remark.partition(": ")
        yield warning("mail", says, remedy)
    yield good("mail", f"{address} takes mails from {sender}")


def _sent(mailer: Mailer, sender: str, installation: Installation) -> CheckResult:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = installation.mail_to
    message["Subject"] = "Ombud: test mail"
    message["Date"] = format_datetime(installation.now)
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("Somebody who runs Ombud had it send this, to see that mails arrive.\n")
    try:
        mailer.send(message)
    except MailError as error:
        return fault(
            "mail", f"the mail to {installation.mail_to} was refused: {error}", "correct it"
        )
    return good("mail", f"a mail to {installation.mail_to} was handed over: see that it arrives")

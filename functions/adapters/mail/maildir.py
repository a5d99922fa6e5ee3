"""Writes mails as files into a maildir, for one machine and for tests."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from functions.model.errors import MailRetryable


class Maildir:
    """Delivers each mail into `new/`, completely or not at all.

    What a killed process left half-written in `tmp/` is removed at the start: its mail is still
    owed. If another process is just writing there, its mail fails and is tried again.
    """

    def __init__(self, folder: str) -> None:
        Path(folder).parent.mkdir(parents=True, exist_ok=True)
        self._maildir = mailbox.Maildir(folder, create=True)
        for draft in (Path(folder) / "tmp").iterdir():
            draft.unlink(missing_ok=True)

    def send(self, message: EmailMessage) -> None:
        """See Mailer."""
        try:
            self._maildir.add(mailbox.MaildirMessage(message))
        except OSError as error:
            raise MailRetryable(f"maildir: {error.strerror}") from error

"""Writes mails as files into a maildir, for one machine and for tests."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from functions.model.errors import MailRetryable, SettingInvalid
from functions.model.files.private_files import close_all_to_others, close_to_others, make_private


class Maildir:
    """Delivers each mail into `new/`, completely or not at all, for the owner of the folder alone.

    What a killed process left half-written in `tmp/` is removed at the start: its mail is still
    owed. If another process is just writing there, its mail fails and is tried again. Raises
    SettingInvalid if the folder can be neither used nor made.
    """

    def __init__(self, folder: str) -> None:
        self._new = Path(folder) / "new"
        try:
            for part in ("tmp", "new", "cur"):
                make_private(Path(folder) / part)
                close_all_to_others(Path(folder) / part)
        except OSError as error:
            raise SettingInvalid(
                f"OMBUD_MAIL is maildir:{folder}, where no mail can be stored: {error.strerror}"
            ) from error
        self._maildir = mailbox.Maildir(folder, create=False)
        for draft in (Path(folder) / "tmp").iterdir():
            draft.unlink(missing_ok=True)

    def send(self, message: EmailMessage) -> None:
        """See Mailer."""
        try:
            close_to_others(self._new / self._maildir.add(mailbox.MaildirMessage(message)))
        except OSError as error:
            raise MailRetryable(f"maildir: {error.strerror}") from error

"""Mails in a maildir: whole or not at all, and no words of a mail left behind."""

import mailbox
import os
import signal
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from functions.adapters.mail.maildir import Maildir
from functions.model.errors import MailRetryable
from site_src.places import ROOT

_KILLED = """
import mailbox, os, signal, sys
from email.message import EmailMessage
from functions.adapters.mail.maildir import Maildir

def sync_close(file):
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

mailbox._sync_close = sync_close
message = EmailMessage()
message["To"] = "zhang@example.com"
message.set_content("half of a secret")
Maildir(sys.argv[1]).send(message)
"""


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    """After a kill in the middle of a mail, the next start leaves none of it in plain text."""
    folder = tmp_path / "mail"
    done = subprocess.run([sys.executable, "-c", _KILLED, str(folder)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = (folder / "tmp").iterdir()
    assert b"half of a secret" in left.read_bytes()
    Maildir(str(folder))
    assert list((folder / "tmp").iterdir()) == []
    assert len(mailbox.Maildir(str(folder))) == 0


def test_whole_mails_stay(maildir: Maildir, tmp_path: Path) -> None:
    """A start removes no mail that was delivered."""
    message = EmailMessage()
    message.set_content("whole")
    maildir.send(message)
    Maildir(str(tmp_path / "mail"))
    (kept,) = mailbox.Maildir(str(tmp_path / "mail"))
    assert kept.get_payload() == "whole\n"


def test_mail_whose_draft_is_taken_away_is_tried_again(
    maildir: Maildir, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process that starts meanwhile costs one more try and no mail."""

    def link(source: str, target: str) -> None:
        Maildir(str(tmp_path / "mail"))
        os.rename(source, target)

    monkeypatch.setattr("mailbox.os.link", link)
    with pytest.raises(MailRetryable, match="No such file"):
        maildir.send(EmailMessage())

"""Reads the two parts of a mail, which say the same."""

import re
from email.message import EmailMessage
from html import unescape


def plain(mail: EmailMessage) -> str:
    """The plain text."""
    return _part(mail, "plain")


def html(mail: EmailMessage) -> str:
    """The HTML."""
    return _part(mail, "html")


def words_of(text: str) -> list[str]:
    """The words of either part in their order, without marks between a label and its value."""
    if "<body" in text:
        body = text.partition("<body")[2].partition(">")[2]
        body = re.sub(r'<div style="display:none.*?</div>|<!--.*?-->', "", body, flags=re.DOTALL)
        text = unescape(re.sub(r"<[^>]*>", "\n", body))
    return re.sub(r"[:：]\s|：|^- ", " ", text, flags=re.MULTILINE).split()


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None, f"the mail has no {kind} part"
    return str(body.get_content())

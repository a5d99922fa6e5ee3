"""Converts contracts that earlier releases stored into the current form."""

from json import JSONDecodeError, loads
from typing import Any, get_args

from functions.model.mail import MailType


def brought_up(content: bytes) -> dict[str, Any] | None:
    """Returns the content in the current form; None if no earlier release stored such content."""
    try:
        stored = loads(content)
    except JSONDecodeError:
        return None
    if not isinstance(stored, dict) or not isinstance(stored.get("kinds"), dict):
        return None
    if isinstance(stored.get("calendar"), dict):
        # Before 0.2.0 each contract carried the days off that were known at its build.
        stored["filed_calendar"] = stored.pop("calendar")
    for kind in stored["kinds"].values():
        if isinstance(kind, dict) and "mails" not in kind and "notice_text" in kind:
            _group_mails(kind)
    return stored


def _group_mails(kind: dict[str, Any]) -> None:
    """Moves `notice_subject`, `notice_text` and so on, as before 0.1.0, below `mails`."""
    kind["mails"] = {}
    for type_ in get_args(MailType):
        parts = {part: kind.pop(f"{type_}_{part}", None) for part in ("subject", "text", "html")}
        if parts["subject"] is not None:
            kind["mails"][type_] = parts

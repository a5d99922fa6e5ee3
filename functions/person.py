"""What a person may ask of whoever holds their data: a copy of all of it, and that it be erased.

PIPL articles 45 and 47 (docs/privacy.md).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from json import loads
from typing import Any

from functions.ports import Case, Store, Tombstone
from functions.thread import without_words

_EXTENSION = re.compile(r"(?:转|ext|x|#).*", re.IGNORECASE | re.DOTALL)
_COUNTRY = "86"
_LONGEST_AT_HOME = 11
"""Digits of a mobile number in China; what is longer and begins with 86 has the country's code."""


def cases_of(person: str, store: Store) -> Iterator[Case]:
    """The cases whose filer gave this e-mail address or telephone number, however it is written.

    Every case is decrypted and compared: an index by person would be one more thing to protect.
    Who is only spoken of in somebody's words is not found; look for them by reference.
    """
    return (case for case in store.cases() if _is_of(person, case))


def dossier(case: Case, store: Store) -> dict[str, Any]:
    """Everything that the store holds of a case, for a program to read."""
    return {
        "case": case.model_dump(mode="json", exclude_none=True),
        "events": [
            event.model_dump(mode="json") | {"detail": _read(event.detail)}
            for event in store.events(case.reference)
        ],
        "mails": [
            one.mail.model_dump(mode="json", exclude={"reference"})
            | one.model_dump(mode="json", exclude={"mail"}, exclude_none=True)
            for one in store.mails(case.reference)
        ],
    }


def erase(case: Case, store: Store, now: datetime) -> Tombstone:
    """Erases what is personal in a case; what is left says that there was one, and when it went."""
    tombstone = Tombstone(
        **{name: getattr(case, name) for name in Tombstone.model_fields if name != "erased_at"},
        erased_at=now,
    )
    store.erase(tombstone, without_words)
    return tombstone


def _is_of(person: str, case: Case) -> bool:
    submission = case.submission
    if "@" in person:
        return (submission.email or "").casefold() == person.strip().casefold()
    return bool(digits := _digits(person)) and _digits(submission.phone or "") == digits


def _digits(phone: str) -> str:
    """A number as it is dialled at home, without its extension."""
    digits = "".join(char for char in _EXTENSION.sub("", phone) if char.isdecimal())
    bare = digits.removeprefix("00")
    return bare.removeprefix(_COUNTRY) if len(bare) > _LONGEST_AT_HOME else digits


def _read(detail: str) -> object:
    """An entry as data, other details as they are."""
    return loads(detail) if detail.startswith("{") else detail

"""What a person may ask of whoever holds their data: a copy of all of it, and that it be erased.

PIPL articles 45 and 47 (docs/privacy.md).
"""

from collections.abc import Iterator
from json import loads
from typing import Any

from functions.cases.ports.case_store import CaseStore
from functions.cases.ports.ports import Ports
from functions.cases.retention import remove_files
from functions.model.answers.email_address import read_address
from functions.model.answers.telephone import read_telephone
from functions.model.case import Case, Tombstone
from functions.model.case_log import without_words


def cases_of(person: str, store: CaseStore) -> Iterator[Case]:
    """The cases whose filer gave this e-mail address or telephone number, however it is written.

    Every case is decrypted and compared: an index by person would be one more thing to protect.
    Who is only spoken of in somebody's words is not found; look for them by reference.
    """
    return (case for case in store.cases() if _is_of(person, case))


def copy_of_case(case: Case, store: CaseStore) -> dict[str, Any]:
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


def erase_case(case: Case, ports: Ports) -> Tombstone:
    """Erases what is personal in a case; what is left says that there was one, and when it went.

    Its files go first: interrupted, the case is still found, and the same call goes on.
    """
    remove_files(case, ports)
    tombstone = Tombstone(
        **{name: getattr(case, name) for name in Tombstone.model_fields if name != "erased_at"},
        erased_at=ports.now(),
    )
    ports.store.erase(tombstone, without_words)
    return tombstone


def _is_of(person: str, case: Case) -> bool:
    submission = case.submission
    if "@" in person:
        return bool(submission.email) and _address(submission.email or "") == _address(person)
    return not _numbers(person).isdisjoint(_numbers(submission.phone or ""))


def _address(text: str) -> str:
    return (read_address(text.strip()) or text).casefold()


def _numbers(text: str) -> set[str]:
    """The digits of each number as it is dialled at home, without its extension."""
    numbers = (read_telephone(text) or "").split(" / ")
    digits = ("".join(filter(str.isdecimal, one.partition("转")[0])) for one in numbers)
    return set(filter(None, digits))


def _read(detail: str) -> object:
    """An entry as data, other details as they are."""
    return loads(detail) if detail.startswith("{") else detail

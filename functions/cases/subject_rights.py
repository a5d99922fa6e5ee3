"""Finds, copies and erases a person's cases (PIPL articles 45 and 47, docs/privacy.md)."""

from collections.abc import Iterator
from json import loads
from typing import Any

from functions.cases.ports.case_store import CaseStore
from functions.cases.ports.ports import Ports
from functions.cases.retention import remove_files
from functions.model.answers.email_address import read_address
from functions.model.answers.telephone import read_telephone
from functions.model.case import Case, Tombstone, Unreadable
from functions.model.case_log import without_words


def cases_of(person: str, store: CaseStore) -> Iterator[Case | Unreadable]:
    """The cases whose filer gave this e-mail address or telephone number, in any spelling.

    Every case is decrypted and compared: an index by person would be more personal data to
    protect. A case that cannot be read may be the person's, so it is yielded as such. People who
    are only mentioned in a text are not found; search for them by reference.
    """
    return (
        case for case in store.cases() if isinstance(case, Unreadable) or _is_filed_by(person, case)
    )


def copy_of_case(case: Case, store: CaseStore) -> dict[str, Any]:
    """Everything that the store has of a case, as JSON data; `unreadable` lists what it has not."""
    events, mails = store.all_events(case.reference), store.mails(case.reference)
    unreadable = [item for item in (*events, *mails) if isinstance(item, Unreadable)]
    copy: dict[str, Any] = {
        "case": case.model_dump(mode="json", exclude_none=True),
        "events": [
            event.model_dump(mode="json") | {"detail": _parse_detail(event.detail)}
            for event in events
            if not isinstance(event, Unreadable)
        ],
        "mails": [
            record.mail.model_dump(mode="json", exclude={"reference"})
            | record.model_dump(mode="json", exclude={"mail"}, exclude_none=True)
            for record in mails
            if not isinstance(record, Unreadable)
        ],
    }
    if unreadable:
        copy["unreadable"] = [item.model_dump(mode="json") for item in unreadable]
    return copy


def erase_case(case: Case, ports: Ports) -> Tombstone:
    """Erases the personal data of a case; the tombstone records the case and when it was erased.

    Files are removed first: after an interruption the case is still found, and the same call
    continues. Raises FilesUnavailable, StoreError.
    """
    remove_files(case, ports)
    tombstone = Tombstone(
        **{name: getattr(case, name) for name in Tombstone.model_fields if name != "erased_at"},
        erased_at=ports.now(),
    )
    ports.store.erase(tombstone, without_words)
    return tombstone


def _is_filed_by(person: str, case: Case) -> bool:
    submission = case.submission
    if "@" in person:
        return bool(submission.email) and _normalise_address(
            submission.email or ""
        ) == _normalise_address(person)
    return not _extract_digits(person).isdisjoint(_extract_digits(submission.phone or ""))


def _normalise_address(text: str) -> str:
    return (read_address(text.strip()) or text).casefold()


def _extract_digits(text: str) -> set[str]:
    """The digits of each number, without extensions."""
    numbers = (read_telephone(text) or "").split(" / ")
    digits = ("".join(filter(str.isdecimal, number.partition("转")[0])) for number in numbers)
    return set(filter(None, digits))


def _parse_detail(detail: str) -> object:
    """The details of an act as data, other details unchanged."""
    return loads(detail) if detail.startswith("{") else detail

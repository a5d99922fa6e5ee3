"""Finds, copies and erases a person's cases (PIPL articles 45 and 47, docs/privacy.md)."""

from collections.abc import Iterator
from json import loads
from typing import Any

from functions.cases.desk.found_by import (
    UNREADABLE,
    cases_found_by,
    index_new_cases,
    traits,
    traits_of,
)
from functions.cases.key_note import check_noted_key
from functions.cases.ports.case_store import CaseStore
from functions.cases.ports.ports import Ports
from functions.cases.retention import remove_files
from functions.cases.statistics.measured_cases import count_case
from functions.model.case import Case, CaseEvent, Tombstone, Unreadable
from functions.model.case_log import recorded_acts, without_words
from functions.model.errors import StoredTextUnreadable


def cases_of(person: str, ports: Ports) -> Iterator[Case | Unreadable]:
    """The cases whose filer gave this e-mail address or telephone number, in any spelling.

    They are found by keyed hashes; no other case is decrypted. A case that cannot be read is
    yielded as such if it may be the person's. People who are only mentioned in a text are not
    found; search for them by reference. Raises StoreError, KeyMismatch.
    """
    sought = traits_of(person)
    if not sought:
        return
    check_noted_key(ports.lists, ports.keys)
    index_new_cases(ports)
    found = (*cases_found_by(sought, ports), *ports.lists.references_of(UNREADABLE))
    for reference in dict.fromkeys(found):
        try:
            case = ports.store.case(reference)
        except StoredTextUnreadable as error:
            yield Unreadable(what=f"case {reference}", why=str(error))
        else:
            if case is not None and not sought.isdisjoint(traits(case)):
                yield case


def copy_of_case(case: Case, store: CaseStore) -> dict[str, Any]:
    """Everything that the store has of a case, as JSON data; `unreadable` lists what it has not.

    What staff wrote among themselves is apart, as `inside`: whoever hands the copy over reads it
    first, as words about others are theirs. No member of staff is named, for the same reason.
    """
    events = store.all_events(case.reference)
    readable = [event for event in events if not isinstance(event, Unreadable)]
    inside = [event for event in readable if any(a.is_inside for a in recorded_acts((event,)))]
    return whole_case(case, store) | {
        "case": case.model_dump(
            mode="json", exclude_none=True, exclude={"entered": {"person", "mark"}}
        ),
        "events": [_copy_of_event(event) for event in readable if event not in inside],
        "inside": [_copy_of_event(event) for event in inside],
    }


def whole_case(case: Case, store: CaseStore) -> dict[str, Any]:
    """Everything that the store has of a case, with its log in order and whoever acted, as JSON.

    It is the organisation's own record; a filer is handed `copy_of_case`.
    """
    events, mails = store.all_events(case.reference), store.mails(case.reference)
    unreadable = [item for item in (*events, *mails) if isinstance(item, Unreadable)]
    whole: dict[str, Any] = {
        "case": case.model_dump(mode="json", exclude_none=True),
        "events": [
            event.model_dump(mode="json") | {"detail": _read_detail(event.detail)}
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
        whole["unreadable"] = [item.model_dump(mode="json") for item in unreadable]
    return whole


def erase_case(case: Case, ports: Ports) -> Tombstone:
    """Erases the personal data of a case; the tombstone records the case and when it was erased.

    It still counts in the figures of the organisation. Files are removed first: after an
    interruption the case is still found, and the same call continues. Raises FilesUnavailable,
    StoreError.
    """
    count_case(case, ports)
    remove_files(case, ports)
    tombstone = Tombstone(
        **{name: getattr(case, name) for name in Tombstone.model_fields if name != "erased_at"},
        erased_at=ports.now(),
    )
    ports.store.erase(tombstone, without_words)
    ports.shelf.remove_all(case.reference)  # copies that a mail of the case made meanwhile
    return tombstone


_OF_STAFF = ("person", "mark", "to_person", "barred", "owner", "once")
"""The details of an act that name a member of staff, or stand for one."""


def _read_detail(detail: str) -> Any:
    """The details of an act as data, other details as they are."""
    return loads(detail) if detail.startswith("{") else detail


def _copy_of_event(event: CaseEvent) -> dict[str, Any]:
    """An event with the details of an act as data, without members of staff."""
    copy = event.model_dump(mode="json")
    if event.detail.startswith("{"):
        details = loads(event.detail)
        copy["detail"] = {name: details[name] for name in details if name not in _OF_STAFF}
    return copy

"""A command with another OMBUD_KEY than the server's says so, also where KMS opens every case."""

from dataclasses import replace

import pytest

from functions.cases.key_note import check_noted_key, note_key
from functions.cases.ports.ports import Ports
from functions.cases.subject_rights import cases_of
from functions.model.errors import KeyMismatch

OTHER = b"\x07" * 32


def test_server_notes_its_key_and_another_is_refused(ports: Ports) -> None:
    """Under another key a person is not found, which must not read like "nothing is held"."""
    assert list(cases_of("zhang@example.com", replace(ports, key=OTHER))) == []
    note_key(ports)
    assert list(cases_of("zhang@example.com", ports)) == []
    with pytest.raises(KeyMismatch, match="nobody's cases are found"):
        list(cases_of("zhang@example.com", replace(ports, key=OTHER)))


def test_new_key_beside_the_earlier_one(ports: Ports) -> None:
    """While a key is changed, whoever has both may work; when it is noted, the new one alone."""
    note_key(ports)
    both = replace(ports, key=OTHER, earlier_keys=(ports.key,))
    check_noted_key(ports.lists, both.keys)
    note_key(both)
    check_noted_key(ports.lists, (OTHER,))
    with pytest.raises(KeyMismatch):
        check_noted_key(ports.lists, (ports.key,))

"""Reads what a form says of a fact into the keys of policy.yaml."""

from collections.abc import Mapping
from typing import Any

from site_src.studio.facts.choices import own_words
from site_src.studio.facts.entries import DraftFact
from site_src.studio.facts.fields import FORMS, FactField

AS_IT_IS = "="
"""The value of a field whose key says more than the field can show, such as `later_of`."""


def shown_value(field: FactField, data: Mapping[str, Any], language: object) -> str:
    """What a field of the form shows of a fact."""
    value = data.get(field.key)
    if field.input == "choice" and isinstance(value, dict | list):
        return AS_IT_IS
    if field.input == "flag":
        return "yes" if value is True else ""
    if field.input == "side":
        return {True: "inside", False: "outside"}.get(value, "")  # type: ignore[arg-type]
    return own_words(value, language)


def read_answers(
    list_: str, form: Mapping[str, str], before: Mapping[str, Any], language: object
) -> dict[str, Any]:
    """The keys that differ from `before`, None for one that is to go.

    A wrong value is kept as it was typed: the checker says what is wrong with it.
    """
    found: dict[str, Any] = {}
    for field in FORMS[list_].fields:
        if field.key not in form and field.input != "flag":
            continue
        typed = form.get(field.key, "").replace("\r\n", "\n").strip()
        if typed != shown_value(field, before, language):
            found[field.key] = _value(field, typed)
    if (clause := form.get("clause")) and clause != str(before.get("clause", "")):
        found["clause"] = clause
    return found


def other_keys(entry: DraftFact) -> dict[str, str]:
    """What the fact says besides the fields of its form, for reading alone."""
    known = {field.key for field in FORMS[entry.list].fields}
    known |= {"id", "clause", "proposed", "party", "of", "children", "grounds", "contacts"}
    return {key: _plain(value) for key, value in entry.data.items() if key not in known}


def _value(field: FactField, typed: str) -> Any:
    if field.input == "flag":
        return True if typed == "yes" else None
    if field.input == "side":
        return {"inside": True, "outside": False}.get(typed)
    if typed == "":
        return None
    if field.input == "number" and typed.isascii() and typed.isdigit():
        return int(typed)
    return typed


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)

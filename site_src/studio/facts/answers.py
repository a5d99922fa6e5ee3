"""Reads what a form says of a fact into the keys of policy.yaml."""

from collections.abc import Mapping
from typing import Any

from site_src.studio.facts.choices import own_words
from site_src.studio.facts.entries import DraftFact
from site_src.studio.facts.fields import LATER, FactField
from site_src.studio.facts.forms import FORMS

AS_IT_IS = "="
"""The value of a field whose key says more than the field can show."""


def shown_value(field: FactField, data: Mapping[str, Any], language: object) -> str:
    """What a field of the form shows of a fact; several values stand on a line each."""
    if field.key in ("from", LATER):
        starts = _starts(data)
        return "\n".join(starts[1:] if field.key == LATER else starts[:1])
    value = _at(data, field.key)
    if value is None and field.short_for:
        value = _at(data, field.short_for)
    if field.input == "flag":
        return "yes" if value is True else ""
    if field.input == "side":
        return {True: "inside", False: "outside"}.get(value, "")
    if field.input in ("several", "lines"):
        items = value if isinstance(value, list) else [] if value is None else [value]
        return "\n".join(own_words(each, language) for each in items)
    if field.input == "choice" and isinstance(value, dict | list):
        return AS_IT_IS
    return own_words(value, language)


def read_answers(
    list_: str, form: Mapping[str, str], before: Mapping[str, Any], language: object
) -> dict[str, Any]:
    """The keys that differ from `before`, None for one that is to go; `when.level` is in `when`.

    A wrong value is kept as it was typed: the checker says what is wrong with it.
    """
    found: dict[str, Any] = {}
    for field in FORMS[list_].fields:
        if field.key not in form and field.input != "flag":
            continue
        typed = form.get(field.key, "").replace("\r\n", "\n").strip()
        if typed == shown_value(field, before, language):
            continue
        found[field.key] = _value(field, typed, _at(before, field.key), language)
        if field.short_for and _at(before, field.short_for) is not None:
            found[field.short_for] = None
    if found.keys() & {"from", LATER}:
        starts = _starts(before)
        first = found.pop("from", starts[0] if starts else None)
        others = found.pop(LATER, starts[1:]) or []
        found["from"] = {LATER: [first, *others]} if first and others else first
    if (clause := form.get("clause")) and clause != str(before.get("clause", "")):
        found["clause"] = clause
    return found


def other_keys(entry: DraftFact) -> dict[str, str]:
    """What the fact says besides the fields of its form, for reading alone."""
    known = {field.key.partition(".")[0] for field in FORMS[entry.list].fields}
    known |= {"id", "clause", "proposed", "party", "of", "children", "grounds", "contacts"}
    return {key: _plain(value) for key, value in entry.data.items() if key not in known}


def _starts(data: Mapping[str, Any]) -> list[str]:
    """The event that a limit runs from, or those of which the last starts it."""
    start = data.get("from")
    if isinstance(start, dict):
        several = start.get(LATER)
        return [str(each) for each in several] if isinstance(several, list) else []
    return [] if start is None else [str(start)]


def _at(data: Mapping[str, Any], key: str) -> Any:
    value: Any = data
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _value(field: FactField, typed: str, before: Any, language: object) -> Any:
    if field.input == "flag":
        return True if typed == "yes" else None
    if field.input == "side":
        return {"inside": True, "outside": False}.get(typed)
    if typed == "":
        return None
    if field.input in ("several", "lines"):
        known = before if isinstance(before, list) else []
        # A line that stays keeps its words in other languages.
        kept = {own_words(each, language): each for each in known}
        lines = (line.strip() for line in typed.split("\n"))
        return [kept.get(line, line) for line in lines if line]
    if field.input == "number" and typed.isascii() and typed.isdigit():
        return int(typed)
    return typed


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)

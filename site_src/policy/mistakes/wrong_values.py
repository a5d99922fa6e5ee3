"""Says which values of a policy.yaml are wrong, and what to write instead."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from functions.model.reference import ALPHABET
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.finding_place import at_place
from site_src.policy.yaml_reading import YamlDocument, YamlPath

SHAPES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters and digits, hyphens between, such as ask-review",
    r"^[a-z0-9]+([_-][a-z0-9]+)*$": "small letters and digits, hyphens between, such as ask-review",
    r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,30}$": "letters, digits, dots and hyphens, such as 1 or 2.10",
    f"^[{ALPHABET}]{{2,4}}$": "2 to 4 capital letters or digits, without I, L, O, U, 0 and 1",
    "^#[0-9a-f]{6}$": "# and six digits or small letters from a to f, such as #1d6f42",
    r"^[A-Za-z0-9][A-Za-z0-9_\-]*\.(svg|png)$": "the name of an .svg or .png file: logo.svg",
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$": "a language, such as en or zh-CN",
    r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|none)$": "the code of a country, such as CN or GB-ENG, or none",
    r"^\d{2}-\d{2}$": "a month and a day, such as 09-30",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "a month and a day, such as 09-30",
}
"""What a value of each pattern consists of."""


def wrong_values(reading: YamlDocument, error: ValidationError) -> Iterator[Finding]:
    """A finding for each value that the model refuses."""
    for details in _relevant_errors(error.errors()):
        yield _invalid(reading, details)


def _message(details: ErrorDetails) -> str:
    """What is wrong, without the patterns and the words of a programmer."""
    if details["type"] == "string_pattern_mismatch":
        shape = SHAPES.get(details["ctx"]["pattern"], "other characters")
        return f"needs {shape}"
    return details["msg"].removeprefix("Value error, ")


def _relevant_errors(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors, except that a list is "too short" when its items are what is wrong."""
    for error in errors:
        place = error["loc"]
        has_wrong_items = any(other["loc"][:-1][: len(place)] == place for other in errors)
        if error["type"] != "too_short" or not has_wrong_items:
            yield error


def _invalid(reading: YamlDocument, details: ErrorDetails) -> Finding:
    place: YamlPath = details["loc"]
    code, remedy = _advice(details)
    message = _message(details)
    clause = next(_enclosing_clauses(reading.data, place), None)
    return at_place(reading, place, code, message, remedy, clause)


def _advice(details: ErrorDetails) -> tuple[FindingCode, str]:
    value = details["input"]
    if details["type"] == "extra_forbidden":
        return "unknown-key", "Check the spelling against docs/policy-format.md, or remove the key."
    if details["type"] in ("missing", "missing_key"):
        return "missing-key", "Add the key; docs/policy-format.md says which values it allows."
    if details["type"] == "string_type" and isinstance(value, int | float):
        return "wrong-value", f'The value is {value} without quotes; write quotes, as in "2.10".'
    shown = repr(value)[:60]
    return "wrong-value", f"The value is {shown}; docs/policy-format.md says which are allowed."


def _enclosing_clauses(data: Any, place: YamlPath) -> Iterator[str]:
    """The clauses of the facts that contain `place`, the innermost first."""
    try:
        inner = data[place[0]] if place else None
    except (KeyError, IndexError, TypeError):
        inner = None
    yield from _enclosing_clauses(inner, place[1:]) if place else ()
    if isinstance(data, dict) and isinstance(data.get("clause"), str):
        yield data["clause"]

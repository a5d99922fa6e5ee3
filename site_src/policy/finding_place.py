"""Creates findings at a place in policy.yaml or procedure.md."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.yaml_reading import YamlDocument, YamlPath, field_name

if TYPE_CHECKING:
    from site_src.policy.load import Edition


def in_yaml(
    source: "Edition", placed: PlacedFact, key: str, code: FindingCode, message: str, remedy: str
) -> Finding:
    """A finding at a key of a fact in policy.yaml."""
    place = (*placed.path, key)
    return at_place(source.reading, place, code, message, remedy, placed.fact.clause)


def at_key(
    source: "Edition", code: FindingCode, message: str, remedy: str, *place: str | int
) -> Finding:
    """A finding at a key of policy.yaml that belongs to no fact."""
    return at_place(source.reading, place, code, message, remedy)


def at_place(
    reading: YamlDocument,
    place: YamlPath,
    code: FindingCode,
    message: str,
    remedy: str,
    clause: str | None = None,
) -> Finding:
    """A finding at a place of a YAML file, or at the nearest known place around it."""
    at = reading.nearest(place)
    return Finding(
        code=code,
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name(place),
        clause=clause,
        message=message,
        remedy=remedy,
    )


def in_text(clause: Clause, offset: int, code: FindingCode, message: str, remedy: str) -> Finding:
    """A finding at `offset` of a clause's words in procedure.md."""
    before = clause.words[:offset]
    line = clause.lines[before.count("\n")]
    return Finding(
        code=code,
        file=line.file,
        line=line.number,
        column=line.column + offset - (before.rfind("\n") + 1),
        clause=clause.id,
        message=message,
        remedy=remedy,
    )


def validation_findings(reading: YamlDocument, error: ValidationError) -> tuple[Finding, ...]:
    """The findings for everything that keeps a document from being a policy."""
    return tuple(_invalid(reading, details) for details in _relevant_errors(error.errors()))


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
    message = details["msg"].removeprefix("Value error, ")
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

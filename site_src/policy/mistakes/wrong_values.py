"""Says which values of a policy.yaml are wrong, and what to write instead."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_src.bilingual import Bilingual
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.finding_place import at_place
from site_src.policy.mistakes.refusals import refusal
from site_src.policy.yaml.document import YamlDocument, YamlPath


def wrong_values(reading: YamlDocument, error: ValidationError) -> Iterator[Finding]:
    """A finding for each value that the model refuses."""
    for details in _relevant_errors(error.errors()):
        yield _invalid(reading, details)


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
    message = refusal(details)
    clause = next(_enclosing_clauses(reading.data, place), None)
    return at_place(reading, place, code, message, remedy, clause)


def _advice(details: ErrorDetails) -> tuple[FindingCode, Bilingual]:
    value = details["input"]
    key = details["loc"][-1] if details["loc"] else ""
    if details["type"] == "extra_forbidden":
        remedy = Bilingual(
            "Check the spelling against docs/policy-format.md, or remove the key.",
            "请对照 docs/policy-format.zh-CN.md 检查拼写，或者删去这个键。",
        )
        return "unknown-key", remedy
    if details["type"] in ("missing", "missing_key"):
        line = f" `{key}: …`" if details["type"] == "missing" else ""
        remedy = Bilingual(
            f"Add the key{':' if line else ''}{line}; docs/policy-format.md says which values it "
            "allows.",
            f"请补上{line or '这个键'}；可以写的值见 docs/policy-format.zh-CN.md。",
        )
        return "missing-key", remedy
    if details["type"] == "string_type" and isinstance(value, int | float):
        # YAML has read 2.10 as 2.1, so a fraction may be written otherwise in the file.
        line = f'`{key}: "{value}"`' if isinstance(value, int) else f'`{key}: "2.10"`'
        remedy = Bilingual(
            f"The value is {value} without quotes; write quotes, as in {line}.",
            f"这里写的是 {value}，没有引号；请加上英文引号，如 {line}。",
        )
        return "wrong-value", remedy
    shown = repr(value)[:60]
    remedy = Bilingual(
        f"The value is {shown}; docs/policy-format.md says which are allowed.",
        f"这里写的是 {shown}；可以写的值见 docs/policy-format.zh-CN.md。",
    )
    return "wrong-value", remedy


def _enclosing_clauses(data: Any, place: YamlPath) -> Iterator[str]:
    """The clauses of the facts that contain `place`, the innermost first."""
    try:
        inner = data[place[0]] if place else None
    except (KeyError, IndexError, TypeError):
        inner = None
    yield from _enclosing_clauses(inner, place[1:]) if place else ()
    if isinstance(data, dict) and isinstance(data.get("clause"), str):
        yield data["clause"]

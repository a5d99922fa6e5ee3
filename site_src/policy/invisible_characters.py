"""Finds invisible characters that would change what a page says or does."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from site_src.policy.clauses import RawLine
from site_src.policy.finding import Finding
from site_src.policy.yaml_reading import YamlDocument, YamlPath, field_name

_MARK = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\ue006]"
)
"""Control characters, characters that change the direction of writing, and the marks of slots and
pieces: between two of them, a policy could make a page show a filer's access code."""

_REMEDY = "Remove it; if you cannot see where it is, type the words around it again."


def marks_in_facts(reading: YamlDocument) -> Iterator[Finding]:
    """A finding for each fact that contains an invisible character."""
    for place, words in _strings(reading.data, ()):
        if mark := _MARK.search(words):
            at = reading.nearest(place)
            yield Finding(
                code="file-encoding",
                file=at.file,
                line=at.line,
                column=at.column,
                field=field_name(place),
                message=_message(mark),
                remedy=_REMEDY,
            )


def marks_in_text(lines: Iterable[RawLine]) -> Iterator[Finding]:
    """A finding for each line that contains an invisible character."""
    for line in lines:
        if mark := _MARK.search(line.words):
            yield Finding(
                code="file-encoding",
                file=line.file,
                line=line.number,
                column=mark.start() + 1,
                message=_message(mark),
                remedy=_REMEDY,
            )


def _message(mark: re.Match[str]) -> str:
    return f"there is an invisible character, U+{ord(mark[0]):04X}"


def _strings(data: Any, place: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield (*place, str(key)), str(key)
            yield from _strings(value, (*place, str(key)))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _strings(item, (*place, index))

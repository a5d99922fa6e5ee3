"""Asks for what a policy needs and a procedure seldom says: names, prefix, mailbox, privacy."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ruamel.yaml.comments import CommentedMap

from site_src.policy.facts import LISTS
from site_src.policy.yaml.document import YamlDocument, YamlPath
from site_src.studio.facts.choices import own_words
from site_src.studio.facts.edits import edit_text
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.organisation_values import ABROAD, NEEDED_VALUES, OF_GDPR, NeededValue

_TODO = "TODO"
"""How an import marks what the text does not say."""

_COMMENT = re.compile(r"[ \t]+#[ \t]*TODO\b.*$")
"""How an import marks a value that it read, and that a person must look at."""

_GDPR = ("gdpr", "uk-gdpr")

Places = frozenset[YamlPath]


def to_look_at(document: YamlDocument, text: str) -> Places:
    """The places of values that a person must look at: a comment behind them says so."""
    lines = text.splitlines()
    return frozenset(
        path
        for path, position in document.positions.items()
        if path and _COMMENT.search(lines[position.line - 1])
    )


def current(value: NeededValue, data: Mapping[str, Any]) -> str:
    """The value as the form shows it; empty if it is missing."""
    found = own_words(_at(data, value.path), data.get("language", "zh-CN"))
    return "" if _is_todo(found) else found


def missing_values(files: DraftFiles) -> tuple[NeededValue, ...]:
    """The values that are absent or still to do, and those that a person must look at.

    Raises FilesUnreadable.
    """
    data, places = files.document.data, to_look_at(files.document, files.facts)
    return tuple(
        value
        for value in asked(data)
        if value.path in places or not (value.optional or current(value, data))
    )


def asked(data: Mapping[str, Any]) -> tuple[NeededValue, ...]:
    """Every value of the form."""
    abroad = tuple(
        value
        for value in ABROAD
        if _at(data, value.path) is not None or data.get("language", "zh-CN") != "zh-CN"
    )
    gdpr = OF_GDPR if _at(data, ("privacy", "law")) in _GDPR else ()
    return (*NEEDED_VALUES, *abroad, *gdpr, *_other_todos(data))


def fill_missing(data: dict[str, Any], organisation: str) -> None:
    """Fills in what is missing, so that everything else can be checked."""
    data.setdefault("id", organisation)
    data.setdefault("version", "1")
    for value in NEEDED_VALUES:
        if not current(value, data):
            _set(data, value.path, value.check_with)
    for value in (*ABROAD, *OF_GDPR):
        if _is_todo(_at(data, value.path)):
            _set(data, value.path, value.check_with)


def put_aside(data: dict[str, Any], names: Iterable[str]) -> bool:
    """Stands in for wrong values of these names, so that the rest can be read; whether any is."""
    found = [value for value in (*NEEDED_VALUES, *ABROAD, *OF_GDPR) if value.name in names]
    for value in found:
        _set(data, value.path, value.check_with)
    return bool(found)


def with_values(document: YamlDocument, text: str, form: Mapping[str, str]) -> str:
    """The YAML with the values of the form; an empty one stays to do. Raises EditRefused."""
    places, lines = to_look_at(document, text), text.splitlines(keepends=True)
    values = {
        value: " ".join(form[value.name].split())
        for value in asked(document.data)
        if value.name in form
    }
    for value, typed in values.items():
        if typed and value.path in places:
            at = document.positions[value.path].line - 1
            lines[at] = _COMMENT.sub("", lines[at].rstrip("\n")) + "\n"

    def edit(data: CommentedMap) -> None:
        for value, typed in values.items():
            if typed == current(value, document.data) or (not typed and value.path in places):
                continue
            if typed or not value.optional:
                _set(data, value.path, _as_yaml(value, typed) if typed else _TODO)
            else:
                _remove(data, value.path)

    return edit_text("".join(lines), edit)


def _as_yaml(value: NeededValue, typed: str) -> object:
    """What was typed as YAML writes it; a wrong number or day stays as words for the checker."""
    try:
        if value.input == "number":
            return int(typed)
        return date.fromisoformat(typed) if value.input == "date" else typed
    except ValueError:
        return typed


def _other_todos(data: Mapping[str, Any]) -> Iterator[NeededValue]:
    """Values to do outside the facts that the form does not know, such as the basis in privacy."""
    known = {value.path for value in (*NEEDED_VALUES, *ABROAD, *OF_GDPR)}
    for path, value in _leaves(data, ()):
        if path[0] in LISTS or path in known or path[:-1] in known or not _is_todo(value):
            continue
        yield NeededValue(path, ".".join(map(str, path)), "", value)


def _leaves(value: Any, path: YamlPath) -> Iterator[tuple[YamlPath, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif not isinstance(value, list):
        yield path, value


def _is_todo(value: object) -> bool:
    return isinstance(value, str) and value.startswith(_TODO)


def _at(data: Any, path: YamlPath) -> Any:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _remove(data: Any, path: YamlPath) -> None:
    above = _at(data, path[:-1])
    if isinstance(above, dict):
        above.pop(path[-1], None)


def _set(data: Any, path: YamlPath, value: object) -> None:
    language = data.get("language", "zh-CN")
    for part in path[:-1]:
        if not isinstance(data.get(part), dict):
            data[part] = {}
        data = data[part]
    before = data.get(path[-1])
    if isinstance(before, dict) and language in before:
        before[language] = value
    else:
        data[path[-1]] = value

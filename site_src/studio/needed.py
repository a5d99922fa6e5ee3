"""Asks for what a policy needs and a procedure seldom says: names, prefix, mailbox, privacy."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ruamel.yaml.comments import CommentedMap

from site_src.languages import _
from site_src.policy.facts import LISTS
from site_src.policy.yaml_reading import YamlDocument, YamlPath
from site_src.studio.facts.choices import own_words
from site_src.studio.facts.edits import edit_text
from site_src.studio.files.draft_files import DraftFiles

_TODO = "TODO"
"""How an import marks what the text does not say: in the value, or in a comment behind it."""

_COMMENT = re.compile(r"[ \t]+#[ \t]*TODO\b.*$")
_STAND_INS = frozenset({"XXXX", "todo@example.com", "9999-12-31", "30", "UTC", "none"})
"""Values that only stand in for one to do, if a comment says so."""

Places = frozenset[YamlPath]


@dataclass(frozen=True)
class NeededValue:
    """A value with its question and explanation.

    `check_with` stands in for it while a draft without it is checked. `suggested` are words to
    start from, in Chinese and in English, which a person must find true.
    """

    path: YamlPath
    label: str
    hint: str
    check_with: object
    input: Literal["text", "email", "date", "number"] = "text"
    suggested: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        """Its name in the form."""
        return ".".join(map(str, self.path))


NEEDED_VALUES: tuple[NeededValue, ...] = (
    NeededValue(
        ("organisation", "name"),
        _("Name of the organisation"),
        _("As the public knows it."),
        "TODO",
    ),
    NeededValue(
        ("organisation", "prefix"),
        _("Beginning of its references"),
        _("2 to 4 capital letters or digits, such as SHP, without I, L, O, U, 0 and 1."),
        "QQQQ",
    ),
    NeededValue(
        ("organisation", "mailbox"),
        _("E-mail address for notices"),
        _("Here staff are told of each new filing. The public does not see it."),
        "todo@example.com",
        "email",
    ),
    NeededValue(
        ("effective_from",),
        _("In force from"),
        _("The day from which the procedure holds."),
        "2020-01-01",
        "date",
    ),
    NeededValue(
        ("title",),
        _("Title of the page"),
        _("The name of the procedure, as a heading."),
        "TODO",
    ),
    NeededValue(
        ("source",),
        _("Name of the document"),
        _("The document that the text is from, exactly."),
        "TODO",
    ),
    NeededValue(
        ("privacy", "handler"),
        _("Who is responsible for personal data"),
        _("Mostly the organisation itself, by its full legal name."),
        "TODO",
    ),
    NeededValue(
        ("privacy", "contact"),
        _("E-mail address for questions about personal data"),
        _("The public sees it."),
        "todo@example.com",
        "email",
    ),
    NeededValue(
        ("privacy", "purpose"),
        _("What personal data is used for"),
        _("One sentence."),
        "TODO",
        suggested=(
            "受理、调查、答复您提交的事项，并留存处理记录",
            "To receive, investigate and answer what you file, and to keep its record",
        ),
    ),
    NeededValue(
        ("privacy", "method"),
        _("How it is handled"),
        _("One sentence."),
        "TODO",
        suggested=(
            "加密传输，存入案件库，仅由承办人员查阅",
            "Sent encrypted, kept in the case store, read only by the staff who handle it",
        ),
    ),
    NeededValue(
        ("privacy", "data"),
        _("Which personal data"),
        _("One sentence."),
        "TODO",
        suggested=(
            "姓名、联系方式以及您填写的内容",
            "Name, contact details, and what you write",
        ),
    ),
    NeededValue(
        ("privacy", "retention_years"),
        _("How many years a case is kept"),
        _("1 to 30. Then the case is deleted. If the procedure says how long, take that."),
        1,
        "number",
    ),
)
"""The values in the order of the form."""


OTHERS: tuple[NeededValue, ...] = (
    NeededValue(
        ("organisation", "timezone"),
        _("Time zone"),
        _("Such as Europe/London."),
        "UTC",
    ),
    NeededValue(
        ("organisation", "calendar"),
        _("Whose public holidays count"),
        _("Such as GB-ENG for England or US; none if no day is a day off."),
        "none",
    ),
    NeededValue(
        ("privacy", "law"),
        _("Law on personal data"),
        _("gdpr, uk-gdpr, pipl, or none."),
        "none",
    ),
)
"""Values that are asked for only where an import left them open."""


def open_places(document: YamlDocument, text: str) -> Places:
    """The places of the YAML that a comment marks as to do."""
    lines = text.splitlines()
    return frozenset(
        path
        for path, position in document.positions.items()
        if path and _COMMENT.search(lines[position.line - 1])
    )


def current(value: NeededValue, data: Mapping[str, Any], places: Places) -> str:
    """The value as the form shows it; empty if it is missing."""
    found = own_words(_at(data, value.path), data.get("language", "zh-CN"))
    stands_in = value.path in places and found in _STAND_INS
    return "" if stands_in or _is_todo(found) else found


def missing_values(files: DraftFiles) -> tuple[NeededValue, ...]:
    """The values that are absent or still to do, and those that a person must look at.

    Raises FilesUnreadable.
    """
    data, places = files.document.data, open_places(files.document, files.facts)
    return tuple(
        value
        for value in asked(data, places)
        if value.path in places or not current(value, data, places)
    )


def asked(data: Mapping[str, Any], places: Places) -> tuple[NeededValue, ...]:
    """Every value of the form."""
    left_open = tuple(value for value in OTHERS if value.path in places)
    return (*NEEDED_VALUES, *left_open, *_other_todos(data))


def fill_missing(data: dict[str, Any], organisation: str, places: Places) -> None:
    """Fills in what is missing, so that everything else can be checked."""
    data.setdefault("id", organisation)
    data.setdefault("version", "1")
    for value in NEEDED_VALUES:
        if not current(value, data, places):
            _set(data, value.path, value.check_with)


def with_values(document: YamlDocument, text: str, form: Mapping[str, str]) -> str:
    """The YAML with the values of the form; an empty one stays to do. Raises EditRefused."""
    places, lines = open_places(document, text), text.splitlines(keepends=True)
    values = {
        value: " ".join(form[value.name].split())
        for value in asked(document.data, places)
        if value.name in form
    }
    for value, typed in values.items():
        if typed and value.path in places:
            at = document.positions[value.path].line - 1
            lines[at] = _COMMENT.sub("", lines[at].rstrip("\n")) + "\n"

    def edit(data: CommentedMap) -> None:
        for value, typed in values.items():
            before = current(value, document.data, places)
            if typed == before or (not typed and value.path in places):
                continue
            _set(data, value.path, _as_yaml(value, typed) if typed else _TODO)

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
    known = {value.path for value in (*NEEDED_VALUES, *OTHERS)}
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

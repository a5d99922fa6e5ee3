"""Reads YAML and records the position of every key and item."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from site_src.bilingual import Bilingual
from site_src.policy.finding import Finding
from site_src.policy.mistakes.yaml_syntax import (
    Mistake,
    likely_mistake,
    parser_problem,
    unreadable_character,
    wide_colons,
    wrong_key,
)
from site_src.policy.text_files import read_text

YamlPath = tuple[str | int, ...]
"""A place in a YAML document: keys and indexes from its root."""


class Position(NamedTuple):
    """A file, and a line and a column that count from 1."""

    file: Path
    line: int
    column: int


@dataclass
class YamlDocument:
    """A YAML mapping with the position of each key and item."""

    data: dict[str, Any]
    positions: dict[YamlPath, Position] = field(default_factory=dict)

    def nearest(self, place: YamlPath) -> Position:
        """The position of the longest known part of `place`."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.positions:
                return self.positions[place[:length]]
        return self.positions[()]


def field_name(place: YamlPath) -> str:
    """A place as people write it: `limits[0].value`."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return name.removeprefix(".")


_DEEPEST = 25
_MOST_VALUES = 20_000
"""More than thirty times what the longest of our policies has."""

_TOO_DEEP = Bilingual(f"more than {_DEEPEST} levels", f"超过 {_DEEPEST} 层")
_TOO_MANY = Bilingual(f"more than {_MOST_VALUES} values", f"超过 {_MOST_VALUES} 个值")
_COMPOUND_KEY = Bilingual("a key is a list or a mapping", "有一个键是列表或映射")


class _Loader(yaml.CSafeLoader):
    """Leaves dates and times as text: the model parses them and reports wrong ones."""


def _as_text(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


def _number_or_time(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> int | str:
    """A whole number, or the text of a time: YAML 1.1 would read 17:30 as 1050."""
    return str(node.value) if ":" in node.value else int(loader.construct_yaml_int(node))


def _true_or_text(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> bool | str:
    """True and false as in YAML 1.2; YAML 1.1 would read a key `off` as false."""
    return {"true": True, "false": False}.get(node.value.lower(), str(node.value))


_Loader.add_constructor("tag:yaml.org,2002:bool", _true_or_text)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)
_Loader.add_constructor("tag:yaml.org,2002:int", _number_or_time)


def read_yaml(file: Path) -> YamlDocument | tuple[Finding, ...]:
    """The mapping in `file`, or the findings that prevent reading it."""
    text = read_text(file)
    return (text,) if isinstance(text, Finding) else parse_yaml(text, file)


def parse_yaml(text: str, file: Path) -> YamlDocument | tuple[Finding, ...]:
    """The mapping in the text of `file`, or the findings that prevent reading it."""
    lines = text.split("\n")
    if mistakes := tuple(wide_colons(lines)):
        return tuple(_mistyped(file, mistake) for mistake in mistakes)
    try:
        return _PlainReader(text, file).read()
    except (_Rare, yaml.YAMLError, ValueError, OverflowError):
        return _parse_any(text, file, lines)


def _parse_any(text: str, file: Path, lines: list[str]) -> YamlDocument | tuple[Finding, ...]:
    """As `parse_yaml`, whatever the text has of YAML."""
    try:
        if too_deep := _nested_too_deeply(text):
            return (_unreadable(Position(file, *too_deep), _TOO_DEEP),)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return (_syntax_error(file, lines, error),)
    if not isinstance(node, yaml.MappingNode):
        problem = Bilingual("there are no `key: value` lines", "没有“键: 值”这样的行")
        return (_unreadable(Position(file, 1, 1), problem),)
    positions: dict[YamlPath, Position] = {}
    repeated: list[Finding] = []
    for finding in _walk(node, (), positions, file):
        if finding is not None:
            repeated.append(finding)
        if len(positions) > _MOST_VALUES:
            return (_unreadable(Position(file, 1, 1), _TOO_MANY),)
    if repeated:
        return tuple(repeated)
    loader = _Loader("")
    try:
        return YamlDocument(loader.construct_document(node), positions)
    except yaml.YAMLError as error:
        return (_syntax_error(file, lines, error),)
    except (ValueError, OverflowError) as error:
        return (_unreadable(Position(file, 1, 1), parser_problem(str(error))),)
    finally:
        loader.dispose()


class _Rare(Exception):
    """The document has something that few have, or something wrong."""


class _PlainReader:
    """Reads a document of keys, lists and values in one pass, in a third of the composer's time.

    Raises _Rare for anchors, tags, keys that are no words, and whatever must be reported.
    """

    def __init__(self, text: str, file: Path) -> None:
        self._loader: Any = _Loader(text)
        self._next, self._file = self._loader.get_event, file
        self._positions: dict[YamlPath, Position] = {}

    def read(self) -> YamlDocument:
        """The document."""
        try:
            self._next()
            self._next()
            data = self._value(self._next(), ())
            self._next()
            if not (isinstance(data, dict) and isinstance(self._next(), yaml.StreamEndEvent)):
                raise _Rare
        finally:
            self._loader.dispose()
        return YamlDocument(data, self._positions)

    def _value(self, event: Any, place: YamlPath) -> Any:
        self._note(place, event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(place) >= _DEEPEST:
            raise _Rare
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := self._next(), yaml.SequenceEndEvent):
                items.append(self._value(item, (*place, len(items))))
            return items
        values: dict[str, Any] = {}
        while isinstance(key := self._next(), yaml.ScalarEvent):
            name = self._scalar(key)
            if not isinstance(name, str) or not name.isascii() or name in values:
                raise _Rare
            self._note((*place, name), key)
            values[name] = self._value(self._next(), (*place, name))
        if not isinstance(key, yaml.MappingEndEvent):
            raise _Rare
        return values

    def _note(self, place: YamlPath, event: Any) -> None:
        """Notes where a key, or a value without one, begins."""
        if not isinstance(event, yaml.NodeEvent) or event.anchor or getattr(event, "tag", None):
            raise _Rare
        if place not in self._positions:
            mark: Any = event.start_mark
            self._positions[place] = Position(self._file, mark.line + 1, mark.column + 1)
            if len(self._positions) > _MOST_VALUES:
                raise _Rare

    def _scalar(self, event: Any) -> Any:
        tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == "tag:yaml.org,2002:str":
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        return self._loader.construct_object(node)


def _nested_too_deeply(text: str) -> tuple[int, int] | None:
    """The line and column where the nesting is too deep, or None.

    It is counted before anything is composed: libyaml's composer calls itself, and thousands of
    levels would end the process.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                mark = event.start_mark
                return (mark.line + 1, mark.column + 1) if mark else (1, 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _walk(
    node: yaml.Node, place: YamlPath, positions: dict[YamlPath, Position], file: Path
) -> Iterator[Finding | None]:
    """Records the position of every value; yields None for a value, a finding for a wrong or
    repeated key.

    An alias is walked like what it stands for, so what it multiplies counts, and one that
    contains itself is too deep.
    """
    at = Position(file, node.start_mark.line + 1, node.start_mark.column + 1)
    positions.setdefault(place, at)
    yield None
    if len(place) > _DEEPEST:
        yield _unreadable(at, _TOO_DEEP)
        return
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*place, index), positions, file)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at = Position(file, key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                yield _unreadable(at, _COMPOUND_KEY)
                continue
            inner = (*place, str(key.value))
            if mistake := wrong_key(str(key.value), at.line, at.column):
                yield _mistyped(file, mistake)
            if inner in positions:
                yield Finding(
                    code="yaml-duplicate",
                    file=file,
                    line=at.line,
                    column=at.column,
                    field=field_name(inner),
                    message=Bilingual(f"{key.value} is given twice", f"{key.value} 写了两次"),
                    remedy=Bilingual("Keep one of them.", "请只保留一处。"),
                )
            positions[inner] = at
            yield from _walk(value, inner, positions, file)


def _syntax_error(file: Path, lines: list[str], error: yaml.YAMLError) -> Finding:
    """The finding for a YAML error, at the line that was mistyped where it can be found."""
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    mistake = likely_mistake(lines, mark.line + 1) if mark else unreadable_character(lines)
    if mistake:
        return _mistyped(file, mistake)
    at = Position(file, mark.line + 1, mark.column + 1) if mark else Position(file, 1, 1)
    problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    return _unreadable(at, parser_problem(problem or str(error).splitlines()[0]))


def _mistyped(file: Path, mistake: Mistake) -> Finding:
    return Finding(
        code="yaml-syntax",
        file=file,
        line=mistake.line,
        column=mistake.column,
        message=_NOT_YAML.filled(problem=mistake.message),
        remedy=mistake.remedy,
    )


_NOT_YAML = Bilingual(
    "the file cannot be read as YAML: {problem}", "文件不能按 YAML 读取：{problem}"
)


def _unreadable(at: Position, problem: Bilingual) -> Finding:
    return Finding(
        code="yaml-syntax",
        file=at.file,
        line=at.line,
        column=at.column,
        message=_NOT_YAML.filled(problem=problem),
        remedy=Bilingual(
            "Check the indentation, the space after each colon, and the quotes around text "
            "that contains ':'.",
            "请检查缩进、每个英文冒号后的空格，以及含有“:”的文字两边的英文引号。",
        ),
    )

"""Reads YAML together with where everything in it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from site_src.policy.finding import Finding

YamlPath = tuple[str | int, ...]
"""A place in a YAML document: keys and indexes from its root."""


@dataclass(frozen=True)
class Position:
    """File, line and column, from 1."""

    file: Path
    line: int
    column: int


@dataclass
class YamlDocument:
    """A YAML mapping with the position of each key and item."""

    data: dict[str, Any]
    positions: dict[YamlPath, Position] = field(default_factory=dict)

    def nearest(self, place: YamlPath) -> Position:
        """The position of the longest part of `place` that is known."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.positions:
                return self.positions[place[:length]]
        return self.positions[()]


def field_name(place: YamlPath) -> str:
    """A place as people write it: `limits[0].value`."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return name.removeprefix(".")


class _Loader(yaml.CSafeLoader):
    """Leaves dates and times as they are written: the model reads them, and says what is wrong."""


def _written(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


def _number_or_time(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> int | str:
    """A whole number; YAML 1.1 would make 1050 of the time 17:30."""
    return str(node.value) if ":" in node.value else int(loader.construct_yaml_int(node))


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _written)
_Loader.add_constructor("tag:yaml.org,2002:int", _number_or_time)


def read_yaml(file: Path) -> YamlDocument | tuple[Finding, ...]:
    """The mapping in `file`, or why it cannot be read."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        return (_unreadable(Position(file, 1, 1), f"not UTF-8: {error.reason}"),)
    except yaml.YAMLError as error:
        return (_refused(file, error),)
    if not isinstance(node, yaml.MappingNode):
        return (_unreadable(Position(file, 1, 1), "the file holds no `key: value` lines"),)
    positions: dict[YamlPath, Position] = {}
    repeated = tuple(_walk(node, (), positions, file))
    if repeated:
        return repeated
    loader = _Loader("")
    try:
        return YamlDocument(loader.construct_document(node), positions)
    except yaml.YAMLError as error:
        return (_refused(file, error),)
    finally:
        loader.dispose()


def _walk(
    node: yaml.Node, place: YamlPath, positions: dict[YamlPath, Position], file: Path
) -> Iterator[Finding]:
    """Notes where every value stands and finds keys given twice."""
    mark = node.start_mark
    positions.setdefault(place, Position(file, mark.line + 1, mark.column + 1))
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*place, index), positions, file)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            at = Position(file, key.start_mark.line + 1, key.start_mark.column + 1)
            if inner in positions:
                yield Finding(
                    code="yaml-duplicate",
                    file=file,
                    line=at.line,
                    column=at.column,
                    field=field_name(inner),
                    message=f"{key.value} is given twice",
                    remedy="Keep one of them.",
                )
            positions[inner] = at
            yield from _walk(value, inner, positions, file)


def _refused(file: Path, error: yaml.YAMLError) -> Finding:
    """Why YAML would not have it; a character that cannot be printed has no line."""
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    at = Position(file, mark.line + 1, mark.column + 1) if mark else Position(file, 1, 1)
    problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    return _unreadable(at, problem or str(error).splitlines()[0])


def _unreadable(at: Position, problem: str) -> Finding:
    return Finding(
        code="yaml-syntax",
        file=at.file,
        line=at.line,
        column=at.column,
        message=f"cannot be read as YAML: {problem}",
        remedy="Mind the indent, a colon with a space after it, and quotes around ':' in text.",
    )

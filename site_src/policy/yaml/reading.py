"""Reads YAML and records the position of every key and item."""

from collections.abc import Iterator
from pathlib import Path

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
from site_src.policy.yaml.document import Position, YamlDocument, YamlPath, field_name
from site_src.policy.yaml.loader import DEEPEST_LEVEL, MOST_VALUES, YamlLoader
from site_src.policy.yaml.plain import PlainReader, RareYaml

_TOO_DEEP = Bilingual(f"more than {DEEPEST_LEVEL} levels", f"超过 {DEEPEST_LEVEL} 层")
_TOO_MANY = Bilingual(f"more than {MOST_VALUES} values", f"超过 {MOST_VALUES} 个值")
_COMPOUND_KEY = Bilingual("a key is a list or a mapping", "有一个键是列表或映射")


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
        return PlainReader(text, file).read()
    except (RareYaml, yaml.YAMLError, ValueError, OverflowError):
        return _parse_any(text, file, lines)


def _parse_any(text: str, file: Path, lines: list[str]) -> YamlDocument | tuple[Finding, ...]:
    """As `parse_yaml`, whatever the text has of YAML."""
    try:
        if too_deep := _nested_too_deeply(text):
            return (_unreadable(Position(file, *too_deep), _TOO_DEEP),)
        node = yaml.compose(text, Loader=YamlLoader)
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
        if len(positions) > MOST_VALUES:
            return (_unreadable(Position(file, 1, 1), _TOO_MANY),)
    if repeated:
        return tuple(repeated)
    loader = YamlLoader("")
    try:
        return YamlDocument(loader.construct_document(node), positions)
    except yaml.YAMLError as error:
        return (_syntax_error(file, lines, error),)
    except (ValueError, OverflowError) as error:
        return (_unreadable(Position(file, 1, 1), parser_problem(str(error))),)
    finally:
        loader.dispose()


def _nested_too_deeply(text: str) -> tuple[int, int] | None:
    """The line and column where the nesting is too deep, or None.

    It is counted before anything is composed: libyaml's composer calls itself, and thousands of
    levels would end the process.
    """
    depth = 0
    for event in yaml.parse(text, Loader=YamlLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST_LEVEL:
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
    if len(place) > DEEPEST_LEVEL:
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

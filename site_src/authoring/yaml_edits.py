"""Changes YAML files and keeps everything else as it is: comments, quotes and layout."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from yaml import MappingNode, Node, SafeLoader, compose

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)
_AT_THE_MARGIN = re.compile(r"^- ", re.MULTILINE)
"""An item of a list that is no further in than the key above it."""

Edit = Callable[[CommentedMap], None]


def flow_mapping(values: dict[str, Any]) -> CommentedMap:
    """A mapping that is written on one line, in braces."""
    fact = CommentedMap(values)
    fact.fa.set_flow_style()
    return fact


def _yaml(indents: bool = True) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    offset = 2 if indents else 0
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    return yaml


def round_trip(text: str) -> CommentedMap:
    """The mapping in a text, with its comments and layout."""
    data: CommentedMap = _yaml().load(text)
    return data


def _written(data: CommentedMap, indents: bool) -> list[str]:
    output = StringIO()
    _yaml(indents).dump(data, output)
    return output.getvalue().splitlines(keepends=True)


def edited(text: str, edit: Edit) -> str | None:
    """The text with the edit in it, or None if it would change or lose anything else."""
    indents = _AT_THE_MARGIN.search(text) is None
    before = _written(round_trip(text), indents)
    changed = round_trip(text)
    edit(changed)
    after = _written(changed, indents)
    lines = text.splitlines(keepends=True)
    own = {
        ours + step: theirs + step
        for ours, theirs, size in SequenceMatcher(None, before, lines, False).get_matching_blocks()
        for step in range(size)
    }
    result = list(lines)
    for tag, start, end, first, last in reversed(
        SequenceMatcher(None, before, after, False).get_opcodes()
    ):
        if tag == "equal":
            continue
        places = [own.get(number) for number in range(start, end)] or [own.get(start, len(lines))]
        if None in places:
            return None
        at = places[0] or 0
        result[at : at + end - start] = after[first:last]
    merged = "".join(result)
    kept = sorted(_COMMENT.findall(merged)) == sorted(_COMMENT.findall(text))
    return merged if kept else None


def with_new_values(text: str, values: Mapping[str, str]) -> str:
    """The YAML with new values for these keys; everything else keeps its form."""
    nodes = [pair for pair in _values(text).items() if pair[0] in values]
    for name, value in reversed(nodes):
        text = text[: value.start_mark.index] + values[name] + text[value.end_mark.index :]
    return text


def with_ids(text: str, id: str, key: str, earlier: Iterable[str]) -> str:
    """The YAML of a policy with that id, and with the `earlier` ones, if any, under `key`."""
    listed = f"[{', '.join(earlier)}]"
    text = with_new_values(text, {"id": id, key: listed})
    values = _values(text)
    if listed == "[]" or key in values:
        return text
    end = text.find("\n", values["id"].end_mark.index) + 1 or len(text)
    line_end = "\r\n" if text[:end].endswith("\r\n") else "\n"
    return f"{text[:end]}{key}: {listed}{line_end}{text[end:]}"


def _values(text: str) -> dict[str, Node]:
    """The value of each key at the top, with its place, in the order of the file."""
    node = compose(text, Loader=SafeLoader)
    assert isinstance(node, MappingNode), "whoever edits it has already read it as a mapping"
    return {key.value: value for key, value in node.value}

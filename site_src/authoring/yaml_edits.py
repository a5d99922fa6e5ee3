"""Changes YAML files and keeps everything else as it is: comments, quotes and layout."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

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

"""Adds a person to staff.yaml and removes one; comments and the other entries stay as they are."""

import re
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from functions.model.language import Language
from site_src.authoring.yaml_edits import edited
from site_src.policy.staff.entries import StaffEntry
from site_src.policy.staff.reading import STAFF_FILE, Roster, parse_roster

_HEAD = {
    "zh-CN": "# 处理案件的人员。写法见 docs/policy-format.zh-CN.md。\n",
    "en": "# Who works on cases; docs/policy-format.md explains the file.\n",
}
_SCHEMA_LINE = "# yaml-language-server: $schema=../staff.schema.json\n"


def new_file(language: Language) -> str:
    """A staff.yaml without anybody, with its comment in a policy's language."""
    return f"{_SCHEMA_LINE}{_HEAD.get(language, _HEAD['en'])}staff: []\n"


def with_entry(text: str, entry: StaffEntry) -> str | None:
    """The text of a staff.yaml with a person at its end.

    None if that would change or lose anything else, so that it must be done by hand.
    """
    values = entry.model_dump(exclude_defaults=True)

    def add(data: CommentedMap) -> None:
        if not data["staff"]:
            data["staff"] = CommentedSeq()
        data["staff"].append(CommentedMap({key: _plain(value) for key, value in values.items()}))

    before, after = _entries(text) or (), edited(text, add)
    return after if after is not None and _entries(after) == (*before, entry) else None


def without_entry(text: str, place: int) -> str | None:
    """The text of a staff.yaml without the entry at that index.

    Comments stay, even those above the entry. None if that would change anything else, so that it
    must be done by hand.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode), "the caller has read it as a mapping"
    people = next(value for key, value in root.value if key.value == "staff").value
    first, last = people[place].start_mark.line, _last_line(people[place])
    lines = text.splitlines(keepends=True)
    rest = "".join([*lines[:first], *lines[last + 1 :]])
    if len(people) == 1:
        rest = _OPENING.sub("staff: []", rest, count=1)
    before = _entries(text) or ()
    return rest if _entries(rest) == (*before[:place], *before[place + 1 :]) else None


_OPENING = re.compile(r"^staff:(?=\s*(?:#.*)?$)", re.MULTILINE)
"""The line above a list; a list without items needs brackets."""


def _last_line(node: yaml.Node) -> int:
    """The last line of what is written; a block seems to end only where the next one begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        pairs = node.value if isinstance(node, yaml.SequenceNode) else sum(node.value, ())
        return max(_last_line(inner) for inner in pairs)
    return int(node.end_mark.line)


def _entries(text: str) -> tuple[StaffEntry, ...] | None:
    """The people in a text; None if it cannot be read."""
    roster = parse_roster(text, Path(STAFF_FILE))
    return roster.entries if isinstance(roster, Roster) else None


def _plain(value: Any) -> Any:
    """The value as it is written: a list on one line."""
    if not isinstance(value, tuple):
        return value
    listed = CommentedSeq(value)
    listed.fa.set_flow_style()
    return listed

"""What a YAML file says, with the position of every key and item."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

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

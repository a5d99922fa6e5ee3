"""Reads plain YAML, which nearly all is, in one pass."""

from pathlib import Path
from typing import Any

import yaml

from site_src.policy.yaml.document import Position, YamlDocument, YamlPath
from site_src.policy.yaml.loader import DEEPEST_LEVEL, MOST_VALUES, YamlLoader


class RareYaml(Exception):
    """The document has something that few have, or something wrong."""


class PlainReader:
    """Reads a document of keys, lists and values in one pass, in a third of the composer's time.

    Raises RareYaml for anchors, tags, keys that are no words, and whatever must be reported.
    """

    def __init__(self, text: str, file: Path) -> None:
        self._loader: Any = YamlLoader(text)
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
                raise RareYaml
        finally:
            self._loader.dispose()
        return YamlDocument(data, self._positions)

    def _value(self, event: Any, place: YamlPath) -> Any:
        self._note(place, event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(place) >= DEEPEST_LEVEL:
            raise RareYaml
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := self._next(), yaml.SequenceEndEvent):
                items.append(self._value(item, (*place, len(items))))
            return items
        values: dict[str, Any] = {}
        while isinstance(key := self._next(), yaml.ScalarEvent):
            name = self._scalar(key)
            if not isinstance(name, str) or not name.isascii() or name in values:
                raise RareYaml
            self._note((*place, name), key)
            values[name] = self._value(self._next(), (*place, name))
        if not isinstance(key, yaml.MappingEndEvent):
            raise RareYaml
        return values

    def _note(self, place: YamlPath, event: Any) -> None:
        """Notes where a key, or a value without one, begins."""
        if not isinstance(event, yaml.NodeEvent) or event.anchor or getattr(event, "tag", None):
            raise RareYaml
        if place not in self._positions:
            mark: Any = event.start_mark
            self._positions[place] = Position(self._file, mark.line + 1, mark.column + 1)
            if len(self._positions) > MOST_VALUES:
                raise RareYaml

    def _scalar(self, event: Any) -> Any:
        tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == "tag:yaml.org,2002:str":
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        return self._loader.construct_object(node)

"""Reads the words of the desk out of the site's catalogues, from which they are made."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from functions.model.language import Language
from site_src.kept.catalogues import catalogues
from site_src.places import ROOT

DESK = ROOT / "functions"
WORDS = DESK / "views" / "desk" / "words"

_METHODS = [("**.py", "python"), ("**/templates/**", "jinja2")]
_OPTIONS = {"**/templates/**": {"trim_blocks": "true", "lstrip_blocks": "true"}}


def words_of(catalogue: Path) -> str:
    """The words of the desk in the language of a catalogue, as their file has them."""
    with catalogue.open("rb") as file:
        messages: dict[Any, Any] = {
            message.id: message.string for message in read_po(file) if message.id
        }
    found: dict[str, str] = {}
    for id_ in _messages():
        said = messages[id_]
        one = id_ if isinstance(id_, str) else id_[0]
        found[one] = said if isinstance(said, str) else said[0]
    return json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=2) + "\n"


def files() -> list[tuple[Language, Path, Path]]:
    """Each language of a catalogue, with the catalogue and the file that has its words."""
    named = [(each.parent.parent.name.replace("_", "-"), each) for each in catalogues()]
    return [(language, each, WORDS / f"{language}.json") for language, each in named]


def _messages() -> Iterator[str | tuple[str, ...]]:
    """Every message that the functions mark, in templates and in Python."""
    for _, _, id_, _, _ in extract_from_dir(DESK, _METHODS, _OPTIONS, DEFAULT_KEYWORDS):
        yield id_

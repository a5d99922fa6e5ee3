"""Makes a pseudo-translation in Greek letters and finds words that are not translated.

Every message that a page, mail or receipt takes from the catalogue is in Greek letters, and the
policies' own words are known. Any other word in Latin or Chinese letters lacks its mark for
translation.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from site_src.places import ROOT
from site_src.policy.clauses import starts_clause

TAG = "el"
LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = "αβκδεφγηιθκλμνοπχρστυβωξψζ"
_TO_GREEK = str.maketrans(LATIN + LATIN.upper(), GREEK + GREEK.upper())
_PLACEHOLDER = re.compile(r"(\{\w+\}|%\(\w+\)s)")
_UNTRANSLATED = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_VOID = {"meta", "link", "br", "hr", "input", "img", "rect", "path"}
_CODES = {"viewport", "color-scheme", "twitter:card", "og:type", "og:locale", "robots"}
"""Names of metadata whose values standards define."""

_TEXT_ATTRIBUTES = {"aria-label", "alt", "title", "placeholder", "data-label", "content"}
_UNMARKABLE = {"title", "option", "optgroup"}
"""Elements that cannot contain elements, so the policy's words cannot be marked there."""


def extract(folder: Path) -> Catalog:
    """Returns every message that Babel extracts from sources and templates."""
    template = folder / "ombud.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    command += ["-F", "babel.cfg", "-o", str(template), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    with template.open("rb") as file:
        return read_po(file)


def mangled(message: str) -> str:
    """Returns the message in Greek letters, with its placeholders unchanged."""
    parts = _PLACEHOLDER.split(message)
    return "".join(
        part if _PLACEHOLDER.fullmatch(part) else part.translate(_TO_GREEK) for part in parts
    )


def write_catalogue(messages: Catalog, locales: Path) -> None:
    """Writes the folder of the pseudo-language."""
    catalogue = Catalog(locale=TAG)
    for message in messages:
        if isinstance(message.id, str) and message.id:
            catalogue.add(message.id, mangled(message.id))
        elif message.id:
            catalogue.add(message.id, tuple(map(mangled, message.id)))
    folder = locales / TAG / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "ombud.po").open("wb") as file:
        write_po(file, catalogue)


def own_words(data: Any, unseen: str = "en") -> Iterator[str]:
    """Yields every text of a policy except those in `unseen`, which Greek pages do not show.

    They show a policy's own words in its own language.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            if key != unseen:
                yield from own_words(value, unseen)
    elif isinstance(data, list):
        for item in data:
            yield from own_words(item, unseen)
    else:
        yield str(data)


def foreign(text: str, own: Iterable[str]) -> list[str]:
    """Returns words in Latin or Chinese letters that are not words of the policy or the filer."""
    for words in sorted(own, key=len, reverse=True):
        text = text.replace(words, " ")
    return _UNTRANSLATED.findall(text)


def foreign_on_page(html: str, own: Iterable[str]) -> list[str]:
    """Returns such words of a page, including those for screen readers.

    Leaves out texts that are marked as another language.
    """
    page = _Page()
    page.feed(html)
    own = tuple(own)
    latin = tuple(word for word in own if _is_number(word) or not _CHINESE.search(word))
    return [
        *(word for text in page.loose for word in foreign(text, own)),
        *(word for text in page.texts for word in foreign(text, latin)),
    ]


def _is_number(words: str) -> bool:
    """Whether the words are the number of a clause, which no page translates."""
    return starts_clause(f"{words} ") or starts_clause(f"{words}、")


def _script_words(attributes: dict[str, str]) -> Any:
    return json.loads(attributes["data-words"])


class _Page(HTMLParser):
    """Collects the texts in the page's own language; `loose` ones stand where no mark can be."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.loose: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        language = attributes.get("lang") or (self._open[-1][1] if self._open else "")
        if attributes.get("translate") == "no" or tag == "script":
            language = "zxx"
        if tag not in _VOID:
            self._open.append((tag, language))
        if language == TAG and _CODES.isdisjoint(attributes.values()):
            self.loose.extend(attributes[name] for name in _TEXT_ATTRIBUTES & attributes.keys())
            if "data-words" in attributes:
                words = own_words(_script_words(attributes))
                self.loose.extend(_PLACEHOLDER.sub("", text) for text in words)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in (name for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tag, language = self._open[-1] if self._open else ("", "")
        if language == TAG and data.strip():
            (self.loose if tag in _UNMARKABLE else self.texts).append(data)

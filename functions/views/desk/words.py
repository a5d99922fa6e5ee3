"""The words of the desk: English messages, and what stands for them in other languages."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from functions.model.language import Language, chosen

_FOLDER = Path(__file__).parent / "words"

OWN_LANGUAGE: Language = "en"
"""The language of the messages themselves."""


def _(message: str) -> str:
    """Marks a message for translation; it is translated once the language is known."""
    return message


@dataclass(frozen=True)
class DeskWords:
    """The words of one language; a message that lacks a translation stays English."""

    language: Language
    messages: dict[str, str]

    def say(self, message: str, **values: object) -> str:
        """The message in this language, with `{name}` replaced by values."""
        return self.translated(message).format(**values)

    def translated(self, message: str) -> str:
        """The message in this language, as templates ask for it."""
        return self.messages.get(message) or message

    def translated_number(self, one: str, many: str, count: int) -> str:
        """The message for a number; languages other than English have one form for all."""
        if one in self.messages:
            return self.messages[one]
        return one if count == 1 else many


@cache
def languages() -> tuple[Language, ...]:
    """The languages that the desk speaks."""
    return (OWN_LANGUAGE, *sorted(path.stem for path in _FOLDER.glob("*.json")))


@cache
def desk_words(language: Language) -> DeskWords:
    """The words of a language; of English, if the desk does not speak it."""
    spoken = chosen((language,), languages(), OWN_LANGUAGE)
    path = _FOLDER / f"{spoken}.json"
    messages = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return DeskWords(spoken, messages)

"""The site's languages: gettext catalogues read from `locale/`, English being the source."""

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from functions.language import LANGUAGES, Language, path_prefix
from functions.text import Text

_LOCALES = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Tongue:
    """One language: its catalogue, its path prefix and its names of days and months."""

    language: Language
    catalogue: NullTranslations
    locale: Locale

    @property
    def prefix(self) -> str:
        """What its addresses start with: empty for the site's first language, else `/en`."""
        return path_prefix(self.language)

    def say(self, message: str) -> str:
        """The message in this language."""
        return self.catalogue.gettext(message)

    @property
    def weekdays(self) -> tuple[str, ...]:
        """Monday to Sunday."""
        return tuple(self.locale.days["format"]["wide"][index] for index in range(7))

    @property
    def months(self) -> tuple[str, ...]:
        """January to December."""
        return tuple(self.locale.months["format"]["wide"][index] for index in range(1, 13))


def _(message: str) -> str:
    """Marks a message for translation; the words are looked up where the language is known."""
    return message


@cache
def tongues() -> tuple[Tongue, ...]:
    """Every language of the site, the first one first."""
    return tuple(_tongue(language) for language in LANGUAGES)


def everywhere(message: str) -> Text:
    """The message in every language."""
    return Text({tongue.language: tongue.say(message) for tongue in tongues()})


def _tongue(language: Language) -> Tongue:
    locale = Locale.parse(language, sep="-")
    path = _LOCALES / language.replace("-", "_") / "LC_MESSAGES" / "ombud.po"
    if language == "en":
        return Tongue(language, NullTranslations(), locale)
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=locale))
    compiled.seek(0)
    return Tongue(language, GNUTranslations(compiled), locale)

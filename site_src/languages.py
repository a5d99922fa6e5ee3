"""Loads the site's languages: one gettext catalogue each in `locale/`, with English as source."""

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from functions.model.language import FIRST, Language, path_prefix
from functions.model.text import Text
from site_src.places import CODE

SOURCE: Language = "en"
"""The language of the messages themselves, which needs no catalogue."""

_LOCALES = CODE / "locale"
_CATALOGUE = "*/LC_MESSAGES/ombud.po"


@dataclass(frozen=True)
class SiteLanguage:
    """One language: its catalogue, its path prefix and its names of days and months."""

    language: Language
    catalogue: NullTranslations
    locale: Locale

    @property
    def prefix(self) -> str:
        """The start of its addresses: empty for the site's first language, else such as `/en`."""
        return path_prefix(self.language)

    def say(self, message: str) -> str:
        """The message in this language."""
        return self.catalogue.gettext(message)

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The names of the days, Monday to Sunday."""
        return tuple(self.locale.days["format"]["wide"][index] for index in range(7))

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months, January to December."""
        return tuple(self.locale.months["format"]["wide"][index] for index in range(1, 13))


def _(message: str) -> str:
    """Marks a message for translation; it is translated once the language is known."""
    return message


@cache
def site_languages() -> tuple[SiteLanguage, ...]:
    """Every language of the site: the first one, English, and each other with a catalogue."""
    files = {path.parent.parent.name.replace("_", "-"): path for path in catalogues()}
    others = sorted(files.keys() - {FIRST})
    return (
        _site_language(FIRST, _read_catalogue(files[FIRST])),
        _site_language(SOURCE, NullTranslations()),
        *(_site_language(language, _read_catalogue(files[language])) for language in others),
    )


def site_language(language: Language) -> SiteLanguage:
    """The site's language of that name. Raises StopIteration if there is none."""
    return next(tongue for tongue in site_languages() if tongue.language == language)


def catalogues() -> tuple[Path, ...]:
    """The catalogue file of each language except English."""
    return tuple(sorted(_LOCALES.glob(_CATALOGUE)))


def everywhere(message: str) -> Text:
    """The message in every language."""
    return Text({tongue.language: tongue.say(message) for tongue in site_languages()})


def _site_language(language: Language, catalogue: NullTranslations) -> SiteLanguage:
    return SiteLanguage(language, catalogue, Locale.parse(language, sep="-"))


def _read_catalogue(catalogue: Path) -> GNUTranslations:
    compiled = BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)

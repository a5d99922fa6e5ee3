"""The site's languages: a gettext catalogue each below `locale/`, English being their source."""

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
def site_languages() -> tuple[SiteLanguage, ...]:
    """Every language of the site: the first one, English, and each that has a folder."""
    found = {path.parent.parent.name.replace("_", "-"): path for path in catalogues()}
    others = sorted(found.keys() - {FIRST})
    return (
        _tongue(FIRST, _read(found[FIRST])),
        _tongue(SOURCE, NullTranslations()),
        *(_tongue(language, _read(found[language])) for language in others),
    )


def catalogues() -> tuple[Path, ...]:
    """The file of each language's words, English excepted."""
    return tuple(sorted(_LOCALES.glob(_CATALOGUE)))


def everywhere(message: str) -> Text:
    """The message in every language."""
    return Text({tongue.language: tongue.say(message) for tongue in site_languages()})


def _tongue(language: Language, catalogue: NullTranslations) -> SiteLanguage:
    return SiteLanguage(language, catalogue, Locale.parse(language, sep="-"))


def _read(catalogue: Path) -> GNUTranslations:
    compiled = BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)

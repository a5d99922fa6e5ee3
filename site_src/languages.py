"""Loads the site's languages: one gettext catalogue each in `locale/`, with English as source."""

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale

from functions.model.language import FIRST, Language, path_prefix
from functions.model.text import Text
from site_src.kept.catalogues import catalogues, read_catalogue

SOURCE: Language = "en"
"""The language of the messages themselves, which needs no catalogue."""


@dataclass(frozen=True)
class SiteLanguage:
    """One language: its catalogue, its path prefix and its names of days and months."""

    language: Language
    catalogue: NullTranslations
    locale: Locale
    first: Language = FIRST
    """The site's first language, which the site itself opens in."""

    @property
    def prefix(self) -> str:
        """The start of its addresses: empty for the site's first language, else such as `/en`."""
        return path_prefix(self.language, self.first)

    @property
    def all(self) -> tuple["SiteLanguage", ...]:
        """Every language of its site, the first one first."""
        return site_languages(self.first)

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
def site_languages(first: Language = FIRST) -> tuple[SiteLanguage, ...]:
    """Every language of a site that opens in `first`: that one, then Chinese, English, others.

    What is said in every language, whatever its address, needs no `first`.
    """
    files = {path.parent.parent.name.replace("_", "-"): path for path in catalogues()}
    ordered = dict.fromkeys((first, FIRST, SOURCE, *sorted(files)))
    return tuple(_site_language(language, files.get(language), first) for language in ordered)


def site_language(language: Language, first: Language = FIRST) -> SiteLanguage:
    """One language of a site that opens in `first`."""
    return next(tongue for tongue in site_languages(first) if tongue.language == language)


@cache
def language_folders() -> frozenset[str]:
    """What an address may begin with to name a language, whichever the site's first one is."""
    return frozenset(
        tongue.prefix.strip("/")
        for first in site_languages()
        for tongue in site_languages(first.language)
        if tongue.prefix
    )


def everywhere(message: str) -> Text:
    """The message in every language."""
    return Text({tongue.language: tongue.say(message) for tongue in site_languages()})


def _site_language(language: Language, file: Path | None, first: Language) -> SiteLanguage:
    catalogue = read_catalogue(file) if file else NullTranslations()
    return SiteLanguage(language, catalogue, Locale.parse(language, sep="-"), first)

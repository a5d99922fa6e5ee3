"""Words for the authors of policies, always in both languages that authors are addressed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from functions.model.language import Language

AuthorLanguage = Literal["zh-CN", "en"]
"""A language in which findings and reports are written."""


@dataclass(frozen=True)
class Bilingual:
    """The same words in English and in Chinese; neither can be left out."""

    en: str
    zh: str

    def words(self, language: AuthorLanguage) -> str:
        """The words in that language."""
        return self.zh if language == "zh-CN" else self.en

    def filled(self, **values: object) -> "Bilingual":
        """The words with values for the names in braces."""
        return Bilingual(
            self.en.format(**_in("en", values)), self.zh.format(**_in("zh-CN", values))
        )


def _in(language: AuthorLanguage, values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.words(language) if isinstance(value, Bilingual) else value
        for name, value in values.items()
    }


def enumeration(items: Iterable[str]) -> Bilingual:
    """The items in a row."""
    listed = tuple(items)
    return Bilingual(", ".join(listed), "、".join(listed))


def author_language_of(language: "Language") -> AuthorLanguage:
    """The language of findings beside words in `language`: Chinese beside Chinese alone."""
    return "zh-CN" if language == "zh-CN" else "en"


def language_of(environment: Mapping[str, str]) -> AuthorLanguage:
    """Chinese if the locale is Chinese, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "zh-CN" if locale.lower().startswith("zh") else "en"

"""A text in one or more languages."""

from collections.abc import Callable

from markupsafe import Markup, escape
from pydantic import (
    ConfigDict,
    RootModel,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    model_serializer,
    model_validator,
)
from pydantic.config import JsonDict

from functions.model.language import FIRST, Language


def _allow_plain_string(schema: JsonDict) -> None:
    """Lets the JSON Schema accept a plain string, too."""
    mapping: JsonDict = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string"}, mapping]


class Text(RootModel[dict[Language, str]]):
    """Words in one or more languages.

    A plain string is in the `language` of the validation context, the policy's, else in Chinese.
    Words in that language must be there, and come first; without a context, as in a contract, any
    may be there.
    """

    model_config = ConfigDict(frozen=True, json_schema_extra=_allow_plain_string)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object, info: ValidationInfo) -> object:
        language = info.context["language"] if info.context else FIRST
        if info.context and isinstance(value, dict) and language in value:
            return {language: value[language], **value}
        return {language: value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _not_empty(self, info: ValidationInfo) -> "Text":
        if info.context and info.context["language"] not in self.root:
            raise ValueError(f"needs words in {info.context['language']}")
        if not self.root or not all(map(str.strip, self.root.values())):
            raise ValueError("has no words")
        return self

    @model_serializer(mode="wrap")
    def _in_one_language(
        self, whole: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> object:
        """With a `language` in the context, serialises only the words in it."""
        return self.words(info.context["language"]) if info.context else whole(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.root == other.root

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))

    def words(self, language: Language) -> str:
        """The words in `language`, else in the first language, which is the policy's own."""
        return self.root.get(language) or self.root[self.spoken(language)]

    def marked(self, language: Language) -> Markup:
        """The words for a page in `language`, with a `lang` attribute if they are in another."""
        if language in self.root:
            return escape(self.root[language])
        spoken = self.spoken(language)
        return Markup('<span lang="{}">{}</span>').format(spoken, self.root[spoken])

    def spoken(self, language: Language) -> Language:
        """The language of what `words` returns."""
        return language if language in self.root else next(iter(self.root))


InWords = Callable[[Text, Language], str]
"""Says a text of the policy in a language: `Text.words`, or for a page `Text.marked`."""

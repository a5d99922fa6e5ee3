"""Creates the template environment of the desk in each language: strict, with autoescape."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from functions.model.language import Language
from functions.views.desk.style import style_address
from functions.views.desk.words import desk_words

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def desk_templates(language: Language) -> Environment:
    """The environment of one language; whatever a page prints is escaped, texts are as they are."""
    env = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=_is_page,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    words = desk_words(language)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        words.translated, words.translated_number, newstyle=True
    )
    env.globals |= {"language": words.language, "style": style_address()}
    return env


def _is_page(template: str | None) -> bool:
    return template is None or not template.endswith(".txt")

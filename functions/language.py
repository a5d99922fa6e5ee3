"""The languages of every page and mail."""

from typing import Literal, get_args

Language = Literal["zh-CN", "en"]


LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The languages of every page and mail; the first is the site's own."""


def path_prefix(language: Language) -> str:
    """What the addresses of a language start with: nothing for the first one, else `/en`."""
    return "" if language == LANGUAGES[0] else f"/{language}"

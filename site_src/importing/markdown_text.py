"""Writes words so that Markdown shows them as they are."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_RULE = re.compile(r"(?:[-_*=]\s*){3,}")
_LEADING = re.compile(r"(?=(?:#|>|[-*+](?:\s|$)|\||=))")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_EMPHASIS = re.compile(r"\*(?=.*\*)|(?<=\*)\*|(?<![A-Za-z0-9])_(?=\S.*_)|(?<=\S)_(?![A-Za-z0-9@.])")
_LINK = re.compile(r"\[(?=[^\]]*\][(\[:])")
_COMPATIBLE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")


def one_space(words: str) -> str:
    """The words with single spaces and none at the ends; a tab or a wide space is a space."""
    return _SPACES.sub(" ", words).strip()


def escaped(words: str) -> str:
    """The words, with a backslash before what Markdown would read as a mark.

    Marks that Markdown leaves alone, such as the underscore of an e-mail address, stay as they
    are, because facts are compared with the text.
    """
    if _RULE.fullmatch(words.strip()):
        return "\\" + words.strip()
    marked = _EMPHASIS.sub(lambda mark: "\\" + mark[0], words.replace("`", "\\`"))
    marked = _LINK.sub(r"\\[", _TAG.sub("&lt;", marked))
    return _LEADING.sub(r"\\", marked, count=1) if _LEADING.match(marked) else marked


def plain_characters(words: str) -> str:
    """The words with everyday characters for the compatible ones that fonts and old codes give.

    PDFs made by Word have 一 as U+2F00, a radical, and fi as one letter.
    """
    return _COMPATIBLE.sub(lambda mark: unicodedata.normalize("NFKC", mark[0]), words)

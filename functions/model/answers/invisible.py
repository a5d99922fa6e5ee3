"""Finds characters that show nothing: people paste them with an address without seeing them."""

import re
import unicodedata

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""`Default_Ignorable_Code_Point` of Unicode, the annotation marks, and the braille blank."""

_ANY = re.compile(f"[{_INVISIBLE}]")
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u2060\ufeff"
"""Blanks of no width at the ends of an answer mean nothing. Others may shape the letter beside
them, such as a selector behind an emoji."""


def without_invisible(text: str) -> str:
    """The text without any character that shows nothing, also inside: for addresses and numbers."""
    return _ANY.sub("", text)


def trimmed(text: str) -> str:
    """The text without blanks at its ends; empty if nothing of it can be seen."""
    plain = text.strip()
    if plain.isascii():
        return plain
    return "" if not without_invisible(plain).strip() else plain.strip(_BLANKS)


def same_to_the_eye(text: str) -> str:
    """A key that two texts share if they differ in case, width, blanks or dots alone."""
    folded = unicodedata.normalize("NFKC", without_invisible(text)).casefold()
    return "".join(char for char in folded if char.isalnum())

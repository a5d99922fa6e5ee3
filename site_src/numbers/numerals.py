"""Reads Chinese numerals below a thousand, as procedures use them for lengths and counts."""

import re
from unicodedata import numeric

_DIGIT = "[一二三四五六七八九]"
_NUMERAL = re.compile(f"(?:({_DIGIT})百)?(?:({_DIGIT}?)十)?(零?)({_DIGIT}?)")


def numeral(words: str) -> int | None:
    """The value of 十五, 一百二十, 两 or the spoken 一百二; None if it is invalid, as 十零."""
    words = words.replace("两", "二").replace("〇", "零")
    digits = [int(numeric(character)) for character in words]
    if max(digits) < 10:
        return int("".join(map(str, digits)))
    match = _NUMERAL.fullmatch(words)
    if match is None:
        return None
    hundreds, tens, gap, ones = match.groups()
    if gap and not (hundreds and tens is None and ones):
        return None
    spoken = hundreds and tens is None and not gap
    ten = 0 if tens is None else _digit(tens or "一")
    return _digit(hundreds) * 100 + ten * 10 + _digit(ones) * (10 if spoken else 1)


def _digit(character: str | None) -> int:
    return int(numeric(character)) if character else 0

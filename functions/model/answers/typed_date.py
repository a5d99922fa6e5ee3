"""Reads a day as people write it, and as the site's own pages and mails do."""

import re
import unicodedata
from datetime import date

_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

_NUMERIC = re.compile(r"([0-9]{4})[年/.\-]([0-9]{1,2})[月/.\-]([0-9]{1,2})[日号]?")
_IN_CHARACTERS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
"""As documents of authorities are dated: 二〇二六年十一月二十七日."""
_CHINESE_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?$")

_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]+)\.?,? ([0-9]{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_ENGLISH_WEEKDAY = re.compile(r"^([a-z]+)\.?,? (?=[0-9]|[a-z]+\.? [0-9])")


def read_day(text: str) -> date | None:
    """The day; None for a text that is none, or that can be read in two ways.

    A day of the week may stand beside it, and must be right.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split()).rstrip(" .。")
    try:
        return _chinese("".join(plain.split())) or _english(plain)
    except ValueError:
        return None


def _chinese(typed: str) -> date | None:
    weekday = _CHINESE_WEEKDAY.search(typed)
    bare = typed[: weekday.start()] if weekday else typed
    if parts := _NUMERIC.fullmatch(bare):
        day = date(*map(int, parts.groups()))
    elif parts := _IN_CHARACTERS.fullmatch(bare):
        day = date(int(parts[1].translate(_DIGITS)), _number(parts[2]), _number(parts[3]))
    elif re.fullmatch(r"[0-9]{8}", bare):
        day = date.fromisoformat(bare)
    else:
        return None
    named = weekday[1].replace("天", "日") if weekday else None
    return day if named in (None, _WEEKDAYS[day.weekday()]) else None


def _english(typed: str) -> date | None:
    named = _ENGLISH_WEEKDAY.match(typed)
    weekday = named[1][:3] if named and named[1][:3] in _ENGLISH_WEEKDAYS else None
    bare = typed[named.end() :] if named and weekday else typed
    if parts := _DAY_MONTH.fullmatch(bare):
        number, month, year = parts.groups()
    elif parts := _MONTH_DAY.fullmatch(bare):
        month, number, year = parts.groups()
    else:
        return None
    if (named_month := _month(month)) is None:
        return None
    day = date(int(year), named_month, int(number))
    return day if weekday in (None, _ENGLISH_WEEKDAYS[day.weekday()]) else None


def _month(word: str) -> int | None:
    """The number of a month by its name or the first three or four letters of it."""
    return next(
        (n for n, name in enumerate(_MONTHS, 1) if word in (name, name[:3], name[:4])), None
    )


def _number(characters: str) -> int:
    """The value of a number below a hundred: 三, 十, 十一, 二十七."""
    tens, ten, ones = characters.rpartition("十")
    value = int(ones.translate(_DIGITS)) if ones else 0
    if not ten:
        return value
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + value

"""Finds calendar dates in Chinese text: 2010年4月29日, 每年三月三十一日, 每月 15 日, 2010.04.29."""

from collections.abc import Iterator

from site_src.lazy_patterns import LazyPattern
from site_src.numbers.durations import narrow_digits
from site_src.numbers.grammar import Number
from site_src.numbers.numerals import read_number

_YEAR = r"[0-9]{4}|[零〇○一二三四五六七八九]{4}"
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|[二三廿卅]?十?[一二三四五六七八九]|[二三]?十|廿|卅)"
_UNTIL = r"\s*(?:[-—–～~至到、和]|以及)\s*"
_DATE = LazyPattern(
    rf"(?<![0-9])(?P<year>{_YEAR})\s*年\s*(?:度\s*)?"
    rf"(?:(?P<month>{_MONTH})\s*月\s*(?:(?P<day>{_DAY})\s*[日号])?)?"
    rf"|(?<![0-9第])(?P<yearly_month>{_MONTH})\s*月\s*(?P<yearly_day>{_DAY})\s*[日号]"
    rf"|(?:[每次下当本上]|上一|下一)个?月(?:的|份)?\s*(?P<monthly_day>{_DAY})\s*[日号](?!内)"
    r"|(?<![0-9.-])(?P<iso_year>[0-9]{4})(?P<mark>[-./])(?P<iso_month>[0-9]{1,2})(?P=mark)"
    r"(?P<iso_day>[0-9]{1,2})(?![0-9])"
    r"|(?<![0-9第])(?P<only_month>1[0-2]|0?[1-9])\s*月(?![之以]?内)"
)
_SECOND_DAY = LazyPattern(rf"{_UNTIL}(?P<day>{_DAY})\s*[日号](?![内])")


def find_chinese_dates(text: str) -> Iterator[Number]:
    """Every calendar date, including dates without a year or a month."""
    plain = narrow_digits(text)
    for match in _DATE.finditer(plain):
        year = _value(match["year"] or match["iso_year"])
        month = match["month"] or match["yearly_month"] or match["iso_month"] or match["only_month"]
        day = match["day"] or match["yearly_day"] or match["monthly_day"] or match["iso_day"]
        key = (year, _value(month), _value(day))
        yield Number("date", key, match[0].strip(), *match.span())
        if day and (second := _SECOND_DAY.match(plain, match.end())):
            key = (year, _value(month), _value(second["day"]))
            yield Number("date", key, second["day"], second.start("day"), second.end())


def _value(words: str | None) -> int | None:
    number = read_number(words) if words and not words.isdecimal() else words
    if words and not words[0].isascii() and len(words) == 4:
        return int("".join(str("零一二三四五六七八九".index(c)) for c in _plain(words)))
    return None if number is None else int(number)


def _plain(words: str) -> str:
    return words.replace("〇", "零").replace("○", "零")

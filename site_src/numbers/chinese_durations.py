"""Finds lengths of time, frequencies and named days in Chinese text."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from functions.model.contract.terms import Unit
from site_src.lazy_patterns import LazyPattern
from site_src.numbers.chinese_dates import find_chinese_dates
from site_src.numbers.durations import (
    Duration,
    first_readings,
    in_unit,
    narrow_digits,
    without_repeats,
)
from site_src.numbers.numerals import DIGITS, NUMERALS, read_number

_NUMBER = rf"(?:{DIGITS}\s*[百千万]?|[{NUMERALS}]+|(?<![上下前后大多])半)"
_WORKING = "(?:法定|银行|国家|正常)*(?:工作[日天]|营业[日天]|交易日)"
_UNIT = (
    rf"(?:{_WORKING}|(?:自然|日历|公历)[日天月周年]|整月|(?:工作|营业)?小时|钟头|分钟|刻钟|星期|礼拜"
    r"|周年|周(?![边期到围转密知末岁刊报])|季度?(?!节)|学期|学年|旬|昼夜|年(?![度级龄份报轻代])"
    r"|月(?!份)|天(?![然气])|日(?![期常程报志益元均])|[hH](?![A-Za-z])|[mM]in(?![A-Za-z])"
    r"|时(?=[之以]?内))"
)
_WHOLE = "(?:(?:完整|整个|连续|足|整|全)的?)?"
_DURATION = LazyPattern(
    rf"(?P<ordinal>第\s*)?(?<![0-9A-Za-z.,{NUMERALS}])"
    rf"(?:(?P<other>{_NUMBER})\s*个?\s*(?:[-—–～~至到]+|[（(])\s*)?"  # 3-5天, 十五（15）日
    rf"(?P<number>{_NUMBER})\s*(?P<half_before>个?半)?\s*(?:个\s*)?(?P<vague>[多余来几])?"
    rf"\s*(?:个\s*)?[）)]?\s*(?:个\s*)?{_WHOLE}\s*(?P<unit>{_UNIT})(?P<half_after>半)?"
)
_COUNTED = rf"(?<!第)(?P<number>[0-9]+|[{NUMERALS}]+)\s*次"
_EACH = LazyPattern(
    rf"(?:每隔?\s*(?P<every>{_NUMBER})?|逐|按(?!年度))\s*个?\s*{_WHOLE}(?P<unit>{_UNIT}|年)"
    rf"(?:[^，。；、\n]{{0,12}}?{_COUNTED})?"
)
_TIMES_IN = LazyPattern(
    rf"(?<![0-9A-Za-z.{NUMERALS}第])(?P<every>{_NUMBER})\s*个?\s*(?P<unit>{_UNIT})"
    rf"(?:至少|最少|最多|不少于|不超过|进行|召开|开展|组织)*\s*{_COUNTED}"
)
_WEEKDAY = LazyPattern("[一二三四五六日天末](?![次年个月])")
_NAMED_DAY = LazyPattern(
    rf"(?<!顺延至)(?<!顺延到)(?<!延至)(?<!延长至)(?<!推迟至)(?:"
    rf"(?P<same>[当同即]一?(?:[日天]|{_WORKING})(?![气然期常时]))"
    rf"|(?P<next>[次翌隔](?:[日天](?![气然期常])|一?个?(?P<working>{_WORKING}))"
    rf"|第[二2][日天]|下一?个?(?P<later>{_WORKING})|下一[日天]))"
    r"(?!起|开始|算起|计算|为)"
)
_LAST_OR_NEXT = LazyPattern(r"(?:最后|任[何意]|[上下另某这那哪末统唯同任首逐单之])\s*$")
_PREVIOUS = LazyPattern(r"前\s*$")
_PERIODS = ("年", "月", "季", "季度", "周", "学期", "学年")
_WITHIN = LazyPattern(r"\s*[之以]?内")
_SHORTER = LazyPattern(rf"\s*(?:[有共]\s*)?{_NUMBER}\s*个?\s*(?:小时|天)")
_RESTATED = LazyPattern(r"[）)]?\s*[（(](?:即|共|合)?\s*")
_CLOSING = "）)"

_UNITS: dict[str, tuple[Fraction, Unit]] = {
    "小时": (Fraction(1), "hour"),
    "工作小时": (Fraction(1), "hour"),
    "营业小时": (Fraction(1), "hour"),
    "钟头": (Fraction(1), "hour"),
    "时": (Fraction(1), "hour"),
    "h": (Fraction(1), "hour"),
    "分钟": (Fraction(1), "minute"),
    "min": (Fraction(1), "minute"),
    "刻钟": (Fraction(15), "minute"),
    "昼夜": (Fraction(24), "hour"),
    "星期": (Fraction(1), "week"),
    "礼拜": (Fraction(1), "week"),
    "周": (Fraction(1), "week"),
    "旬": (Fraction(10), "day"),
    "季": (Fraction(3), "month"),
    "季度": (Fraction(3), "month"),
    "学期": (Fraction(1), "term"),
    "年": (Fraction(1), "year"),
    "周年": (Fraction(1), "year"),
    "学年": (Fraction(1), "year"),
    "月": (Fraction(1), "month"),
    "天": (Fraction(1), "day"),
    "日": (Fraction(1), "day"),
}


def find_durations(text: str) -> Iterator[Duration]:
    """Every length, frequency and named day in `text`, without dates and ordinals."""
    plain = narrow_digits(text)
    yield from first_readings(
        plain, (_named_days, _each, _times_in, _lengths), find_chinese_dates(plain)
    )


def _named_days(text: str) -> Iterator[Duration]:
    for match in _NAMED_DAY.finditer(text):
        working = match["working"] or match["later"] or match[0].endswith(("工作日", "营业日"))
        yield Duration(
            Fraction(0 if match["same"] else 1),
            "working_day" if working else "day",
            match[0],
            *match.span(),
            kind="named_day",
        )


def _each(text: str) -> Iterator[Duration]:
    """每季度一次 is once in three months; 每三个月 alone means once in that time."""
    for match in _EACH.finditer(text):
        weekday = match["unit"] in ("周", "星期", "礼拜") and match["number"] is None
        if not (weekday and _WEEKDAY.match(text, match.end())):
            yield _frequency(match)


def _times_in(text: str) -> Iterator[Duration]:
    """一年两次 without 每."""
    for match in _TIMES_IN.finditer(text):
        yield _frequency(match)


def _frequency(match: re.Match[str]) -> Duration:
    every = read_number(match["every"] or "1")
    times = read_number(match["number"] or "1")
    factor, unit = _unit(match["unit"])
    period, unit = in_unit((every or Fraction(1)) * factor, unit)
    uncounted = match["number"] is None and match["every"] in (None, "一", "1")
    return Duration(
        None if every is None else times,
        unit,
        match[0],
        *match.span(),
        recurring=True,
        every=period,
        kind="frequency" if uncounted else "duration",
    )


def _lengths(text: str) -> Iterator[Duration]:
    read = (duration for match in _DURATION.finditer(text) for duration in _length(match))
    return without_repeats(read, partial(_restates, text))


def _length(match: re.Match[str]) -> Iterator[Duration]:
    """The lengths of a match: both ends of a range, but 五（5）日 and 五个（5个）日 once."""
    half = Fraction(1, 2) if match["half_before"] or match["half_after"] else Fraction(0)
    names = [name for name in ("other", "number") if match[name]]
    if match["ordinal"]:
        del names[0]
    if not names or _is_none(match, match.start(names[0])):
        return
    values: list[Fraction | None] = []
    for name in names:
        value = None if match["vague"] else read_number(match[name])
        values.append(value if value is None or name == "other" else value + half)
    factor, unit = _unit(match["unit"])
    begins = [match.start(name) for name in names]
    if len(set(values)) == 1:
        values, begins = values[:1], begins[:1]
    for value, start, end in zip(values, begins, [*begins[1:], match.end()], strict=True):
        number, base = (None, unit) if value is None else in_unit(value * factor, unit)
        yield Duration(
            number,
            base,
            match.string[start : match.end()],
            start,
            end,
            within_hours=match["unit"] in ("工作小时", "营业小时"),
        )


def _is_none(match: re.Match[str], start: int) -> bool:
    """Whether the words are no length: 三月, 最后一日, 下一年, and the day of 一天 24 小时."""
    text, unit = match.string, match["unit"]
    number = match["number"]
    if unit == "月" and number != "半" and "个" not in match[0] and match["vague"] is None:
        return not _WITHIN.match(text, match.end())
    if unit in ("季", "季度") and "个" not in match[0]:
        return True
    if number in ("一", "1") and not match["other"] and not match["half_before"]:
        above = text[:start]
        return bool(
            _LAST_OR_NEXT.search(above)
            or (_PREVIOUS.search(above) and unit in _PERIODS)
            or (unit in ("天", "日", "周", "年") and _SHORTER.match(text, match.end()))
        )
    return False


def _restates(text: str, before: Duration, duration: Duration) -> bool:
    return (
        before.length == duration.length
        and _RESTATED.fullmatch(text, before.end, duration.start) is not None
        and text[duration.end : duration.end + 1] in _CLOSING
    )


def _unit(words: str) -> tuple[Fraction, Unit]:
    if words.endswith(("工作日", "工作天", "营业日", "营业天", "交易日")):
        return Fraction(1), "working_day"
    plain = re.sub("^(?:自然|日历|公历|整)", "", words).lower()
    return _UNITS[plain]

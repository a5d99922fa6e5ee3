"""The grammar of numbers in Chinese text."""

from collections.abc import Iterator

from site_src.lazy_patterns import LazyPattern
from site_src.numbers.chinese_dates import find_chinese_dates
from site_src.numbers.chinese_durations import find_durations
from site_src.numbers.grammar import Grammar, Number
from site_src.numbers.money import chinese_amounts
from site_src.numbers.numerals import NUMERALS, read_number
from site_src.numbers.times import chinese_times

_NUMERAL = rf"[0-9]+|[{NUMERALS}]+"
_ORDINAL = LazyPattern(rf"第\s*(?P<number>{_NUMERAL})\s*(?P<noun>[\u4e00-\u9fff]?)")
_COUNT = LazyPattern(
    r"(?P<number>[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)*)(?P<scale>\s*[千万亿]+)?"
)


def _ordinals(text: str) -> Iterator[Number]:
    for match in _ORDINAL.finditer(text):
        key = (read_number(match["number"]), match["noun"])
        yield Number("ordinal", key, match[0], *match.span())


def _counts(text: str) -> Iterator[Number]:
    """Every number in digits; 200 万 is 2000000, and 2.10 stays as it is, like a clause."""
    for match in _COUNT.finditer(text):
        words = match["number"].replace(",", "")
        value = read_number("".join(match[0].split())) if match["scale"] else None
        yield Number("count", words if value is None else str(value), match[0], *match.span())


CHINESE = Grammar(
    dates=find_chinese_dates,
    times=chinese_times,
    amounts=chinese_amounts,
    durations=find_durations,
    counts=_counts,
    ordinals=_ordinals,
    extension=LazyPattern(r"(?:分机|内线|转)[号码：:为是\s)）]*(?P<number>[0-9]{2,6})(?![0-9])"),
    reference=LazyPattern(
        rf"第\s*(?:{_NUMERAL})\s*[条章节款项目编]|第\s*[（(](?:{_NUMERAL})[）)]\s*[款项目]"
        r"|(?:附件|附表|附录|阶段)\s*[0-9]+(?![0-9])"
        r"|(?<![0-9A-Za-z\u4e00-\u9fff])[0-9]{1,2}(?=[)）、])"
    ),
)

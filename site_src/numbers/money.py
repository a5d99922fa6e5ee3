"""Finds amounts of money and percentages: 750 欧元, €2 million, 百分之十, ten per cent."""

import re
from collections.abc import Iterator
from fractions import Fraction

from site_src.lazy_patterns import LazyPattern
from site_src.numbers import english_numerals as english
from site_src.numbers import numerals as chinese
from site_src.numbers.grammar import Number

_SYMBOLS = {"£": "GBP", "€": "EUR", "¥": "CNY", "$": "USD", "US$": "USD", "HK$": "HKD"}
_CODES = "EUR|GBP|USD|CNY|RMB|HKD|JPY|CHF|AUD|CAD|NZD|SGD|SEK|NOK|DKK|PLN|CZK|INR|KRW"
_CHINESE_NAMES = {
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "瑞士法郎": "CHF",
    "澳元": "AUD",
    "加元": "CAD",
    "新元": "SGD",
    "人民币": "CNY",
    "元": "CNY",
    "块钱": "CNY",
}
_ENGLISH_NAMES = {
    "pound": "GBP",
    "euro": "EUR",
    "dollar": "USD",
    "yuan": "CNY",
    "renminbi": "CNY",
    "franc": "CHF",
    "yen": "JPY",
    "krone": "NOK",
}
_MULTIPLIERS = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "million": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_SYMBOL = r"US\$|HK\$|[£€¥$]"
_CHINESE_AMOUNT = rf"{chinese.DIGITS}\s*[百千万亿]*|[{chinese.NUMERALS}]+"
_CHINESE_MONEY = LazyPattern(
    rf"(?<![0-9A-Za-z.,{chinese.NUMERALS}第])(?:(?P<before>人民币|港币|{_SYMBOL}|{_CODES})\s*)?"
    rf"(?P<amount>{_CHINESE_AMOUNT})\s*(?P<after>{'|'.join(_CHINESE_NAMES)}|{_CODES})?"
    r"(?:整|正)?(?![素旦件])"
)
_ENGLISH_MONEY = LazyPattern(
    rf"(?<![\w.,])(?:(?P<before>{_SYMBOL}|(?-i:{_CODES}))\s*)?"
    rf"(?P<amount>{chinese.DIGITS}|{english.WORDS}|an?(?=\s))"
    r"(?:\s*(?P<multiplier>thousand|million|billion|bn|m|k)\b)?"
    rf"(?:\s*(?P<after>(?-i:{_CODES})|{'|'.join(_ENGLISH_NAMES)})s?\b|\s*(?P<pence>pence\b|(?<=[0-9])p\b(?!\.)))?",
    re.IGNORECASE,
)
_PER = {"百": 1, "千": 10, "万": 100}
_CHINESE_PERCENT = LazyPattern(
    rf"(?P<per>[百千万])分之(?P<of>{chinese.DIGITS}|[{chinese.NUMERALS}]+)"
    rf"(?:点(?P<tenths>[零一二三四五六七八九]+))?"
    rf"|(?<![0-9.])(?P<amount>{chinese.DIGITS})\s*(?:%|个百分点)"
)
_ENGLISH_PERCENT = LazyPattern(
    rf"(?<![\w.])(?P<amount>{chinese.DIGITS}|{english.WORDS})[\s-]*(?:%|per\s?cent\b|percentage\s+points?\b)",
    re.IGNORECASE,
)


def chinese_amounts(text: str) -> Iterator[Number]:
    """Every amount of money, and every percentage in digits or as 百分之十."""
    for match in _CHINESE_PERCENT.finditer(text):
        value = chinese.read_number(match["amount"] or match["of"])
        if value is not None:
            tenths = chinese.numeral(match["tenths"]) if match["tenths"] else 0
            digits = len(match["tenths"] or "")
            value += Fraction(tenths or 0, 10**digits)
            yield _number("percent", value / _PER[match["per"] or "百"], match)
    for match in _CHINESE_MONEY.finditer(text):
        name = match["before"] or match["after"]
        value = chinese.read_number(match["amount"].strip())
        if name and value is not None:
            yield _number("money", (value, _currency(name)), match)


def english_amounts(text: str) -> Iterator[Number]:
    """Every amount of money, and every percentage."""
    for match in _ENGLISH_PERCENT.finditer(text):
        yield _number("percent", english.read_english_number(match["amount"]), match)
    for match in _ENGLISH_MONEY.finditer(text):
        name = match["before"] or match["after"]
        if not name and not (match["pence"] and match["amount"][0].isdecimal()):
            continue
        value = english.read_english_number(match["amount"])
        value *= _MULTIPLIERS[match["multiplier"].lower()] if match["multiplier"] else 1
        yield _number("money", (value, _currency(name)) if name else (value / 100, "GBP"), match)


def _currency(name: str) -> str:
    known = _SYMBOLS | _CHINESE_NAMES | _ENGLISH_NAMES | {"RMB": "CNY"}
    return known.get(name, known.get(name.lower(), name.upper()))


def _number(kind: str, key: object, match: re.Match[str]) -> Number:
    start, end = match.span()
    words = match[0].rstrip()
    if kind == "percent":
        return Number("percent", key, words, start, start + len(words))
    return Number("money", key, words, start, min(end, start + len(words)))

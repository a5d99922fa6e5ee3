"""Reads Chinese numbers: 十五, 廿四, 一百二十, 两千零五, 伍, 二〇一〇, and digits with 万 or 亿."""

from fractions import Fraction

from site_src.lazy_patterns import LazyPattern

NUMERALS = "零〇○一二两三四五六七八九十百千万亿廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟"
"""Every character of a numeral, in its everyday and in its financial form."""

DIGITS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
"""Arabic digits with a comma at each thousand and a fraction."""

_EVERYDAY = str.maketrans(
    {"两": "二", "〇": "零", "○": "零", "廿": "二十", "卅": "三十", "卌": "四十"}
    | dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
)
_DIGIT = {character: value for value, character in enumerate("零一二三四五六七八九")}
_POWER = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000
_MYRIADS = {"万": _MYRIAD, "亿": _MYRIAD**2}
_SCALE = _POWER | _MYRIADS
_APPROXIMATE = LazyPattern(r"[一二两三四五六七八九]{2}(?![零〇])")
_MIXED = LazyPattern(rf"({DIGITS})\s*([百千万亿]*)")


def numeral(words: str) -> int | None:
    """The value of 十五, 一百二十, 两 or the spoken 一百二; None if it is invalid, as 十零."""
    plain = words.translate(_EVERYDAY)
    if plain and all(character in _DIGIT for character in plain):
        return int("".join(str(_DIGIT[character]) for character in plain))
    return _large(plain)


def read_number(words: str) -> Fraction | None:
    """The value of digits, numerals or 半; None if they give no exact number, as 两三."""
    if words == "半":
        return Fraction(1, 2)
    if mixed := _MIXED.fullmatch(words):
        value = Fraction(mixed[1].replace(",", ""))
        for character in mixed[2]:
            value *= _SCALE[character]
        return value
    if _APPROXIMATE.search(words):
        return None
    value_or_none = numeral(words)
    return None if value_or_none is None else Fraction(value_or_none)


def _large(words: str) -> int | None:
    """The value of a numeral with 亿 and 万, each of which multiplies all before it."""
    for character, size in (("亿", _MYRIADS["亿"]), ("万", _MYRIAD)):
        above, found, below = words.partition(character)
        if not found:
            continue
        factor = _large(above)
        if factor is None:
            return None
        if len(below) == 1 and below in _DIGIT and below != "零":
            return factor * size + _DIGIT[below] * size // 10
        rest = _large(below.removeprefix("零")) if below else 0
        return None if rest is None or rest >= size else factor * size + rest
    return _below_myriad(words)


def _below_myriad(words: str) -> int | None:
    """The value of a numeral below ten thousand; 零 stands for each gap between its powers."""
    total, power, digit, gap = 0, _MYRIAD, None, False
    for character in words:
        if character == "零":
            if gap or digit is not None or not total:
                return None
            gap = True
        elif character in _DIGIT:
            if digit is not None:
                return None
            digit = _DIGIT[character]
        else:
            next_power = _POWER.get(character, power)
            ten = next_power == _POWER["十"] and not gap
            if next_power >= power or (digit is None and not ten):
                return None
            if bool(total) and gap != (power > 10 * next_power):
                return None
            total += (1 if digit is None else digit) * next_power
            power, digit, gap = next_power, None, False
    if digit is None:
        return None if gap or not total else total
    if gap:
        return total + digit if power > _POWER["十"] else None
    return total + digit * (power // 10 if total else 1)

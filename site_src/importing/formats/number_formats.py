"""Writes numbers as lists in Word, ODF and HTML documents show them: 三, iv, c, ③."""

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_FINANCIAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS = 780
"""Word repeats letters: 27 is aa; thirty of a letter is more than any list."""


def chinese_numeral(number: int) -> str:
    """一, 十, 二十一, 一百零二, 一千二百; digits from ten thousand."""
    if not 0 < number < 10_000:
        return str(number)
    words, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words.removeprefix("一") if words.startswith("一十") else words


def roman_numeral(number: int) -> str:
    """The number in small Roman numerals."""
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def repeated_letter(number: int) -> str:
    """a to z, then aa, bb and so on, as Word counts."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(first: str, many: int) -> Callable[[int], str]:
    """Characters that stand one after the other in Unicode, such as ① to ⑳."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= many else str(number)


def _of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + ord("０") - ord("0")) for digit in str(number))


def _positional(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(abs(number)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "lowerLetter": repeated_letter,
    "upperLetter": lambda number: repeated_letter(number).upper(),
    "lowerRoman": roman_numeral,
    "upperRoman": lambda number: roman_numeral(number).upper(),
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "koreanDigital2": _positional,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": lambda number: chinese_numeral(number).translate(_FINANCIAL),
    "ideographLegalTraditional": lambda number: chinese_numeral(number).translate(_FINANCIAL),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographEnclosedCircle": _from("㊀", 10),
    "none": lambda _: "",
}
"""By the names of ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""

_ODF = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "": "none",
}
"""By the first character of `style:num-format`, as in “一, 二, 三, ...”; HTML's `type`, too."""


def word_number(number: int, name: str) -> str:
    """The number in a format of ECMA-376; in digits if the format is of another writing."""
    return _FORMATS.get(name, str)(number)


def odf_number(number: int, sample: str) -> str:
    """The number in the format of which ODF or HTML gives a sample."""
    return word_number(number, _ODF.get(sample[:1], "decimal"))

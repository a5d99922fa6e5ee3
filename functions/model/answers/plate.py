"""Reads vehicle plates of China as people type them (GA 36-2018)."""

import re
import unicodedata

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_LETTER = "[A-HJ-NP-Z]"
_SIGN = "[A-HJ-NP-Z0-9]"
"""No serial has an I or an O, which would be read as 1 and 0. Of the letters of authorities, O is
for vehicles of the police and of provinces: where a filer writes it, it is more likely a slip."""

_ENERGY = "[A-HJK]"
"""What drives a new-energy vehicle: A to E by electricity alone, F to K not alone (tables 5, 6)."""

_ISSUED = "|".join(
    (
        f"(?![0-9]*(?:[A-Z][0-9]*){{3}}){_SIGN}{{5}}",  # at most two letters (table 4)
        f"{_ENERGY}{_SIGN}[0-9]{{4}}",  # new energy, small
        f"[0-9]{{5}}{_ENERGY}",  # new energy, large
        f"(?![0-9]*(?:[A-Z][0-9]*){{3}}){_SIGN}{{4}}[学警挂领试超]",
    )
)
"""What follows the province and the authority's letter: the last character may mark a training car,
the police, a trailer, a consulate in the order of before, a trial or an oversized load."""

_OTHER = "|".join(
    (
        f"粤Z{_SIGN}{{4}}[港澳]",
        f"{_PROVINCE}[XS][0-9]{{4}}应急",  # fire brigades
        f"{_PROVINCE}[0-9]{{5}}领",
        "[0-9]{6}使|使[0-9]{6}",
        f"WJ{_PROVINCE}?[0-9]{{4,5}}{_LETTER}?",  # the armed police
        f"{_LETTER}{{2}}[0-9]{{5}}",  # the armed forces
    )
)

_SEPARATOR = r"[\s·•・.\-_]"
_PLATE = f"{_PROVINCE}{_LETTER}(?:{_ISSUED})|{_OTHER}"


def read_plate(text: str) -> str:
    """The plate as typed on the vehicle, `京A·12345`; other text only has its blanks joined."""
    typed = unicodedata.normalize("NFKC", text).upper()
    compact = re.sub(_SEPARATOR, "", typed)
    if not is_plate(compact):
        return " ".join(typed.split())
    ordinary = re.match(f"{_PROVINCE}{_LETTER}", compact)
    return f"{compact[:2]}·{compact[2:]}" if ordinary else compact


def is_plate(plate: str) -> bool:
    """Whether the result of `read_plate` has the shape of a Chinese plate."""
    return re.fullmatch(_PLATE, plate.replace("·", "")) is not None


def plate_in_text() -> str:
    """A pattern that finds every plate in a text: in any case and width, with separators anywhere.

    It also matches some text that is not a plate, such as what has I or O for 1 or 0: a mask may
    hide too much, never too little.
    """
    gap, digit, letter = f"{_SEPARATOR}?", "[0-9０-９]", "[A-Za-zＡ-Ｚａ-ｚ]"
    sign = f"(?:{letter}|{digit})"
    return (
        f"{_PROVINCE}{gap}{sign}(?=(?:{gap}{letter}){{0,3}}{gap}{digit})(?:{gap}{sign}){{4,6}}"
        f"(?:{gap}(?:[学警挂港澳领试超]|应{gap}急))?"
        f"|使(?:{gap}{digit}){{6}}|{digit}(?:{gap}{digit}){{5}}{gap}使"
        f"|[WwＷｗ]{gap}[JjＪｊ]{gap}{_PROVINCE}?(?:{gap}{digit}){{4,5}}(?:{gap}{letter})?"
        # Two small letters and a number are ordinary words: "in 10000" is no plate.
        rf"|(?<![A-Za-z0-9])(?:(?:[A-ZＡ-Ｚ]{gap}){{2}}|[a-zａ-ｚ]{{2}}[·-]?)"
        rf"{digit}(?:{gap}{digit}){{4}}(?![A-Za-z0-9])"
    )

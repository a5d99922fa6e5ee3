"""Reads vehicle plates of China as people type them (GA 36-2018)."""

import re
import unicodedata

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_LETTER = "[A-HJ-NP-Z]"
_SIGN = "[A-HJ-NP-Z0-9]"
"""Plates have no I and no O, which would be read as 1 and 0."""

_ORDINARY = f"{_PROVINCE}{_LETTER}{_SIGN}{{4,5}}[A-HJ-NP-Z0-9学警挂港澳领试超]"
"""Five characters follow the authority's letter, six on new-energy vehicles. The last one may mark
a training car, the police, a trailer, Hong Kong, Macao, a consulate or a trial."""

_OTHER = f"使[0-9]{{6}}|[0-9]{{6}}使|WJ{_PROVINCE}?[0-9]{{4,5}}{_LETTER}?|{_LETTER}{{2}}[0-9]{{5}}"
"""Plates of embassies, the armed police and the armed forces."""

_SEPARATOR = r"[\s·•・.\-_]"
_PLATE = re.compile(f"{_ORDINARY}|{_OTHER}")


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
    return _PLATE.fullmatch(plate.replace("·", "")) is not None


def plate_in_text() -> str:
    """A pattern that finds every plate in a text, also with separators in its first characters.

    It also matches some text that is not a plate: a mask may hide too much, never too little.
    """
    gap = f"{_SEPARATOR}?"
    authority = f"{_PROVINCE}{gap}[A-Z]{gap}"
    return (
        f"{authority}[A-Z0-9]{{4,5}}[A-Z0-9学警挂港澳领试超]"
        rf"|使{gap}[0-9]{{3}}{gap}[0-9]{{3}}|[0-9]{{3}}{gap}[0-9]{{3}}{gap}使"
        f"|WJ{gap}{_PROVINCE}?{gap}[0-9]{{4,5}}[A-Z]?"
        rf"|(?<![A-Za-z0-9])[A-Z]{{2}}{gap}[0-9]{{5}}(?![A-Za-z0-9])"
    )

"""Vehicle plates of China, as people type them (GA 36-2018)."""

import re
import unicodedata

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_LETTER = "[A-HJ-NP-Z]"
_SIGN = "[A-HJ-NP-Z0-9]"
"""I and O are on no plate: they would be read as 1 and 0."""

_ORDINARY = f"{_PROVINCE}{_LETTER}{_SIGN}{{4,5}}[A-HJ-NP-Z0-9学警挂港澳领试超]"
"""Five characters after the authority's letter, six on new-energy vehicles; a training car, the
police, a trailer, Hong Kong, Macao, a consulate and a trial have a character of their own."""

_OTHER = f"使[0-9]{{6}}|[0-9]{{6}}使|WJ{_PROVINCE}?[0-9]{{4,5}}{_LETTER}?|{_LETTER}{{2}}[0-9]{{5}}"
"""Embassies, the armed police, the forces."""

_BETWEEN = r"[\s·•・.\-_]"
_PLATE = re.compile(f"{_ORDINARY}|{_OTHER}")


def read_plate(text: str) -> str:
    """The plate as it is written on the vehicle, `京A·12345`; any other words stay as they are."""
    written = unicodedata.normalize("NFKC", text).upper()
    compact = re.sub(_BETWEEN, "", written)
    if not is_plate(compact):
        return " ".join(written.split())
    ordinary = re.match(f"{_PROVINCE}{_LETTER}", compact)
    return f"{compact[:2]}·{compact[2:]}" if ordinary else compact


def is_plate(plate: str) -> bool:
    """Whether a plate that was read has the shape of one of China."""
    return _PLATE.fullmatch(plate.replace("·", "")) is not None


def plate_in_text() -> str:
    """A pattern that finds each plate in a text, also with signs between its first characters.

    It finds more than plates: a mask that hides too much is put up with.
    """
    gap = f"{_BETWEEN}?"
    authority = f"{_PROVINCE}{gap}[A-Z]{gap}"
    return (
        f"{authority}[A-Z0-9]{{4,5}}[A-Z0-9学警挂港澳领试超]"
        rf"|使{gap}[0-9]{{3}}{gap}[0-9]{{3}}|[0-9]{{3}}{gap}[0-9]{{3}}{gap}使"
        f"|WJ{gap}{_PROVINCE}?{gap}[0-9]{{4,5}}[A-Z]?"
        rf"|(?<![A-Za-z0-9])[A-Z]{{2}}{gap}[0-9]{{5}}(?![A-Za-z0-9])"
    )

"""Reads telephone numbers as people type them, and shows them in one format."""

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION = "CN"
"""The region of numbers without a country code."""

_NUMBER_LIKE = re.compile(
    r"\+?[0-9][0-9 ()\-]{4,24}(?:(?:转|ext\.?|x|#) ?[0-9]{1,6})?", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[/,;、或]")
_NUMBER_CHARACTERS = re.compile(r"[0-9 ()+\-.]+")
_EXTENSION = re.compile(
    r"(?P<number>.*[0-9)]) ?(?:转|分机|extension|ext\.?|x|#) ?:?(?P<extension>[0-9]{1,8})",
    re.IGNORECASE,
)
_DASHED_EXTENSION = re.compile(r"(?P<number>.*[0-9)]) ?- ?(?P<extension>[0-9]{1,6})")


def read_telephone(text: str) -> str | None:
    """The numbers as shown and dialled, `010 1234 5678 转801`, joined by ` / `.

    None if any part is not a number. A number that no numbering plan has is kept as typed, as
    people can still call it.
    """
    numbers = [_read(number) for number in _split(text)]
    return None if None in numbers else " / ".join(filter(None, numbers))


def is_in_service(text: str) -> bool:
    """Whether each number fits its country's numbering plan: length, area code, short numbers."""
    return all(_parse(number) for number in _split(text))


def _split(text: str) -> list[str]:
    """Splits at slashes and commas; converts full-width digits and all dashes to ASCII."""
    plain = re.sub(r"[‐-―−ー]", "-", unicodedata.normalize("NFKC", text))
    return [" ".join(number.split()) for number in _SEPARATOR.split(plain)]


def _read(typed: str) -> str | None:
    if parts := _parse(typed):
        return _format(*parts)
    return typed if _NUMBER_LIKE.fullmatch(typed) else None


def _parse(typed: str) -> "tuple[PhoneNumber, str] | None":
    """The number and its extension (may be empty); None if no numbering plan has the number."""
    if marked := _EXTENSION.fullmatch(typed):
        number = _parse_number(marked["number"])
        return (number, marked["extension"]) if number else None
    if number := _parse_number(typed):
        return number, ""
    if dashed := _DASHED_EXTENSION.fullmatch(typed):
        number = _parse_number(dashed["number"])
        return (number, dashed["extension"]) if number else None
    return None


def _parse_number(typed: str) -> "PhoneNumber | None":
    # Imported lazily: its tables take a tenth of a cold start; few requests need them.
    import phonenumbers

    if not _NUMBER_CHARACTERS.fullmatch(typed):
        return None
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number) or _is_short(number)
    return number if valid else None


def _is_short(number: "PhoneNumber") -> bool:
    """Whether it is a short number such as the hotlines 12345 and 95588."""
    import phonenumbers

    return phonenumbers.is_valid_short_number_for_region(number, REGION)


def _format(number: "PhoneNumber", extension: str) -> str:
    import phonenumbers

    national = number.country_code == phonenumbers.country_code_for_region(REGION)
    formats = phonenumbers.PhoneNumberFormat
    text = phonenumbers.format_number(
        number, formats.NATIONAL if national else formats.INTERNATIONAL
    )
    return f"{text} 转{extension}" if extension else text

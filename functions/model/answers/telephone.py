"""Reads telephone numbers as people type them, and shows them in one format."""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION = "CN"
"""The region of numbers without a country code."""

_NUMBER_LIKE = re.compile(
    r"\+?[0-9][0-9 ()\-]{4,24}(?:(?:转|ext\.?|x|#) ?[0-9]{1,6})?", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[/,;、或](?![^()]*\))")
"""What stands between two numbers; in brackets it is part of a remark."""

_BETWEEN = " / "
"""What stands between two numbers as they are shown."""

_NUMBER_CHARACTERS = re.compile(r"[0-9 ()+\-.]+")
_EXTENSION = re.compile(
    r"(?P<number>.*[0-9)]) ?(?:转|分机|extension|ext\.?|x|#) ?:?(?P<extension>[0-9]{1,8})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:[^0-9+(:]{1,20}:|手机|电话|座机|tel\b) ?(?=[0-9+(])", re.IGNORECASE)
"""What stands before a number that was pasted whole: `tel:`, `手机：`."""

_REMARK = re.compile(r" ?\((?P<remark>[^()0-9]{1,30})\)$")
"""What people add behind a number: `（微信同号）`."""

_STOPS = " .,;。"
_DASHED_EXTENSION = re.compile(r"(?P<number>.*[0-9)]) ?- ?(?P<extension>[0-9]{1,6})")


def read_telephone(text: str) -> str | None:
    """The numbers as shown and dialled, `010 1234 5678 转801`, joined by ` / `.

    A label before a number is left out, a remark in brackets behind it is kept. None if any part
    is not a number. A number that no numbering plan has is kept as typed, as people can still
    call it.
    """
    numbers = [_read(number, remark) for number, remark in _split(text)]
    return None if None in numbers else _BETWEEN.join(filter(None, numbers)) or None


def each_number(shown: str) -> tuple[str, ...]:
    """The numbers of an answer that `read_telephone` returned."""
    return tuple(filter(None, shown.split(_BETWEEN)))


def dialled(shown: str) -> str:
    """What a `tel:` link of one number dials (RFC 3966): digits with dashes, and a pause before the
    extension. Remarks are left out, and the zero that is not dialled from abroad.
    """
    plain = unicodedata.normalize("NFKC", shown)
    number = _REMARK.sub("", plain).strip()
    marked = _EXTENSION.fullmatch(number)
    if marked:
        number = f"{marked['number']},{marked['extension']}"
    if number.startswith("+"):
        number = number.replace("(0)", "")
    return re.sub(r"[^0-9+,\-]", "", number)


def is_in_service(text: str) -> bool:
    """Whether each number fits its country's numbering plan: length, area code, short numbers."""
    return all(_parse(number) for number, _ in _split(text))


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Yields each number with the remark behind it, full-width digits and all dashes as ASCII."""
    plain = re.sub(r"[‐-―−ー]", "-", unicodedata.normalize("NFKC", text))
    for part in _SEPARATOR.split(plain):
        typed = " ".join(part.split()).strip(_STOPS)
        remark = _REMARK.search(typed)
        number = typed[: remark.start()] if remark else typed
        if number:
            label = _LABEL.match(number)
            yield number[label.end() :] if label else number, remark["remark"] if remark else ""


def _read(typed: str, remark: str) -> str | None:
    parts = _parse(typed)
    number = _format(*parts) if parts else typed if _NUMBER_LIKE.fullmatch(typed) else None
    return f"{number}（{remark}）" if number and remark else number


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

"""Telephone numbers as people type them: read leniently, shown in one form."""

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

REGION = "CN"
"""Where a number without a country code is dialled."""

_WRITTEN = re.compile(r"\+?[0-9][0-9 ()\-]{4,24}(?:(?:转|ext\.?|x|#) ?[0-9]{1,6})?", re.IGNORECASE)
_BETWEEN = re.compile(r"[/,;、或]")
_ALLOWED = re.compile(r"[0-9 ()+\-.]+")
_EXTENSION = re.compile(
    r"(?P<number>.*[0-9)]) ?(?:转|分机|extension|ext\.?|x|#) ?:?(?P<extension>[0-9]{1,8})",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?P<number>.*[0-9)]) ?- ?(?P<extension>[0-9]{1,6})")


def read_telephone(text: str) -> str | None:
    """The number as it is shown and dialled, `010 1234 5678 转801`; None for what is no number.

    There may be several. A number that no plan of numbers knows is kept as it was typed:
    people can still call.
    """
    shown = [_read(written) for written in _numbers(text)]
    return None if None in shown else " / ".join(filter(None, shown))


def is_in_service(text: str) -> bool:
    """Whether each number fits the plan of its country: length, area code, short numbers."""
    return all(_known(written) for written in _numbers(text))


def _numbers(text: str) -> list[str]:
    """What stands between slashes and commas, full-width digits and the many dashes made plain."""
    narrow = re.sub(r"[‐-―−ー]", "-", unicodedata.normalize("NFKC", text))
    return [" ".join(number.split()) for number in _BETWEEN.split(narrow)]


def _read(written: str) -> str | None:
    if known := _known(written):
        return _shown(*known)
    return written if _WRITTEN.fullmatch(written) else None


def _known(written: str) -> "tuple[PhoneNumber, str] | None":
    """The number and its extension, where the plan of its country has such a number."""
    if extended := _EXTENSION.fullmatch(written):
        number = _number(extended["number"])
        return (number, extended["extension"]) if number else None
    if number := _number(written):
        return number, ""
    if dashed := _DASHED.fullmatch(written):
        number = _number(dashed["number"])
        return (number, dashed["extension"]) if number else None
    return None


def _number(written: str) -> "PhoneNumber | None":
    # Its tables would be a tenth of a cold start, and only a filing with a number needs them.
    import phonenumbers

    if not _ALLOWED.fullmatch(written):
        return None
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        return None
    known = phonenumbers.is_valid_number(number) or _is_short(number)
    return number if known else None


def _is_short(number: "PhoneNumber") -> bool:
    """Whether it is a hotline or the like, such as 12345 or 95588."""
    import phonenumbers

    return phonenumbers.is_valid_short_number_for_region(number, REGION)


def _shown(number: "PhoneNumber", extension: str) -> str:
    import phonenumbers

    home = number.country_code == phonenumbers.country_code_for_region(REGION)
    form = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)
    return f"{shown} 转{extension}" if extension else shown

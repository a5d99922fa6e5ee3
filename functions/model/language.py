"""The languages of pages and mails: tags, addresses, and which of them a client wants."""

import re
from collections.abc import Collection
from typing import Annotated

from pydantic import StringConstraints

Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")
]
"""A language tag in its usual spelling (RFC 5646 section 2.1.1): `en`, `zh-CN`, `sr-Latn`."""

FIRST: Language = "zh-CN"
"""The language of the procedures, of staff, and of addresses without a prefix.

Every contract and site has it; the others are whatever the build has published.
"""

LONGEST_TAG = 35
"""In characters, after RFC 5646 section 4.4.1."""

_RANGE = re.compile(
    r"\s*(?P<tag>[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,7})\s*(?:;\s*q=(?P<weight>[01](?:\.[0-9]{0,3})?)\s*)?",
    re.IGNORECASE,
)


def path_prefix(language: Language) -> str:
    """What the addresses of a language start with: nothing for the first one, else `/en`."""
    return "" if language == FIRST else f"/{language}"


def accepted(header: str) -> tuple[str, ...]:
    """The language ranges of an Accept-Language header, the most wanted first.

    What cannot be read, `*` and what is not wanted (`q=0`) are left out.
    """
    read = [match for item in header.split(",") if (match := _RANGE.fullmatch(item))]
    weighed = [(float(match["weight"] or 1), match["tag"]) for match in read]
    return tuple(tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight)


def chosen(wanted: tuple[str, ...], offered: Collection[Language]) -> Language:
    """The language to answer in: the lookup of RFC 4647 section 3.4, else the first language.

    A range loses its last part until it fits. `zh`, and so `zh-TW`, also fits `zh-CN`, as a
    prefix does in section 3.3.1: whoever reads Chinese is better served so than by English.
    """
    shortest_first = sorted(offered, key=len)
    for range in wanted:
        part = range.lower()
        while part:
            for language in shortest_first:
                if f"{language.lower()}-".startswith(f"{part}-"):
                    return language
            part = part.rpartition("-")[0]
    return FIRST

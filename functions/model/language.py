"""Languages of pages and mails: tags, URL prefixes, and negotiation with a client."""

import re
from collections.abc import Collection
from typing import Annotated

from pydantic import StringConstraints

Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")
]
"""A language tag in its usual spelling (RFC 5646 section 2.1.1): `en`, `zh-CN`, `sr-Latn`."""

FIRST: Language = "zh-CN"
"""The first language of a site, and the language of a policy, where nobody names another.

Before 0.2.0 it was that of every site and every policy.
"""

_FOLDERS: dict[Language, str] = {"zh-CN": "zh"}
"""What stands in addresses in place of a tag that is longer than readers need."""

LONGEST_TAG = 35
"""The longest language tag in characters (RFC 5646 section 4.4.1)."""

_RANGE = re.compile(
    r"\s*(?P<tag>[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,7})\s*(?:;\s*q=(?P<weight>[01](?:\.[0-9]{0,3})?)\s*)?",
    re.IGNORECASE,
)


def folder_of(language: Language) -> str:
    """The folder of a language that is not the site's first one, such as `en`, `zh`."""
    return _FOLDERS.get(language, language)


def path_prefix(language: Language, first: Language) -> str:
    """The URL prefix of a language: empty for the site's first one, else such as `/en`, `/zh`."""
    return "" if language == first else f"/{folder_of(language)}"


def accepted(header: str) -> tuple[str, ...]:
    """The language ranges of an Accept-Language header, most wanted first.

    Malformed items, `*` and unwanted ranges (`q=0`) are left out.
    """
    matches = [match for item in header.split(",") if (match := _RANGE.fullmatch(item))]
    weighted = [(float(match["weight"] or 1), match["tag"]) for match in matches]
    return tuple(tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight)


def chosen(wanted: tuple[str, ...], offered: Collection[Language], otherwise: Language) -> Language:
    """The language to answer in: by lookup (RFC 4647 section 3.4), else the one `otherwise`.

    A range is shortened from its end until an offered language matches. A range also matches as
    a prefix (section 3.3.1), so `zh` and thus `zh-TW` match `zh-CN`: readers of Chinese get
    Chinese rather than English. Where `otherwise` is not offered, any language is: a contract may
    be older than the site's first language.
    """
    shortest_first = sorted(offered, key=len)
    for range in wanted:
        part = range.lower()
        while part:
            for language in shortest_first:
                if f"{language.lower()}-".startswith(f"{part}-"):
                    return language
            part = part.rpartition("-")[0]
    return next(
        (language for language in (otherwise, FIRST) if language in offered), next(iter(offered))
    )

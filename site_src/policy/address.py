"""Validates an organisation's address on the site, which is the name of its folder."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from site_src.languages import language_folders

_RESERVED = ("assets", "calendar", "cases", "contracts", "organisations", "track", "verify")


def is_reserved(value: str) -> bool:
    """Whether `/value/` is an address of the site itself, such as a language prefix."""
    return value in _RESERVED or value in {name.lower() for name in language_folders()}


def _check_free(value: str) -> str:
    if is_reserved(value):
        raise ValueError(f"/{value}/ is an address of the site itself; choose another name")
    return value


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case letters, digits and single dashes."""

Address = Annotated[Slug, AfterValidator(_check_free)]

Elsewhere = Annotated[
    str,
    StringConstraints(
        pattern=r"^([a-z0-9]+(-[a-z0-9]+)*|https?://[a-z0-9][^\s<>\"'\\]*)$", max_length=300
    ),
]
"""The folder of another organisation on this site, or the web address of one that is not here."""


def is_outside(value: str) -> bool:
    """Whether it is a web address, and not the name of a folder."""
    return "://" in value

"""The address of an organisation on the site: the name of its folder."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

RESERVED = ("assets", "cases", "contracts", "en", "organisations", "track")
"""Addresses of the site itself."""


def _free(value: str) -> str:
    if value in RESERVED:
        raise ValueError(f"/{value}/ is an address of the site itself; take another name")
    return value


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Small letters, digits and single dashes."""

Address = Annotated[Slug, AfterValidator(_free)]

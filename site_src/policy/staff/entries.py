"""Defines the content of staff.yaml."""

import json
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, EmailStr, Field, StringConstraints

from functions.model.desk.staff import StaffMember
from functions.model.frozen import Frozen
from site_src.policy.address import Slug


def _check_one_line(value: str) -> str:
    if not value.isprintable():
        raise ValueError("needs to be one line, without tabs")
    return value


PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=80),
    AfterValidator(_check_one_line),
]
"""Two characters at least: whoever a filer names is kept from the case, and one Chinese character
would be found in almost every filing."""


class StaffEntry(Frozen):
    """A person who works on cases, with the ids of their roles.

    `until` is the last day on which they may; `also` are other names that filers may write.
    """

    address: EmailStr
    name: PersonName
    roles: Annotated[tuple[Slug, ...], Field(min_length=1)]
    until: date | None = None
    also: tuple[PersonName, ...] = ()

    @property
    def member(self) -> StaffMember:
        """The person as the functions know them."""
        return StaffMember(
            address=self.address,
            name=self.name,
            roles=tuple(dict.fromkeys(self.roles)),
            until=self.until,
            also=tuple(dict.fromkeys(self.also)),
        )


class StaffFile(Frozen):
    """The whole file."""

    staff: tuple[StaffEntry, ...]


def staff_schema() -> str:
    """The JSON Schema (2020-12) of `staff.yaml`, for editors that check while you type."""
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    content |= StaffFile.model_json_schema()
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

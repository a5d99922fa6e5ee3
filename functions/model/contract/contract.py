"""The contract itself, and which contracts are current.

`build.py` compiles it from a policy; the function reads it by the digest that the page carried.
"""

from datetime import datetime
from hashlib import sha256
from typing import Annotated

from pydantic import Field

from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.deadlines.calendar import BusinessHours, Calendar, CalendarCode
from functions.model.deadlines.counting import Counting
from functions.model.frozen import Frozen
from functions.model.language import Language
from functions.model.text import Text

_DIGEST_LENGTH = 32


def digest(content: bytes) -> str:
    """The name of a content: the first 128 bits of its SHA-256."""
    return sha256(content).hexdigest()[:_DIGEST_LENGTH]


def is_digest(text: str) -> bool:
    """Whether `text` could name a content, and so be part of a path."""
    return len(text) == _DIGEST_LENGTH and all(char in "0123456789abcdef" for char in text)


class Contract(Frozen):
    """What one version of an organisation's policy promises to a filer.

    `calendar` names the days off that dates are counted on; what they are is a fact of the world
    and is read from what is current. Contracts of before 0.2.0 carry the days off that were known
    when they were compiled, as `filed_calendar`, and no name of their time zone.
    """

    organisation: str
    name: Text
    version: str
    prefix: str
    timezone: str
    hours: BusinessHours | None
    kinds: dict[KindId, Kind]
    calendar: CalendarCode = "CN"
    counting: Counting = "cn-civil-code"
    zone_name: Text | None = None
    filed_calendar: Calendar | None = None
    pages: dict[Language, str]
    retention_years: Annotated[int, Field(gt=0)]

    def retained_until(self, received_at: datetime) -> datetime:
        """When a filing of that moment is deleted; from a 29 February, on a 1 March."""
        year = received_at.year + self.retention_years
        try:
            return received_at.replace(year=year)
        except ValueError:
            return received_at.replace(year=year, month=3, day=1)


class Current(Frozen):
    """The contracts, calendars and site pages that hold now, by digest.

    `proof_of_work` is how many times the usual effort a filing takes; None where it takes none.
    """

    organisations: dict[str, str]
    site: dict[Language, str]
    calendars: dict[CalendarCode, str] = Field(default_factory=dict)
    proof_of_work: int | None = None

"""Defines who owns a procedure: the organisation, how its time is counted, its privacy notice."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import EmailStr, Field, StringConstraints, field_validator, model_validator

from functions.model.deadlines.calendar import NO_CALENDAR, BusinessHours, CalendarCode
from functions.model.deadlines.counting import Counting
from functions.model.frozen import Frozen
from functions.model.reference import ALPHABET
from functions.model.text import Text

Prefix = Annotated[str, StringConstraints(pattern=f"^[{ALPHABET}]{{2,4}}$")]
"""The first characters of an organisation's references."""

Colour = Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]
LogoName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-]*\.(svg|png)$")]
"""The name of a file beside policy.yaml."""


class Organisation(Frozen):
    """The organisation that owns the procedure and answers filings.

    `mailbox` receives the notice of a filing unless a route sends it to a role with a mailbox.
    `sector` is what it does, in the words by which people look for it, such as 汽车销售. `logo` and
    `colour` are looks; see `site_src.looks.look`.
    """

    name: Text
    prefix: Prefix
    mailbox: EmailStr
    sector: Text | None = None
    audience: Literal["public", "staff"] = "public"
    timezone: str = "Asia/Shanghai"
    hours: BusinessHours | None = None
    calendar: CalendarCode | None = None
    counting: Counting = "cn-civil-code"
    logo: LogoName | None = None
    colour: Colour | None = None

    @property
    def calendar_code(self) -> CalendarCode | None:
        """The calendar that is counted on: China's where the clocks are those of Shanghai."""
        if self.calendar is None and self.timezone == "Asia/Shanghai":
            return "CN"
        return self.calendar

    @property
    def counted_calendar(self) -> CalendarCode:
        """The same; NO_CALENDAR where none is named, so that no day is off."""
        return self.calendar_code or NO_CALENDAR

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, OSError, ZoneInfoNotFoundError) as error:
            raise ValueError(f"{value!r} is not an IANA time zone like Asia/Shanghai") from error
        return value


PrivacyLaw = Literal["pipl", "gdpr", "uk-gdpr", "none"]

LegalBasis = Literal[
    "consent",
    "contract",
    "legal-obligation",
    "vital-interests",
    "public-task",
    "legitimate-interests",
]
"""The bases of article 6(1) GDPR, (a) to (f)."""

_GDPR: tuple[PrivacyLaw, ...] = ("gdpr", "uk-gdpr")
_GDPR_KEYS = ("basis", "interests", "recipients", "transfers", "officer")


class Privacy(Frozen):
    """The organisation's own privacy notice, which the `law` requires beside the form.

    PIPL article 17; GDPR and UK GDPR article 13; `none` where no such law holds. `officer` is the
    address of the data protection officer. `interests` are those of the basis of that name.
    """

    law: PrivacyLaw = "pipl"
    handler: Text
    contact: EmailStr
    purpose: Text
    method: Text
    data: Text
    retention_years: Annotated[int, Field(ge=1, le=30)]
    basis: LegalBasis | None = None
    interests: Text | None = None
    recipients: Text | None = None
    transfers: Text | None = None
    officer: EmailStr | None = None

    @property
    def is_gdpr(self) -> bool:
        """Whether article 13 of the GDPR, or of the United Kingdom's, words the notice."""
        return self.law in _GDPR

    @property
    def needs_consent(self) -> bool:
        """Whether a filing may be handled only with the filer's consent."""
        return self.law == "pipl" or self.basis == "consent"

    @model_validator(mode="after")
    def _of_its_law(self) -> "Privacy":
        if not self.is_gdpr:
            foreign = [key for key in _GDPR_KEYS if getattr(self, key) is not None]
            if foreign:
                raise ValueError(f"{foreign[0]} belongs to law: gdpr or law: uk-gdpr")
        elif self.interests is not None and self.basis != "legitimate-interests":
            raise ValueError("interests belong to basis: legitimate-interests")
        return self

"""The contract, and the list of current contracts.

`build.py` compiles a contract from a policy; the functions load it by the digest in the page.
"""

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.deadlines.calendar import BusinessHours, Calendar, CalendarCode
from functions.model.deadlines.counting import Counting
from functions.model.frozen import Frozen
from functions.model.language import FIRST, Language
from functions.model.pages.arrangement import Arrangement
from functions.model.text import Text


class Closed(Frozen):
    """Since when an organisation takes no filings, and who does; declared without a `clause`."""

    on: date
    successor: str | None = None
    text: Text | None = None
    clause: str | None = None


class Contract(Frozen):
    """What one version of an organisation's policy promises to a filer.

    `calendar` names the days off that dates are counted on; what they are is a fact of the world
    and is read from what is current. Contracts of before 0.2.0 carry the days off that were known
    when they were compiled, as `filed_calendar`, and no name of their time zone. The procedure in
    `language` decides, or the one in the language `prevails` if the site does not have it.

    `pages` has a digest for each language: of the release's pages, which `arrangement` completes.
    Contracts of before 0.2.0 have no arrangement, and the digests of whole pages. `procedure` is
    the digest of what only the desk needs (`functions.model.contract.procedure`). What equals its
    default is not stored, so that a default never changes.

    `organisation` is the id in cases, keys and figures: the first that it ever had. `renamed` is
    its address on the site if it was renamed since.
    """

    organisation: str
    renamed: str | None = None
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
    language: Language = FIRST
    prevails: str | None = None
    closed: Closed | None = None
    pages: dict[Language, str]
    retention_years: Annotated[int, Field(gt=0)]
    arrangement: Arrangement | None = None
    procedure: str | None = None

    @property
    def address(self) -> str:
        """The folder of its pages, below that of their language."""
        return self.renamed or self.organisation

    def is_closed(self, now: datetime) -> bool:
        """Whether the organisation takes no more filings."""
        if self.closed is None:
            return False
        return self.closed.on <= now.astimezone(ZoneInfo(self.timezone)).date()

    def retained_until(self, received_at: datetime) -> datetime:
        """When a filing received then is deleted; 29 February becomes 1 March in a common year."""
        year = received_at.year + self.retention_years
        try:
            return received_at.replace(year=year)
        except ValueError:
            return received_at.replace(year=year, month=3, day=1)


class Current(Frozen):
    """Digests of the contracts, calendars and site pages that a new visitor gets.

    `language` is the site's first one, whose pages have addresses without a language.
    `proof_of_work` is the effort that a filing takes, as a multiple of the usual one; None if
    no proof of work is required. `renamed` has the addresses of each organisation that was renamed,
    by its id: that of today, then the earlier ones.
    """

    organisations: dict[str, str]
    site: dict[Language, str]
    calendars: dict[CalendarCode, str] = Field(default_factory=dict)
    language: Language = FIRST
    proof_of_work: int | None = None
    renamed: dict[str, tuple[str, ...]] | None = None

    def organisation_at(self, address: str) -> str:
        """The id of the organisation whose address this is or was; else the address."""
        renamed = (self.renamed or {}).items()
        return next((id_ for id_, addresses in renamed if address in addresses), address)

    def address_of(self, organisation: str) -> str:
        """The address of an organisation today."""
        return (self.renamed or {}).get(organisation, (organisation,))[0]

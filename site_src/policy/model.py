"""The policy: one organisation's procedure as data, every fact with its clause.

Each model is frozen and refuses keys that it does not know. A `clause` names the smallest
numbered unit of `procedure.md` that says the fact: `2.5`, `第七条`, `第七条（一）`, `四、1.1`.
"""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import EmailStr, Field, StringConstraints, field_validator

from functions.model.attachment import AttachmentRules
from functions.model.contract.terms import Event, KindId, Party, Unit
from functions.model.deadlines.calendar import BusinessHours
from functions.model.frozen import Frozen
from functions.model.reference import ALPHABET
from functions.model.text import Text
from site_src.policy.address import Address, Slug
from site_src.policy.terms import Act, ChannelType, Formality, Standard, Topic

ClauseId = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Prefix = Annotated[str, StringConstraints(pattern=f"^[{ALPHABET}]{{2,4}}$")]
"""What the references of an organisation begin with."""

Colour = Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]
LogoName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-]*\.(svg|png)$")]
"""A file beside policy.yaml."""

Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,30}$")]


class Organisation(Frozen):
    """Who owns the procedure and answers filings.

    `mailbox` gets the notice of a filing that no route sends to a role with a mailbox.
    `logo` and `colour` are looks; see `site_src.looks.look`.
    """

    name: Text
    prefix: Prefix
    mailbox: EmailStr
    audience: Literal["public", "staff"] = "public"
    timezone: str = "Asia/Shanghai"
    hours: BusinessHours | None = None
    logo: LogoName | None = None
    colour: Colour | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no IANA time zone, such as Asia/Shanghai") from error
        return value


class Privacy(Frozen):
    """What PIPL article 17 wants told beside the form; the organisation's own declaration."""

    handler: Text
    contact: EmailStr
    purpose: Text
    method: Text
    data: Text
    retention_years: Annotated[int, Field(ge=1, le=30)]


class Fact(Frozen):
    """Anything that the procedure says, with the clause that says it."""

    clause: ClauseId


class OfKind(Fact):
    """A fact that may hold for one kind only; without `kind` it holds for all of them."""

    kind: KindId | None = None

    def holds_for(self, kind: KindId) -> bool:
        """Whether the fact holds for filings of `kind`."""
        return self.kind is None or self.kind == kind


class Ground(Fact):
    """Something that a filing of the kind may be about."""

    text: Text


class KindFact(Fact):
    """A kind of filing and what it means here, where the procedure says it."""

    id: KindId
    name: Text
    definition: Text | None = None
    grounds: tuple[Ground, ...] = ()


class Filer(OfKind):
    """Who may file."""

    id: Slug
    who: Text


class FormalityFact(OfKind):
    """How a filing must be made: in writing, signed, by real name."""

    type: Formality
    text: Text


class AskedField(OfKind):
    """A further thing that the procedure's record wants from the filer."""

    field: Literal["plate", "address"]
    required: bool = False


class Channel(OfKind):
    """A way to file."""

    id: Slug
    type: ChannelType
    name: Text
    value: str | None = None
    hours: Text | None = None


class Role(Fact):
    """Who handles filings. `says` lists other words by which the text calls the role."""

    id: Slug
    name: Text
    duty: Text
    mailbox: EmailStr | None = None
    says: tuple[str, ...] = ()


class Level(Fact):
    """How serious a filing is, and what makes it so.

    One that is `for_staff` judges whoever files: no form and no page says its definition and
    signs, only the clause itself.
    """

    id: Slug
    name: Text
    definition: Text
    signs: tuple[Text, ...] = ()
    for_staff: bool = False


class Category(OfKind):
    """What a filing is about; nested categories inherit nothing but their place."""

    id: Slug
    name: Text
    level: Slug | None = None
    children: "tuple[Category, ...]" = ()


class RouteFact(OfKind):
    """Which role handles a category or level; a route without either takes the rest."""

    role: Slug
    category: Slug | None = None
    level: Slug | None = None
    condition: Text | None = None


class Duty(OfKind):
    """Something to be done; `acts` says what it amounts to, for the conformance report."""

    acts: tuple[Act, ...] = ()


class Step(Duty):
    """Something that a role must do, and the record it leaves."""

    id: Slug
    role: Slug
    action: Text
    record: Text | None = None


class LimitFact(Duty):
    """A time limit: `role` of the `party` must act; `note` says how firm it is, if not firm.

    With a `level` it holds for filings of that level only. A `recurring` one is a frequency:
    at least `value` times in each `unit`, such as four surveys a year.
    """

    id: Slug
    value: Annotated[int, Field(gt=0)]
    unit: Unit
    starts: Annotated[Event, Field(alias="from")]
    action: Text
    party: Party = "organisation"
    role: Slug | None = None
    level: Slug | None = None
    within_hours: bool = False
    recurring: bool = False
    note: Text | None = None


class ReviewFact(OfKind):
    """Where to go next, inside or outside the organisation, in this order."""

    body: Text
    inside: bool
    text: Text
    limits: tuple[Slug, ...] = ()


class Provision(Duty):
    """Anything else that the procedure promises or demands."""

    topic: Topic
    text: Text


class Revision(Frozen):
    """One line of the document's history."""

    version: str
    published_on: Annotated[date | None, Field(alias="date")] = None
    text: Text


class Base(Frozen):
    """The policy whose clauses are shared, in a version that cannot change any more."""

    policy: Slug
    version: Version


class Policy(Frozen):
    """One organisation's procedure in one version.

    `standards` are those that the organisation has the procedure measured against; nothing
    public says so. `effective_clause` is the clause that gives the day it takes effect, where one
    does. `attachments` is a choice of the product, not of the procedure: no clause says
    it. `extends` and `omits` are explained in `site_src.policy.extends`.
    """

    id: Address
    version: Version
    effective_from: date
    effective_clause: ClauseId | None = None
    title: Text
    source: str
    document: str | None = None
    standards: tuple[Standard, ...] = ()
    organisation: Organisation
    privacy: Privacy
    attachments: AttachmentRules = AttachmentRules()
    kinds: Annotated[tuple[KindFact, ...], Field(min_length=1)]
    filers: Annotated[tuple[Filer, ...], Field(min_length=1)]
    formalities: tuple[FormalityFact, ...] = ()
    asks: tuple[AskedField, ...] = ()
    channels: tuple[Channel, ...] = ()
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    levels: tuple[Level, ...] = ()
    categories: tuple[Category, ...] = ()
    routes: tuple[RouteFact, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    limits: tuple[LimitFact, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    provisions: tuple[Provision, ...] = ()
    revisions: tuple[Revision, ...] = ()
    extends: Base | None = None
    omits: tuple[ClauseId, ...] = ()

    @property
    def declared(self) -> tuple[str, ...]:
        """What the public reads that no clause says: the organisation declares it itself."""
        day = () if self.effective_clause else ("effective_from",)
        return (*day, "privacy.retention_years")

    def role(self, id: str) -> Role:
        """The role of that id; the checker has made sure that there is one."""
        return next(role for role in self.roles if role.id == id)

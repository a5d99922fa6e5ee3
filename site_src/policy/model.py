"""Defines the policy: one organisation's procedure as data, every fact with its clause.

Each model is frozen and rejects unknown keys. A `clause` names the smallest numbered unit of
`procedure.md` that says the fact: `2.5`, `第七条`, `第七条（一）`, `四、1.1`.
"""

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import EmailStr, Field, StringConstraints

from functions.model.attachment import AttachmentRules
from functions.model.contract.terms import Event, KindId, Party, Unit
from functions.model.frozen import Frozen
from functions.model.text import Text
from site_src.policy.address import Address, Slug
from site_src.policy.organisation import Organisation, Privacy
from site_src.policy.terms import Act, ChannelType, Formality, Standard, Topic

ClauseId = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,30}$")]


class Fact(Frozen):
    """Anything that the procedure says, with the clause that says it."""

    clause: ClauseId


class OfKind(Fact):
    """A fact that holds for one `kind` only, or for all kinds if `kind` is not set."""

    kind: KindId | None = None

    def holds_for(self, kind: KindId) -> bool:
        """Whether the fact holds for filings of `kind`."""
        return self.kind is None or self.kind == kind


class Ground(Fact):
    """Something that a filing of the kind may be about."""

    text: Text


class KindFact(Fact):
    """A kind of filing, with its definition if the procedure gives one."""

    id: KindId
    name: Text
    definition: Text | None = None
    grounds: tuple[Ground, ...] = ()


class Filer(OfKind):
    """Who may file; `route` is the role that handles what they file, whatever it is about."""

    id: Slug
    who: Text
    route: Slug | None = None


class FormalityFact(OfKind):
    """How a filing must be made: in writing, signed, by real name."""

    type: Formality
    text: Text


class AskedField(OfKind):
    """A further detail of the filer that the procedure's record requires."""

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
    """Who handles filings. `says` lists other names that the text uses for the role."""

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
    """What a filing is about; a nested category inherits nothing from its parent.

    `words` are other words that people use for it. The search finds them; no page shows them, and
    they are not compared with the text.
    """

    id: Slug
    name: Text
    words: tuple[Text, ...] = ()
    level: Slug | None = None
    children: "tuple[Category, ...]" = ()


class RouteFact(OfKind):
    """Which role handles a category or level; a route without either handles the rest."""

    role: Slug
    category: Slug | None = None
    level: Slug | None = None
    condition: Text | None = None


class Duty(OfKind):
    """Something that must be done; `acts` classifies it for the conformance report."""

    acts: tuple[Act, ...] = ()


class When(Frozen):
    """Which filings a step or limit is for; every key that is set must hold.

    A `channel` is a way to file other than this site, so what is for one never holds for filings
    that come through the form. Only people can judge a `condition`.
    """

    kind: KindId | None = None
    category: Slug | None = None
    level: Slug | None = None
    filer: Slug | None = None
    channel: Slug | None = None
    condition: Text | None = None


class Conditional(Duty):
    """A duty for some filings only; `kind` is short for `when: {kind: …}`."""

    when: When = When()

    def holds_for(self, kind: KindId) -> bool:
        """Whether the fact holds for filings of `kind`."""
        return super().holds_for(kind) and self.when.kind in (None, kind)


class Step(Conditional):
    """Something that a role must do, and the record it leaves."""

    id: Slug
    role: Slug
    action: Text
    record: Text | None = None


class LimitFact(Conditional):
    """A time limit for the `role` of the `party` to act; `note` says if it is not strict.

    `level` is short for `when: {level: …}`. A `recurring` limit is a frequency: at least `value`
    times in each `unit`, such as four surveys a year.
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

    @property
    def is_window(self) -> bool:
        """Whether it is the filer's time to file, which runs before the filing arrives."""
        return self.party == "filer" and self.starts in ("decision", "report")

    @property
    def level_id(self) -> Slug | None:
        """The level that it holds for, written in either way."""
        return self.level or self.when.level


class ReviewFact(OfKind):
    """Where a filer can go next, inside or outside the organisation, in the listed order."""

    body: Text
    inside: bool
    text: Text
    limits: tuple[Slug, ...] = ()


class Provision(Duty):
    """Anything else that the procedure promises or requires."""

    topic: Topic
    text: Text


class Revision(Frozen):
    """One line of the document's history."""

    version: str
    published_on: Annotated[date | None, Field(alias="date")] = None
    text: Text


class Base(Frozen):
    """The policy that is extended, in one version, which can no longer change."""

    policy: Slug
    version: Version


class Policy(Frozen):
    """One organisation's procedure in one version.

    `standards` lists the standards that the conformance report measures the procedure against;
    no public page mentions them. `effective_clause` is the clause that gives the day it takes
    effect, if one does. `attachments` is a setting of the product, not of the procedure,
    so it has no clause. `extends` and `omits` are explained in `site_src.policy.extends`.
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
        """The role with that id; the checker ensures that it exists."""
        return next(role for role in self.roles if role.id == id)


def schema() -> str:
    """The JSON Schema (2020-12) of `policy.yaml`, for editors that check while you type."""
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    content |= Policy.model_json_schema(by_alias=True)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

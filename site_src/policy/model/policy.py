"""Defines the policy: one organisation's procedure in one version, as data."""

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from functions.model.attachment import AttachmentRules
from functions.model.frozen import Frozen
from functions.model.language import Language
from functions.model.text import Text
from site_src.policy.address import Address, Elsewhere, Slug
from site_src.policy.model.fact import ClauseId
from site_src.policy.model.filing import (
    AskedField,
    BranchFact,
    Category,
    Channel,
    Filer,
    FormalityFact,
    KindFact,
    Level,
    RepresentativeFact,
)
from site_src.policy.model.handling import Provision, Role, RouteFact, StepFact
from site_src.policy.model.limits import DurationFact, EventFact, LimitFact, SuspensionFact
from site_src.policy.model.organisation import Organisation, Privacy
from site_src.policy.model.reviews import FeeFact, ReviewFact
from site_src.policy.terms import Standard

Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,30}$")]


class Revision(Frozen):
    """One line of the document's history."""

    version: str
    published_on: Annotated[date | None, Field(alias="date")] = None
    text: Text


class Base(Frozen):
    """The policy that is extended, in one version, which can no longer change."""

    policy: Slug
    version: Version


class Closing(Frozen):
    """That the organisation takes no more filings since a day, and who takes them instead.

    `successor` is the folder of another organisation on this site, or a web address. Without a
    `clause` all of it is the organisation's own declaration.
    """

    on: date
    successor: Elsewhere | None = None
    text: Text | None = None
    clause: ClauseId | None = None


class PublishedFigures(Frozen):
    """Whether the organisation publishes how it keeps to its procedure, on its page.

    Without a `clause` it publishes the figures of its own accord.
    """

    publish: bool
    clause: ClauseId | None = None


class Policy(Frozen):
    """One organisation's procedure in one version.

    `language` is that of `procedure.md`, of every plain text in `policy.yaml`, and of the text
    that decides, unless `prevails` names a language that the site has no pages in.
    `renamed_from` has the earlier ids, the first one first; it may contain the id of today.

    `standards` lists the standards that the conformance report measures the procedure against;
    no public page mentions them. `effective_clause` is the clause that gives the day it takes
    effect, if one does. `attachments` is a setting of the product, not of the procedure,
    so it has no clause. `extends` and `omits` are explained in `site_src.policy.extends`.
    `status` is taken off before anything is made of a policy: see `site_src.policy.drafts`.
    """

    id: Address
    renamed_from: tuple[Address, ...] = ()
    status: Annotated[Literal["draft"] | None, Field(exclude=True)] = None
    language: Literal["zh-CN", "en"] = "zh-CN"
    prevails: Language | None = None
    version: Version
    effective_from: date
    effective_clause: ClauseId | None = None
    title: Text
    source: str
    document: str | None = None
    standards: tuple[Standard, ...] = ()
    organisation: Organisation
    privacy: Privacy
    closed: Closing | None = None
    statistics: PublishedFigures | None = None
    attachments: AttachmentRules = AttachmentRules()
    kinds: Annotated[tuple[KindFact, ...], Field(min_length=1)]
    filers: Annotated[tuple[Filer, ...], Field(min_length=1)]
    representatives: tuple[RepresentativeFact, ...] = ()
    formalities: tuple[FormalityFact, ...] = ()
    asks: tuple[AskedField, ...] = ()
    channels: tuple[Channel, ...] = ()
    branches: tuple[BranchFact, ...] = ()
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    levels: tuple[Level, ...] = ()
    categories: tuple[Category, ...] = ()
    routes: tuple[RouteFact, ...] = ()
    steps: Annotated[tuple[StepFact, ...], Field(min_length=1)]
    events: tuple[EventFact, ...] = ()
    limits: tuple[LimitFact, ...] = ()
    suspensions: tuple[SuspensionFact, ...] = ()
    durations: tuple[DurationFact, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    fees: tuple[FeeFact, ...] = ()
    provisions: tuple[Provision, ...] = ()
    revisions: tuple[Revision, ...] = ()
    extends: Base | None = None
    omits: tuple[ClauseId, ...] = ()

    @model_validator(mode="after")
    def _other_language(self) -> "Policy":
        if self.prevails == self.language:
            raise ValueError("prevails names the policy's own language, which decides anyway")
        return self

    @property
    def recorded_id(self) -> str:
        """What cases, contracts, keys and figures call the organisation: the first of its ids."""
        return self.renamed_from[0] if self.renamed_from else self.id

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of today, then the earlier ones."""
        return tuple(dict.fromkeys((self.id, *self.renamed_from)))

    @property
    def declared(self) -> tuple[str, ...]:
        """What the public reads that no clause says: the organisation declares it itself."""
        day = () if self.effective_clause else ("effective_from",)
        closing = ("closed",) if self.closed and self.closed.clause is None else ()
        figures = ("statistics",) if self.publishes and self.publishes.clause is None else ()
        return (*day, "privacy.retention_years", *closing, *figures)

    @property
    def publishes(self) -> PublishedFigures | None:
        """What makes it publish its figures; None if it does not."""
        return self.statistics if self.statistics and self.statistics.publish else None

    def role(self, id: str) -> Role:
        """The role with that id; the checker ensures that it exists."""
        return next(role for role in self.roles if role.id == id)


def schema() -> str:
    """The JSON Schema (2020-12) of `policy.yaml`, for editors that check while you type."""
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    content |= Policy.model_json_schema(by_alias=True)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

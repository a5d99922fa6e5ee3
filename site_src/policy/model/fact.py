"""Defines what all facts have in common: the clause, the kind, and what they are for.

Each model is frozen and rejects unknown keys. A `clause` names the smallest numbered unit of
`procedure.md` that says the fact: `2.5`, `第七条`, `第七条（一）`, `四、1.1`.
"""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.text import Text
from site_src.policy.address import Slug
from site_src.policy.terms import Act

ClauseId = Annotated[str, StringConstraints(min_length=1, max_length=40)]


Proposed = Annotated[str, StringConstraints(min_length=1)]


class Fact(Frozen):
    """Anything that the procedure says, with the clause that says it.

    `proposed` marks a fact of a draft that a machine read and nobody has confirmed, with the words
    that it was read from. It is taken off before anything is made of a policy.
    """

    clause: ClauseId
    proposed: Annotated[Proposed | None, Field(exclude=True)] = None


class OfKind(Fact):
    """A fact that holds for one `kind` only, or for all kinds if `kind` is not set."""

    kind: KindId | None = None

    @property
    def only_for(self) -> KindId | None:
        """The one kind that it holds for; None if it holds for all."""
        return self.kind

    def holds_for(self, kind: KindId) -> bool:
        """Whether the fact holds for filings of `kind`."""
        return self.kind is None or self.kind == kind


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
    branch: Slug | None = None
    condition: Text | None = None


class Conditional(Duty):
    """A duty for some filings only; `kind` is short for `when: {kind: …}`."""

    when: When = When()

    @property
    def only_for(self) -> KindId | None:
        """See OfKind."""
        return self.kind or self.when.kind

    def holds_for(self, kind: KindId) -> bool:
        """Whether the fact holds for filings of `kind`."""
        return super().holds_for(kind) and self.when.kind in (None, kind)


def cite_for_all(data: Any, key: str) -> Any:
    """Gives the facts under `key` the clause of the fact around them, unless they name their own.

    It runs before validation, so `data` may be anything.
    """
    if not isinstance(data, dict) or not isinstance(data.get(key), list | tuple):
        return data
    clause = {"clause": data["clause"]} if "clause" in data else {}
    inner = [clause | item if isinstance(item, dict) else item for item in data[key]]
    return data | {key: inner}

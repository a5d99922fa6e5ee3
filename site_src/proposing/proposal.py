"""Defines a proposed fact: what policy.yaml will say, and the words that it was read from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_src.bilingual import Bilingual

_LONGEST = 400
"""Characters of the words that a proposal cites."""


@dataclass(frozen=True)
class ProposedFact:
    """A fact for the list of policy.yaml that `list` names.

    `data` has the keys of the model without `clause`. `words` stand in the clause as they are.
    `unsure` says in a few words what of the fact a person must look at; None if the text is clear.
    """

    list: str
    clause: str
    words: str
    data: Mapping[str, Any] = field(default_factory=dict)
    unsure: Bilingual | None = None

    @property
    def entry(self) -> dict[str, Any]:
        """The entry of policy.yaml."""
        return {**self.data, "clause": self.clause, "proposed": self.words}


def joined(doubts: Iterable[Bilingual]) -> Bilingual | None:
    """The doubts in one line; None if there are none."""
    said = tuple(dict.fromkeys(doubts))
    if not said:
        return None
    return Bilingual("; ".join(one.en for one in said), "；".join(one.zh for one in said))


def cited(text: str, start: int, end: int) -> str:
    """The words of a span without blanks around them, cut where they are longer than a line."""
    words = text[start:end].strip()
    return re.split(r"\n", words)[0][:_LONGEST].strip()

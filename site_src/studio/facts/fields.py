"""Defines what a question about a fact is: a field for each key that policy.yaml has for it."""

from dataclasses import dataclass
from typing import Literal

from site_src.languages import _

FieldInput = Literal["line", "text", "lines", "number", "choice", "several", "flag", "side"]
"""`lines` is a list of texts, one a line, `several` any number of the choices. `side` is a choice
between inside and outside, which policy.yaml says as true or false."""

FieldGroup = Literal["first", "when", "more"]
"""What is asked at once, what says which filings the fact is for, and everything else."""

LATER = "later_of"
"""The field for the events after the first of `from: {later_of: …}`."""


@dataclass(frozen=True)
class FactField:
    """A question about one key of a fact; `choices` names what can be chosen.

    The key of a mapping in the fact is written with a dot: `when.level`. `short_for` is the longer
    way in which policy.yaml may say the same.
    """

    key: str
    label: str
    input: FieldInput = "line"
    choices: str = ""
    required: bool = False
    group: FieldGroup = "first"
    short_for: str = ""


@dataclass(frozen=True)
class FactForm:
    """What a fact of a list is, the question that decides it, and its fields."""

    noun: str
    question: str
    fields: tuple[FactField, ...]


KIND = FactField("kind", _("Kind of filing"), "choice", "kind", group="when")
NAME = FactField("name", _("Name"), required=True)
TEXT = FactField("text", _("In a few words, for the public"), "text", required=True)
ACTS = FactField("acts", _("What is done with the filing"), "several", "act", group="more")

CASES = (
    FactField("kind", _("Kind of filing"), "choice", "kind", group="when", short_for="when.kind"),
    FactField("when.category", _("About"), "choice", "category", group="when"),
    FactField("when.filer", _("Filed by"), "choice", "filer", group="when"),
    FactField("when.channel", _("Filed another way than here"), "choice", "channel", group="when"),
    FactField("when.branch", _("Branch"), "choice", "branch", group="when"),
    FactField("when.condition", _("Only if, in words"), group="when"),
)
"""Which filings a step or limit is for, but for the level."""

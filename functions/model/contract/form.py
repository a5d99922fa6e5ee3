"""The questions of a form, and the options of a choice."""

from functions.model.contract.terms import EventField, FieldName, Input
from functions.model.frozen import Frozen
from functions.model.text import Text


class Choice(Frozen):
    """One option of a choice.

    `group` is the parent's label in nested choices. `level` is the policy's level of seriousness
    for filings with this answer.
    """

    value: str
    label: Text
    group: Text | None = None
    level: str | None = None


class FormField(Frozen):
    """One question of a form; `clause` is the clause that asks for it, if any."""

    name: FieldName | EventField
    input: Input
    label: Text
    required: bool
    longest: int = 200
    choices: tuple[Choice, ...] = ()
    clause: str | None = None

"""The questions of a form, and the answers that a choice offers."""

from functions.model.contract.terms import FieldName, Input
from functions.model.frozen import Frozen
from functions.model.text import Text


class Choice(Frozen):
    """One answer of a choice.

    `group` is the parent's label where choices are nested, `level` how serious the policy
    takes a filing with this answer.
    """

    value: str
    label: Text
    group: Text | None = None
    level: str | None = None


class FormField(Frozen):
    """One question of a form; `clause` is the procedure's reason to ask it, if it gives one."""

    name: FieldName
    input: Input
    label: Text
    required: bool
    longest: int = 200
    choices: tuple[Choice, ...] = ()
    clause: str | None = None

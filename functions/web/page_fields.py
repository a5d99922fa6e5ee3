"""Separates a page's own fields from the answers: its button, its hidden field, its proof."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from functions.web.request import Sent

_HIDDEN_FIELD = "topic"
"""A field that people do not see. A sender who fills it in is shown the answers to confirm."""

SOLUTION = "altcha"
"""The solution of a proof of work (`functions.cases.proof_of_work`). Programs send it, too."""

FormAction = Literal["check", "correct", "keep", "change", "send"]
"""The step that a button of a page asks for. A request without one sends.

`check` shows the answers for a last look, `correct` takes the suggested address, `keep` the one
that was written, `change` returns to the form, `send` stores the filing.
"""

_STEPS: tuple[FormAction, ...] = get_args(FormAction)

BROWSER = "browser"
"""A number that a browser draws for its tab, so that another person's filing in the same words is
another filing. Without script there is none."""

_LONGEST_DRAWN = 100


@dataclass(frozen=True)
class PageFields:
    """The page's own fields, and `sent` without them.

    `trapped` says that the hidden field was filled in. `solution` is empty if none was sent.
    """

    sent: Sent
    step: FormAction | None = None
    trapped: bool = False
    solution: str = ""


def page_fields(sent: Sent) -> PageFields:
    """Separates the page's own fields from the answers.

    A program has neither buttons nor a hidden field. What it sends under their names stays with
    the answers; only the solution of a proof of work is taken out.
    """
    solution = sent.fields.get(SOLUTION, "")
    if sent.program:
        return PageFields(replace(sent, fields=sent.without(SOLUTION)), solution=solution)
    named = sent.fields.get("step")
    step = next((step for step in _STEPS if named == step), None)
    names = (SOLUTION, _HIDDEN_FIELD, *(("step",) if step else ()))
    trapped = bool(sent.fields.get(_HIDDEN_FIELD))
    fields = sent.without(*names)
    if BROWSER in fields:
        fields[BROWSER] = fields[BROWSER][:_LONGEST_DRAWN]
    return PageFields(replace(sent, fields=fields), step, trapped, solution)

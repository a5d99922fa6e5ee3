"""What a page sends beside the answers: its button, the field that people do not see, its proof."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from functions.web.request import Sent

_UNSEEN = "topic"
"""A field of the form that people do not see; who fills it in is asked once more."""

SOLUTION = "altcha"
"""The solution of a proof of work (`functions.cases.proof_of_work`); programs send it, too."""

FormAction = Literal["check", "correct", "keep", "change", "send"]
"""What a button of a page asks for; whoever names no step sends.

`check` reads the answers again before anything is stored, `correct` takes the address that was
likely meant, `keep` the one that was written, `change` gives the form back, `send` stores.
"""

_STEPS: tuple[FormAction, ...] = get_args(FormAction)


@dataclass(frozen=True)
class PageFields:
    """The page's own fields; `sent` is without them.

    `trapped` says that the field that people do not see was filled in.
    """

    sent: Sent
    step: FormAction | None = None
    trapped: bool = False
    solution: str = ""


def page_fields(sent: Sent) -> PageFields:
    """Takes the page's own fields apart from the others.

    A program has no buttons and sees all fields alike: what it sends under their names is a field
    like any other, but for a solution, which has no other place.
    """
    solution = sent.fields.get(SOLUTION, "")
    if sent.program:
        return PageFields(replace(sent, fields=sent.without(SOLUTION)), solution=solution)
    named = sent.fields.get("step")
    step = next((step for step in _STEPS if named == step), None)
    own = (SOLUTION, _UNSEEN, *(("step",) if step else ()))
    trapped = bool(sent.fields.get(_UNSEEN))
    return PageFields(replace(sent, fields=sent.without(*own)), step, trapped, solution)

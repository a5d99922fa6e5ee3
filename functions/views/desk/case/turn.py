"""Whose turn it is, and what the procedure says comes next: the box at the top of a case."""

from dataclasses import dataclass
from typing import Literal

from functions.model.case_log import OVER
from functions.model.contract.procedure import Step
from functions.model.contract.terms import StaffAct
from functions.model.progress import LimitProgress
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.desk.case.clauses import ClauseMark, clause_mark
from functions.views.desk.case.limits import LimitRow, limit_row
from functions.views.desk.case.people import People

Whose = Literal["yours", "others", "filer", "nobody"]


_OFTEN: tuple[StaffAct, ...] = ("approved", "returned", "forwarded", "asked", "note", "message")
"""What is done on a case again and again, whatever its procedure."""


@dataclass(frozen=True)
class Offered:
    """An act that the reader may record, by which steps and limits; `is_next` by the procedure."""

    act: StaffAct
    steps: tuple[Step, ...]
    limits: tuple[LimitProgress, ...]
    is_next: bool


@dataclass(frozen=True)
class StepRow:
    """A step of the procedure: what must be done, by whom, by which clause.

    `record` is what it leaves, `condition` when it is done at all, which only people can judge.
    """

    action: str
    roles: tuple[str, ...]
    clause: ClauseMark
    condition: str
    record: str
    approved_by: str
    tells: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True)
class ActButton:
    """A button that leads to the form of an act."""

    act: StaffAct
    is_next: bool


@dataclass(frozen=True)
class Turn:
    """The box: whose turn it is, why, by when, and what the reader may do.

    `steps` are what the procedure says must be done next, `limits` by when. `since` is since when
    the filer is waited for, or the case is over.
    """

    whose: Whose
    steps: tuple[StepRow, ...]
    limits: tuple[LimitRow, ...]
    next_acts: tuple[ActButton, ...]
    other_acts: tuple[ActButton, ...]
    since: str = ""


def turn(
    file: CaseFile,
    people: People,
    roles: tuple[str, ...],
    offers: tuple[Offered, ...],
    is_waiting: bool,
) -> Turn:
    """The box for a reader with these `roles`, to whom these acts are offered."""
    whose: Whose = "others"
    if file.progress.state in OVER:
        whose = "nobody"
    elif is_waiting:
        whose = "filer"
    elif any(offer.is_next for offer in offers):
        whose = "yours"
    offers = tuple(sorted(offers, key=lambda offer: not (offer.is_next and _is_pressing(offer))))
    ahead = [offer for offer in offers if offer.is_next] if whose == "yours" else []
    steps = {step.id: step for offer in ahead[:1] for step in offer.steps}
    limits = {step.milestone.limit.id: step for offer in ahead[:1] for step in offer.limits}
    buttons = [ActButton(offer.act, offer.is_next) for offer in offers]
    others = [button for button in buttons if not button.is_next]
    return Turn(
        whose=whose,
        steps=tuple(step_row(file, people, roles, step) for step in steps.values()),
        limits=tuple(limit_row(file, step) for step in limits.values()),
        next_acts=tuple(button for button in buttons if button.is_next),
        other_acts=tuple(sorted(others, key=_by_use)),
        since=_since(file, whose),
    )


def step_row(file: CaseFile, people: People, roles: tuple[str, ...], step: Step) -> StepRow:
    """What is said of one step to a reader with these roles."""
    language = file.pages.words.language

    def said(text: Text | None) -> str:
        return text.words(language) if text else ""

    return StepRow(
        action=said(step.action),
        roles=people.list_roles(step.roles),
        clause=clause_mark(file, step.clause),
        condition=said(step.condition),
        record=said(step.record),
        approved_by=people.role(step.approved_by) if step.approved_by else "",
        tells=people.list_roles(step.tells),
        is_own=not set(roles).isdisjoint(step.roles),
    )


def _is_pressing(offer: Offered) -> bool:
    """Whether a limit in minutes or hours runs for it: what has all day waits for that."""
    limits = (step.milestone for step in offer.limits)
    return any(milestone.limit.is_exact and milestone.due for milestone in limits)


def _by_use(button: ActButton) -> int:
    """Sorts what staff do most often to the front."""
    return _OFTEN.index(button.act) if button.act in _OFTEN else len(_OFTEN)


def _since(file: CaseFile, whose: Whose) -> str:
    """Since when the filer is waited for, or since when the case is over."""
    acts = {"filer": ("asked",), "nobody": ("closed", "withdrawn")}.get(whose, ())
    moments = [act.at for act in file.progress.happened if act.act in acts]
    return file.pages.words.moment(file.local(moments[-1])) if moments else ""

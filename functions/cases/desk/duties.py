"""Puts the steps of a procedure as what staff record: each step leads to acts, in stages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from functions.cases.desk.approval import Approval, answer_approval, extension_approver
from functions.model.contract.kind import Kind
from functions.model.contract.procedure import KindProcedure, Step
from functions.model.contract.terms import StaffAct

AFTER_ANSWER = 7
"""The first stage that follows an answer: carrying it out, then measures, then the archive."""

WHILE_HANDLED = 3
"""The first stage in which somebody looks into the matter; before it, the case is taken in."""

_STAGES: Mapping[str, int] = {
    "receive": 0,
    "register": 0,
    "acknowledge": 1,
    "accept": 1,
    "classify": 1,
    "assign": 2,
    "validate": WHILE_HANDLED,
    "investigate": WHILE_HANDLED,
    "track": WHILE_HANDLED,
    "progress": WHILE_HANDLED,
    "decide": 4,
    "approve": 5,
    "answer": 6,
    "notify": 6,
    "carry_out": AFTER_ANSWER,
    "correct": 8,
    "prevent": 8,
    "file": 9,
}

_ACTS: Mapping[str, tuple[StaffAct, ...]] = {
    "register": ("registered",),
    "acknowledge": ("acknowledged",),
    "accept": ("accepted", "not_accepted"),
    "classify": ("classified",),
    "assign": ("forwarded",),
    "validate": ("note",),
    "investigate": ("note",),
    "track": ("note",),
    "progress": ("message",),
    "approve": ("approved", "returned"),
    "answer": ("decision",),
    "notify": ("decision",),
    "correct": ("measure",),
    "prevent": ("measure",),
    "file": ("closed",),
}
"""By which record each act of a step is shown. `refer` informs the person complained of,
`follow_up` is what the sweep does, and the others concern no single case."""

_SOFT: frozenset[StaffAct] = frozenset(("note", "message", "told", "extended", "classified"))
"""Acts that nothing waits for; many a procedure has levels for some cases only."""


@dataclass(frozen=True)
class StaffDuty:
    """One act by which staff record a step; duties of a lower `stage` come first."""

    step: Step
    act: StaffAct
    stage: int

    @property
    def is_hard(self) -> bool:
        """Whether what follows waits for it."""
        return not is_soft(self.act)


def is_soft(act: StaffAct) -> bool:
    """Whether nothing waits for such an act."""
    return act in _SOFT


def duties_of(
    procedure: KindProcedure, steps: tuple[Step, ...], kind: Kind
) -> tuple[StaffDuty, ...]:
    """What the steps of a case lead to, in the order of the procedure."""
    plan = _Plan(procedure, steps, kind, answer_approval(steps))
    return tuple(dict.fromkeys(duty for step in steps for duty in plan.of_step(step)))


@dataclass(frozen=True)
class _Plan:
    """What decides by which acts a step is recorded."""

    procedure: KindProcedure
    steps: tuple[Step, ...]
    kind: Kind
    approval: Approval | None

    def of_step(self, step: Step) -> Iterator[StaffDuty]:
        """The duties of one step."""
        found = [duty for act in step.acts for duty in self._of_act(step, act)]
        if step.clause == self.procedure.read_back and "register" in step.acts:
            found.append(StaffDuty(step, "read_back", _STAGES["register"]))
        if "receive" in step.acts and not any(duty.is_hard for duty in found):
            found.append(StaffDuty(step, "registered", _STAGES["receive"]))
        if self._extends(step):
            found.append(StaffDuty(step, "extended", WHILE_HANDLED))
        elif self._has_limit(step) and not any(duty.is_hard for duty in found):
            stage = max((duty.stage for duty in found), default=WHILE_HANDLED)
            found = [StaffDuty(step, "done", stage)]
        if step.tells and "analyse" not in step.acts:
            stage = max((duty.stage for duty in found), default=WHILE_HANDLED)
            found.append(StaffDuty(step, "told", stage))
        if not found and not step.acts:
            found.append(StaffDuty(step, "note", WHILE_HANDLED))
        yield from found

    def _of_act(self, step: Step, act: str) -> Iterator[StaffDuty]:
        if act == "decide":
            yield StaffDuty(step, "proposed" if self._proposes(step) else "decision", _STAGES[act])
        elif act == "carry_out":
            yield from self._carrying_out(step)
        elif act != "classify" or self.kind.levels:
            for recorded in _ACTS.get(act, ()):
                yield StaffDuty(step, recorded, _STAGES[act])

    def _proposes(self, step: Step) -> bool:
        """Whether somebody else consents to what is decided here, or answers afterwards."""
        if self.approval is not None and not set(step.roles) <= set(self.approval.exempt):
            return True
        if not {"answer", "notify"}.isdisjoint(step.acts):
            return False
        later = {"decide", "answer", "notify"}
        return any(step.id in other.after and later & set(other.acts) for other in self.steps)

    def _carrying_out(self, step: Step) -> Iterator[StaffDuty]:
        """Carrying out follows the answer, unless the procedure has it before anybody decides."""
        answering = {"decide", "answer", "notify"}
        before = self.steps[self.steps.index(step) + 1 :]
        is_handling = any(answering & set(other.acts) for other in before)
        if answering & set(step.acts):
            return
        if is_handling and self.approval is not None and self.approval.exempt:
            yield StaffDuty(step, "proposed", WHILE_HANDLED)
        else:
            yield StaffDuty(step, "note", WHILE_HANDLED if is_handling else AFTER_ANSWER)

    def _extends(self, step: Step) -> bool:
        """Whether a limit is made longer by the clause of the step."""
        if not {"decide", "answer", "notify"}.isdisjoint(step.acts):
            return False
        by_consent = extension_approver((step,), step.clause) is not None
        return ("progress" in step.acts or by_consent) and any(
            limit.extends is not None and limit.clause == step.clause for limit in self.kind.limits
        )

    def _has_limit(self, step: Step) -> bool:
        """Whether a time limit binds the step that no other act keeps by itself."""
        return any(
            not limit.kept_by and binds(limit.id, limit.clause, step, self.procedure, self.steps)
            for limit in self.kind.limits
            if limit.party == "organisation"
        )


def binds(
    limit: str, clause: str, step: Step, procedure: KindProcedure, steps: tuple[Step, ...]
) -> bool:
    """Whether a limit of this id and clause is one within which the step must be done.

    It is the step of the same clause and role, by the name of the limit if there are several.
    """
    role = procedure.limit_roles.get(limit)
    bound = [each for each in steps if each.clause == clause and role in each.roles]
    named = [each for each in bound if each.id == limit]
    return step in (named or bound)

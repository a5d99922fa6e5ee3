"""Reads a case as the procedure has staff handle it: what is owed, what is done, who has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from functions.cases.desk.approval import Approval, Proposal, answer_approval, latest_proposal
from functions.cases.desk.duties import AFTER_ANSWER, StaffDuty, binds, duties_of
from functions.cases.desk.holding import (
    CaseStaff,
    Holding,
    applicable_steps,
    case_staff,
    holding,
    kind_procedure,
)
from functions.cases.ports.ports import Ports
from functions.model.acts import current_level
from functions.model.case_log import OVER, CaseAct
from functions.model.contract.limit import Limit
from functions.model.contract.procedure import KindProcedure, Step
from functions.model.contract.terms import StaffAct
from functions.model.progress import LimitProgress
from functions.model.text import Text
from functions.views.case_file import CaseFile

_SPOKEN = ("telephone", "extension", "in_person", "callback")
"""Channels by which people are spoken with, so that what they said can be read back."""

_ACCEPTANCE = ("accepted", "not_accepted")
_DONE_BY: dict[StaffAct, tuple[str, ...]] = {
    "registered": ("registered",),
    "read_back": ("read_back",),
    "acknowledged": ("acknowledged", *_ACCEPTANCE),
    "accepted": _ACCEPTANCE,
    "not_accepted": _ACCEPTANCE,
}
"""Acts that are done once for a case, whoever did them."""


@dataclass(frozen=True)
class Handling:
    """A case with what its procedure has staff do.

    `procedure` is None under a contract of before 0.2.0; then there are no duties, and everybody
    who has the case may do everything. `staff` is read once.
    """

    file: CaseFile
    procedure: KindProcedure | None
    steps: tuple[Step, ...]
    duties: tuple[StaffDuty, ...]
    held: Holding
    names: dict[str, Text]
    staff: CaseStaff

    @cached_property
    def approval(self) -> Approval | None:
        """Whose consent an answer needs."""
        return answer_approval(self.steps)

    @cached_property
    def proposal(self) -> Proposal | None:
        """The answer that was proposed last in this round."""
        return latest_proposal(self.file.all_acts)

    @property
    def happened(self) -> tuple[CaseAct, ...]:
        """The acts that stand."""
        return self.file.progress.happened

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done unless the filer asks for a review."""
        return self.file.progress.state in OVER

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer and no review was asked for since."""
        return self.file.progress.state == "answered"

    @property
    def is_referred(self) -> bool:
        """Whether it was referred to another body and no review was asked for since."""
        return any(act.act == "referred" for act in self._round)

    @cached_property
    def ends_of_stops(self) -> tuple[str, ...]:
        """The events by which clocks go on that stand still now."""
        stops = (step.milestone.stopped for step in self.file.progress.steps)
        return tuple(dict.fromkeys(stop.suspension.ends for stop in stops if stop))

    def needs_approval(self, roles: Iterable[str]) -> bool:
        """Whether somebody with these roles must wait for another's consent to an answer."""
        return self.approval is not None and set(self.approval.exempt).isdisjoint(roles)

    def limits_of(self, act: StaffAct, steps: Iterable[Step]) -> tuple[LimitProgress, ...]:
        """The limits that an act keeps, by itself or as the steps say that lead to it."""
        own = tuple(steps)
        return tuple(step for step in self.file.progress.open_steps if self._keeps(act, step, own))

    def awaited(self) -> tuple[StaffDuty, ...]:
        """What must be done now, by anybody: what its stage and its conditions allow."""
        return tuple(duty for duty in self.duties if self._is_awaited(duty))

    def _keeps(self, act: StaffAct, progress: LimitProgress, own: tuple[Step, ...]) -> bool:
        limit, due = progress.milestone.limit, progress.milestone.due
        if limit.in_review and due is None and progress.milestone.stopped is None:
            return False  # no review was asked for yet
        if act in limit.kept_by:
            return True
        if limit.brings is not None and act in ("asked", "event"):
            return True
        if limit.kept_by or self.procedure is None:
            return False
        bound = [step for step in self.steps if self._binds(limit, step)]
        if act == "registered" and any("assign" in step.acts for step in bound):
            # Whoever registers a case has it: it was handed on to them.
            return {role for step in bound for role in step.roles}.isdisjoint(self.held.roles)
        if act == "proposed":
            telling = {"approve", "answer", "notify"}
            return any(step in own or telling & set(step.acts) for step in bound)
        return any(step in own and self._ends_with(step, act) for step in bound)

    def _ends_with(self, step: Step, act: StaffAct) -> bool:
        """Whether the act is the last by which a step is recorded."""
        own = [duty for duty in self.duties if duty.step == step]
        hard = [duty for duty in own if duty.is_hard] or own
        last = max((duty.stage for duty in hard), default=0)
        return any(duty.act == act and duty.stage == last for duty in hard)

    def _binds(self, limit: Limit, step: Step) -> bool:
        assert self.procedure is not None, "_keeps asks only under a procedure"
        return binds(limit.id, limit.clause, step, self.procedure, self.steps)

    def _is_awaited(self, duty: StaffDuty) -> bool:
        if self.is_over or duty.act == "extended" or self.is_done(duty):
            return False
        if duty.act == "read_back" and not self._was_spoken:
            return False
        if self._is_replaced(duty.step) or not self._is_ready(duty.step):
            return False
        if duty.step.condition is not None and not self._holds(duty.step):
            return False
        if duty.stage >= AFTER_ANSWER or self.is_answered:
            return self.is_answered and duty.stage >= AFTER_ANSWER
        if self.file.progress.state == "review":
            answering = duty.act in ("proposed", "approved", "returned", "decision")
            return self._is_of_review(duty.step) or (answering and not self._has_review_steps)
        return True

    def is_done(self, duty: StaffDuty) -> bool:
        """Whether staff have recorded it, in this round."""
        acts = self._round if self._is_of_review(duty.step) else self.happened
        if duty.act in _DONE_BY:
            return any(act.act in _DONE_BY[duty.act] for act in acts)
        match duty.act:
            case "classified":
                submission = self.file.case.submission
                level = current_level(acts) or self.file.kind.level_of(submission.category)
                return level is not None
            case "told":
                told = {role for act in acts for role in (*act.entry.tells, act.entry.to_role)}
                return told.issuperset(duty.step.tells)
            case "proposed":
                proposal = self.proposal
                return proposal is not None and (proposal.is_pending or proposal.is_approved)
            case "approved" | "returned":
                return self.proposal is None or not self.proposal.is_pending
            case "decision":
                return any(act.answers for act in self._round)
            case "done":
                return not self.limits_of("done", (duty.step,))
            case "closed":
                return self.file.progress.state == "closed"
            case "forwarded" if "receive" in duty.step.acts and self._has_registered(duty.step):
                return True
        return any(act.act == duty.act and self._did(act, duty.step.roles) for act in acts)

    @cached_property
    def _round(self) -> tuple[CaseAct, ...]:
        """The acts since a review was asked for last."""
        begins = [n for n, act in enumerate(self.happened) if act.act == "review_requested"]
        return self.happened[begins[-1] + 1 :] if begins else self.happened

    @property
    def _was_spoken(self) -> bool:
        entered = self.file.case.entered
        ways = self.procedure.channels if self.procedure else ()
        return entered is not None and any(
            way.id == entered.channel and way.type in _SPOKEN for way in ways
        )

    @cached_property
    def _has_review_steps(self) -> bool:
        return any(self._is_of_review(step) for step in self.steps)

    def _is_of_review(self, step: Step) -> bool:
        """Whether a step handles a review: by its clause, or within a limit that leads to it.

        Steps without a condition are those that every filing takes.
        """
        if step.condition is None or self.procedure is None:
            return False
        inside = {review.clause for review in self.file.kind.reviews if review.inside}
        return step.clause in inside or any(
            limit.in_review and limit.party == "organisation" and self._binds(limit, step)
            for limit in self.file.kind.limits
        )

    def _has_registered(self, step: Step) -> bool:
        """Whether another role than those of a step registered the case: it was handed on to it."""
        registered = (act for act in self.happened if act.act == "registered")
        return any(not self._did(act, step.roles) for act in registered)

    def _did(self, act: CaseAct, roles: tuple[str, ...]) -> bool:
        """Whether one of the roles acted, by the name that acts record."""
        return any(act.entry.role == self.names.get(role) for role in roles)

    def _is_ready(self, step: Step) -> bool:
        """Whether what comes before it by the procedure is done; what is not for the case is."""
        before = [each for each in self.steps if each.id in step.after]
        return all(self.is_step_done(each) or self._is_replaced(each) for each in before)

    def is_step_done(self, step: Step) -> bool:
        """Whether everything is recorded that waits to be, for a step."""
        hard = [duty for duty in self.duties if duty.step == step and duty.is_hard]
        return all(self.is_done(duty) for duty in hard)

    def _is_replaced(self, step: Step) -> bool:
        """Whether an alternative to the step was done."""
        return any(
            self.is_step_done(other) and any(duty.is_hard for duty in self._of(other))
            for other in self.steps
            if other != step and _are_alternatives(step, other)
        )

    def _of(self, step: Step) -> tuple[StaffDuty, ...]:
        return tuple(duty for duty in self.duties if duty.step == step)

    def _holds(self, step: Step) -> bool:
        """Whether the condition of a step surely holds now: the review that was asked for is by
        its clause, its time limit runs, or it is one of several ways of which one is taken.
        """
        if self._is_of_review(step):
            return self.file.progress.state == "review" and self._is_next_review(step)
        running = any(
            progress.milestone.due is not None
            and not progress.milestone.limit.is_conditional
            and self.procedure is not None
            and self._binds(progress.milestone.limit, step)
            for progress in self.file.progress.open_steps
        )
        ways = [other for other in self.steps if _are_alternatives(step, other)]
        return running or (bool(ways) and all(other.condition is not None for other in ways))

    def _is_next_review(self, step: Step) -> bool:
        """Whether the step handles the review that was asked for last."""
        asked = [act for act in self.happened if act.act == "review_requested"]
        reviews = self.file.kind.reviews
        index = asked[-1].entry.review if asked else None
        if index is None or index >= len(reviews):
            return False
        if step.clause == reviews[index].clause:
            return True
        by_clause = any(each.clause == reviews[index].clause for each in self.steps)
        return not by_clause


def _are_alternatives(one: Step, other: Step) -> bool:
    """Whether one of two steps is done in place of the other, or both in place of a third."""
    if one.id == other.id:
        return False
    same = one.instead_of is not None and one.instead_of == other.instead_of
    return same or one.instead_of == other.id or other.instead_of == one.id


def handling(file: CaseFile, ports: Ports) -> Handling:
    """The case as its procedure has it handled. Raises ContractError, StoreError."""
    case, contract = file.case, file.contract
    happened = file.progress.happened
    procedure = kind_procedure(case, contract, ports)
    steps = applicable_steps(case, contract, happened, ports)
    directory = ports.contracts.directory(contract.organisation)
    names: dict[str, Text] = {}
    if directory is not None:
        names = {role: known[-1] for role, known in directory.roles.items() if known}
    if contract.procedure is not None:
        names |= ports.contracts.procedure(contract.procedure).roles
    return Handling(
        file=file,
        procedure=procedure,
        steps=steps,
        duties=duties_of(procedure, steps, file.kind) if procedure else (),
        held=holding(case, contract, happened, ports),
        names=names,
        staff=case_staff(case, happened, ports),
    )

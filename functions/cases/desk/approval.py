"""Finds whose consent an answer or an extension needs, and whether they have given it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from functions.model.case_log import CaseAct, corrections
from functions.model.contract.procedure import Step

if TYPE_CHECKING:  # a filing reads who must consent, and opens no case
    from functions.model.progress import LimitProgress
    from functions.views.case_file import CaseFile

_ANSWERING = frozenset(("decide", "answer", "notify"))
_TELLING = frozenset(("answer", "notify"))


@dataclass(frozen=True)
class Approval:
    """The `roles` of which one must consent to an answer, by which `steps`.

    Who has a role in `exempt` decides without anybody's consent.
    """

    roles: tuple[str, ...]
    steps: tuple[Step, ...]
    exempt: tuple[str, ...] = ()

    def clause_of(self, role: str) -> str:
        """The clause by which a role consents."""
        return next(
            (step.clause for step in self.steps if role in (*step.roles, step.approved_by)),
            self.steps[0].clause,
        )


@dataclass(frozen=True)
class Proposal:
    """What was proposed last, and what was said of it; `verdict` is None while it is pending."""

    act: CaseAct
    verdict: CaseAct | None

    @property
    def is_pending(self) -> bool:
        """Whether nobody has consented or sent it back."""
        return self.verdict is None

    @property
    def is_approved(self) -> bool:
        """Whether it may be carried out as it stands."""
        return self.verdict is not None and self.verdict.act == "approved"


@dataclass(frozen=True)
class Consent:
    """That a role must consent to what was proposed: an answer, or that a limit `extends`."""

    role: str
    clause: str
    proposal: Proposal


def answer_approval(steps: Sequence[Step]) -> Approval | None:
    """Whose consent an answer needs by these steps; None if nobody's.

    A single approval on a condition binds nobody, as only people can say whether it holds. Where
    one role alone decides what others handle, those others need its consent.
    """
    approving = [step for step in steps if "approve" in step.acts]
    consenting = [step for step in steps if step.approved_by and _ANSWERING.intersection(step.acts)]
    found = [step for step in (*approving, *consenting) if _is_certain(step, approving)]
    if found:
        roles = [role for step in approving for role in step.roles]
        roles += [step.approved_by for step in consenting if step.approved_by]
        return Approval(tuple(dict.fromkeys(roles)), tuple(approving or consenting))
    deciding = [step for step in steps if "decide" in step.acts]
    deciders = {role for step in deciding for role in step.roles}
    handlers = {role for step in steps if "carry_out" in step.acts for role in step.roles}
    told = any(_TELLING.intersection(step.acts) for step in steps)
    if len(deciding) != 1 or deciding[0].condition or told or not handlers - deciders:
        return None
    return Approval(tuple(sorted(deciders)), tuple(deciding), tuple(sorted(deciders)))


def extension_approver(steps: Sequence[Step], clause: str) -> str | None:
    """The role that must consent to an extension by this clause; None if nobody must."""
    return next(
        (
            step.approved_by
            for step in steps
            if step.clause == clause and step.approved_by and not _ANSWERING & set(step.acts)
        ),
        None,
    )


def followers(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps by whose roles the handling of every such case is followed."""
    return (step for step in steps if "track" in step.acts and step.condition is None)


def latest_proposal(recorded: Sequence[CaseAct], extends: str | None = None) -> Proposal | None:
    """The proposal that stands: of an answer to this round, or to extend a limit.

    `recorded` are all acts of the case, those taken back, too: what was said of a proposal that was
    taken back is said of no other.
    """
    back = corrections(recorded)
    found: CaseAct | None = None
    proposed: list[datetime] = []
    verdicts: dict[datetime, CaseAct] = {}
    for act in recorded:
        stands, entry = act.at not in back, act.entry
        if entry.corrects in proposed:
            proposed.remove(entry.corrects)
        elif _ends_proposals(act, extends):
            found = None if stands else found
        elif entry.extends != extends:
            continue
        elif act.act == "proposed":
            proposed.append(act.at)
            found = act if stands else found
        elif act.act in ("approved", "returned") and stands:
            # Entries without the moment are about what was proposed last when they were recorded.
            about = entry.proposed_at or next(reversed(proposed), None)
            verdicts |= {about: act} if about else {}
    return Proposal(found, verdicts.get(found.at)) if found else None


def _ends_proposals(act: CaseAct, extends: str | None) -> bool:
    """Whether an act ends the round of an answer, or makes longer the limit in question."""
    if extends is None:
        return act.answers or act.act == "review_requested"
    return act.act == "extended" and act.entry.extends == extends


def pending_consents(file: "CaseFile", steps: Sequence[Step]) -> Iterator[Consent]:
    """What waits for somebody's consent now, by these steps."""
    approval, proposed = answer_approval(steps), latest_proposal(file.all_acts)
    if approval and proposed and proposed.is_pending:
        for role in approval.roles:
            yield Consent(role, approval.clause_of(role), proposed)
    for step in extendable(file):
        limit = step.milestone.limit
        proposal = latest_proposal(file.all_acts, limit.id)
        approver = extension_approver(steps, limit.clause)
        if approver and proposal and proposal.is_pending:
            yield Consent(approver, limit.clause, proposal)


def extendable(file: "CaseFile") -> "tuple[LimitProgress, ...]":
    """The limits that make another longer which runs and has not ended."""
    running = {
        step.milestone.limit.id: step.milestone
        for step in file.progress.steps
        if not (step.done or step.settled or step.overdue or step.passed)
    }
    extended = {act.entry.extends for act in file.progress.happened if act.act == "extended"}
    return tuple(
        step
        for step in file.progress.steps
        if step.milestone.limit.extends in running
        and step.milestone.limit.party == "organisation"
        and step.milestone.limit.id not in extended
        and (base := running[step.milestone.limit.extends or ""])
        and (base.due or base.stopped)
    )


def _is_certain(step: Step, approving: Sequence[Step]) -> bool:
    """Whether one of these approves in every case: without a condition, or with an alternative."""
    if step.condition is None or "approve" not in step.acts:
        return True
    return any(
        other.instead_of == step.id or step.instead_of == other.id
        for other in approving
        if other is not step
    )

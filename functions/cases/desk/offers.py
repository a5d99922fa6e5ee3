"""Finds what a member of staff may record on a case, and what the procedure has come next."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from typing import get_args

from functions.cases.desk.access import Person
from functions.cases.desk.duties import WHILE_HANDLED, StaffDuty, is_soft
from functions.cases.desk.handling import Handling
from functions.cases.desk.permissions import allowed_acts, has_case
from functions.cases.ports.ports import Ports
from functions.model.case_log import is_waiting
from functions.model.contract.kind import Handover
from functions.model.contract.procedure import Step
from functions.model.contract.terms import StaffAct
from functions.model.progress import LimitProgress

_ORDER: tuple[StaffAct, ...] = get_args(StaffAct)

_CONSENT: tuple[StaffAct, ...] = ("approved", "returned")

_MEANWHILE: frozenset[StaffAct] = frozenset(("note", "message", "told"))
"""What can be done at any time and so comes after what the procedure waits for."""

Awaited = dict[StaffAct, tuple[Step, ...]]
"""The acts that come next, in their order, each by these steps."""


@dataclass(frozen=True)
class Offer:
    """An act that a person may record, by these steps of the procedure.

    `limits` are those that the act keeps. `is_next` means that the procedure has it come now, and
    that it is this person's turn. `to` are roles to which the case may be handed on, each on a
    condition.
    """

    act: StaffAct
    steps: tuple[Step, ...]
    limits: tuple[LimitProgress, ...]
    is_next: bool
    to: tuple[Handover, ...] = ()


def offers(work: Handling, person: Person, ports: Ports) -> tuple[Offer, ...]:
    """What the person may record now, what comes next first. Raises ContractError."""
    allowed = allowed_acts(work, person, ports)
    awaited = _next_acts(work, person, allowed)
    found = [_offer(work, person, act, awaited) for act in _ORDER if act in allowed]
    places = {act: place for place, act in enumerate(awaited)}
    return tuple(sorted(found, key=lambda offer: places.get(offer.act, len(_ORDER))))


def _offer(work: Handling, person: Person, act: StaffAct, awaited: Awaited) -> Offer:
    steps = awaited.get(act) or tuple(
        duty.step for duty in work.duties if duty.act == act and _is_own(duty, person)
    )
    limits = work.file.progress.open_steps if act == "done" else work.limits_of(act, steps)
    to = work.file.kind.handovers if act == "forwarded" else ()
    return Offer(act, tuple(dict.fromkeys(steps)), limits, act in awaited, to)


def _next_acts(work: Handling, person: Person, allowed: Set[StaffAct]) -> Awaited:
    """What comes next by the procedure, as far as the person may do it."""
    found: Awaited = {}
    if work.approval is not None and allowed >= set(_CONSENT):
        found |= dict.fromkeys(_CONSENT, work.approval.steps)
    if work.is_over or not has_case(work, person):
        return found
    if work.ends_of_stops and not is_waiting(work.happened):
        found["event"] = ()
    found |= _gathered(_first(work, _own_duties(work, person), allowed))
    if _sends_approved(work, person) and work.approval is not None:
        found.setdefault("decision", work.approval.steps)
    if all(is_soft(act) for act in found):
        found |= _handing_on(work, person) or _by_limits(work, allowed)
    return {act: steps for act, steps in found.items() if act in allowed}


def _own_duties(work: Handling, person: Person) -> tuple[StaffDuty, ...]:
    """What is awaited of the person's roles."""
    own = (duty for duty in work.awaited() if _is_own(duty, person))
    return tuple(filter(None, (_as_recorded(work, duty) for duty in own)))


def _first(
    work: Handling, duties: tuple[StaffDuty, ...], allowed: Set[StaffAct]
) -> tuple[StaffDuty, ...]:
    """Those of the first stage that something waits for, and what can be done meanwhile.

    Of a step, others are told as it is done or once it is.
    """
    able = [duty for duty in duties if duty.act in allowed]
    stage = min((duty.stage for duty in able if duty.is_hard), default=None)
    now = [duty for duty in able if stage is None or duty.stage <= stage]
    doing = {duty.step.id for duty in now if duty.is_hard}
    ripe = (
        duty
        for duty in now
        if duty.act != "told" or duty.step.id in doing or work.is_step_done(duty.step)
    )
    return tuple(sorted(ripe, key=lambda duty: (duty.act in _MEANWHILE, duty.stage)))


def _gathered(duties: Iterable[StaffDuty]) -> Awaited:
    found: Awaited = {}
    for duty in duties:
        found[duty.act] = tuple(dict.fromkeys((*found.get(duty.act, ()), duty.step)))
    return found


def _as_recorded(work: Handling, duty: StaffDuty) -> StaffDuty | None:
    """An answer that needs consent is proposed first, by whom the procedure has propose it."""
    if duty.act != "decision" or not work.needs_approval(duty.step.roles):
        return duty
    if work.proposal is not None and work.proposal.is_approved:
        return duty
    is_pending = work.proposal is not None and work.proposal.is_pending
    if is_pending or any(other.act == "proposed" for other in work.duties):
        return None
    return replace(duty, act="proposed")


def _sends_approved(work: Handling, person: Person) -> bool:
    """Whether the person has an approved answer that no step has another role send."""
    approved = work.proposal is not None and work.proposal.is_approved
    return (
        approved
        and bool(work.approval and work.approval.exempt)
        and (work.needs_approval(person.member.roles))
    )


def _handing_on(work: Handling, person: Person) -> Awaited:
    """Handing the case on to whose turn it is."""
    if work.approval is not None and work.proposal is not None and work.proposal.is_pending:
        return {}
    others = [
        recorded
        for duty in work.awaited()
        if duty.is_hard
        and duty.stage >= WHILE_HANDLED
        and duty.act not in _CONSENT
        and not _is_own(duty, person)
        and not work.staff.roles.isdisjoint(duty.step.roles)
        and (recorded := _as_recorded(work, duty))
    ]
    stage = min((duty.stage for duty in others), default=0)
    steps = tuple(dict.fromkeys(duty.step for duty in others if duty.stage == stage))
    return {"forwarded": steps} if steps else {}


def _by_limits(work: Handling, allowed: Set[StaffAct]) -> Awaited:
    """What running limits wait for, and an answer, where no step says what comes next."""
    running = [step for step in work.file.progress.open_steps if step.milestone.due]
    kept_by = [act for step in running for act in step.milestone.limit.kept_by]
    found: Awaited = {act: () for act in _ORDER if act in kept_by and act != "decision"}
    if not work.is_answered and not (work.approval and work.proposal and work.proposal.is_pending):
        consent = work.needs_approval(()) and "decision" not in allowed
        found["proposed" if consent else "decision"] = ()
    return found


def _is_own(duty: StaffDuty, person: Person) -> bool:
    return not set(duty.step.roles).isdisjoint(person.member.roles)

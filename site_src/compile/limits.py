"""Compiles time limits, and what stops their clock."""

from collections.abc import Iterator

from functions.model.contract.kind import Suspension
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId, StaffAct
from site_src.compile.routes import leaves
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.terms import Act

_KEEPS: dict[Act, StaffAct] = {
    "acknowledge": "acknowledged",
    "register": "registered",
    "assign": "forwarded",
    "decide": "decision",
    "answer": "decision",
    "notify": "decision",
}
"""The record that staff make when they do an act; the other acts leave no record of their own."""


def compile_limit(policy: Policy, fact: LimitFact) -> Limit:
    """The limit as a case knows it.

    An extension runs from what its base runs from. A day of every year belongs to no case, so it
    is a frequency.
    """
    base = _first_base(policy, fact)
    return Limit(
        id=fact.id,
        value=fact.value,
        unit=fact.unit,
        starts=base.starts,
        later_of=base.later_of,
        before=base.before,
        by=fact.by,
        not_before=fact.not_before,
        extends=fact.extends,
        every=fact.every,
        not_counted=fact.not_counted,
        brings=fact.brings,
        party=fact.party,
        action=fact.action,
        role=policy.role(fact.role).name if fact.role else None,
        clause=fact.clause,
        within_hours=fact.within_hours,
        note=fact.note,
        recurring=fact.recurring or (fact.by is not None and fact.runs_from is None),
        level=fact.level_id,
        filer=fact.when.filer,
        branch=fact.when.branch,
        categories=tuple(_below(policy, fact.when.category)),
        condition=fact.when.condition,
        kept_by=tuple(_kept_by(policy, fact)),
        in_review=any(fact.id in review.limits for review in policy.reviews),
        asked=fact.party == "filer" and is_asked(policy, fact),
    )


def is_asked(policy: Policy, fact: LimitFact) -> bool:
    """Whether the form asks the filer when the limit began."""
    asked = {event.id for event in policy.events if event.recorded_by == "filer"}
    starts = (fact.starts,) if fact.starts else fact.later_of
    return not asked.isdisjoint(starts)


def suspensions(policy: Policy, kind: KindId) -> Iterator[Suspension]:
    """What stops the clock of a kind's limits."""
    limits = {limit.id for limit in policy.limits if limit.holds_for(kind)}
    for fact in policy.suspensions:
        stopped = tuple(id for id in fact.limits if id in limits)
        if stopped:
            yield Suspension(
                limits=stopped,
                begins=fact.begins,
                ends=fact.ends,
                clause=fact.clause,
                text=fact.text,
                restarts=fact.restarts,
            )


def _first_base(policy: Policy, fact: LimitFact) -> LimitFact:
    """The limit that is extended, through others or directly; itself if it extends none."""
    limits = {limit.id: limit for limit in policy.limits}
    while fact.extends is not None:
        fact = limits[fact.extends]
    return fact


def _kept_by(policy: Policy, fact: LimitFact) -> Iterator[StaffAct]:
    """The staff acts that meet a limit of the organisation; a decision meets an inside review's."""
    if fact.party != "organisation":
        return
    kept_by = [_KEEPS[act] for act in fact.acts if act in _KEEPS]
    if any(fact.id in review.limits for review in policy.reviews if review.inside):
        kept_by.append("decision")
    yield from dict.fromkeys(kept_by)


def _below(policy: Policy, category: str | None) -> Iterator[str]:
    """The ids of the category's leaves, or of itself; nothing if there is none."""
    for above, leaf in leaves(policy.categories):
        if category in (*above, leaf.id):
            yield leaf.id

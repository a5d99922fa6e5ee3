"""Compiles what staff must do by a version of a policy, which only the desk reads."""

from collections.abc import Iterator, Mapping

from functions.model.contract.procedure import (
    Analysis,
    FollowUp,
    KindProcedure,
    Procedure,
    Step,
    Way,
)
from functions.model.contract.terms import KindId, Modal
from site_src.compile.limits import compile_limit
from site_src.compile.routes import leaves
from site_src.policy.model import handling
from site_src.policy.model.fact import When
from site_src.policy.model.policy import Policy

_ANALYSES = ("analysis", "appraisal")
"""The topics of provisions on what filings tell the organisation."""


def compile_procedure(policy: Policy, modals: Mapping[str, Modal]) -> Procedure:
    """The steps, roles and channels of a version; `modals` as for `compile_limit`."""
    return Procedure(
        organisation=policy.recorded_id,
        version=policy.version,
        roles={role.id: role.name for role in policy.roles},
        kinds={fact.id: _of_kind(policy, fact.id, modals) for fact in policy.kinds},
        analyses=tuple(_analyses(policy, modals)),
    )


def _of_kind(policy: Policy, kind: KindId, modals: Mapping[str, Modal]) -> KindProcedure:
    channels = tuple(channel for channel in policy.channels if channel.holds_for(kind))
    limits = tuple(fact for fact in policy.limits if fact.holds_for(kind))
    return KindProcedure(
        steps=tuple(_step(step) for step in policy.steps if step.holds_for(kind)),
        limit_roles={limit.id: limit.role for limit in limits if limit.role is not None},
        channels=tuple(
            Way(
                id=channel.id,
                type=channel.type,
                name=channel.name,
                clause=channel.clause,
            )
            for channel in channels
            if channel.type != "web"
        ),
        channel_limits={
            channel.id: tuple(
                compile_limit(policy, fact, modals)
                for fact in limits
                if fact.when.channel == channel.id
            )
            for channel in channels
            if any(fact.when.channel == channel.id for fact in limits)
        },
        parents={leaf.id: above for above, leaf in leaves(policy.categories) if above},
        follow_up=next(_follow_ups(policy, kind), None),
        read_back=next(
            (
                provision.clause
                for provision in policy.provisions
                if provision.topic == "read_back" and provision.holds_for(kind)
            ),
            None,
        ),
    )


def _step(step: handling.StepFact) -> Step:
    when = step.when
    return Step(
        id=step.id,
        roles=step.role_ids,
        acts=step.acts,
        action=step.action,
        clause=step.clause,
        record=step.record,
        after=step.after,
        instead_of=step.instead_of,
        tells=step.tells,
        approved_by=step.approved_by,
        category=when.category,
        level=when.level,
        filer=when.filer,
        channel=when.channel,
        branch=when.branch,
        condition=when.condition,
    )


def _analyses(policy: Policy, modals: Mapping[str, Modal]) -> Iterator[Analysis]:
    """What has filings analysed or counted in an appraisal, each clause once; and frequencies."""
    cited: set[str] = set()
    for step in policy.steps:
        if "analyse" in step.acts and "decide" not in step.acts:
            cited.add(step.clause)
            yield Analysis(
                words=step.action, clause=step.clause, roles=step.role_ids, record=step.record
            )
    for provision in policy.provisions:
        if provision.topic in _ANALYSES and provision.clause not in cited:
            cited.add(provision.clause)
            yield Analysis(words=provision.text, clause=provision.clause)
    for limit in policy.limits:
        if limit.recurring and limit.starts == "each_period" and limit.when == When():
            yield Analysis(
                words=limit.action,
                clause=limit.clause,
                roles=(limit.role,) if limit.role else (),
                limit=compile_limit(policy, limit, modals),
            )


def _follow_ups(policy: Policy, kind: KindId) -> Iterator[FollowUp]:
    """What has filers asked afterwards whether they are satisfied."""
    for step in policy.steps:
        if "follow_up" in step.acts and step.holds_for(kind):
            yield FollowUp(clause=step.clause)
    for provision in policy.provisions:
        if provision.topic == "follow_up" and provision.holds_for(kind):
            yield FollowUp(clause=provision.clause)

"""Selects the content of the poster for an organisation's premises."""

from dataclasses import dataclass

from site_src.check.conformance import places
from site_src.policy.model.filing import Channel
from site_src.policy.model.handling import Provision, StepFact
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy

_CALLED = ("telephone", "extension")
_OF_A_BRANCH = ("营业部", "分公司", "分支机构", "分店", "门店", "网点", "branch", "local office")


@dataclass(frozen=True)
class CallNumber:
    """A number to call; `local` means that every branch has its own number."""

    channel: Channel
    local: bool


@dataclass(frozen=True)
class Poster:
    """The content of a poster, and the provisions that require it.

    `wanted` lists these provisions, and `together` the numbers in their clauses, which must be
    shown in one place. `steps` is empty if the procedure requires nothing on the premises: then
    the QR code leads to them.
    """

    wanted: tuple[Provision, ...]
    together: tuple[CallNumber, ...]
    numbers: tuple[CallNumber, ...]
    others: tuple[Channel, ...]
    limits: tuple[LimitFact, ...]
    steps: tuple[StepFact, ...]


def poster(policy: Policy) -> Poster:
    """The poster of a policy; the order is the procedure's."""
    wanted = tuple(
        provision
        for provision in policy.provisions
        if provision.topic == "publication" and "premises" in places(provision, policy.language)
    )
    clauses = {provision.clause for provision in wanted}
    called = [channel for channel in policy.channels if channel.type in _CALLED]
    return Poster(
        wanted=wanted,
        together=tuple(_number(policy, one) for one in called if one.clause in clauses),
        numbers=tuple(_number(policy, one) for one in called if one.clause not in clauses),
        others=tuple(channel for channel in policy.channels if channel not in called),
        limits=tuple(
            limit
            for limit in policy.limits
            if not limit.recurring and limit.starts != "each_period"
        ),
        steps=policy.steps if wanted else (),
    )


def _number(policy: Policy, channel: Channel) -> CallNumber:
    name = channel.name.words(policy.language).lower()
    return CallNumber(channel, any(word in name for word in _OF_A_BRANCH))

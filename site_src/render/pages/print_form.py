"""Selects the channels to which a filled-in print form can be sent."""

from functions.model.contract.terms import KindId
from site_src.policy.model.filing import Channel
from site_src.policy.model.policy import Policy

_TAKE_PAPER = ("writing", "letter", "fax", "in_person", "box")


def takes_paper(policy: Policy, kind: KindId) -> tuple[Channel, ...]:
    """The channels of a kind that accept paper; empty if the procedure has none."""
    return tuple(
        channel
        for channel in policy.channels
        if channel.type in _TAKE_PAPER and channel.holds_for(kind)
    )

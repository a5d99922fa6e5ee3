"""Where a filled-in print form can go."""

from functions.model.contract.terms import KindId
from site_src.policy.model import Channel, Policy

_TAKE_PAPER = ("writing", "letter", "fax", "in_person", "box")


def takes_paper(policy: Policy, kind: KindId) -> tuple[Channel, ...]:
    """The channels of a kind that take a sheet of paper; empty where the procedure has none."""
    return tuple(
        channel
        for channel in policy.channels
        if channel.type in _TAKE_PAPER and channel.holds_for(kind)
    )

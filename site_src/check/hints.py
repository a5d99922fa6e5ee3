"""What is no finding, yet worth asking the owner of the procedure about."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from functions.model.frozen import Frozen
from site_src.policy.facts import facts
from site_src.policy.load import Edition
from site_src.policy.model.filing import Channel
from site_src.policy.terms import ChannelType
from site_src.policy.yaml_reading import field_name

HintCode = Literal["channel-without-value"]

_MISSING: dict[ChannelType, str] = {
    "telephone": "telephone number",
    "extension": "extension",
    "fax": "fax number",
    "email": "e-mail address",
}
"""Channels that nobody can use without their value."""


class CheckHint(Frozen):
    """Where it is and what would help; nothing is refused for it."""

    code: HintCode
    file: Path
    line: int
    column: int
    field: str
    clause: str
    message: str
    remedy: str


def check_hints(source: Edition) -> Iterator[CheckHint]:
    """The hints of an edition, in the order of its facts."""
    for placed in facts(source.policy):
        fact = placed.fact
        if isinstance(fact, Channel) and not fact.value and fact.type in _MISSING:
            at = source.reading.nearest(placed.path)
            what = _MISSING[fact.type]
            yield CheckHint(
                code="channel-without-value",
                file=at.file,
                line=at.line,
                column=at.column,
                field=field_name(placed.path),
                clause=fact.clause,
                message=f"clause {fact.clause} names this channel and no {what}",
                remedy=f"Ask the owner of the procedure for the {what}; the pages say that "
                "there is none.",
            )

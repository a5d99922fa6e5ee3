"""Reads which acts of a procedure an action names."""

from site_src.policy.terms import Act
from site_src.proposing.reading import ProcedureText

_MOST = 3


def acts_of(text: ProcedureText, action: str) -> tuple[Act, ...]:
    """The acts that an action names, in the order in which it says them; at most three."""
    said = [
        (match.start(), act)
        for act, pattern in text.words.acts
        if (match := pattern.search(action))
    ]
    return tuple(act for _, act in sorted(said)[:_MOST])

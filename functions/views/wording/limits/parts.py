"""What the sentence of a time limit is made of, whatever the language and the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Bond = Literal["must", "may", "can", "asked", "please"]
"""How the act binds: `asked` where the clause says neither that somebody must nor that they may;
`please` speaks to whoever must act."""

ToldTo = Literal["filer", "staff"]


@dataclass(frozen=True)
class Parts:
    """The parts of a sentence, each in the language of the sentence.

    `time` is when the act must be done (`within 3 days of receipt`, `by Wednesday 2 December`);
    empty if no date is known. `until` is the same time without its preposition, where somebody
    *has* that time. `after` follows the sentence: how often, or that the last day is still open.
    `condition` is on what it depends; `longer` means that the time is extended.
    """

    who: str
    bond: Bond
    action: str
    time: str
    until: str = ""
    after: str = ""
    condition: str = ""
    longer: bool = False
    plural: bool = False


Mark = Callable[[str], str]
"""Marks who must act, such as in bold; the words themselves stay."""

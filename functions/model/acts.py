"""What filers and staff do on a case, and why an act cannot be taken."""

from dataclasses import dataclass
from typing import Literal

MOST_A_DAY = 20
"""Entries of one side in 24 hours; nobody in earnest needs more, and a script would."""

KEEPS = "keeps."
"""What the names of the fields start with that say which time limits an act keeps."""

ActProblemCode = Literal[
    "words", "longer", "confirm", "too_many", "not_open", "act", "day", "keeps"
]


@dataclass(frozen=True)
class ActProblem:
    """Why an act cannot be taken; `name` is the field to mend."""

    name: str
    code: ActProblemCode

"""Problems with what filers and staff record on a case, how much one may record, and the level."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from functions.model.case_log import CaseAct

LONGEST_TEXT = 5000
"""Most characters of one entry: some 15 KB, far below DynamoDB's limit of 400 KB for an item."""

MOST_A_DAY = 20
"""Most entries of one party in 24 hours: enough for any person, too few for a script."""

MOST_WORDS = 200_000
"""Most characters of all entries of one party on a case: the page of a case shows every entry, and
Lambda answers with 6 MB at most."""

MOST_FILES_OF_PARTY = 40
MOST_BYTES_OF_PARTY = 200_000_000
"""Most files of one party on a case, and their bytes together: eight entries with all files that
a form takes. The rest of an archive goes by post."""

KEEPS = "keeps."
"""Prefix of the form fields that say which time limits an act keeps; the limit's id follows."""

PERSON = "person."
"""Prefix in the form field `to` of a member of staff, whose mark follows."""

TELLS = "tells."
"""Prefix of the form fields that say which roles are told; the role's id follows."""

CARRIED_OUT = "carried_out"
"""The form field that names, by its moment, the measure that was carried out."""

SHOWN_PROPOSALS = "shown_proposals"
"""The form field that names, by their moments, the proposals that whoever sends it has read."""

ActProblemCode = Literal[
    "words",
    "longer",
    "confirm",
    "too_many",
    "full",
    "not_open",
    "act",
    "day",
    "time",
    "delivered",
    "level",
    "event",
    "event_day",
    "keeps",
    "outcome",
    "extends",
    "approval",
    "to",
    "kept_out",
    "tells",
    "barred",
    "clause",
    "changed",
    "overtaken",
    "owner",
    "until",
    "corrects",
    "over",
    "not_offered",
    "link_only",
    "channel",
    "received",
    "choose",
    "no_answer",
]


@dataclass(frozen=True)
class ActProblem:
    """Why an act cannot be recorded; `name` is the form field to correct."""

    name: str
    code: ActProblemCode


def current_level(happened: "Iterable[CaseAct]") -> str | None:
    """The level that staff gave to the case last, None if they gave none."""
    levels = [act.entry.level for act in happened if act.entry.level]
    return levels[-1] if levels else None

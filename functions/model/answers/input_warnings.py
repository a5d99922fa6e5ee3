"""Answers that can be taken and may yet be slips: asked about, never refused."""

from dataclasses import dataclass
from typing import Literal

from functions.model.answers.email_address import likely_meant
from functions.model.answers.plate import is_plate
from functions.model.answers.submission import Submission
from functions.model.answers.telephone import is_in_service


@dataclass(frozen=True)
class InputWarning:
    """An answer worth a second look; `meant` is what it likely should be, where that is known."""

    name: Literal["email", "phone", "plate"]
    meant: str | None = None


def input_warnings(submission: Submission) -> tuple[InputWarning, ...]:
    """What to ask about before the filing is sent."""
    found: list[InputWarning] = []
    if submission.email and (meant := likely_meant(submission.email)):
        found.append(InputWarning("email", meant))
    if submission.phone and not is_in_service(submission.phone):
        found.append(InputWarning("phone"))
    if submission.plate and not is_plate(submission.plate):
        found.append(InputWarning("plate"))
    return tuple(found)

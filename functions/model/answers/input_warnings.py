"""Warns about valid answers that may be typos; the filer is asked, never refused."""

from dataclasses import dataclass
from typing import Literal

from functions.model.answers.email_address import likely_meant
from functions.model.answers.plate import is_plate
from functions.model.answers.submission import Submission
from functions.model.answers.telephone import is_in_service


@dataclass(frozen=True)
class InputWarning:
    """An answer that may be a typo; `meant` is the likely correct value, if known."""

    name: Literal["email", "phone", "plate"]
    meant: str | None = None


def input_warnings(submission: Submission) -> tuple[InputWarning, ...]:
    """The warnings to show the filer before the filing is sent."""
    warnings: list[InputWarning] = []
    if submission.email and (meant := likely_meant(submission.email)):
        warnings.append(InputWarning("email", meant))
    if submission.phone and not is_in_service(submission.phone):
        warnings.append(InputWarning("phone"))
    if submission.plate and not is_plate(submission.plate):
        warnings.append(InputWarning("plate"))
    return tuple(warnings)

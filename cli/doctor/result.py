"""What a check found, and what all of them come to."""

from dataclasses import dataclass
from typing import Literal

CheckState = Literal["good", "note", "warning", "fault"]
"""`good`: as it should be. `note`: there is nothing to do. `warning`: it works, and somebody must
do something. `fault`: something does not work, or will not."""


@dataclass(frozen=True)
class CheckResult:
    """What one check found of a subject, such as "store", in a sentence; and what to do, if any."""

    subject: str
    state: CheckState
    says: str
    remedy: str = ""


def good(subject: str, says: str) -> CheckResult:
    """As it should be."""
    return CheckResult(subject, "good", says)


def note(subject: str, says: str) -> CheckResult:
    """Nothing to do."""
    return CheckResult(subject, "note", says)


def warning(subject: str, says: str, remedy: str) -> CheckResult:
    """It works, and somebody must do something."""
    return CheckResult(subject, "warning", says, remedy)


def fault(subject: str, says: str, remedy: str) -> CheckResult:
    """Something does not work, or will not."""
    return CheckResult(subject, "fault", says, remedy)

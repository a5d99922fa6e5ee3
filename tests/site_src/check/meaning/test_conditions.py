"""When a step holds: its own condition, not that of what is joined to it."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.one_clause import codes_on

STEP = {"id": "final", "role": "manager", "action": "Issue a final decision"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The Case Manager shall issue a final decision within 9 days or, if a hearing is held, "
            "within 5 days.",
            True,
        ),
        ("If a hearing is held, the Case Manager shall issue a final decision.", False),
        (
            "The Case Manager shall answer and, if a hearing is held, issue a final decision.",
            False,
        ),
    ],
)
def test_a_joined_condition_is_not_the_step_s(tmp_path: Path, text: str, said: bool) -> None:
    """A condition behind "or" holds for what follows it, not for the act before it."""
    assert ("condition-unclaimed" not in codes_on(tmp_path, text, {"steps": [STEP]})) == said

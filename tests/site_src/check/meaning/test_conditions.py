"""When a step holds: its own condition, not that of what is joined to it."""

from pathlib import Path
from typing import Any

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


PASS_ON = {"id": "pass", "value": 3, "unit": "day", "from": "received", "action": "转交经理"}


@pytest.mark.parametrize(
    ("who", "found"),
    [("投诉专员收到书面投诉的", False), ("涉及安全的", True)],
)
def test_who_gets_a_filing_is_no_condition(tmp_path: Path, who: str, found: bool) -> None:
    """Words that say only that the fact's own role gets the filing hold for every filing.

    A channel with the id of the role says nothing of the limit.
    """
    limit = {**PASS_ON, "role": "manager"}
    channels = [{"id": "manager", "type": "letter", "name": who, "clause": "1"}]
    facts: dict[str, list[dict[str, Any]]] = {"limits": [limit], "channels": channels}
    text = f"{who}，自收到之日起 3 天内由投诉专员转交经理。"
    codes = codes_on(tmp_path, text, facts, language="zh-CN")
    assert ("condition-unclaimed" in codes) == found

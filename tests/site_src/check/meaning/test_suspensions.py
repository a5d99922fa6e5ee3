"""What stops the clock is what the clause says stops it."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

CHINESE = (
    "客服部自收到投诉之日起十日内答复。材料不全的，自告知补正之日起至补齐之日止的时间，"
    "不计入处理期限。"
)
ENGLISH = (
    "The Officer answers within 10 days of receipt of the complaint. The clock stops with the "
    "question and runs on when the client replies."
)


def codes(tmp_path: Path, clause: str, changed: dict[str, Any] | None) -> set[str]:
    """The codes with the right suspension, changed like this; None leaves it out."""
    chinese = not clause.isascii()
    answer = {"id": "answer", "value": 10, "unit": "day", "from": "received", "role": "service"}
    facts: dict[str, list[dict[str, Any]]] = {
        "limits": [{**answer, "action": "答复" if chinese else "answers"}],
        "events": [
            {"id": "asked", "name": "告知补正之日" if chinese else "the question"},
            {"id": "had", "name": "补齐之日" if chinese else "the client replies"},
        ],
    }
    facts["events"] = [{"recorded_by": "staff", **event} for event in facts["events"]]
    text = "补正的时间，不计入处理期限" if chinese else "The clock stops with the question"
    right = {"limits": ["answer"], "from": "asked", "until": "had", "text": text}
    if changed is not None:
        facts["suspensions"] = [{**right, **changed}]
    return {code for code in codes_of(tmp_path, clause, facts) if code.startswith("suspension")}


@pytest.mark.parametrize("clause", [CHINESE, ENGLISH], ids=["Chinese", "English"])
@pytest.mark.parametrize(
    "changed", [{"restarts": True}, {"from": "had", "until": "asked"}, {"from": "forwarded"}]
)
def test_wrong_suspensions(tmp_path: Path, clause: str, changed: dict[str, Any]) -> None:
    """A stop that restarts, runs from end to beginning or from an event not named is found."""
    assert codes(tmp_path / "right", clause, {}) == set()
    assert codes(tmp_path / "wrong", clause, changed) == {"suspension-not-in-text"}


@pytest.mark.parametrize("clause", [CHINESE, ENGLISH], ids=["Chinese", "English"])
def test_missing_suspensions(tmp_path: Path, clause: str) -> None:
    """A clause that stops the clock wants a suspension."""
    assert codes(tmp_path, clause, None) == {"suspension-unclaimed"}


@pytest.mark.parametrize(
    "clause",
    [
        "客服部自收到投诉之日起十日内答复，收到当日不计算在期限内。",
        "The Officer answers within 10 days of receipt of the complaint; the time does not run "
        "on public holidays.",
        "The Officer answers within 10 days of receipt of the complaint.",
    ],
)
def test_days_that_are_not_counted(tmp_path: Path, clause: str) -> None:
    """The first day and holidays that do not count stop no clock."""
    assert codes(tmp_path, clause, None) == set()

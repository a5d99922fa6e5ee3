"""Lengths that limits can claim, and what findings advise to write."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.third_clause import clause_codes, clause_findings

SAME_DAY = "客服部接到投诉后，应当当日填写《投诉登记表》。"
MONTHLY = "客服部每月5日前汇总上月投诉，每年1月公布办理情况。"


def limit(keys: str, action: str) -> str:
    """One limit of the service."""
    return f"limits: [{{id: a, role: service, {keys}, action: {action}, clause: 第三条}}]"


@pytest.mark.parametrize(
    ("clause", "keys", "action"),
    [
        (SAME_DAY, "value: 0, unit: day, from: received", "填写《投诉登记表》"),
        (MONTHLY, "value: 1, unit: month, recurring: true, from: each_period", "汇总上月投诉"),
        (MONTHLY, "value: 1, unit: year, recurring: true, from: each_period", "公布办理情况"),
    ],
)
def test_days_and_frequencies(tmp_path: Path, clause: str, keys: str, action: str) -> None:
    """当日 is no day at all, 每月5日前 is once a month."""
    assert clause_codes(tmp_path, clause, limit(keys, action)) == []


@pytest.mark.parametrize(
    ("clause", "keys", "action", "advice"),
    [
        (
            SAME_DAY,
            "value: 1, unit: day, from: received",
            "填写《投诉登记表》",
            "value: 0, unit: day",
        ),
        (
            MONTHLY,
            "value: 1, unit: week, recurring: true, from: each_period",
            "汇总上月投诉",
            "value: 1, unit: month, recurring: true, from: each_period",
        ),
    ],
)
def test_advice_can_be_followed(
    tmp_path: Path, clause: str, keys: str, action: str, advice: str
) -> None:
    """What a finding says to write is accepted."""
    found = clause_findings(tmp_path / "wrong", clause, limit(keys, action))
    assert [finding.code for finding in found] == ["limit-not-in-text"]
    assert f"`{advice}`" in found[0].remedy.en
    start = "" if "from" in advice else ", from: received"
    assert clause_codes(tmp_path / "right", clause, limit(advice + start, action)) == []


@pytest.mark.parametrize(
    ("clause", "advice"),
    [
        ("客服部每季度召开两次会议。", "value: 2, unit: month, every: 3, recurring: true"),
        ("客服部半个工作日内答复。", "value: …, unit: working_day, from: …"),
    ],
)
def test_advice_on_lengths(tmp_path: Path, clause: str, advice: str) -> None:
    """A frequency is advised as one; no value is advised that no limit can have."""
    (found,) = clause_findings(tmp_path, clause)
    assert (found.code, advice in found.remedy.en) == ("duration-unclaimed", True)


def test_excerpts_lose_their_stop(tmp_path: Path) -> None:
    """The message has a stop of its own."""
    fact = "provisions: [{topic: remedy, text: 双倍退还全部费用, clause: 第三条}]"
    (found,) = clause_findings(tmp_path, "客服部保管档案。", fact)
    assert "The clause says: 客服部保管档案. Use" in found.remedy.en
    assert "该条写的是：客服部保管档案。请用" in found.remedy.zh

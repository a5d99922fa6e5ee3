"""Conditions, levels and channels of sentences that give a length for each of several cases."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.third_clause import clause_codes

COMPLEX = "情况复杂的，客服部30日内答复，简单的5日内答复。"
LEVELS = "一般投诉客服部10日内办结，复杂投诉20日内办结。"
MAJOR = "客服部在2小时内回复，重大的在3天内答复。"
CALLS = "客户可以拨打客服热线400-000-0000。电话投诉的，客服部当日答复。"


def facts(*limits: str, levels: tuple[str, ...] = ()) -> str:
    """Limits of the service, and levels by their names, which are called a, b …"""
    named = [
        f"  - {{id: {chr(97 + number)}, name: {name}, definition: {name}, clause: 第三条}}"
        for number, name in enumerate(levels)
    ]
    rows = [
        f"  - {{id: l{number}, role: service, from: unstated, clause: 第三条, {keys}}}"
        for number, keys in enumerate(limits)
    ]
    return "\n".join((*(["levels:"] if named else []), *named, "limits:", *rows))


@pytest.mark.parametrize(
    ("clause", "written"),
    [
        (
            COMPLEX,
            facts(
                "value: 30, unit: day, when: {condition: 情况复杂的}, action: 答复",
                "value: 5, unit: day, when: {condition: 简单的}, action: 答复",
            ),
        ),
        (
            LEVELS,
            facts(
                "value: 10, unit: day, level: a, action: 办结",
                "value: 20, unit: day, level: b, action: 办结",
                levels=("一般投诉", "复杂投诉"),
            ),
        ),
        (
            LEVELS.replace("复杂投诉", "复杂的"),
            facts(
                "value: 10, unit: day, level: a, action: 办结",
                "value: 20, unit: day, when: {condition: 复杂的}, action: 办结",
                levels=("一般投诉",),
            ),
        ),
        (
            MAJOR,
            facts(
                "value: 2, unit: hour, action: 回复",
                "value: 3, unit: day, level: a, action: 答复",
                levels=("重大",),
            ),
        ),
        (
            "紧急的，客服部1小时内响应，24小时内答复。",
            facts(
                "value: 1, unit: hour, level: a, action: 响应",
                "value: 24, unit: hour, level: a, action: 答复",
                levels=("紧急",),
            ),
        ),
        (
            "客服部对属于职责范围的在3日内登记，不属于的在2日内告知理由。",
            facts(
                "value: 3, unit: day, action: 登记",
                "value: 2, unit: day, when: {condition: 不属于的}, action: 告知理由",
            ),
        ),
    ],
)
def test_each_case_is_its_own(tmp_path: Path, clause: str, written: str) -> None:
    """What is said of one length's case is not asked of the other's."""
    assert clause_codes(tmp_path, clause, written) == []


@pytest.mark.parametrize(
    ("clause", "written", "found"),
    [
        (
            COMPLEX,
            facts(
                "value: 30, unit: day, action: 答复",
                "value: 5, unit: day, when: {condition: 简单的}, action: 答复",
            ),
            ["condition-unclaimed"],
        ),
        (
            LEVELS,
            facts(
                "value: 10, unit: day, level: b, action: 办结",
                "value: 20, unit: day, level: a, action: 办结",
                levels=("一般投诉", "复杂投诉"),
            ),
            ["level-not-in-text", "level-not-in-text"],
        ),
        (
            MAJOR,
            facts(
                "value: 2, unit: hour, action: 回复",
                "value: 3, unit: day, action: 答复",
                levels=("重大",),
            ),
            ["level-unclaimed"],
        ),
        (
            "紧急的，客服部1小时内响应，24小时内答复。",
            facts(
                "value: 1, unit: hour, when: {condition: 紧急的}, action: 响应",
                "value: 24, unit: hour, action: 答复",
            ),
            ["condition-unclaimed"],
        ),
    ],
)
def test_the_case_that_a_length_has(
    tmp_path: Path, clause: str, written: str, found: list[str]
) -> None:
    """A case that is left out, or another's, is found."""
    assert clause_codes(tmp_path, clause, written) == found


@pytest.mark.parametrize(("channel", "found"), [("line", []), ("box", ["condition-unclaimed"])])
def test_words_for_the_type_of_a_channel(tmp_path: Path, channel: str, found: list[str]) -> None:
    """电话投诉的 is said by a channel of that type, whatever its name."""
    written = f"""\
channels:
  - {{id: line, type: telephone, name: 客服热线, value: 400-000-0000, clause: 第三条}}
  - {{id: box, type: box, name: 意见箱, clause: 第三条}}
steps:
  - {{id: answer, role: service, when: {{channel: {channel}}}, action: 客服部当日答复,
     clause: 第三条}}
"""
    clause = CALLS.replace("。电话", "，或者投入意见箱。电话")
    assert clause_codes(tmp_path, clause, written) == found

"""How facts and clauses are compared, on the good example with one thing edited."""

import shutil
from pathlib import Path

import pytest

from site_src.check.organisation import read_all
from tests.helpers.places import EXAMPLES

TELEPHONE = "name: 电话, value: 400-000-0000"


def codes(folder: Path, text: tuple[str, str], fact: tuple[str, str]) -> list[str]:
    """The codes of the findings after replacing something in the text and the facts."""
    shutil.copytree(EXAMPLES / "good", folder)
    for name, (old, new) in (("procedure.md", text), ("policy.yaml", fact)):
        file = folder / "sample" / name
        content = file.read_text(encoding="utf-8")
        assert old in content
        file.write_text(content.replace(old, new, 1), encoding="utf-8")
    return [finding.code for finding in read_all(folder)[1]]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            ("拨打 400-000-0000", "拨打 24 小时热线 400-000-0000"),
            (TELEPHONE, f"{TELEPHONE}, hours: 24 小时"),
        ),
        (("拨打 400-000-0000", "拨打 12345"), (TELEPHONE, "name: 电话, value: '12345'")),
        (("拨打 400-000-0000", "拨打 400-000-0000 转 6"), (TELEPHONE, f"{TELEPHONE} 转 6")),
        (
            ("拨打 400-000-0000", "拨打 分机 801 或者 802"),
            (f"telephone, {TELEPHONE}", "extension, name: 分机, value: 分机 801 或者 802"),
        ),
        (("客服部收到", "客服部 3 人收到"), ("duty: 答复", "duty: 由 3 人答复")),
        (("请经理复核", "按 2.2 请经理复核"), ("text: 请经理复核", "text: 请经理再看")),
        (("请经理复核", "按 GB/T 27065 请经理复核"), ("text: 请经理复核", "text: 请经理再看")),
        (("请经理复核", "在第一次答复后请经理复核"), ("text: 请经理复核", "text: 第一次答复后")),
        (("请经理复核", "请经理复核"), ("text: 请经理复核", "text: 15 天内请经理复核")),
    ],
    ids=lambda pair: pair[1],
)
def test_facts_that_their_clause_says(
    tmp_path: Path, text: tuple[str, str], fact: tuple[str, str]
) -> None:
    """Numbers agree in any notation; the hours, values and words of facts account for them."""
    assert codes(tmp_path / "policies", text, fact) == []


@pytest.mark.parametrize(
    ("text", "fact", "found"),
    [
        (
            ("help@sample.example.com。", "help@sample.example.com.cn。"),
            (TELEPHONE, TELEPHONE),
            ["contact-not-in-text", "contact-unclaimed"],
        ),
        (
            ("拨打 400-000-0000", "拨打 1400-000-0000"),
            (TELEPHONE, TELEPHONE),
            ["contact-not-in-text", "contact-unclaimed"],
        ),
        (
            ("拨打 400-000-0000", "拨打 24 小时热线 400-000-0000"),
            (TELEPHONE, f"{TELEPHONE}, hours: 12 小时"),
            ["number-not-in-text", "duration-unclaimed"],
        ),
        (
            ("请经理复核", "按 GB/T 27065 请经理复核"),
            ("text: 请经理复核", "text: 按 GB/T 27066 复核"),
            ["number-not-in-text"],
        ),
        (
            ("请经理复核", "在第一次答复后请经理复核"),
            ("text: 请经理复核", "text: 第二次答复后"),
            ["number-not-in-text"],
        ),
        (
            ("请经理复核", "按 2.9 请经理复核"),
            (TELEPHONE, TELEPHONE),
            ["number-unclaimed"],
        ),
        (
            ("在 5 个工作日内", "在 4.5 个工作日内"),
            (TELEPHONE, TELEPHONE),
            ["limit-not-in-text", "duration-unclaimed"],
        ),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_facts_that_their_clause_does_not_say(
    tmp_path: Path, text: tuple[str, str], fact: tuple[str, str], found: list[str]
) -> None:
    """A longer address, another length, another standard or another count does not agree."""
    assert codes(tmp_path / "policies", text, fact) == found

"""Formalities that a clause asks for, allows, refuses or does not need."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.third_clause import clause_codes

ANONYMOUS = "formalities: [{type: anonymous_allowed, text: 匿名投诉, clause: 第三条}]"


@pytest.mark.parametrize(
    "clause",
    [
        "匿名投诉有具体事实和线索的，客服部应当登记并予以核查，但不作个别答复；没有线索的，仅登记备查。",
        "匿名投诉没有线索的，不予受理；有具体线索的，应当核查。",
        "匿名投诉线索清楚的，照常办理。",
        "客户可以匿名投诉。",
        "接受匿名投诉。",
    ],
)
def test_anonymous_filings_that_are_looked_into(tmp_path: Path, clause: str) -> None:
    """Who looks into anonymous filings allows them."""
    assert clause_codes(tmp_path, clause, ANONYMOUS) == []


@pytest.mark.parametrize(
    "clause",
    [
        "对匿名投诉，客服部不予受理。",
        "客户不可以匿名投诉。",
        "不允许匿名投诉。",
        "匿名投诉也不予受理。",
        "匿名投诉不在受理范围内。",
        "匿名投诉的，仅登记备查。",
        "禁止匿名投诉，客户应当登记姓名。",
        "客服部不对匿名投诉进行调查。",
    ],
)
def test_anonymous_filings_that_are_refused(tmp_path: Path, clause: str) -> None:
    """A refusal is no evidence, and asks for no fact."""
    assert clause_codes(tmp_path / "fact", clause, ANONYMOUS) == ["formality-not-in-text"]
    assert clause_codes(tmp_path / "none", clause) == []


@pytest.mark.parametrize(
    ("clause", "type"),
    [
        ("投诉不要求采用书面形式。", "written"),
        ("投诉无须客户签字。", "signed"),
        ("投诉不必提供证据。", "evidence"),
    ],
)
def test_formality_that_is_not_needed(tmp_path: Path, clause: str, type: str) -> None:
    """What a clause says is not needed is no formality, and asks for none."""
    fact = f"formalities: [{{type: {type}, text: {clause.removesuffix('。')}, clause: 第三条}}]"
    assert clause_codes(tmp_path / "fact", clause, fact) == ["formality-not-in-text"]
    assert clause_codes(tmp_path / "none", clause) == []

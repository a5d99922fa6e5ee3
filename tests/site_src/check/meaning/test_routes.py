"""Who takes filings, and who only answers for the procedure."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.third_clause import clause_codes

ROUTE = "routes: [{role: service, clause: 第三条}]"


@pytest.mark.parametrize(
    "clause",
    [
        "本办法由客服部负责解释。",
        "本办法由主任办公会负责解释。",
        "由客服部负责本办法的解释和修订。",
        "员工培训由客服部负责。",
        "投诉处理经费由客服部负责。",
        "投诉档案由客服部负责归档。",
        "应当回避，由主任另行指定人员办理。",
        "应当回避，由主任指定其他人员办理。",
        "重大投诉报主任批准后处理。",
        "被投诉人是主任的，由副主任处理。",
        "客户可以联系客服部了解处理进度。",
        "客户可以联系客服部进一步详细了解处理进度。",
    ],
)
def test_other_duties_are_no_route(tmp_path: Path, clause: str) -> None:
    """Wording, training and files, another body, and who names or approves take no filings."""
    assert clause_codes(tmp_path, clause) == []


@pytest.mark.parametrize(
    "clause",
    [
        "投诉由客服部受理。本办法由客服部负责解释。",
        "投诉由客服部负责。",
        "投诉的受理、登记和归档由客服部负责。",
        "由主任授权客服部处理。",
        "对员工的投诉由主任直接处理。",
        "投诉送交客服部经批准由客服部处理。",
    ],
)
def test_who_takes_filings_has_a_route(tmp_path: Path, clause: str) -> None:
    """A role that takes filings needs a route, whatever else it is in charge of."""
    assert clause_codes(tmp_path, clause) == ["route-unclaimed"]


def test_wording_is_no_evidence_of_a_route(tmp_path: Path) -> None:
    """A route cites the clause that gives filings to the role."""
    assert clause_codes(tmp_path, "本办法由客服部负责解释。", ROUTE) == ["route-not-in-text"]


def test_the_role_of_the_longer_name_is_meant(tmp_path: Path) -> None:
    """客服部主任 is the role 主任, not the role 客服部."""
    route = "routes: [{role: head, clause: 第三条}]"
    assert clause_codes(tmp_path, "投诉由客服部主任处理。", route) == []

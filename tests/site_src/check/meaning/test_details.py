"""Opening days, fields to ask for, approvals and what a length is of are the clause's."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

VISIT = {"id": "visit", "type": "in_person", "name": "来访"}
IN_PERSON = {"id": "visit", "type": "in_person", "name": "In person"}
CHINESE = "客户可以来访，周一至周五9:00至17:00（法定节假日除外）。"
ENGLISH = "A client may file in person, Monday through Friday, 9:00 a.m. to 5:00 p.m."
KEPT = "投诉档案保存5年。"
APPROVED = {"approved_by": "manager"}


@pytest.mark.parametrize(
    ("clause", "name", "fact", "found"),
    [
        (CHINESE, "channels", {**VISIT, "hours": "周一至周五9:00至17:00（法定节假日除外）"}, False),
        (CHINESE, "channels", {**VISIT, "hours": "周一至周日9:00至17:00（节假日除外）"}, True),
        (CHINESE, "channels", {**VISIT, "hours": "周一至周五9:00至17:00"}, True),
        (ENGLISH, "channels", {**IN_PERSON, "hours": "Mon to Fri, 9:00 a.m. to 5:00 p.m."}, False),
        (
            ENGLISH,
            "channels",
            {**IN_PERSON, "hours": "Monday through Saturday, 9:00 a.m. to 5:00 p.m."},
            True,
        ),
        ("投诉人应当写明地址。", "asks", {"field": "address"}, False),
        ("投诉人应当写明地址。", "asks", {"field": "plate"}, True),
        (KEPT, "durations", {"says": "5年", "of": "retention", "text": "档案保存5年"}, False),
        (KEPT, "durations", {"says": "5年", "of": "penalty", "text": "档案保存5年"}, True),
    ],
)
def test_details(tmp_path: Path, clause: str, name: str, fact: dict[str, Any], found: bool) -> None:
    """Other days, fields and purposes than the clause's are found."""
    assert ("words-not-in-text" in codes_of(tmp_path, clause, {name: [fact]})) == found


@pytest.mark.parametrize(
    ("clause", "keys", "found"),
    [
        ("经经理批准，客服部公布结果。", {}, True),
        ("经经理批准，客服部公布结果。", APPROVED, False),
        ("未经经理批准，客服部不得公布结果。", {}, False),
        ("The Officer publishes it with the approval of the Chief Officer.", {}, True),
        ("The Officer publishes it with the approval of the Chief Officer.", APPROVED, False),
        ("Once approved by the Chief Officer, the Officer publishes it.", {}, True),
        ("The Officer publishes it and tells the Chief Officer.", {}, False),
    ],
)
def test_approvals(tmp_path: Path, clause: str, keys: dict[str, Any], found: bool) -> None:
    """Whoever must approve by the clause does so by a step."""
    action = "publishes it" if clause.isascii() else "公布结果"
    step = {"id": "publish", "role": "service", "action": action, **keys}
    assert ("approval-unclaimed" in codes_of(tmp_path, clause, {"steps": [step]})) == found

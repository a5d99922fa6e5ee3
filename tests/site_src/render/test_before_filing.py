"""What somebody reads before they file: who reads it, names, protection, consequences."""

import re
from html import unescape
from pathlib import Path

import pytest


def said_around(built: Path, form: str) -> tuple[str, str]:
    """What a form says before its questions, and beside its button, without tags."""
    page = (built / form / "index.html").read_text("utf-8")
    start, end = page.index('<div class="before brief"'), page.index('<div class="before">')
    assert start < page.index('<form class="filing"') < page.index('id="account"') < end
    assert end < page.index('name="step" value="check"')
    parts = (page[place:].split("</dl>", 1)[0] for place in (start, end))
    first, last = (unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", part))) for part in parts)
    return first, last


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("factory-staff/grievance", "谁会看到 人才发展部"),
        ("factory-staff/grievance", "程序没有说明能否匿名。本表单要求填写姓名。"),
        ("factory-staff/grievance", "不得因申诉、投诉而怀恨报复或者解雇员工"),
        ("factory-staff/complaint", "不得因申诉、投诉而怀恨报复或者解雇员工"),
        ("employer-hr/complaint", "匿名投诉，原则上不受理"),
        ("employer-hr/complaint", "查实后不属实的，公司将处罚投诉人"),
        ("employer-hr/complaint", "投诉人接受裁决的，必须照此履行"),
        ("accreditation-body/appeal", "费用由败诉的一方承担"),
        ("accreditation-body/appeal", "有直接利害关系的人员，不参加调查和处理"),
    ],
)
def test_form_says_what_to_know_before(built: Path, form: str, said: str) -> None:
    """Who reads it, by when and under what name stands first; the rest where somebody decides."""
    first, last = said_around(built, form)
    is_early = "匿名" in said or said.startswith("谁会看到")
    assert said in (first if is_early else last)


@pytest.mark.parametrize("form", ["factory-staff/grievance", "car-dealer/complaint"])
def test_readers_stand_beside_the_button(built: Path, form: str) -> None:
    """All roles that may read a filing are named where it is sent; above, those of every filing."""
    first, last = said_around(built, form)
    reader = {"factory-staff/grievance": "人才发展部", "car-dealer/complaint": "客服部"}[form]
    assert f"谁会看到 {reader}" in first
    assert f"谁会看到 {reader}" in last
    assert ("销售经理" in last, "销售经理" in first) == (form.startswith("car-dealer"), False)


def test_how_staff_behave_is_no_duty_of_the_filer(built: Path) -> None:
    """Conduct of staff is not listed as what filing may mean, nor another kind's costs."""
    assert "边听边记要点" not in said_around(built, "car-dealer/complaint")[1]
    assert "费用由败诉的一方承担" not in said_around(built, "accreditation-body/complaint")[1]


def test_channel_without_number_says_so(built: Path) -> None:
    """A channel whose number the procedure leaves out says that, on each page that lists it."""
    for name in ("procedure/", "complaint/print/", "poster/"):
        page = (built / "employer-hr" / name / "index.html").read_text("utf-8")
        assert "程序没有写明号码。" in page
    text = (built / "employer-hr/procedure.txt").read_text("utf-8")
    assert "- 电话：程序没有写明号码。" in text


def test_choices_without_group_stand_apart(built: Path) -> None:
    """On paper, a choice of no group is not taken for the last of the group above it."""
    page = (built / "car-dealer/complaint/print/index.html").read_text("utf-8")
    groups = re.findall(r'<div class="boxes-group">.*?</div>', page, re.DOTALL)
    assert groups
    assert not any("财务人员的服务" in group for group in groups)


def test_guide_says_where_nothing_is_defined(built: Path) -> None:
    """A kind without a definition is not an unexplained button."""
    page = (built / "factory-staff/guide/index.html").read_text("utf-8")
    assert page.count("程序没有说明哪些事项属于这一类，只在这里提到：") == 2

"""What was misread in procedures of a property manager and a water company."""

from typing import Any

from site_src.proposing.draft import every_proposal
from site_src.proposing.reading import ProposalLanguage, read_procedure

_HEAD = "# 业主投诉办法\n\n第一条 投诉，是指业主对服务不满意而提出的意见。\n\n"


def proposed(text: str, wanted: str, language: ProposalLanguage = "zh-CN") -> list[dict[str, Any]]:
    """What is proposed of one list."""
    found = every_proposal(read_procedure(text, language))
    return [dict(one.data) for one in found if one.list == wanted]


def test_people_whom_a_procedure_applies_to() -> None:
    """Neither 适用于 nor half of 业主委员会 is a filer."""
    text = (
        "# 投诉办法\n\n第一条 本办法适用于业主、租户对物业服务提出的投诉。\n\n"
        "第二条 业主委员会可以代表多名业主集体投诉。\n"
    )
    assert [one["who"] for one in proposed(text, "filers")] == ["业主", "租户"]


def test_name_in_quotation_marks() -> None:
    """A name is not cut at 和 within quotation marks, and is one channel."""
    text = (
        _HEAD
        + "第二条 可以通过下列方式投诉：\n\n（一）“安和管家”微信小程序；\n\n（二）热线 12345。\n"
    )
    named = [one["name"] for one in proposed(text, "channels")]
    assert named.count("“安和管家”微信小程序") == 1
    assert not any(name.startswith("管家") for name in named)


def test_address_behind_a_letter() -> None:
    """来信寄至 leads to an address and is not a part of it."""
    text = _HEAD + "第二条 投诉可以来信寄至杭州市西湖区文三路218号客户服务中心。\n"
    letters = [one for one in proposed(text, "channels") if one["type"] == "letter"]
    assert [(one["name"], one["value"]) for one in letters] == [
        ("来信", "杭州市西湖区文三路218号客户服务中心")
    ]


def test_body_with_a_number_in_brackets() -> None:
    """Bodies outside stay whole, are reviews and no ways to file, and keep their number."""
    text = (
        _HEAD + "第二条 对复核决定仍不服的，可以向项目所在地街道办事处或者区住房和城乡建设局"
        "（电话0571-8702 1234）反映。\n"
    )
    reviews = proposed(text, "reviews")
    assert [one["body"] for one in reviews] == ["项目所在地街道办事处", "区住房和城乡建设局"]
    assert reviews[1]["contacts"][0]["value"] == "0571-8702 1234"
    assert proposed(text, "channels") == []


def test_length_in_a_table() -> None:
    """What must be done within a time in a table is what its column says."""
    text = _HEAD + (
        "第二条 客服中心按级别办理投诉：\n\n| 级别 | 部门 | 办结时限 |\n| --- | --- | --- |\n"
        "| 一般投诉 | 客服中心 | 五个工作日 |\n"
    )
    assert [one["action"] for one in proposed(text, "limits")] == ["办结"]


def test_words_that_end_like_a_link() -> None:
    """理由 keeps its 由, and 配合客服中心 is no role."""
    text = (
        _HEAD + "第二条 客服中心答复投诉，并告知投诉人延期理由。\n\n"
        "第三条 各项目部应当配合客服中心调查投诉。\n"
    )
    assert proposed(text, "steps")[0]["action"].endswith("理由")
    assert "配合客服中心" not in [one["name"] for one in proposed(text, "roles")]


def test_post_office_box() -> None:
    """PO Box 40 is an address, not a letter box."""
    text = (
        "# Complaints\n\n1. A customer may complain by letter to Customer Relations, PO Box 40, "
        "Westmere WM1 4ZZ.\n"
    )
    assert "box" not in [one["type"] for one in proposed(text, "channels", "en")]

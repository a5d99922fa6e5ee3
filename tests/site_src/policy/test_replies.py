"""Replies are read with their names and translations, and promise what the procedure says."""

from datetime import date
from pathlib import Path

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.model.desk.reply import ReplyTemplate
from functions.model.text import Text
from site_src.check.organisation import read_all
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.policy.load import load_editions
from site_src.policy.staff.replies import read_replies
from site_src.publish.build import build

DAY = date(2026, 3, 2)
DETAILS = "# 请补充情况\n\n请写明 {reference} 的\n\n经过。\n"


def write(policies: Path, **files: str) -> list[Finding]:
    """Writes replies (`details_en` is details.en.md), and returns what is found."""
    folder = policies / "sample" / "replies"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")
    return list(read_all(policies, day=DAY)[1])


def test_reply_and_its_translation_reach_the_functions(policies: Path, tmp_path: Path) -> None:
    """A directory has each reply once, in all its languages, without the lines around the text."""
    english = "\n# Ask for more\n\nPlease say what happened ({reference}).\n\n\n"
    assert write(policies, details=DETAILS, details_en=english) == []
    build(policies, tmp_path / "dist", DAY)
    contracts = FolderContracts(str(tmp_path / "dist" / "contracts"))
    directory = contracts.directory("sample")
    assert directory is not None
    assert directory.replies == (
        ReplyTemplate(
            id="details",
            name=Text({"zh-CN": "请补充情况", "en": "Ask for more"}),
            words=Text(
                {
                    "zh-CN": "请写明 {reference} 的\n\n经过。",
                    "en": "Please say what happened ({reference}).",
                }
            ),
        ),
    )


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("details", "请补充情况\n\n正文\n", "needs a heading"),
        ("details", "# 请补充情况\n\n \n", "needs a heading"),
        ("details", "#\n\n正文\n", "needs a heading"),
        ("details", "", "needs a heading"),
        ("Details", DETAILS, "Details.md is no name"),
        ("details_tlh", DETAILS, "no pages in language 'tlh'"),
        ("details_zh-CN", DETAILS, "the policy is in zh-CN itself"),
        ("details_en", DETAILS, "there is no details.md"),
        ("details", "# 长\n\n" + "字" * 2500 + "\n" + "字" * 2500, "5001 characters"),
        ("details", "# 空\n\n编号 {number}\n", "called {number}"),
        ("details", "# 空\n\n编号 {}\n", "called {}"),
    ],
)
def test_what_is_wrong_with_a_reply_is_said(
    policies: Path, name: str, text: str, says: str
) -> None:
    """A reply that cannot be used is one finding in its file, with what to do."""
    (found,) = write(policies, **{name: text})
    assert found.code == "reply-wrong"
    assert found.file.parent.name == "replies"
    assert says in found.message.en


@pytest.mark.parametrize(
    ("sentence", "unsaid"),
    [
        ("五个工作日内答复。", None),
        ("收到后五日内答复。", "五日"),
        ("请打 400-000-0000。", None),
        ("请打 400-000-0001。", "400-000-0001"),
        ("赔偿 300 元。", "300 元"),
        ("事情发生在哪一天？", None),
        ("请写明这一天的经过，并附 2 张照片。", None),
    ],
)
def test_reply_promises_what_the_procedure_says(
    policies: Path, sentence: str, unsaid: str | None
) -> None:
    """Lengths, amounts and contacts are those of the procedure; what is only counted is free."""
    found = write(policies, details=f"# 说明\n\n您好！{sentence}\n")
    assert [(one.code, one.line, one.column) for one in found] == (
        [] if unsaid is None else [("reply-not-in-text", 3, 4 + sentence.index(unsaid))]
    )


def test_translation_promises_the_same(policies: Path) -> None:
    """An English reply is held against the Chinese procedure."""
    good = "# Term\n\nWe answer within five working days.\n"
    assert write(policies, details=DETAILS, details_en=good) == []
    bad = good.replace("five", "two")
    (found,) = write(policies, details_en=bad)
    assert (found.code, found.file.name) == ("reply-not-in-text", "details.en.md")


def test_reply_is_translated_into_other_languages_only(policies: Path, tmp_path: Path) -> None:
    """A second text in the policy's own language is a finding, and never takes the first's place;
    that of an English policy is English.
    """
    own = DETAILS.replace("请写明", "请补写")
    (found,) = write(policies, **{"details": DETAILS, "details_zh-CN": own})
    assert (found.file.name, found.message.zh) == (
        "details.zh-CN.md",
        "办法原文就是这种语言（zh-CN）",
    )
    folder = tmp_path / "english"
    (folder / "replies").mkdir(parents=True)
    for name, text in {"details.md": "# More\n\nWrite.\n", "details.zh-CN.md": DETAILS}.items():
        (folder / "replies" / name).write_text(text, encoding="utf-8")
    replies, wrong = read_replies(folder, "en")
    assert [(reply.file.name, reply.language) for reply in replies] == [
        ("details.md", None),
        ("details.zh-CN.md", "zh-CN"),
    ]
    assert wrong == ()


def test_replies_belong_to_no_version(policies: Path) -> None:
    """Nothing that was published changes with a reply, so that it can be written at any time."""
    before = load_editions(policies / "sample")
    write(policies, details=DETAILS)
    after = load_editions(policies / "sample")
    assert isinstance(before, Editions)
    assert isinstance(after, Editions)
    assert before.editions[0].digest == after.editions[0].digest

"""Pages say of a limit what the clause says, on which filings it holds, and no more."""

from datetime import date
from pathlib import Path

import pytest

from functions.model.answers.submission import Submission, read_submission
from site_src.compile.contract import compile_kind
from tests.helpers.sample_policies import loaded, write
from tests.site_src.render.test_rich_facts import site_of, words_of

FACTS = """\
kinds: [{id: complaint, name: 投诉, clause: "1.1"}]
filers: [{id: filer, who: 投诉人, clause: "1.1"}]
roles: [{id: office, name: 办公室, duty: 答复, clause: "1.2"}]
levels:
  - {id: plain, name: 一般投诉, definition: 情况简单的投诉, clause: "1.2"}
  - {id: joint, name: 联合投诉, definition: 涉及多个部门的投诉, clause: "1.3"}
events:
  - {id: sale, name: 开标之日, recorded_by: filer, question: 何时开标, clause: "1.1"}
  - {id: asked, name: 接到告知之日, recorded_by: staff, clause: "1.5"}
steps:
  - {id: plain, role: office, action: 答复投诉人, when: {level: plain}, clause: "1.2"}
  - {id: joint, role: office, action: 答复投诉人, when: {level: joint}, instead_of: plain,
     clause: "1.3"}
limits:
  - {id: file, value: 3, unit: day, before: sale, party: filer, action: 提出投诉, clause: "1.1"}
  - {id: plain, value: 5, unit: day, from: received, level: plain, action: 答复, clause: "1.2"}
  - {id: joint, value: 9, unit: day, from: received, level: joint, action: 答复, clause: "1.3"}
  - {id: more, value: 4, unit: day, extends: plain, role: office, action: 延长期限, clause: "1.4"}
  - {id: joint-more, value: 4, unit: day, extends: joint, action: 延长期限, clause: "1.4"}
  - {id: papers, value: 2, unit: day, from: asked, party: filer, when: {condition: 材料不全的},
     action: 补齐材料, note: 自接到告知之日起, clause: "1.5"}
provisions:
  - {topic: recusal, text: 有利害关系的工作人员应当回避。, clause: "1.6"}
"""
TEXT = """\
# 投诉办法

1.1 投诉人应当在开标之日3日前提出投诉。

1.2 一般投诉，办公室应当在5日内答复。

1.3 联合投诉，办公室应当在9日内答复。

1.4 情况复杂的，办公室可以延长期限，延长不超过4日。

1.5 材料不全的，投诉人应当自接到告知之日起2日内补齐材料。

1.6 有利害关系的工作人员应当回避。
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each page of the procedure says, without spaces."""
    policies = tmp_path_factory.mktemp("policies")
    write(policies, "limits", FACTS, TEXT)
    return {name: "".join(words_of(page).split()) for name, page in site_of(policies).items()}


def test_timeline_says_what_each_limit_is_for(pages: dict[str, str]) -> None:
    """On the timeline the level stands beside a limit, and its condition begins the sentence."""
    said = pages["limits/procedure/index.html"].partition("时间轴")[2]
    assert "该单位应当在收到投诉之日起5天内答复。一般投诉" in said
    assert "该单位应当在收到投诉之日起9天内答复。联合投诉" in said
    assert "材料不全的，您应当在接到告知之日起2天内补齐材料。" in said


@pytest.mark.parametrize("page", ["procedure/index.html", "complaint/index.html", "procedure.txt"])
def test_pages_bind_nobody_further_than_the_text(pages: dict[str, str], page: str) -> None:
    """An extension is something that the office may do; what the filer must do is no choice."""
    said = pages[f"limits/{page}"]
    assert "办公室可以延长期限" in said
    assert "应当延长" not in said
    assert "材料不全的，您应当在接到告知之日起2天内补齐材料" in said
    assert "您可以至少在开标之日之前3天提出投诉" in said


@pytest.mark.parametrize(
    "page", ["procedure/index.html", "complaint/index.html", "poster/index.html"]
)
def test_extensions_are_told_apart(pages: dict[str, str], page: str) -> None:
    """Of two extensions, each says which level it is for, and what it is added to."""
    said = pages[f"limits/{page}"]
    assert "在“答复（一般投诉）”的期限之外" in said
    assert "在“答复（联合投诉）”的期限之外" in said


def test_steps_are_told_apart(pages: dict[str, str]) -> None:
    """A step in the place of another with the same words says which one."""
    assert "代替：答复投诉人（一般投诉）" in pages["limits/procedure/index.html"]


def test_time_to_file_before_an_event_is_a_time_to_file(pages: dict[str, str]) -> None:
    """It stands with the times to file, and its question says that it ends before that day."""
    form = pages["limits/complaint/index.html"]
    before, after = form.rpartition("提交以后")[::2]
    assert "您可以至少在开标之日之前3天提出投诉" in before.partition("提出期限")[2]
    assert "提出投诉" not in after
    assert "何时开标（选填）提出的期限在这一天之前3天届满。" in form


def test_late_filing_is_promised_nothing(pages: dict[str, str]) -> None:
    """It is taken in, and staff decide by the clause."""
    assert "也会收下；如何处理，由工作人员依照条款决定" in pages["limits/complaint/index.html"]


def test_form_quotes_the_rule_on_recusal(pages: dict[str, str]) -> None:
    """Nobody is promised that whoever is named takes no part, and a stop stands once."""
    form = pages["limits/complaint/index.html"]
    assert "程序的规定：有利害关系的工作人员应当回避。每行写一位。" in form


def test_note_that_repeats_the_start_is_left_out(pages: dict[str, str]) -> None:
    """What a limit runs from is said once."""
    assert "自接到告知之日起2天内；" not in pages["limits/procedure.txt"]


def test_event_to_come_may_lie_ahead(tmp_path: Path) -> None:
    """The day that a time to file ends before may be in the future; other days may not."""
    kind = compile_kind(loaded(write(tmp_path, "limits", FACTS, TEXT)).policy, "complaint")
    answers = {"name": "张三", "email": "a@example.com", "account": "经过", "consent": "yes"}
    today = date(2026, 3, 2)
    for name, accepted in (("event.sale", True), ("happened_on", False)):
        read = read_submission(kind, answers | {name: "2026-04-01"}, today)
        assert isinstance(read, Submission) is accepted

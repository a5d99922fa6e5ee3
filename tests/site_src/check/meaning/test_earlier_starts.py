"""What a limit runs from, where the sentence names more than one act."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.third_clause import clause_codes, clause_findings

PAPERS = "材料不全的，客服部应当在2日内一次性告知需要补充的内容，投诉人应当在5日内补齐。"
REVIEW = (
    "投诉人对客服部的答复不满意的，可以自收到答复之日起15日内申请主任复核。"
    "主任自收到申请之日起20日内作出复核决定。"
)


def papers(
    start: str, name: str = "告知需要补充的内容之日", note: str = "", ask: str = "received"
) -> str:
    """The limits of PAPERS, of which the filer's runs from `start`."""
    noted = f", note: {note}" if note else ""
    return f"""\
events:
  - {{id: asked, name: {name}, recorded_by: staff, clause: 第三条}}
limits:
  - {{id: ask, value: 2, unit: day, from: {ask}, role: service, when: {{condition: 材料不全的}},
     action: 一次性告知需要补充的内容, clause: 第三条}}
  - {{id: give, value: 5, unit: day, from: {start}, party: filer, when: {{condition: 材料不全的}},
     action: 补齐{noted}, clause: 第三条}}
"""


def review(start: str, name: str) -> str:
    """The limits of REVIEW, of which the organisation's runs from `start`."""
    return f"""\
events:
  - {{id: asked, name: {name}, recorded_by: staff, clause: 第三条}}
limits:
  - {{id: ask, value: 15, unit: day, from: ruling, party: filer, action: 申请主任复核,
     clause: 第三条}}
  - {{id: decide, value: 20, unit: day, from: {start}, role: head, action: 作出复核决定,
     clause: 第三条}}
reviews:
  - {{inside: true, body: 主任, text: 对客服部的答复不满意的，申请主任复核, limits: [ask, decide],
     clause: 第三条}}
"""


@pytest.mark.parametrize(
    "facts",
    [
        papers("asked"),
        papers("asked", name="收到告知之日"),
        papers("asked", note="自告知需要补充的内容之日起"),
        papers("unstated", note="没有写明起算点"),
    ],
)
def test_an_act_before_the_length_can_start_it(tmp_path: Path, facts: str) -> None:
    """The filer's days run from the notice that the sentence names before them."""
    assert clause_codes(tmp_path, PAPERS, facts) == []


@pytest.mark.parametrize(
    "facts", [papers("decision"), papers("registered"), papers("received", ask="asked")]
)
def test_an_act_that_is_not_named_before(tmp_path: Path, facts: str) -> None:
    """Another event is found, and the notice starts no length that stands before it."""
    assert clause_codes(tmp_path, PAPERS, facts) == ["start-not-in-text"]


def test_advice_names_the_act(tmp_path: Path) -> None:
    """The advice offers the event that the policy names."""
    found = clause_findings(tmp_path, PAPERS, papers("decision"))
    assert "`from: asked / received`" in found[0].remedy.en


def test_a_stated_start_stays(tmp_path: Path) -> None:
    """自…之日起 decides, whatever stands before."""
    clause = PAPERS.replace("投诉人应当在", "投诉人应当自投诉被收到之日起")
    assert clause_codes(tmp_path, clause, papers("asked")) == ["start-not-in-text"]


def test_report_of_one_role_starts_another(tmp_path: Path) -> None:
    """A built-in event with a length of its own starts the next length."""
    limits = """\
limits:
  - {id: a, value: 10, unit: day, from: received, role: service, action: 提出调查报告,
     clause: 第三条}
  - {id: b, value: 5, unit: day, from: report, role: head, action: 作出决定, clause: 第三条}
"""
    clause = "客服部收到投诉后，应当在10日内提出调查报告，主任在5日内作出决定。"
    assert clause_codes(tmp_path, clause, limits) == []


@pytest.mark.parametrize("name", ["收到复核申请之日", "收到申请之日", "主任收到复核申请之日"])
def test_an_event_may_say_more(tmp_path: Path, name: str) -> None:
    """收到复核申请 is 收到申请 in a review."""
    assert clause_codes(tmp_path, REVIEW, review("asked", name)) == []


@pytest.mark.parametrize(
    ("start", "name"), [("asked", "收到调解申请之日"), ("decision", "收到复核申请之日")]
)
def test_an_event_may_not_say_something_else(tmp_path: Path, start: str, name: str) -> None:
    """What the clause does not say of the request is another event."""
    assert "start-not-in-text" in clause_codes(tmp_path, REVIEW, review(start, name))

"""The chart of time limits is to scale and follows the chain of limits."""

from pathlib import Path

import pytest

from site_src.compile.answer_chain import answer_chains
from site_src.compile.contract import compile_kind
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_language
from site_src.places import POLICIES
from site_src.policy.edition import Editions
from site_src.policy.load import load_editions
from site_src.policy.model.policy import Policy
from site_src.render.pages.limit_chart import Bar, Chart, limit_chart
from tests.helpers.sample_policies import loaded, write

FACTS = """\
kinds: [{id: complaint, name: 投诉, clause: "1.1"}]
filers: [{id: filer, who: 投诉人, clause: "1.1"}]
roles: [{id: office, name: 办公室, duty: 答复, clause: "1.1"}]
events: [{id: harm, name: 事情发生, recorded_by: filer, question: 何时发生, clause: "1.1"}]
steps: [{id: answer, role: office, action: 答复, clause: "1.3"}]
limits:
  - {id: file, value: 3, unit: year, from: harm, party: filer, action: 提出, clause: "1.1"}
  - {id: pass, value: 30, unit: minute, from: received, acts: [assign], action: 转交, clause: "1.2"}
  - {id: answer, value: 30, unit: day, from: forwarded, acts: [decide], action: 答复, clause: "1.3"}
  - {id: more, value: 30, unit: day, extends: answer, action: 延长, clause: "1.4"}
"""
TEXT = "# 办法\n\n" + "\n\n".join(f"1.{number} 规定。" for number in range(1, 5)) + "\n"


def policy_of(organisation: str) -> Policy:
    """The newest version of a sample."""
    editions = load_editions(POLICIES / organisation)
    assert isinstance(editions, Editions)
    return editions.editions[-1].policy


def chart_of(policy: Policy) -> Chart:
    """Its chart in the policy's language."""
    chart = limit_chart(policy, words(site_language(policy.language)))
    assert chart is not None
    return chart


def bars_of(chart: Chart) -> dict[str, Bar]:
    """Each bar by the id of its limit."""
    return {bar.limit.id: bar for group in chart.groups for bar in group.bars}


def test_bars_are_to_scale_and_follow_each_other(tmp_path: Path) -> None:
    """30 days are half of 60; what comes later begins where the step before it ends."""
    chart = chart_of(loaded(write(tmp_path, "chart", FACTS, TEXT)).policy)
    bars = bars_of(chart)
    assert chart.division == (1, "week")
    assert (bars["answer"].start, bars["answer"].width) == (0.0, 50.0)
    assert (bars["more"].start, bars["more"].width) == (50.0, 50.0)
    assert [bar.limit.id for bar in chart.groups[1].bars] == ["pass", "answer", "more"]


def test_minutes_beside_months_can_be_seen(tmp_path: Path) -> None:
    """A limit too short for the scale is as wide as a mark; one far too long runs off the edge."""
    bars = bars_of(chart_of(loaded(write(tmp_path, "chart", FACTS, TEXT)).policy))
    assert (bars["pass"].start, bars["pass"].width) == (0.0, 1.2)
    assert bars["file"].goes_on
    assert not any(bar.goes_on for id, bar in bars.items() if id != "file")


def test_latest_answer_is_marked_once(tmp_path: Path) -> None:
    """The mark stands at the limit of the answer that is sure, not at its extension."""
    bars = bars_of(chart_of(loaded(write(tmp_path, "chart", FACTS, TEXT)).policy))
    assert [id for id, bar in bars.items() if bar.answers] == ["answer"]


@pytest.mark.parametrize(
    "organisation", sorted(p.parent.name for p in POLICIES.glob("*/policy.yaml"))
)
def test_mark_agrees_with_the_latest_answer(organisation: str) -> None:
    """The marked limit of each kind is the last of the chain that page and receipt speak of."""
    policy = policy_of(organisation)
    chart = limit_chart(policy, words(site_language(policy.language)))
    marked = (
        {bar.limit.id for group in chart.groups for bar in group.bars if bar.answers}
        if chart
        else set()
    )
    promised = {
        chain.last.id
        for kind in policy.kinds
        if (chain := answer_chains(compile_kind(policy, kind.id)).certain)
    }
    assert marked == promised

"""Derives the guide: a few questions that lead a filer to the form of the right kind."""

from dataclasses import dataclass
from typing import Literal

from functions.model.contract.terms import KindId
from site_src.compile.form_fields import AGAINST_A_DECISION
from site_src.policy.model.filing import KindFact
from site_src.policy.model.policy import Policy

GuideTopic = Literal["decision", "wish", "which"]

_NO_COMPLAINT: tuple[KindId, ...] = ("suggestion", "feedback")


@dataclass(frozen=True)
class GuideQuestion:
    """One question; `yes` lists the kinds that the answer yes leads to.

    The answer no leads to the next question; the last question has no such answer.
    """

    topic: GuideTopic
    yes: tuple[KindFact, ...]
    last: bool


def guide(policy: Policy) -> tuple[GuideQuestion, ...]:
    """At most three questions; exactly one of them leads to each kind."""
    decision = _of(policy, AGAINST_A_DECISION)
    wish = _of(policy, _NO_COMPLAINT)
    which = tuple(kind for kind in policy.kinds if kind not in (*decision, *wish))
    topics: list[tuple[GuideTopic, tuple[KindFact, ...]]] = [
        ("decision", decision),
        ("wish", wish),
        ("which", which),
    ]
    asked = [(topic, kinds) for topic, kinds in topics if kinds]
    return tuple(
        GuideQuestion(topic, kinds, last=number == len(asked))
        for number, (topic, kinds) in enumerate(asked, start=1)
    )


def _of(policy: Policy, ids: tuple[KindId, ...]) -> tuple[KindFact, ...]:
    return tuple(kind for kind in policy.kinds if kind.id in ids)

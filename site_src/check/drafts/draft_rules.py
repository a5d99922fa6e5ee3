"""Checks what keeps a draft from being published: its status, proposed facts, values to fill in."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_src.bilingual import Bilingual
from site_src.policy.drafts.marks import PROPOSED, STATUS, has_marks, proposed_facts, unfilled
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key, at_place

_LONGEST = 60

_IS_DRAFT = Bilingual(
    "the policy is a draft, which is never published", "这份办法还是草稿，不会公布"
)
_PUBLISH = Bilingual(
    "When nothing else is found, remove `status: draft`: that publishes it.",
    "其他问题都解决以后，删去 `status: draft` 即可公布。",
)
_NOT_CONFIRMED = Bilingual(
    'nobody has confirmed this fact, which was read from "{words}"',
    "这一项是从“{words}”读出来的，还没有人确认",
)
_CONFIRM = Bilingual(
    "If the clause says so, remove the key `proposed`; if not, correct or remove the entry.",
    "条款确实这样写的，删去 `proposed` 这个键；不是的，请改正或删去这一项。",
)
_MISSING = Bilingual("the value is still to be filled in", "这里还没有填写")
_FILL_IN = Bilingual(
    "Write the value in place of TODO; docs/policy-format.md says what belongs here.",
    "请把 TODO 换成实际内容；该写什么见 docs/policy-format.zh-CN.md。",
)


def draft_findings(source: Edition) -> Iterator[Finding]:
    """What must be done before the edition can be published; nothing for one without marks."""
    if source.is_draft:
        yield at_key(source, "draft", _IS_DRAFT, _PUBLISH, STATUS)
    data = source.reading.data
    if not has_marks(data):
        return
    for fact in proposed_facts(data):
        words = fact.words if len(fact.words) <= _LONGEST else f"{fact.words[: _LONGEST - 1]}…"
        message = _NOT_CONFIRMED.filled(words=words)
        place = (*fact.place, PROPOSED)
        yield at_place(source.reading, place, "fact-proposed", message, _CONFIRM, fact.clause)
    for place in unfilled(data):
        yield at_place(source.reading, place, "value-missing", _MISSING, _FILL_IN)


@dataclass(frozen=True)
class DraftFindings:
    """The findings of a draft: the facts to confirm, and what else must be corrected."""

    to_confirm: tuple[Finding, ...]
    others: tuple[Finding, ...]


def sorted_out(findings: tuple[Finding, ...]) -> DraftFindings:
    """The findings without the one that says that it is a draft."""
    return DraftFindings(
        tuple(finding for finding in findings if finding.code == "fact-proposed"),
        tuple(finding for finding in findings if finding.code not in ("draft", "fact-proposed")),
    )

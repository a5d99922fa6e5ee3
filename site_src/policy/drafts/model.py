"""Reads the model of a policy from its facts, without what only drafts have."""

from collections.abc import Mapping
from typing import Any

from site_src.policy.drafts.marks import MARKS, is_draft, with_stand_ins, without_keys, words_of
from site_src.policy.model.policy import Policy


def policy_model(data: Mapping[str, Any], language: str) -> Policy:
    """The policy of these facts, whose plain texts are in `language`. Raises ValidationError."""
    words = {"language": language}
    facts = with_stand_ins(data) if is_draft(data) else dict(data)
    policy = Policy.model_validate(facts, context=words)
    if MARKS.isdisjoint(words_of(facts)):
        return policy
    unmarked = without_keys(facts, MARKS)
    return policy if unmarked == facts else Policy.model_validate(unmarked, context=words)

"""Says what a step or time limit is for, and what a limit runs from or is added to."""

from collections.abc import Iterable
from typing import Any

from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import InWords, Text
from site_src.policy.facts import categories
from site_src.policy.model.fact import Conditional, When
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy


def limit_when(policy: Policy, limit: LimitFact) -> When:
    """Which filings a limit is for; an extension is for those that its base is for."""
    own = limit.when.model_copy(update={"level": limit.level_id, "kind": limit.only_for})
    base = next((each for each in policy.limits if each.id == limit.extends), None)
    if base is None or base is limit:
        return own
    inherited = limit_when(policy, base)
    keys = ("kind", "category", "level", "filer", "channel", "branch")
    return own.model_copy(
        update={key: getattr(own, key) or getattr(inherited, key) for key in keys}
    )


def holds_when(policy: Policy, fact: Conditional) -> tuple[Text, ...]:
    """What a step or limit is for, in the policy's words: kind, category, level, filer and so on.

    An unknown id is left out; the checker finds it.
    """
    when = limit_when(policy, fact) if isinstance(fact, LimitFact) else fact.when
    named: tuple[tuple[str | None, Iterable[Any], str], ...] = (
        (fact.only_for, policy.kinds if len(policy.kinds) > 1 else (), "name"),
        (when.category, categories(policy), "name"),
        (when.level, policy.levels, "name"),
        (when.filer, policy.filers, "who"),
        (when.channel, policy.channels, "name"),
        (when.branch, policy.branches, "name"),
    )
    found = [
        getattr(each, words) for id, listed, words in named for each in listed if each.id == id
    ]
    return (*found, when.condition) if when.condition else tuple(found)


def limit_start(
    policy: Policy, limit: LimitFact, words: Vocabulary, in_words: InWords = Text.words
) -> str:
    """What a limit runs from, or what it is added to."""
    base = next((each for each in policy.limits if each.id == limit.extends), None)
    if base is not None:
        return words.say("limit_extends_of", action=limit_name(policy, base, words, in_words))
    return words.start(limit, policy.events, in_words)


def limit_name(
    policy: Policy, limit: LimitFact, words: Vocabulary, in_words: InWords = Text.words
) -> str:
    """What a limit is for, where it is named beside others: its action.

    If another limit has that action, too, what this one is for or how long it is tells them apart.
    """
    said = limit.action.words(words.language)
    action = in_words(limit.action, words.language)
    kind = limit.only_for
    if all(
        other is limit
        or other.extends == limit.id
        or other.action.words(words.language) != said
        or (None not in (kind, other.only_for) and kind != other.only_for)
        for other in policy.limits
    ):
        return action
    when = limit_when(policy, limit)
    kinds = [each.name for each in policy.kinds]
    names = [
        in_words(text, words.language)
        for text in holds_when(policy, limit)
        if text is not when.condition and text not in kinds
    ]
    separator = type(action)(words.say("list_separator"))
    return action + words.say("in_brackets", words=separator.join(names) or words.how_long(limit))

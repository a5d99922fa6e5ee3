"""Selects what the first page of an organisation answers: by whom, by when, how, and what next."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId, Unit
from functions.model.deadlines.latest_answer import is_answer
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from site_src.compile.answer_chain import answer_chains
from site_src.compile.questions import groups
from site_src.compile.routes import readers
from site_src.languages import SiteLanguage
from site_src.policy.model.filing import Channel, KindFact
from site_src.policy.model.handling import Provision
from site_src.policy.model.policy import Policy
from site_src.policy.terms import BINDING, PROTECTING
from site_src.render.pages.answer_words import AnswerSentence, answer_sentences, limit_before_filing
from site_src.render.pages.scripted_limits import is_scripted

_MINUTES_TO_TELL, _QUESTIONS_A_MINUTE = 3, 4
"""What the form takes: telling what happened, and the other questions, most of which are short."""

_MOST_STEPS = 2

_Said = TypeVar("_Said")


@dataclass(frozen=True)
class ForKinds:
    """What holds for some kinds alike; `kinds` is empty if it holds for all."""

    kinds: tuple[KindFact, ...]

    def only_kind(self, policy: Policy) -> KindId | None:
        """The one kind that it holds for; None if it holds for several."""
        kinds = self.kinds or policy.kinds
        return kinds[0].id if len(kinds) == 1 else None


@dataclass(frozen=True)
class Handlers(ForKinds):
    """Who decides, with whose consent, and the clauses that say so."""

    roles: tuple[Text, ...]
    approvers: tuple[Text, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class AnswerPromise(ForKinds):
    """When there is an answer; `lengths` let the script date it, empty if it cannot.

    `steps` are the first limits of the organisation where nothing binds the answer itself.
    """

    sentences: tuple[AnswerSentence, ...]
    lengths: tuple[tuple[int, Unit, bool], ...]
    steps: tuple[Limit, ...]


@dataclass(frozen=True)
class Onward(ForKinds):
    """Whom a filer can turn to afterwards, by the clause that says so, in its order."""

    bodies: tuple[tuple[str, tuple[Text, ...]], ...]


@dataclass(frozen=True)
class Readership(ForKinds):
    """The roles that read every such filing, else those of which some read it."""

    roles: tuple[Text, ...]
    depends: bool


@dataclass(frozen=True)
class Prerequisite(ForKinds):
    """What a filing needs, and the clauses that say so."""

    text: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class StartPage:
    """The content of the page.

    `minutes` is about how long the longest form takes. `numbers` can be called, `extensions` only
    inside the organisation; `unnumbered` says that the procedure names the telephone and no
    number. `others` are the names of the other channels.
    """

    minutes: int
    numbers: tuple[Channel, ...]
    extensions: tuple[str, ...]
    unnumbered: bool
    others: tuple[Text, ...]
    handlers: tuple[Handlers, ...]
    answers: tuple[AnswerPromise, ...]
    onward: tuple[Onward, ...]
    reading: tuple[Readership, ...]
    needs: tuple[Prerequisite, ...]
    protecting: tuple[Provision, ...]
    binding: tuple[Provision, ...]
    windows: Mapping[KindId, tuple[Limit, ...]]


def start_page(
    policy: Policy, kinds: Mapping[KindId, Kind], words: Vocabulary, tongue: SiteLanguage
) -> StartPage:
    """The content for a policy whose kinds are compiled as `kinds`."""
    ids = [kind.id for kind in policy.kinds]
    questions = max(sum(len(group.fields) for group in groups(kinds[each], tongue)) for each in ids)
    called = [channel for channel in policy.channels if channel.type == "telephone"]
    inside = [channel for channel in policy.channels if channel.type == "extension"]
    numbers = _unique(channel for channel in called if channel.value and not channel.branch)
    said = {*numbers, *inside, *(channel for channel in called if not channel.value)}
    return StartPage(
        minutes=_MINUTES_TO_TELL + -(-questions // _QUESTIONS_A_MINUTE),
        numbers=numbers,
        extensions=_unique(channel.value for channel in inside if channel.value),
        unnumbered=any(channel.value is None for channel in called),
        others=_unique(
            channel.name
            for channel in policy.channels
            if channel not in said and channel.type not in ("web", "callback", "authority")
        ),
        handlers=tuple(
            Handlers(apart, *said) for apart, said in _alike(policy, lambda x: _deciders(policy, x))
        ),
        answers=tuple(
            AnswerPromise(apart, *said)
            for apart, said in _alike(policy, lambda x: _answer(policy, kinds[x], words))
        ),
        onward=tuple(
            Onward(apart, said) for apart, said in _alike(policy, lambda x: _bodies(policy, x))
        ),
        reading=tuple(
            Readership(apart, *said)
            for apart, said in _alike(policy, lambda x: _readers(policy, x))
        ),
        needs=tuple(_needs(policy)),
        protecting=tuple(one for one in policy.provisions if one.topic in PROTECTING),
        binding=tuple(one for one in policy.provisions if one.topic in BINDING),
        windows={
            each: tuple(limit for limit in kinds[each].limits if limit.is_window) for each in ids
        },
    )


def _alike(
    policy: Policy, of: Callable[[KindId], _Said]
) -> list[tuple[tuple[KindFact, ...], _Said]]:
    """What is said of each kind, once for all kinds of which the same is said."""
    found: list[tuple[list[KindFact], _Said]] = []
    for kind in policy.kinds:
        said = of(kind.id)
        same = next((kinds for kinds, before in found if before == said), None)
        if same is None:
            found.append(([kind], said))
        else:
            same.append(kind)
    if len(found) == 1:
        return [((), found[0][1])]
    return [(tuple(kinds), said) for kinds, said in found]


def _deciders(
    policy: Policy, kind: KindId
) -> tuple[tuple[Text, ...], tuple[Text, ...], tuple[str, ...]]:
    """The roles that decide, else those that read the filing; with who consents, and clauses."""
    steps = [step for step in policy.steps if step.holds_for(kind) and "decide" in step.acts]
    general = [step for step in steps if step.when.condition is None] or steps
    if not general:
        told = readers(policy, kind)
        return told.always or told.some, (), ()
    roles = _unique(role for step in general for role in step.role_ids)
    approvers = _unique(step.approved_by for step in general if step.approved_by)
    return (
        tuple(policy.role(role).name for role in roles),
        tuple(policy.role(role).name for role in approvers if role not in roles),
        _unique(step.clause for step in general),
    )


def _bodies(policy: Policy, kind: KindId) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    reviews = [review for review in policy.reviews if review.holds_for(kind)]
    return tuple(
        (clause, tuple(review.body for review in reviews if review.clause == clause))
        for clause in _unique(review.clause for review in reviews)
    )


def _readers(policy: Policy, kind: KindId) -> tuple[tuple[Text, ...], bool]:
    told = readers(policy, kind)
    return told.always or told.some, bool(told.some)


def _needs(policy: Policy) -> Iterator[Prerequisite]:
    for text in _unique(formality.text for formality in policy.formalities):
        found = [formality for formality in policy.formalities if formality.text == text]
        named = [kind for kind in policy.kinds if any(one.holds_for(kind.id) for one in found)]
        every = len(named) == len(policy.kinds)
        yield Prerequisite(
            () if every else tuple(named), text, _unique(formality.clause for formality in found)
        )


def _answer(
    policy: Policy, kind: Kind, words: Vocabulary
) -> tuple[tuple[AnswerSentence, ...], tuple[tuple[int, Unit, bool], ...], tuple[Limit, ...]]:
    chains = answer_chains(kind)
    said = answer_sentences(kind, words, lambda limit: limit_before_filing(policy, limit, words))
    if chains.certain is None and chains.possible is None:
        own = [one for one in kind.limits if one.party == "organisation" and not one.recurring]
        told = [one for one in own if is_answer(one) and not chains.varies]
        general = [
            one for one in own if not (one.is_conditional or one.in_review) and one not in told
        ]
        return said, (), tuple(general[:_MOST_STEPS])
    lengths: list[tuple[int, Unit, bool]] = []
    for limit in chains.certain.limits if chains.certain else ():
        if limit.length is None or limit.by or not is_scripted(kind.limits, limit):
            return said, (), ()
        lengths.append((*limit.length, limit.within_hours))
    return said, tuple(lengths), ()


_Item = TypeVar("_Item")


def _unique(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))

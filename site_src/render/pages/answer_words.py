"""Says when there is an answer at the latest, on pages that know no day of receipt."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId
from functions.model.deadlines.latest_answer import is_answer
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from functions.views.wording.limits.sentence import before_filing
from functions.views.wording.sentences import bold
from site_src.compile.answer_chain import AnswerChain, answer_chains
from site_src.policy.model.policy import Policy


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence, as text or as HTML, and the clauses that it rests on."""

    words: str
    clauses: tuple[str, ...] = ()


def answer_sentences(
    kind: Kind, words: Vocabulary, in_words: Callable[[Limit], str]
) -> tuple[AnswerSentence, ...]:
    """By when there must be an answer: in any case, and at most. Says so if nothing does.

    Where the time for the answer runs from an act without a time limit of its own, its limits are
    told as they are, by `in_words`.
    """
    chains = answer_chains(kind)
    said: list[AnswerSentence] = []
    if chains.certain is not None:
        message = "answer_after_steps" if len(chains.certain.limits) > 1 else "answer_after"
        length = _length(chains.certain, words)
        said.append(AnswerSentence(words.say(message, length=length), chains.certain.clauses))
    if chains.possible is not None:
        said.append(AnswerSentence(_possible(chains.possible, words), chains.possible.clauses))
    if not said and not chains.varies:
        said += [
            AnswerSentence(_of_level(kind, limit, in_words(limit), words), (limit.clause,))
            for limit in kind.limits
            if is_answer(limit) and not (limit.in_review or limit.extends)
        ]
    if not said:
        said.append(AnswerSentence(words.say("answer_varies" if chains.varies else "answer_unset")))
    return tuple(said)


def _of_level(kind: Kind, limit: Limit, sentence: str, words: Vocabulary) -> str:
    """The sentence, behind the name of the level that its limit is for."""
    for choice in kind.levels:
        if choice.value == limit.level:
            name = Text.marked(choice.label, words.language)
            return Markup(words.messages["nested"]).format(group=name, label=sentence)
    return sentence


def limit_before_filing(
    policy: Policy, limit: Limit, words: Vocabulary, kind: KindId | None = None
) -> str:
    """What must be done by when, before there is a filing, as HTML; `kind` need not be said."""
    said = before_filing(words, limit, policy.events, kind, Text.marked, bold)
    return Markup(words.messages["sentence"]).format(words=said)


def _possible(chain: AnswerChain, words: Vocabulary) -> str:
    limit, length = chain.last, _length(chain, words)
    if not limit.is_conditional:
        return words.say("answer_after_some", length=length)
    message = "answer_after_if"
    if limit.extends:
        message = "answer_after_extended_if" if limit.condition else "answer_after_extended"
    template = words.messages[message]
    if limit.condition is None:
        return template.format(length=length)
    condition = Text.marked(limit.condition, words.language)
    return type(condition)(template).format(length=length, condition=condition)


def _length(chain: AnswerChain, words: Vocabulary) -> str:
    said = [words.length(value, unit) for value, unit in chain.lengths]
    whole = said[0]
    for more in said[1:]:
        whole = words.say("length_plus", first=whole, second=more)
    return whole

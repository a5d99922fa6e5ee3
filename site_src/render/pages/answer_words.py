"""Says when there is an answer at the latest, on pages that know no day of receipt."""

from dataclasses import dataclass

from functions.model.contract.kind import Kind
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from site_src.compile.answer_chain import AnswerChain, answer_chains


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence, and the clauses that it rests on."""

    words: str
    clauses: tuple[str, ...] = ()


def answer_sentences(kind: Kind, words: Vocabulary) -> tuple[AnswerSentence, ...]:
    """By when there must be an answer: in any case, and at most. Says so if nothing does."""
    chains = answer_chains(kind)
    said: list[AnswerSentence] = []
    if chains.certain is not None:
        message = "answer_after_steps" if len(chains.certain.limits) > 1 else "answer_after"
        length = _length(chains.certain, words)
        said.append(AnswerSentence(words.say(message, length=length), chains.certain.clauses))
    if chains.possible is not None:
        said.append(AnswerSentence(_possible(chains.possible, words), chains.possible.clauses))
    if not said:
        said.append(AnswerSentence(words.say("answer_varies" if chains.varies else "answer_unset")))
    return tuple(said)


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

"""Defines a clause with its numbers and the facts that cite it, as the rules read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.check.words.chinese import CHINESE_WORDS
from site_src.check.words.english import ENGLISH_WORDS
from site_src.check.words.lexicon import Lexicon
from site_src.lazy_patterns import LazyPattern
from site_src.numbers.grammar import Number
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.numbers.punctuation import wide_punctuation
from site_src.policy.clauses import Clause
from site_src.policy.edition import Edition
from site_src.policy.facts import PlacedFact
from site_src.policy.model.filing import KindFact
from site_src.policy.model.handling import Role

ENOUGH = 0.5
"""The share of a fact's words that its clause must say."""


@dataclass(frozen=True)
class CitedClause:
    """A clause with the facts that cite it; `around` are the first lines of those it is in.

    `called` has the ids of the edition's roles by each of their names, in small letters.
    """

    source: Edition
    clause: Clause
    facts: tuple[PlacedFact, ...]
    around: str
    called: Mapping[str, frozenset[str]]

    @cached_property
    def text(self) -> str:
        """What the clause says, with the punctuation of its language."""
        return self.punctuated(self.clause.words)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the policy's language."""
        return lexicon_of(self.source)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that the clause says."""
        return find_numbers(self.text, grammar_of(self.source.policy.language))

    @cached_property
    def whole(self) -> str:
        """The clause, and the headings that it stands under."""
        return f"{self.punctuated(self.around)}\n{self.text}"

    @cached_property
    def named_roles(self) -> frozenset[str]:
        """The ids of the roles that the clause and its headings name."""
        text = self.whole.lower()
        return frozenset(id for name, ids in self.called.items() if name in text for id in ids)

    @cached_property
    def context(self) -> str:
        """What a fact's words may be taken from: clause, headings, names of roles and kinds."""
        policy = self.source.policy
        names = [policy.organisation.name, *(kind.name for kind in policy.kinds)]
        said = [name for role in policy.roles for name in names_of_role(self.source, role)]
        return "\n".join((self.whole, *said, *(self.words(name) for name in names)))

    def words(self, text: Text) -> str:
        """The words of a text in the policy's language."""
        return self.punctuated(text.words(self.source.policy.language))

    def punctuated(self, words: str) -> str:
        """The words with the punctuation of the policy's language; offsets stay."""
        return words if self.source.policy.language == "en" else wide_punctuation(words)

    def says(self, words: str, text: str | None = None) -> bool:
        """Whether the clause, or the text, says enough of the words."""
        return self.share(words, self.whole if text is None else text) >= ENOUGH

    def share(self, words: str, text: str) -> float:
        """How much of the words the text says."""
        return self.lexicon.share(words, text)

    def sentence(self, start: int, end: LazyPattern | None = None) -> tuple[int, int]:
        """Where the sentence around an offset begins and ends."""
        return span_around(self.text, start, end or self.lexicon.sentence_end)

    def kinds_of(self, sentence: str) -> frozenset[KindId]:
        """The kinds that a sentence names, else those that the clause is about; none is all."""
        small = sentence.lower()
        named = frozenset(id for id, name in self._kind_names if name in small)
        return named or self._own_kinds

    @cached_property
    def _kind_names(self) -> tuple[tuple[KindId, str], ...]:
        kinds = self.source.policy.kinds
        return tuple((kind.id, self.words(kind.name).lower()) for kind in kinds)

    @cached_property
    def _own_kinds(self) -> frozenset[KindId]:
        return frozenset(
            placed.fact.id for placed in self.facts if isinstance(placed.fact, KindFact)
        )


def lexicon_of(source: Edition) -> Lexicon:
    """The words of the language that the policy's text is in."""
    return ENGLISH_WORDS if source.policy.language == "en" else CHINESE_WORDS


def names_of_role(source: Edition, role: Role) -> tuple[str, ...]:
    """What the text calls a role."""
    return role.name.words(source.policy.language), *role.says


def called_roles(source: Edition) -> dict[str, frozenset[str]]:
    """The ids of the roles by each of their names, in small letters; several may share one."""
    called: dict[str, frozenset[str]] = {}
    for role in source.policy.roles:
        for name in names_of_role(source, role):
            called[name.lower()] = called.get(name.lower(), frozenset()) | {role.id}
    return called


def span_around(text: str, at: int, end: LazyPattern) -> tuple[int, int]:
    """Where the part of the text around an offset begins and ends."""
    first, last = 0, len(text)
    for match in end.finditer(text):
        if match.end() <= at:
            first = match.end()
        elif match.start() >= at:
            last = match.start()
            break
    return first, last


def parts(text: str, end: LazyPattern) -> Iterator[tuple[int, str]]:
    """The parts of a text between separators, each with its offset."""
    at = 0
    for match in end.finditer(text):
        if text[at : match.start()].strip():
            yield at, text[at : match.start()]
        at = match.end()
    if text[at:].strip():
        yield at, text[at:]

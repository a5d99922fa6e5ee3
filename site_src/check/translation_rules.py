"""Compares a translation with its procedure: both need the same clauses and numbers.

The words are up to the translator, but a different number would be a wrong promise.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from functions.model.language import Language
from site_src.bilingual import Bilingual
from site_src.numbers.english_numerals import number_words
from site_src.numbers.grammar import SAME_IN_BOTH, Number, NumberKind
from site_src.numbers.numbers import GRAMMARS, find_numbers, grammar_of
from site_src.numbers.numerals import read_number
from site_src.policy.clauses import Clause
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text
from site_src.policy.translation import Translation, clause_missing

_ONE = re.compile(r"(?:一|1)\s*个?(?:月|年|周|星期|季度|天|日|小时)")
_A_UNIT = re.compile(r"\b(?:a|an|each|per) (?:month|year|week|quarter|day|hour)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百]+")


def translation_findings(source: Edition) -> Iterator[Finding]:
    """The findings on clauses and numbers that translations lack, add or change."""
    for translation in source.translations:
        yield from _check_clauses(source, translation)
        for clause in translation.clauses:
            if original := source.clause(clause.id):
                pair = _Pair(original, source.policy.language, clause, translation.language)
                yield from _check_contacts(pair)
                if translation.language in GRAMMARS:
                    yield from _check_durations(pair)
                    yield from _check_counts(source, pair)


@dataclass(frozen=True)
class _Pair:
    """A clause of the procedure and its translation, each in its language."""

    original: Clause
    language: Language
    clause: Clause
    translated: Language

    def said(self, kind: NumberKind) -> tuple[dict[object, Number], dict[object, Number]]:
        """The numbers of a kind in the original and in the translation, by their keys."""
        return (
            _of_kind(_numbers(self.original, self.language), kind),
            _of_kind(_numbers(self.clause, self.translated), kind),
        )


def _numbers(clause: Clause, language: Language) -> tuple[Number, ...]:
    return find_numbers(clause.words, grammar_of(language))


def _in_words(clause: Clause, language: Language) -> set[str]:
    """The numbers that a clause says in words, numerals or digits, whatever they count."""
    digits = set(_DIGITS.findall(clause.words))
    if language == "en":
        return digits | {str(value) for value in number_words(clause.words)}
    return digits | {str(read_number(words)) for words in _NUMERAL.findall(clause.words)}


def _check_clauses(source: Edition, translation: Translation) -> Iterator[Finding]:
    original_ids = {clause.id for clause in source.clauses}
    counted = Counter(clause.id for clause in translation.clauses)
    for clause in source.clauses:
        if clause.id not in counted:
            yield clause_missing(translation, clause.id)
    for clause in translation.clauses:
        if clause.id not in original_ids:
            message = Bilingual(
                f"procedure.md has no clause {clause.id}",
                f"procedure.md 里没有条款“{clause.id}”",
            )
            remedy = Bilingual(
                "Give each clause the number that it has in procedure.md.",
                "译文各条的编号请与 procedure.md 一致。",
            )
            yield in_text(clause, 0, "translation-clauses", message, remedy)
        elif counted[clause.id] > 1:
            message = Bilingual(
                f"clause {clause.id} is translated more than once",
                f"条款“{clause.id}”译了不止一次",
            )
            remedy = Bilingual("Remove one of them.", "请删去其中一条。")
            yield in_text(clause, 0, "translation-clauses", message, remedy)


def _check_contacts(pair: _Pair) -> Iterator[Finding]:
    expected, actual = pair.said("contact")
    unspaced = "".join(pair.clause.words.split())
    yield from _differences(
        pair.clause,
        [number for key, number in expected.items() if str(key) not in unspaced],
        [number for key, number in actual.items() if key not in expected],
    )


def _check_durations(pair: _Pair) -> Iterator[Finding]:
    for kind in SAME_IN_BOTH:
        expected, actual = pair.said(kind)
        yield from _differences(
            pair.clause,
            [number for key, number in expected.items() if key not in actual],
            [
                number
                for key, number in actual.items()
                if key not in expected and not _is_said_otherwise(number, pair)
            ],
        )


def _is_said_otherwise(number: Number, pair: _Pair) -> bool:
    """Whether it is `一个月` for `a month`, which is no length of time, or `9 时` for `9`."""
    if number.kind == "time":
        digits = set(_DIGITS.findall(number.words))
        return digits <= _in_words(pair.original, pair.language)
    return bool(_ONE.fullmatch(number.words) and _A_UNIT.search(pair.original.words))


def _check_counts(source: Edition, pair: _Pair) -> Iterator[Finding]:
    """A count may be in digits in one language and in words in the other."""
    expected, actual = pair.said("count")
    labels = {other.label for other in source.clauses if "." in other.label}
    there = {*actual, *_in_words(pair.clause, pair.translated), *labels}
    here = {*expected, *_in_words(pair.original, pair.language), *labels}
    yield from _differences(
        pair.clause,
        [number for key, number in expected.items() if key not in there],
        [number for key, number in actual.items() if key not in here],
    )


def _of_kind(numbers: tuple[Number, ...], kind: str) -> dict[object, Number]:
    return {number.key: number for number in numbers if number.kind == kind}


def _differences(clause: Clause, lacking: list[Number], added: list[Number]) -> Iterator[Finding]:
    remedy = Bilingual(
        "Correct the translation: readers take its numbers for promises.",
        "请改正译文：读者会把其中的数字当作承诺。",
    )
    for number in lacking:
        message = Bilingual(
            f"clause {clause.id} says {number.words}, but its translation does not",
            f"条款“{clause.id}”写了“{number.words}”，译文却没有",
        )
        yield in_text(clause, 0, "translation-numbers", message, remedy)
    for number in added:
        message = Bilingual(
            f"the translation of clause {clause.id} says {number.words}, but the clause does not",
            f"条款“{clause.id}”的译文写了“{number.words}”，原文却没有",
        )
        yield in_text(clause, number.start, "translation-numbers", message, remedy)

"""Compares a translation with its procedure: both need the same clauses and numbers.

The words are up to the translator, but a different number would be a wrong promise.
"""

import re
from collections import Counter
from collections.abc import Iterator

from site_src.bilingual import Bilingual
from site_src.numbers.chinese import CHINESE
from site_src.numbers.english import ENGLISH
from site_src.numbers.english_numerals import number_words
from site_src.numbers.grammar import Number, NumberKind
from site_src.numbers.numbers import find_numbers
from site_src.numbers.numerals import read_number
from site_src.policy.clauses import Clause
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text
from site_src.policy.load import Edition
from site_src.policy.translation import Translation, clause_missing

_NUMERAL = re.compile("[零〇一二两三四五六七八九十百]+")


_SAME_IN_BOTH: tuple[NumberKind, ...] = ("duration", "time", "money", "percent")
"""Kinds of numbers with one key in both languages."""


def translation_findings(source: Edition) -> Iterator[Finding]:
    """The findings on clauses and numbers that translations lack, add or change."""
    for translation in source.translations:
        yield from _check_clauses(source, translation)
        for clause in translation.clauses:
            if original := source.clause(clause.id):
                yield from _check_contacts(original, clause, translation)
                if translation.language == "en":
                    yield from _check_durations(original, clause)
                    yield from _check_counts(source, original, clause)


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


def _check_contacts(
    original: Clause, clause: Clause, translation: Translation
) -> Iterator[Finding]:
    grammar = ENGLISH if translation.language == "en" else CHINESE
    expected = _of_kind(find_numbers(original.words), "contact")
    actual = _of_kind(find_numbers(clause.words, grammar), "contact")
    unspaced = "".join(clause.words.split())
    yield from _differences(
        clause,
        [number for key, number in expected.items() if str(key) not in unspaced],
        [number for key, number in actual.items() if key not in expected],
    )


def _check_durations(original: Clause, clause: Clause) -> Iterator[Finding]:
    originals, translated = find_numbers(original.words), find_numbers(clause.words, ENGLISH)
    for kind in _SAME_IN_BOTH:
        expected, actual = _of_kind(originals, kind), _of_kind(translated, kind)
        yield from _differences(
            clause,
            [number for key, number in expected.items() if key not in actual],
            [number for key, number in actual.items() if key not in expected],
        )


def _check_counts(source: Edition, original: Clause, clause: Clause) -> Iterator[Finding]:
    """A count may be in digits in one language and in words in the other."""
    expected = _of_kind(find_numbers(original.words), "count")
    actual = _of_kind(find_numbers(clause.words, ENGLISH), "count")
    in_words = {str(value) for value in number_words(clause.words)}
    numerals = {str(read_number(words)) for words in _NUMERAL.findall(original.words)}
    labels = {other.label for other in source.clauses if "." in other.label}
    yield from _differences(
        clause,
        [number for key, number in expected.items() if key not in {*actual, *in_words, *labels}],
        [number for key, number in actual.items() if key not in {*expected, *numerals, *labels}],
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

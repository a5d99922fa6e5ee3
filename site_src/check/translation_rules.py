"""Compares a translation with its procedure: the same clauses, and in each the same numbers.

The words are for whoever translates; but a number that differs would be a wrong promise.
"""

import re
from collections import Counter
from collections.abc import Iterator

from site_src.numbers.durations import read_number
from site_src.numbers.english import ENGLISH, number_words
from site_src.numbers.numbers import CHINESE, Number, find_numbers
from site_src.policy.clauses import Clause
from site_src.policy.finding import Finding
from site_src.policy.finding_place import in_text
from site_src.policy.load import Edition
from site_src.policy.translation import Translation, clause_missing

_NUMERAL = re.compile("[零〇一二两三四五六七八九十百]+")


def translation_findings(source: Edition) -> Iterator[Finding]:
    """What a translation lacks, adds or says with other numbers."""
    for translation in source.translations:
        yield from _clauses(source, translation)
        for clause in translation.clauses:
            if original := source.clause(clause.id):
                yield from _contacts(original, clause, translation)
                if translation.language == "en":
                    yield from _lengths(original, clause)
                    yield from _counts(source, original, clause)


def _clauses(source: Edition, translation: Translation) -> Iterator[Finding]:
    own = {clause.id for clause in source.clauses}
    counted = Counter(clause.id for clause in translation.clauses)
    for clause in source.clauses:
        if clause.id not in counted:
            yield clause_missing(translation, clause.id)
    for clause in translation.clauses:
        if clause.id not in own:
            message = f"procedure.md has no clause {clause.id}"
            remedy = "Give each clause the number that it has in procedure.md."
            yield in_text(clause, 0, "translation-clauses", message, remedy)
        elif counted[clause.id] > 1:
            message = f"clause {clause.id} is translated more than once"
            yield in_text(clause, 0, "translation-clauses", message, "Remove one of them.")


def _contacts(original: Clause, clause: Clause, translation: Translation) -> Iterator[Finding]:
    grammar = ENGLISH if translation.language == "en" else CHINESE
    wanted = _of_kind(find_numbers(original.words), "contact")
    given = _of_kind(find_numbers(clause.words, grammar), "contact")
    written = "".join(clause.words.split())
    lacking = [one for key, one in wanted.items() if str(key) not in written]
    yield from _differences(
        clause, lacking, [one for key, one in given.items() if key not in wanted]
    )


def _lengths(original: Clause, clause: Clause) -> Iterator[Finding]:
    wanted = _of_kind(find_numbers(original.words), "duration")
    given = _of_kind(find_numbers(clause.words, ENGLISH), "duration")
    yield from _differences(
        clause,
        [one for key, one in wanted.items() if key not in given],
        [one for key, one in given.items() if key not in wanted],
    )


def _counts(source: Edition, original: Clause, clause: Clause) -> Iterator[Finding]:
    """A count may be in digits in one language and written out in the other."""
    wanted = _of_kind(find_numbers(original.words), "count")
    given = _of_kind(find_numbers(clause.words, ENGLISH), "count")
    written = {str(value) for value in number_words(clause.words)}
    numerals = {str(read_number(words)) for words in _NUMERAL.findall(original.words)}
    labels = {one.label for one in source.clauses if "." in one.label}
    yield from _differences(
        clause,
        [one for key, one in wanted.items() if key not in {*given, *written, *labels}],
        [one for key, one in given.items() if key not in {*wanted, *numerals, *labels}],
    )


def _of_kind(numbers: tuple[Number, ...], kind: str) -> dict[object, Number]:
    return {number.key: number for number in numbers if number.kind == kind}


def _differences(clause: Clause, lacking: list[Number], added: list[Number]) -> Iterator[Finding]:
    remedy = "Mend the translation: readers take a number in it for a promise."
    for number in lacking:
        message = f"clause {clause.id} says {number.words}, its translation does not"
        yield in_text(clause, 0, "translation-numbers", message, remedy)
    for number in added:
        message = f"the translation of clause {clause.id} says {number.words}, the clause does not"
        yield in_text(clause, number.start, "translation-numbers", message, remedy)

"""What is read in each sample procedure, against a list that a person has looked through."""

from pathlib import Path

import pytest

from site_src.numbers.grammar import Number
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.places import POLICIES
from site_src.policy.clauses import raw_lines, read_clauses
from tests.helpers.readings import reading
from tests.helpers.sample_policies import loaded

EXPECTED = Path(__file__).parent / "samples"
TEXTS = sorted(POLICIES.glob("*/procedure*.md"))
NAMES = [f"{file.parent.name}.{file.stem.removeprefix('procedure').lstrip('.')}" for file in TEXTS]


def listed(file: Path) -> str:
    """Each number of a procedure with its clause, the words around it and what it is read as."""
    grammar = grammar_of(_language(file))
    lines = []
    for clause in read_clauses(raw_lines(file, file.read_text(encoding="utf-8"))):
        words = clause.words
        for number in sorted(find_numbers(words, grammar), key=lambda one: one.start):
            around = _around(words, number)
            lines.append(f"{clause.id} | {around} | {reading(number)}\n")
    return "".join(lines)


def _language(file: Path) -> str:
    """The language in the name of a translation; else that of the policy."""
    named = file.stem.removeprefix("procedure").lstrip(".")
    return named or loaded(file.parent).policy.language


def _around(words: str, number: Number) -> str:
    before = words[max(0, number.start - 10) : number.start].replace("\n", "⏎")
    after = words[number.end : number.end + 6].replace("\n", "⏎")
    return f"{before}[{words[number.start : number.end]}]{after}"


@pytest.mark.parametrize(("name", "file"), list(zip(NAMES, TEXTS, strict=True)), ids=NAMES)
def test_sample(name: str, file: Path, request: pytest.FixtureRequest) -> None:
    """Each number of the sample is read as listed, and nothing else is read."""
    expected = EXPECTED / f"{name.rstrip('.')}.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(listed(file), encoding="utf-8")
    assert listed(file) == expected.read_text(encoding="utf-8")

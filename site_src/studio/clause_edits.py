"""Edits the words of one clause in procedure.md; every other line stays as it is."""

from collections.abc import Iterable
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.policy.clauses import Clause, RawLine, read_clauses
from site_src.studio.errors import EditRefused

_UNKNOWN = Bilingual(
    "procedure.md has no clause {clause!r} any more. Go back to the draft.",
    "procedure.md 里已经没有“{clause}”这一条。请返回草稿页面。",
)


def clauses_of(procedure: str) -> tuple[Clause, ...]:
    """The clauses of a text, without the lines before the first."""
    file = Path("procedure.md")
    lines = (RawLine(file, number, words) for number, words in enumerate(_lines(procedure), 1))
    return read_clauses(lines)


def clause_parts(clauses: Iterable[Clause]) -> list[tuple[Clause, str]]:
    """Each clause with its words, in the order of the text; what stands below its list follows it.

    So a clause with such words comes twice.
    """
    parts = []
    for clause in clauses:
        parts.append((clause.lines[0].number, clause, clause.head))
        if clause.below:
            words = "\n".join(line.words for line in clause.below)
            parts.append((clause.below[0].number, clause, words))
    return [(clause, words) for _, clause, words in sorted(parts, key=lambda part: part[0])]


def clause_words(procedure: str, wanted: str) -> str:
    """The words of a clause without its number; empty if there is no such clause."""
    found = (clause.words for clause in clauses_of(procedure) if clause.id == wanted)
    return next(found, "")


def preamble_of(procedure: str) -> str:
    """The lines before the first clause: the title, as a rule."""
    clauses = clauses_of(procedure)
    end = clauses[0].lines[0].number - 1 if clauses else len(_lines(procedure))
    return "\n".join(_lines(procedure)[:end]).strip()


def source_of(procedure: str, clause: str) -> str:
    """The lines of a clause as they stand, number included. Raises EditRefused."""
    first, last = _span(procedure, clause)
    return "\n".join(_lines(procedure)[first:last]).strip("\n")


def with_source(procedure: str, clause: str, words: str) -> str:
    """The text with other lines for a clause; none removes it. Raises EditRefused."""
    first, last = _span(procedure, clause)
    lines = _lines(procedure)
    own = words.replace("\r\n", "\n").strip("\n")
    blank = [line for line in lines[first:last][::-1] if not line.strip()][:1]
    new = [*own.split("\n"), *(blank if own else ())] if own else []
    return "\n".join([*lines[:first], *new, *lines[last:]])


def _span(procedure: str, wanted: str) -> tuple[int, int]:
    """The lines of a clause; if it says something below its list, with the list."""
    clauses = clauses_of(procedure)
    clause = next((each for each in clauses if each.id == wanted), None)
    if clause is None:
        raise EditRefused(_UNKNOWN.filled(clause=wanted))
    starts = {each.lines[0].number for each in clauses}
    starts |= {each.below[0].number for each in clauses if each.below}
    end = (clause.below[-1] if clause.below else clause.lines[0]).number
    after = min((start for start in starts if start > end), default=len(_lines(procedure)) + 1)
    return clause.lines[0].number - 1, after - 1


def _lines(procedure: str) -> list[str]:
    return procedure.split("\n")

"""Reads the text files of a policy, within bounds that no procedure reaches."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from site_src.policy.clauses import Clause, RawLine, raw_lines
from site_src.policy.finding import Finding, FindingCode

_MOST_BYTES = 1_000_000
_MOST_CHARACTERS_OF_LINE = 4_000
_MOST_CHARACTERS_OF_CLAUSE = 20_000
"""The time of some comparisons grows with the square of what stands between two clause numbers."""


_MARKS, _MOST_MARKS = "[>!*", 2_000
"""Marks that may stand within each other: the time to render them grows with their square."""


def read_text(file: Path) -> str | Finding:
    """The text of a file in UTF-8, or the finding that prevents reading it."""
    try:
        with file.open("rb") as content:
            data = content.read(_MOST_BYTES + 1)
    except OSError as error:
        remedy = "Make it a plain file that the account which builds the site can read."
        return _finding("file-missing", file, 1, f"{file.name}: {error.strerror}", remedy)
    if len(data) > _MOST_BYTES:
        message = f"{file.name} is longer than {_MOST_BYTES // 1000} kB"
        remedy = "Remove what is no part of the procedure, such as pasted pictures."
        return _finding("too-long", file, 1, message, remedy)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{file.name} is not UTF-8: {error.reason}"
        return _finding("file-encoding", file, 1, message, "Save the file as UTF-8.")


def read_lines(file: Path) -> tuple[RawLine, ...] | Finding:
    """The lines of a procedure or its translation, or the finding that prevents reading them."""
    text = read_text(file)
    if isinstance(text, Finding):
        return text
    for mark in _MARKS:
        if text.count(mark) > _MOST_MARKS:
            message = f"the text has {text.count(mark)} times the character {mark}"
            return _finding("too-long", file, 1, message, f"A text may have {_MOST_MARKS}.")
    lines = raw_lines(file, text)
    for line in lines:
        if len(line.words) > _MOST_CHARACTERS_OF_LINE:
            message = f"the line has {len(line.words)} characters"
            remedy = f"Divide it: a line may have {_MOST_CHARACTERS_OF_LINE}."
            return _finding("too-long", file, line.number, message, remedy)
    return lines


def overlong_clauses(clauses: Iterable[Clause]) -> Iterator[Finding]:
    """The findings for clauses that are too long."""
    for clause in clauses:
        length, first = len(clause.words), clause.lines[0]
        if length > _MOST_CHARACTERS_OF_CLAUSE:
            message = f"the clause that begins here has {length} characters"
            remedy = f"Number its parts, so that none has more than {_MOST_CHARACTERS_OF_CLAUSE}."
            yield _finding("too-long", first.file, first.number, message, remedy)


def _finding(code: FindingCode, file: Path, line: int, message: str, remedy: str) -> Finding:
    return Finding(code=code, file=file, line=line, column=1, message=message, remedy=remedy)

"""Findings at their place in a policy's two files."""

from site_src.clauses import Clause
from site_src.facts import Placed
from site_src.finding import Code, Finding
from site_src.load import Source
from site_src.reading import field_name


def in_yaml(
    source: Source, placed: Placed, key: str, code: Code, message: str, remedy: str
) -> Finding:
    """A finding at a key of a fact in policy.yaml."""
    at = source.position(*placed.path, key)
    return Finding(
        code=code,
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name((*placed.path, key)),
        clause=placed.fact.clause,
        message=message,
        remedy=remedy,
    )


def at_key(source: Source, code: Code, message: str, remedy: str, *place: str | int) -> Finding:
    """A finding at a key of policy.yaml that belongs to no fact."""
    at = source.position(*place)
    return Finding(
        code=code,
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name(place),
        message=message,
        remedy=remedy,
    )


def in_text(clause: Clause, offset: int, code: Code, message: str, remedy: str) -> Finding:
    """A finding at `offset` of a clause's words in procedure.md."""
    before = clause.words[:offset]
    line = clause.lines[before.count("\n")]
    return Finding(
        code=code,
        file=line.file,
        line=line.number,
        column=line.column + offset - (before.rfind("\n") + 1),
        clause=clause.id,
        message=message,
        remedy=remedy,
    )

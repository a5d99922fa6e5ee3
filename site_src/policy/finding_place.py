"""Creates findings at a place in policy.yaml or procedure.md."""

from typing import TYPE_CHECKING

from site_src.bilingual import Bilingual
from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.yaml.document import YamlDocument, YamlPath, field_name

if TYPE_CHECKING:
    from site_src.policy.edition import Edition


def in_yaml(
    source: "Edition",
    placed: PlacedFact,
    key: str,
    code: FindingCode,
    message: Bilingual,
    remedy: Bilingual,
) -> Finding:
    """A finding at a key of a fact in policy.yaml."""
    place = (*placed.path, key)
    return at_place(source.reading, place, code, message, remedy, placed.fact.clause)


def at_key(
    source: "Edition", code: FindingCode, message: Bilingual, remedy: Bilingual, *place: str | int
) -> Finding:
    """A finding at a key of policy.yaml that belongs to no fact."""
    return at_place(source.reading, place, code, message, remedy)


def at_place(
    reading: YamlDocument,
    place: YamlPath,
    code: FindingCode,
    message: Bilingual,
    remedy: Bilingual,
    clause: str | None = None,
) -> Finding:
    """A finding at a place of a YAML file, or at the nearest known place around it."""
    at = reading.nearest(place)
    return Finding(
        code=code,
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name(place),
        clause=clause,
        message=message,
        remedy=remedy,
    )


def in_text(
    clause: Clause, offset: int, code: FindingCode, message: Bilingual, remedy: Bilingual
) -> Finding:
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

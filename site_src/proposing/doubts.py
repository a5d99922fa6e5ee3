"""Asks the checker about proposals: what it would refuse is marked as unsure."""

import re
from dataclasses import replace
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.check.clause_rules import clause_findings
from site_src.check.meaning.rules import cited_clauses, meaning_findings
from site_src.policy.finding import Finding
from site_src.policy.load import Edition
from site_src.policy.yaml_reading import Position, YamlDocument
from site_src.proposing.proposal import ProposedFact, joined
from site_src.proposing.reading import ProcedureText, policy_of

_FIELD = re.compile(r"(?P<list>[a-z]+)\[(?P<index>\d+)\]")


def with_doubts(
    text: ProcedureText, proposals: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The proposals; one that the checker finds wrong says so in `unsure`."""
    doubts: dict[tuple[str, int], list[Bilingual]] = {}
    for finding in _findings(text, proposals):
        if finding.field and (field := _FIELD.match(finding.field)):
            key = (field["list"], int(field["index"]))
            doubts.setdefault(key, []).append(finding.message)
    counted: dict[str, int] = {}
    marked: list[ProposedFact] = []
    for one in proposals:
        index = counted.setdefault(one.list, 0)
        counted[one.list] += 1
        own = [*([one.unsure] if one.unsure else []), *doubts.get((one.list, index), [])]
        marked.append(replace(one, unsure=joined(own)))
    return tuple(marked)


def _findings(text: ProcedureText, proposals: tuple[ProposedFact, ...]) -> tuple[Finding, ...]:
    top = Position(Path("policy.yaml"), 1, 1)
    policy = policy_of(text.language, proposals, text.own_name)
    source = Edition(
        Path("."), policy, text.lines, text.clauses, YamlDocument({}, {(): top}), (), frozenset()
    )
    cited = tuple(cited_clauses(source))
    return (*clause_findings(source, cited), *meaning_findings(source, cited))

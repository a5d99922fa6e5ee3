"""Asks the checker about proposals: what it would refuse is marked as unsure."""

import re
from dataclasses import replace
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.check.clause_rules import clause_findings
from site_src.check.meaning.rules import cited_clauses, meaning_findings
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.yaml.document import Position, YamlDocument
from site_src.proposing.handling.provisions import propose_left_over
from site_src.proposing.proposal import ProposedFact, joined
from site_src.proposing.reading import ProcedureText, policy_of

_UNREAD = ("number-unclaimed",)
"""Findings on words that nothing was made of."""

_FIELD = re.compile(r"(?P<list>[a-z]+)\[(?P<index>\d+)\]")


def with_doubts(
    text: ProcedureText, proposals: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The proposals; one that the checker finds wrong says so in `unsure`."""
    findings = _findings(text, proposals)
    proposals = _corrected(proposals, findings)
    doubts: dict[tuple[str, int], list[Bilingual]] = {}
    for finding in findings:
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
    unread = frozenset(one.clause for one in findings if one.code in _UNREAD and one.clause)
    return (*marked, *propose_left_over(text, proposals, unread))


def _corrected(
    proposals: tuple[ProposedFact, ...], findings: tuple[Finding, ...]
) -> tuple[ProposedFact, ...]:
    """The proposals without starts that the checker does not find."""
    unstated = {
        int(field["index"])
        for finding in findings
        if finding.code == "start-ambiguous" and (field := _FIELD.match(finding.field or ""))
    }
    limits = [one for one in proposals if one.list == "limits"]
    found = list(proposals)
    for index in unstated:
        one = limits[index]
        if one.data.get("party", "organisation") == "organisation":
            found[found.index(one)] = replace(one, data={**one.data, "from": "unstated"})
    return tuple(found)


def _findings(text: ProcedureText, proposals: tuple[ProposedFact, ...]) -> tuple[Finding, ...]:
    top = Position(Path("policy.yaml"), 1, 1)
    policy = policy_of(text.language, proposals, text.own_name)
    source = Edition(
        Path("."), policy, text.lines, text.clauses, YamlDocument({}, {(): top}), (), frozenset()
    )
    cited = tuple(cited_clauses(source))
    return (*clause_findings(source, cited), *meaning_findings(source, cited))

"""What a clause lists beside what facts say must be said by facts as well."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.messages import clause_finding, text_finding
from site_src.policy.clauses import Clause
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding

_BULLET = re.compile(
    r"^\s*(?:[-*•·]|[（(]?[0-9a-z][)）])\s*(?P<item>.+?)[；;。.,，]?\s*$", re.MULTILINE
)
_LISTED = {"filers", "channels", "formalities", "reviews", "categories"}
"""Lists whose facts a list of the text can be."""

_SAID = 0.7
_LISTS = ("channels", "reviews", "grounds", "categories", "levels")
_FEWEST = 3


def listed_findings(cited: CitedClause) -> Iterator[Finding]:
    """Items of a list with a mark each of which facts of one list say all but one."""
    items = [(match.start("item"), match["item"]) for match in _BULLET.finditer(cited.text)]
    if len(items) < 2:
        return
    for name in _LISTS:
        said = "\n".join(
            cited.words(text)
            for placed in cited.facts
            if placed.list == name
            for _, text in placed.texts
        )
        if not said:
            continue
        lacking = [(at, item) for at, item in items if cited.share(item, said) < _SAID]
        if len(lacking) == 1 and (len(items) >= _FEWEST or name == "reviews"):
            for at, item in lacking:
                yield text_finding(cited, at, "listed-unclaimed", text=item, list=name)


def uncited_items(source: Edition) -> Iterator[Finding]:
    """Items of a list that no fact cites, where facts of one list cite all others."""
    citing: dict[str, set[str]] = {}
    for placed in source.facts:
        name = "filers" if placed.list == "representatives" else placed.list
        citing.setdefault(placed.fact.clause, set()).add(name)
    groups: dict[str, list[Clause]] = {}
    for clause in source.clauses:
        outer = clause.id.removesuffix(clause.label)
        if outer != clause.id and outer and not clause.heading:
            groups.setdefault(outer, []).append(clause)
    heads = {clause.id: clause.head.strip() for clause in source.clauses}
    for outer, group in groups.items():
        if not heads.get(outer.removesuffix("、"), "").endswith(("：", ":")):
            continue
        lacking = [clause for clause in group if clause.id not in citing]
        cited = [citing[clause.id] for clause in group if clause.id in citing]
        if len(lacking) == 1 and cited and (common := sorted(set.intersection(*cited) & _LISTED)):
            clause = lacking[0]
            values = {"text": clause.words, "list": common[0]}
            yield clause_finding(clause, "listed-unclaimed", **values)

"""What a clause lists beside what facts say must be said by facts as well."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, texts
from site_src.check.meaning.messages import text_finding
from site_src.policy.finding import Finding

_BULLET = re.compile(r"^\s*(?:[-*•·]|[（(]?[0-9a-z][)）])\s*(?P<item>.+?)[；;。.,，]?\s*$", re.MULTILINE)
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
            for _, text in texts(placed.fact)
        )
        if not said:
            continue
        lacking = [(at, item) for at, item in items if cited.share(item, said) < _SAID]
        if len(lacking) == 1 and (len(items) >= _FEWEST or name == "reviews"):
            for at, item in lacking:
                yield text_finding(cited, at, "listed-unclaimed", text=item, list=name)

"""Finds the items of a list in a clause: on lines of their own, or as clauses in it."""

import re
from dataclasses import dataclass

from site_src.check.meaning.cited_clause import CitedClause
from site_src.proposing.reading import ProcedureText

_INNER = re.compile(
    r"[.．、]?\d+|（[一二三四五六七八九十]+）|、?（[一二三四五六七八九十]+）|, ?\d+|\([a-z]\)"
)


@dataclass(frozen=True)
class ListItem:
    """An item with the clause that has its words, and their place in it."""

    clause: CitedClause
    start: int
    words: str


def items_of(text: ProcedureText, clause: CitedClause) -> tuple[ListItem, ...]:
    """The items that stand on lines of the clause."""
    return tuple(
        ListItem(clause, match.start("item"), match["item"].strip(" 。；;，,."))
        for match in text.words.item.finditer(clause.text)
    )


def inner_clauses(outer: CitedClause, clauses: tuple[CitedClause, ...]) -> tuple[CitedClause, ...]:
    """The clauses that stand directly in this one."""
    return tuple(one for one in clauses if _is_inner(outer.clause.id, one.clause.id))


def _is_inner(outer: str, id: str) -> bool:
    rest = id.removeprefix(outer)
    return rest not in ("", id) and _INNER.fullmatch(rest) is not None


def listed_in(
    text: ProcedureText, clause: CitedClause, clauses: tuple[CitedClause, ...]
) -> tuple[ListItem, ...]:
    """The items of the list in a clause, on its lines or as clauses in it."""
    own = items_of(text, clause)
    if len(own) > 1:
        return own
    inner = inner_clauses(clause, clauses)
    return tuple(
        ListItem(one, 0, re.split(r"[。；;]", one.clause.lines[0].words.strip())[0].strip(" ，,."))
        for one in inner
        if one.clause.lines
    )


def head_of(clause: CitedClause) -> str:
    """The line of a clause that stands above its list; of its words, if it has no list."""
    first = clause.clause.lines[0].words if clause.clause.lines else ""
    return first or clause.text

"""Finds the paragraphs that follow a list of items and belong to the clause that has the list.

    第十条 投诉可以这样提出：
    （一）打电话；
    （二）写信。
    匿名投诉同样受理。

The last line is a paragraph of 第十条, not of its item （二）. The text itself shows it: every item
of the list has one paragraph, the last one is a whole sentence, and no item follows. An item that
is a heading, or that ends in a colon, keeps what follows it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_src.policy.layout.clause_numbers import ClauseNumber, every_id

_ITEM = re.compile(r"[（(][^（()）]+[）)]|[①-⑳]")
_SENTENCE_END = re.compile(r"[。；！？.;!?][”’）)\"']*\s*$")
_PART_OF_LIST = re.compile(r"\s*(?:[-*+>|]|\d+[.)]\s)")
"""Lines that go on with what the item says: bullets, tables, quotations."""

_FEWEST_ITEMS = 2


@dataclass(frozen=True)
class NumberedLines:
    """A clause number with the lines below it; `first` of them are its first paragraph."""

    number: ClauseNumber
    lines: tuple[str, ...]
    first: int


@dataclass(frozen=True)
class ListEnd:
    """Where a list ends: `lines` belong to its last item, later ones to the clause at `outer`."""

    outer: int
    lines: int


def after_lists(clauses: Sequence[NumberedLines]) -> dict[int, ListEnd]:
    """The last items of lists that paragraphs of the outer clause follow, by their index."""
    ends: dict[int, ListEnd] = {}
    places = {clause.number.id: at for at, clause in reversed(list(enumerate(clauses)))}
    for at, clause in enumerate(clauses):
        outer = clause.number.outer.rstrip("、")
        if outer not in places or not _goes_past_item(clause):
            continue
        items = _list_up_to(clauses, at)
        if len(items) < _FEWEST_ITEMS or places[outer] != at - len(items):
            continue
        whole = all(item.first == len(item.lines) for item in items[:-1])
        if whole and not _goes_on(clauses, at):
            ends[at] = ListEnd(places[outer], clause.first)
    return ends


def _goes_on(clauses: Sequence[NumberedLines], at: int) -> bool:
    """Whether the list, or one in its item, goes on below the paragraphs."""
    number = clauses[at].number
    following = clauses[at + 1].number.id if at + 1 < len(clauses) else ""
    return (
        following.startswith(number.outer) and _ITEM.match(following, len(number.outer)) is not None
    )


def _goes_past_item(clause: NumberedLines) -> bool:
    """Whether an item is a whole sentence, and a paragraph follows that could stand alone."""
    if clause.first == len(clause.lines) or clause.number.level:
        return False
    if not _ITEM.fullmatch(clause.number.label) or clause.number.id == clause.number.label:
        return False
    said, following = clause.lines[clause.first - 1], clause.lines[clause.first]
    return (
        _SENTENCE_END.search(said) is not None
        and _PART_OF_LIST.match(following) is None
        and not every_id([following])
    )


def _list_up_to(clauses: Sequence[NumberedLines], last: int) -> Sequence[NumberedLines]:
    """The items that stand one after another in the same clause, up to this one."""
    outer = clauses[last].number.outer
    first = last
    while first and clauses[first - 1].number.id == outer + clauses[first - 1].number.label:
        first -= 1
    return clauses[first : last + 1]

"""Proposes what filings are about: the items of lists, and what sentences on handling name."""

import re
from collections.abc import Iterator

from functions.model.contract.terms import KindId
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.proposing.filing.lists import ListItem, head_of, inner_clauses, listed_in
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_LONGEST_NAME = {"zh-CN": 60, "en": 100}
_FEWEST = 2
_CLASS = re.compile(r"^第?[一二三四五六七八九十]+[类级][：:，,]\s*|^[（(].*?[)）]\s*")
_JOINT = re.compile(r"、|或者|以及")
_FEWEST_PARTS, _MOST_OF_PART = 3, 8
"""Of things that one item of a list names: how many at least, and the characters of each."""


def propose_categories(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The items of a list of what one can file about, as the text lists them."""
    found: list[ProposedFact] = []
    clauses = text.cited(known)
    for clause in clauses:
        if _is_list(text, clause):
            _add_list(text, clause, clauses, found)
    named = [one for one in known if one.list == "roles"]
    for clause in clauses:
        _add_defined(text, clause, found)
        for at, sentence in parts(clause.text, clause.lexicon.part_end):
            for pattern in text.words.about:
                for match in pattern.finditer(sentence):
                    _add_named(text, clause, at, sentence, match, named, found)
    return tuple(found)


def _add_list(
    text: ProcedureText,
    clause: CitedClause,
    clauses: tuple[CitedClause, ...],
    found: list[ProposedFact],
) -> None:
    items = listed_in(text, clause, clauses)
    if len(items) < _FEWEST or _of_people(clause, items) or _of_steps(text, items):
        return
    kind = kind_spoken_of(text, clause, 0)
    for item in items:
        _add_item(text, item, kind, found)
        if item.clause is not clause:
            for inner in inner_clauses(item.clause, clauses):
                first = inner.clause.lines[0].words
                words = re.split(r"[。；;]", first.strip())[0].strip()
                _add_item(text, ListItem(inner, 0, words), kind, found)


def _add_item(
    text: ProcedureText, item: ListItem, kind: KindId | None, found: list[ProposedFact]
) -> None:
    words = _CLASS.sub("", item.words)
    own = text.words.of_kind.match(words)
    said = {
        one.id
        for one in item.clause.source.policy.kinds
        if own and item.clause.words(one.name) == own["kind"]
    }
    only = next(iter(said)) if len(said) == 1 and len(item.clause.source.policy.kinds) > 1 else kind
    cited_words = cited(item.clause.clause.words, item.start, item.start + len(item.words))
    name = own["about"] if own else words
    for part in _parts_of(name):
        _add(text, item.clause, only, part, cited_words, found)


def _add_defined(text: ProcedureText, clause: CitedClause, found: list[ProposedFact]) -> None:
    """Several things that the definition of a kind says it is about, one after the other."""
    for kind in clause.source.policy.kinds:
        if kind.definition is None or kind.clause != clause.clause.id:
            continue
        said = clause.words(kind.definition)
        about = [match["about"] for match in text.words.defined_about.finditer(said)]
        for name in about if len(about) >= _FEWEST else ():
            _add(text, clause, kind.id, name, cited(clause.text, 0, len(clause.text)), found)


def _parts_of(name: str) -> Iterator[str]:
    """The things that an item names side by side: 初次评审、监督评审、复评的结论."""
    whole, of, head = name.rpartition("的")
    listed = [part.strip() for part in _JOINT.split(whole)]
    short = all(0 < len(part) <= _MOST_OF_PART for part in listed)
    if not of or len(listed) < _FEWEST_PARTS or not short or re.search("等|，", name):
        yield name
        return
    for part in listed:
        yield f"{part}的{head}"


def _of_people(clause: CitedClause, items: tuple[ListItem, ...]) -> bool:
    """Whether the list is of people, who may file."""
    people = clause.lexicon.persons
    return all(
        (found := [*people.finditer(item.words)]) and found[-1].end() >= len(item.words) - 1
        for item in items
    )


def _of_steps(text: ProcedureText, items: tuple[ListItem, ...]) -> bool:
    """Whether the list is of what somebody does, who is named at the beginning of most items."""
    doing = [item for item in items if text.words.does.match(item.words)]
    return len(doing) * 2 > len(items)


def _add_named(
    text: ProcedureText,
    clause: CitedClause,
    at: int,
    sentence: str,
    match: re.Match[str],
    roles: list[ProposedFact],
    found: list[ProposedFact],
) -> None:
    """What a sentence on who handles filings says that they are about, with its examples."""
    kind = kind_spoken_of(text, clause, at)
    words = cited(clause.clause.words, at, at + len(sentence))
    about = match["about"].strip()
    if any(about == str(role.data["name"]) for role in roles):
        return
    before = len(found)
    _add(text, clause, kind, about, words, found)
    items = match.groupdict().get("items")
    if not items or len(found) == before:
        return
    children = []
    for part in re.split(r"、|，|和|以及", items):
        name = text.words.examples_fringe.sub("", part.strip()).strip()
        if len(name) >= _FEWEST:
            children.append({"name": name, **_level(clause, words)})
    if len(children) >= _FEWEST:
        _nest(found, children, clause.clause.id)


def _nest(found: list[ProposedFact], children: list[dict[str, str]], clause: str) -> None:
    """Puts the children into the category that was added last."""
    parent = found.pop()
    taken = [*_ids(found), str(parent.data["id"])]
    nested = []
    for child in children:
        id = unique(slug(child["name"]), taken)
        taken.append(id)
        nested.append({"id": id, **child, "clause": clause})
    data = {**parent.data, "children": nested}
    found.append(ProposedFact(parent.list, parent.clause, parent.words, data, parent.unsure))


def _is_list(text: ProcedureText, clause: CitedClause) -> bool:
    head = head_of(clause)
    files = text.words.files.search(clause.text) or any(
        clause.words(kind.name).lower() in clause.text.lower()
        for kind in clause.source.policy.kinds
    )
    about = text.words.heading.search(head)
    if about is None or clause.lexicon.rejects.search(head):
        return False
    if text.words.no_heading.search(head) and not text.words.files.search(head):
        return False
    return files is not None and bool(files or text.words.scope.search(head) or about)


def _add(
    text: ProcedureText,
    clause: CitedClause,
    kind: str | None,
    item: str,
    words: str,
    found: list[ProposedFact],
) -> None:
    name = re.sub(r"(?:的|等)$", "", item)[: _LONGEST_NAME[text.language]].strip()
    if len(name) < _FEWEST or not words:
        return
    if text.language == "en":
        name = name[:1].upper() + name[1:]
    if any(one.data["name"] == name and one.data.get("kind") in (None, kind) for one in found):
        return
    id = unique(slug(name), _ids(found))
    data = {"id": id, **({"kind": kind} if kind else {}), "name": name, **_level(clause, words)}
    found.append(ProposedFact("categories", clause.clause.id, words, data))


def _level(clause: CitedClause, words: str) -> dict[str, str]:
    """The level that the words name, or whose signs are the list that they stand in."""
    named = [
        level.id
        for level in clause.source.policy.levels
        if clause.words(level.name) in words or clause.words(level.name) in clause.around
    ]
    return {"level": named[0]} if len(named) == 1 else {}


def _ids(found: list[ProposedFact]) -> list[str]:
    return [
        str(one["id"])
        for proposal in found
        for one in (proposal.data, *proposal.data.get("children", ()))
    ]

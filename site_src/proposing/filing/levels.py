"""Proposes the levels by which a procedure grades filings, with the signs of each."""

import re

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.proposing.filing.lists import head_of, listed_in
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText

_FEWEST = 2
_LONGEST_DEFINITION = 200
_MARK = re.compile(r"^(?:[（(][^（）()]{1,3}[）)]|[a-z0-9]+[).、．.])\s*", re.IGNORECASE)
_GRADES = Bilingual("does the text grade filings so?", "正文是否这样分级？")
_MENTIONED, _DEFINED, _LISTED = 1, 2, 3
"""How plainly a sentence says what a level is: it only names it, defines it, or lists its signs."""


def propose_levels(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The levels that a sentence defines, with the items of a list below it as their signs."""
    found: dict[str, tuple[int, ProposedFact]] = {}
    clauses = text.cited(known)
    for clause in clauses:
        for plainly, proposal in _in_clause(text, clause, clauses):
            name = str(proposal.data["name"])
            if name not in found or found[name][0] < plainly:
                found[name] = plainly, proposal
    for name in [*found]:
        # 第一级投诉 is 第一级.
        if any(name != other and _of_kind(text, name, other) for other in found):
            found.pop(name)
    bare = {name for name in found if text.words.bare_level.fullmatch(name)}
    kept = [
        (plainly, proposal)
        for name, (plainly, proposal) in found.items()
        if name not in bare or len(bare) >= _FEWEST
    ]
    return tuple(_numbered([proposal for _, proposal in kept]))


def _of_kind(text: ProcedureText, name: str, other: str) -> bool:
    rest = name.removeprefix(other)
    return rest != name and rest in text.words.kind_ids


def _numbered(proposals: list[ProposedFact]) -> list[ProposedFact]:
    """The levels with ids of their own."""
    done: list[ProposedFact] = []
    for one in proposals:
        id = unique(slug(str(one.data["name"])), [str(each.data["id"]) for each in done])
        data = {"id": id, **one.data}
        done.append(ProposedFact(one.list, one.clause, one.words, data, one.unsure))
    return done


def _in_clause(
    text: ProcedureText, clause: CitedClause, clauses: tuple[CitedClause, ...]
) -> list[tuple[int, ProposedFact]]:
    """The levels that a clause says, with how plainly it says them."""
    found: list[tuple[int, ProposedFact]] = []
    words = text.words
    for match in words.level_of_list.finditer(head_of(clause)):
        signs = [item.words for item in listed_in(text, clause, clauses)]
        if len(signs) >= _FEWEST:
            found.append((_LISTED, _proposal(text, clause, match.start(), match["name"], signs)))
    if words.level_list.search(head_of(clause)):
        for item in listed_in(text, clause, clauses):
            level = words.level_item.match(_MARK.sub("", item.words))
            if level:
                at = item.start + item.words.find(level["name"])
                found.append((_LISTED, _proposal(text, item.clause, at, level["name"], [])))
    for match in words.level_names.finditer(clause.text):
        for at, name in parts(match["names"], clause.lexicon.listed):
            if words.level_name.fullmatch(name.strip()):
                place = match.start("names") + at
                found.append((_MENTIONED, _proposal(text, clause, place, name.strip(), [])))
    for match in words.level.finditer(clause.text):
        begin, end = clause.sentence(match.start())
        defines = words.defines_level.search(clause.text[begin:end])
        plainly = _DEFINED if defines else _MENTIONED
        found.append((plainly, _proposal(text, clause, match.start(), match["name"], [])))
    return found


def _proposal(
    text: ProcedureText, clause: CitedClause, at: int, name: str, signs: list[str]
) -> ProposedFact:
    begin, end = clause.sentence(at)
    sentence = clause.text[begin:end].strip()
    shown = name if text.language == "zh-CN" else name[:1].upper() + name[1:]
    definition = sentence.strip("。.；;：: -")[:_LONGEST_DEFINITION]
    data = {"name": shown, "definition": definition, **({"signs": signs} if signs else {})}
    return ProposedFact(
        "levels", clause.clause.id, cited(clause.clause.words, begin, end), data, _GRADES
    )

"""Proposes what filings are about: categories, grounds of a kind, and levels."""

import re
from collections.abc import Iterator

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause
from site_src.policy.clauses import Clause
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_LONGEST_NAME = {"zh-CN": 60, "en": 100}
_FEWEST = 2
_LONGEST_DEFINITION = 200
_DEFINES = re.compile(r"(?:下列|以下)情[形况]|属于|是指|分为|\bmeans\b|\bif\b", re.IGNORECASE)
_CLASS = re.compile(r"^第?[一二三四五六七八九十]+[类级][：:，,]\s*|^[（(].*?[)）]\s*")
_BARE = re.compile(r"特别重大|特别复杂|重大|严重|紧急|一般|较大|轻微|简单|复杂|普通|疑难")
_GRADES = Bilingual("does the text grade filings so?", "正文是否这样分级？")


def propose_levels(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The levels that a sentence defines, with the items of a list below it as their signs."""
    found: list[ProposedFact] = []
    said = {
        match["name"]
        for clause in text.clauses
        for match in text.words.level.finditer(clause.words)
    }
    bare = {name for name in said if _BARE.fullmatch(name)}
    for clause in text.cited(known):
        for match in text.words.level.finditer(clause.text):
            name = match["name"]
            if name not in bare or len(bare) >= _FEWEST:
                _add_level(text, clause, match, found)
    return tuple(found)


def _add_level(
    text: ProcedureText, clause: CitedClause, match: re.Match[str], found: list[ProposedFact]
) -> None:
    """Adds a level, or puts a definition in the place of a mere mention."""
    name = match["name"]
    begin, end = clause.sentence(match.start())
    sentence = clause.text[begin:end].strip()
    defines = _DEFINES.search(sentence) is not None or match[0].endswith(("：", ":", "指"))
    shown = name if text.language == "zh-CN" else name[:1].upper() + name[1:]
    other = next((one for one in found if one.data["name"] == shown), None)
    if other is not None and (not defines or _DEFINES.search(str(other.data["definition"]))):
        return
    id = unique(slug(name), [str(one.data["id"]) for one in found if one is not other])
    data = {"id": id, "name": shown, "definition": sentence.strip("。.；; -")[:_LONGEST_DEFINITION]}
    signs = [item for _, item in _items(text, clause)]
    if len(signs) >= _FEWEST and _DEFINES.search(clause.text):
        data["signs"] = signs
    proposal = ProposedFact(
        "levels", clause.clause.id, cited(clause.clause.words, begin, end), data, _GRADES
    )
    if other is None:
        found.append(proposal)
    else:
        found[found.index(other)] = proposal


def propose_categories(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """The items of a list of what one can file about, as the text lists them."""
    found: list[ProposedFact] = []
    clauses = text.cited(known)
    for clause in clauses:
        if not _is_list(text, clause):
            continue
        items = _items(text, clause)
        inner = _inner(clause, clauses)
        kind = kind_spoken_of(text, clause, 0)
        if len(items) >= _FEWEST:
            for at, item in items:
                _add(
                    text, clause, kind, item, cited(clause.clause.words, at, at + len(item)), found
                )
        elif len(inner) >= _FEWEST:
            inner += [each for one in inner for each in _inner(one, clauses)]
            for one in inner:
                first = one.clause.lines[0].words
                item = re.split(r"[。；;]", _CLASS.sub("", first.strip()))[0].strip()
                _add(text, one, kind, item, cited(one.clause.words, 0, len(first)), found)
    return tuple(found)


def _is_list(text: ProcedureText, clause: CitedClause) -> bool:
    first = clause.clause.lines[0].words if clause.clause.lines else ""
    files = text.words.files.search(clause.text) or any(
        clause.words(kind.name).lower() in clause.text.lower()
        for kind in clause.source.policy.kinds
    )
    refused = clause.lexicon.rejects.search(first or clause.text)
    return bool(files and not refused and text.words.heading.search(first or clause.text))


def _items(text: ProcedureText, clause: CitedClause) -> list[tuple[int, str]]:
    return [
        (match.start("item"), match["item"].strip(" 。；;，,."))
        for match in text.words.item.finditer(clause.text)
    ]


def _inner(clause: CitedClause, clauses: tuple[CitedClause, ...]) -> list[CitedClause]:
    """The clauses that stand directly in this one."""
    return [one for one in clauses if one.clause.id in set(_children(clause.clause, clauses))]


def _children(outer: Clause, clauses: tuple[CitedClause, ...]) -> Iterator[str]:
    for one in clauses:
        rest = one.clause.id.removeprefix(outer.id)
        if (
            rest != one.clause.id
            and rest
            and re.fullmatch(
                r"[.．、]?\d+|（[一二三四五六七八九十]+）|、?（[一二三四五六七八九十]+）|, ?\d+",
                rest,
            )
        ):
            yield one.clause.id


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
    id = unique(slug(name), [str(one.data["id"]) for one in found])
    data = {"id": id, **({"kind": kind} if kind else {}), "name": name}
    found.append(ProposedFact("categories", clause.clause.id, words, data))

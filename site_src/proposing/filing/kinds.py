"""Proposes the kinds of filing that a procedure takes."""

import re
from collections.abc import Iterator

from functions.model.contract.terms import KindId
from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText

_WORDS_OF_NAME = 5
_LONGEST_DEFINITION = 200


def propose_kinds(text: ProcedureText) -> tuple[ProposedFact, ...]:
    """The kinds that the text defines, then those of its title, then the one it speaks of most."""
    clauses = text.cited(())
    found: dict[KindId, ProposedFact] = {}
    for proposal in _defined(text, clauses):
        found.setdefault(proposal.data["id"], proposal)
    for proposal in _in_scope(text, clauses):
        found.setdefault(proposal.data["id"], proposal)
    for word in _in_title(text):
        id = text.words.kind_ids[word]
        if id not in found and (mentioned := _mentioned(text, clauses, word)):
            found[id] = mentioned
    for proposal in _listed(text, clauses, found):
        found.setdefault(proposal.data["id"], proposal)
    if not found:
        said = [(_count(clauses, word), word) for word in text.words.kind_ids]
        most, word = max(said, default=(0, ""), key=lambda one: one[0])
        if most and (mentioned := _mentioned(text, clauses, word)):
            found[text.words.kind_ids[word]] = mentioned
    return tuple(_of_staff(text, one) for one in found.values())


def _of_staff(text: ProcedureText, one: ProposedFact) -> ProposedFact:
    """An appeal that is a grievance: where staff file, and no decision is named."""
    if one.data["id"] != "appeal" or not text.words.staff.search(text.title):
        return one
    unsure = Bilingual(
        "a grievance of staff, or an appeal?",
        "是员工诉求（grievance），还是对决定的申诉（appeal）？",
    )
    return ProposedFact(one.list, one.clause, one.words, {**one.data, "id": "grievance"}, unsure)


def _defined(text: ProcedureText, clauses: tuple[CitedClause, ...]) -> Iterator[ProposedFact]:
    for one in clauses:
        heading = one.clause.heading and one.clause.lines[0].words.strip()
        for match in text.words.definition.finditer(one.text):
            name = match["name"].strip()
            word = _word(text, name)
            if word is None or len(name.split()) > _WORDS_OF_NAME or match[0].strip() == heading:
                continue
            says = match["says"].strip(" ，,。.;；")[:_LONGEST_DEFINITION]
            data = {"id": text.words.kind_ids[word], "name": name, "definition": says}
            words = cited(one.clause.words, match.start("name"), match.end())
            yield ProposedFact("kinds", one.clause.id, words, data)


def _word(text: ProcedureText, name: str) -> str | None:
    """The word for a kind in a name; the last one, which is the noun."""
    found = [
        (at, len(word), word)
        for word in text.words.kind_ids
        for at in [name.lower().find(word)]
        if at >= 0
    ]
    if text.language == "en":
        return min(found)[2] if found else None
    return max(found)[2] if found else None


def _in_title(text: ProcedureText) -> list[str]:
    return [word for word in text.words.kind_ids if _says(text, word, text.title)]


def _says(text: ProcedureText, word: str, said: str) -> bool:
    """Whether a text says the word itself, not as a part of a longer word for a kind."""
    longer = [one for one in text.words.kind_ids if word in one and one != word]
    said = said.lower()
    for one in longer:
        said = said.replace(one, " ")
    return word in said


def _count(clauses: tuple[CitedClause, ...], word: str) -> int:
    return sum(one.text.lower().count(word) for one in clauses)


def _mentioned(
    text: ProcedureText, clauses: tuple[CitedClause, ...], word: str
) -> ProposedFact | None:
    """The kind with the first clause that says that it is filed, else that names it."""
    saying = [one for one in clauses if _says(text, word, one.text) and not _is_bare(one)]
    scope = next((one for one in saying if _is_scope(text, one)), None)
    clause = scope or next((one for one in saying if _files(text, one, word)), None)
    clause = clause or next(iter(saying), None)
    if clause is None:
        return None
    at = clause.text.lower().index(word)
    begin, end = clause.sentence(at)
    name = clause.text[at : at + len(word)]
    if text.language == "en":
        name = name.capitalize()
    return ProposedFact(
        "kinds",
        clause.clause.id,
        cited(clause.clause.words, begin, end),
        {"id": text.words.kind_ids[word], "name": name},
    )


def _is_bare(one: CitedClause) -> bool:
    """Whether the clause is a heading alone."""
    return one.clause.heading and len(one.clause.lines) == 1


def _is_scope(text: ProcedureText, one: CitedClause) -> bool:
    """Whether the clause says what the procedure is for."""
    return text.words.scope.search(one.whole) is not None


def _files(text: ProcedureText, one: CitedClause, word: str) -> bool:
    return any(
        _says(text, word, sentence) and text.words.files.search(sentence)
        for _, sentence in parts(one.text, one.lexicon.sentence_end)
    )


def _in_scope(text: ProcedureText, clauses: tuple[CitedClause, ...]) -> Iterator[ProposedFact]:
    """The kinds that a list of what the procedure is for names."""
    for one in clauses:
        if not _is_scope(text, one) or not text.words.item.search(one.text):
            continue
        for word in text.words.kind_ids:
            items = [match["item"] for match in text.words.item.finditer(one.text)]
            if any(_says(text, word, item) for item in items):
                at = one.text.lower().index(word)
                begin, end = one.sentence(at)
                name = word if text.language == "zh-CN" else word.capitalize()
                data = {"id": text.words.kind_ids[word], "name": name}
                words = cited(one.clause.words, begin, end)
                yield ProposedFact("kinds", one.clause.id, words, data)


def _listed(
    text: ProcedureText, clauses: tuple[CitedClause, ...], found: dict[KindId, ProposedFact]
) -> Iterator[ProposedFact]:
    """Kinds that the text lists beside one that is found: 投诉、申诉和争议."""
    names = [str(one.data["name"]) for one in found.values()]
    words = "|".join(map(re.escape, sorted(text.words.kind_ids, key=len, reverse=True)))
    joint = r"s?(?:、|和|与|及|或者?|, (?:and |or )?| and | or )"
    for one in clauses:
        for match in re.finditer(rf"(?:{words})(?:{joint}(?:{words}))+", one.text, re.IGNORECASE):
            if not any(name.lower() in match[0].lower() for name in names):
                continue
            for word in text.words.kind_ids:
                again = _is_scope(text, one) or (
                    _count(clauses, word) > 1 and text.words.files.search(one.text)
                )
                if _says(text, word, match[0]) and again:
                    proposal = _mentioned(text, clauses, word)
                    if proposal:
                        yield ProposedFact(
                            proposal.list,
                            proposal.clause,
                            proposal.words,
                            proposal.data,
                            Bilingual(
                                "the text names it beside other kinds; is it filed by itself?",
                                "正文把它和其他类别并列；是否单独受理？",
                            ),
                        )

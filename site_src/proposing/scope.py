"""Finds which of several kinds a clause or a sentence is about."""

from functions.model.contract.terms import KindId
from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.words.overlap import english_share
from site_src.proposing.reading import ProcedureText


def kind_spoken_of(text: ProcedureText, clause: CitedClause, at: int) -> KindId | None:
    """The one kind of the sentence at an offset, else of the headings; None if it is for all."""
    kinds = clause.source.policy.kinds
    if len(kinds) < 2:
        return None
    sentence = clause.text[slice(*clause.sentence(at))]
    for said in (sentence, clause.text, clause.around):
        named = {kind.id for kind in kinds if _named(text, clause.words(kind.name), said)}
        if len(named) == 1:
            return next(iter(named))
        if named:
            return None
    return None


def _named(text: ProcedureText, name: str, said: str) -> bool:
    """Whether a text names a kind; an English name by its noun, if no other kind has it."""
    if name.lower() in said.lower():
        return True
    return text.language == "en" and english_share(name, said) == 1

"""Checks each reply: it promises nothing that the procedure does not, and its slots exist."""

from collections.abc import Iterator

from functions.model.desk.reply import SLOT, SLOTS
from functions.model.language import Language
from site_src.bilingual import Bilingual, enumeration
from site_src.numbers.grammar import SAME_IN_BOTH, NumberKind
from site_src.numbers.numbers import GRAMMARS, find_numbers
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.policy.staff.replies import Reply, reply_finding

_PROMISES: tuple[NumberKind, ...] = (*SAME_IN_BOTH, "contact")
"""Kinds of numbers that bind the organisation, with one key in both languages."""


def reply_findings(organisation: Editions) -> Iterator[Finding]:
    """Every finding about the replies of an organisation.

    They may say what any version says: cases stay under the version they were filed under. What a
    reply says in a language whose numbers cannot be read is up to its author.
    """
    if not organisation.replies:
        return
    language = organisation.editions[-1].policy.language
    said = {
        number.key
        for edition in organisation.editions
        if (grammar := GRAMMARS.get(edition.policy.language))
        for clause in edition.clauses
        for number in find_numbers(clause.words, grammar)
    }
    for reply in organisation.replies:
        yield from _unknown_slots(reply)
        yield from _unsaid(reply, reply.language or language, said)


def _unknown_slots(reply: Reply) -> Iterator[Finding]:
    for line in reply.lines:
        for slot in SLOT.finditer(line.words):
            if slot[1] not in SLOTS:
                message = Bilingual(
                    f"nothing of a case is called {slot[0]}", f"案件里没有叫 {slot[0]} 的内容"
                )
                remedy = Bilingual(
                    "What can be filled in: {known}.", "可以填入的有：{known}。"
                ).filled(known=enumeration([f"{{{name}}}" for name in SLOTS]))
                yield reply_finding(reply.file, line.number, message, remedy, slot.start() + 1)


def _unsaid(reply: Reply, language: Language, said: set[object]) -> Iterator[Finding]:
    grammar = GRAMMARS.get(language)
    for line in reply.lines if grammar else ():
        for number in find_numbers(line.words, grammar):
            if number.kind in _PROMISES and number.key not in said:
                message = Bilingual(
                    f"the procedure says {number.words} nowhere", f"办法里没有“{number.words}”"
                )
                remedy = Bilingual(
                    "Correct it, or leave it out: a reply promises what the procedure says.",
                    "请改正或删去：答复只能承诺办法里写明的事。",
                )
                yield Finding(
                    code="reply-not-in-text",
                    file=reply.file,
                    line=line.number,
                    column=number.start + 1,
                    message=message,
                    remedy=remedy,
                )

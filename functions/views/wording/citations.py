"""Cites clauses the way people write them: 第八条第1项, Article 8, item 1, clause 2.5."""

import re

from markupsafe import Markup

from functions.model.pages.vocabulary import Vocabulary

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0}
_TENS = {"十": 10, "百": 100}
_NUMERAL = f"[{''.join((*_DIGITS, *_TENS))}]+"
_CLAUSE = re.compile(
    rf"(?:第(?P<article>{_NUMERAL}|\d+)条|第(?P<chapter>{_NUMERAL}|\d+)章|(?P<part>{_NUMERAL})(?:、|$))?"
    rf"(?P<inside>(?P<decimal>\d+(?:\.\d+)*)?(?:（(?P<item>{_NUMERAL})）)?(?P<point>\d+)?)"
)
_ITEM = re.compile(rf"（({_NUMERAL})）")
_NAMED = re.compile(r"[^\W\d_]")
"""The start of a number that says itself what it is, such as `Article 5` or `Rule 3`."""


def cite(words: Vocabulary, clause: str) -> str:
    """The clause as a text names it: `clause 2.5`, `Article 7(1)`, in Chinese 第七条第（一）项."""
    said = _named(words, clause)
    return words.say("cite", number=clause) if said is None else said


def cite_marked(words: Vocabulary, clause: str) -> Markup:
    """The citation for a mark on a page: the word before a bare number is for screen readers.

    A number without a point, such as 2, would read as a count; its word is shown.
    """
    said = cite(words, clause) if clause.isdecimal() else _named(words, clause)
    if said is not None:
        return Markup("{}").format(said)
    before, _, after = words.messages["cite"].partition("{number}")
    hidden = Markup('<span class="sr">{}</span>')
    return Markup("{}{}{}").format(
        hidden.format(before) if before else "", clause, hidden.format(after) if after else ""
    )


def bracketed(words: Vocabulary, said: str) -> str:
    """Words in the brackets of the language, with the space before them that it needs."""
    return words.say("in_brackets", words=said)


def _named(words: Vocabulary, clause: str) -> str | None:
    """The citation of a number that has a name of its own; None for a number that needs a word."""
    if clause[:1] in ("(", "（"):
        return words.say("cite_bracketed", number=clause)
    found = _CLAUSE.fullmatch(clause)
    if found is None:
        return clause if _NAMED.match(clause) else None
    article, chapter, part = (found[name] for name in ("article", "chapter", "part"))
    if part:
        return _in_part(words, part, found["inside"])
    if chapter and not found["inside"]:
        return words.say("cite_chapter", number=_number(words, chapter))
    if not article:
        return None
    said = words.say("cite_article", number=_number(words, article))
    if found["item"] is None:
        return _point(words, said, "cite_item", found["decimal"] or found["point"])
    said = words.say("cite_paragraph", whole=said, number=_number(words, found["item"]))
    return _point(words, said, "cite_point", found["point"])


def _in_part(words: Vocabulary, part: str, inside: str) -> str:
    """A part, alone or with the number inside it as the text writes it: 四、1.1."""
    if not inside:
        return words.say("cite_part", number=_number(words, part))
    within = _ITEM.sub(lambda item: f"（{_number(words, item[1])}）", inside)
    if not words.is_chinese:
        within = within.replace("（", "(").replace("）", ")")
    return words.say("cite_in_part", part=_number(words, part), number=within)


def _point(words: Vocabulary, whole: str, message: str, number: str | None) -> str:
    return words.say(message, whole=whole, number=number) if number else whole


def _number(words: Vocabulary, written: str) -> str:
    """A number as a reader writes it; in Chinese a clause is found by its numeral in the text."""
    if written.isdecimal() or words.is_chinese:
        return written
    total = value = 0
    for numeral in written:
        if numeral in _TENS:
            total, value = total + (value or 1) * _TENS[numeral], 0
        else:
            value = _DIGITS[numeral]
    return str(total + value)

"""Finds a role's names in a text, and not the longer names of others that contain them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from site_src.check.meaning.cited_clause import CitedClause, names_of_role
from site_src.policy.model.handling import Role

_KEPT = 4096
"""Patterns that are kept: those of every role of some hundred policies."""


def name_pattern(cited: CitedClause, role: Role) -> str:
    """A pattern for the names of a role: 院长, but neither 院长办公会 nor the role 分管院长."""
    others = tuple(
        name
        for other in cited.source.policy.roles
        if other.id != role.id
        for name in names_of_role(cited.source, other)
    )
    names = tuple(sorted(names_of_role(cited.source, role), key=len, reverse=True))
    return _pattern(names, others, cited.lexicon.other_before, cited.lexicon.other_body)


@lru_cache(_KEPT)
def _pattern(names: tuple[str, ...], others: tuple[str, ...], before: str, body: str) -> str:
    return f"(?:{'|'.join(_name(name, others, before, body) for name in names)})"


def _name(name: str, others: tuple[str, ...], before: str, body: str) -> str:
    longer = "".join(
        rf"(?!(?<={re.escape(other[:at])}){re.escape(other[at:])})"
        for other in others
        if other != name and (at := other.lower().find(name.lower())) >= 0
    )
    # 客服部主任 is the 主任, if that is a role.
    behind = "".join(rf"|\s?{re.escape(other)}" for other in others)
    return f"{longer}{before}{re.escape(name)}(?!{body}{behind})"


def taking(cited: CitedClause, role: Role, pattern: str, text: str) -> Iterator[re.Match[str]]:
    """Where the text says a pattern of the lexicon of the role, and means filings.

    Who is in charge of the procedure's wording, of training or of files takes no filings, and
    neither does who names the one that acts.
    """
    small = text.lower()
    if not any(name.lower() in small for name in names_of_role(cited.source, role)):
        return
    name = name_pattern(cited, role)
    for match in re.finditer(pattern.replace("{role}", name), text, re.IGNORECASE):
        if not _of_others(cited, match, name) and not _appoints(cited, match, name):
            yield match


def _of_others(cited: CitedClause, match: re.Match[str], name: str) -> bool:
    """Whether the sentence gives the role something else than filings."""
    lexicon, text = cited.lexicon, match.string
    ends = [end.end() for end in lexicon.part_end.finditer(text, 0, match.start())]
    after = lexicon.part_end.search(text, match.end())
    part = text[max(ends, default=0) : after.start() if after else len(text)]
    words = re.sub(name, " ", part, flags=re.IGNORECASE)
    return lexicon.other_duties.search(words) is not None and lexicon.taken_up.search(words) is None


def _appoints(cited: CitedClause, match: re.Match[str], name: str) -> bool:
    """Whether the role, before the verb, lets others act."""
    named = re.search(name, match[0], re.IGNORECASE)
    after = match[0][named.end() :] if named else ""
    return cited.lexicon.appoints.search(after) is not None

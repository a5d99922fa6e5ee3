"""Finds who takes filings: a role's names in a text, and what stands around them.

Patterns with names take longer to compile than a clause to read. So a name is looked for by itself
and replaced by signs of the same length, for which one pattern serves all roles of all policies.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from site_src.check.meaning.cited_clause import CitedClause, names_of_role
from site_src.policy.model.handling import Role

_KEPT = 4096
"""Roles whose names are kept: those of some hundred policies."""

_LETTER, _OTHER = "ꙮ", "\ue000"
"""Stand for the characters of a name. No text has them: the first is no letter of today, the second
is refused."""

_A_LETTER, _NO_LETTER = re.compile(r"\w"), re.compile(r"\W")


class Taking(NamedTuple):
    """The words that say something of a role, and where they stand."""

    words: str
    start: int
    end: int


def taking(cited: CitedClause, role: Role, pattern: str, text: str) -> Iterator[Taking]:
    """Where the text says a pattern of the lexicon of the role, and means filings.

    Who is in charge of the procedure's wording, of training or of files takes no filings, and
    neither does who names the one that acts.
    """
    small = text.lower()
    if not any(name.lower() in small for name in names_of_role(cited.source, role)):
        return
    names = _names(cited, role)
    marked, of_role = _marked(text, names), _of_role(pattern)
    end = 0
    while found := [match for one in marked if (match := of_role.search(one, end))]:
        first = min(found, key=lambda match: (match.start(), match.end()))
        start, end = first.span()
        words = text[start:end]
        if not _of_others(cited, text, start, end, names) and not _appoints(cited, words, names):
            yield Taking(words, start, end)


@lru_cache(_KEPT)
def _marked(text: str, names: "_Names") -> tuple[str, ...]:
    """For each place of a name the text with signs in its place, letters for letters."""
    return tuple(
        text[:start] + _NO_LETTER.sub(_OTHER, _A_LETTER.sub(_LETTER, text[start:end])) + text[end:]
        for start, end in names.spans(text)
    )


@lru_cache
def _of_role(pattern: str) -> re.Pattern[str]:
    """A pattern of the lexicon that finds the signs for a name, all of them or none."""
    signs = f"[{_LETTER}{_OTHER}]"
    return re.compile(pattern.replace("{role}", f"(?<!{signs}){signs}++"), re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class _Names:
    """A role's names and those of other roles, in small letters, and what stands beside them.

    Each of its `own` names has the names of others that contain it, and where.
    """

    own: Mapping[str, tuple[tuple[int, str], ...]]
    others: tuple[str, ...]
    before: re.Pattern[str]
    body: re.Pattern[str]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the names stand: 院长, but neither in 院长办公会 nor in the role 分管院长."""
        small = text.lower()
        if len(small) != len(text):  # İ becomes two characters
            small = text
        found: set[tuple[int, int]] = set()
        for name, longer in self.own.items():
            at = small.find(name)
            while at >= 0:
                within = any(
                    small.startswith(other, at - first) for first, other in longer if first <= at
                )
                if not within and self._is_alone(small, at, at + len(name)):
                    found.add((at, at + len(name)))
                at = small.find(name, at + 1)
        return sorted(found, key=lambda span: (span[0], -span[1]))

    def _is_alone(self, text: str, start: int, end: int) -> bool:
        """Whether nothing stands beside the name that makes it the name of somebody else."""
        if not self.before.match(text, start) or self.body.match(text, end):
            return False
        # 客服部主任 is the 主任, if that is a role.
        next_word = end + 1 if text[end : end + 1].isspace() else end
        return not text.startswith(self.others, end) and not text.startswith(self.others, next_word)


def _names(cited: CitedClause, role: Role) -> _Names:
    lexicon = cited.lexicon
    others = tuple(name for name, ids in cited.called.items() if ids != {role.id})
    own = tuple(name.lower() for name in names_of_role(cited.source, role))
    return _kept_names(own, others, lexicon.other_before, lexicon.other_body)


@lru_cache(_KEPT)
def _kept_names(own: tuple[str, ...], others: tuple[str, ...], before: str, body: str) -> _Names:
    longer = {
        name: tuple(
            (other.find(name), other) for other in others if other != name and name in other
        )
        for name in own
    }
    beside = (re.compile(each, re.IGNORECASE) for each in (before, body))
    return _Names(longer, others, *beside)


def _of_others(cited: CitedClause, text: str, start: int, end: int, names: _Names) -> bool:
    """Whether the sentence gives the role something else than filings."""
    lexicon = cited.lexicon
    ends = [before.end() for before in lexicon.part_end.finditer(text, 0, start)]
    after = lexicon.part_end.search(text, end)
    part = text[max(ends, default=0) : after.start() if after else len(text)]
    words, at = "", 0
    for first, last in names.spans(part):
        if first >= at:
            words, at = f"{words}{part[at:first]} ", last
    words += part[at:]
    return lexicon.other_duties.search(words) is not None and lexicon.taken_up.search(words) is None


def _appoints(cited: CitedClause, words: str, names: _Names) -> bool:
    """Whether the role, before the verb, lets others act."""
    named = names.spans(words)
    after = words[named[0][1] :] if named else ""
    return cited.lexicon.appoints.search(after) is not None

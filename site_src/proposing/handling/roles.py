"""Proposes the roles that a procedure gives something to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.check.meaning.role_names import taking
from site_src.lazy_patterns import LazyPattern
from site_src.proposing.handling.acts import acts_of
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText

_LONGEST_DUTY = 120
_BESIDE, _NEAR = 8, 16
_VERB = {"zh-CN": 16, "en": 40}
"""Characters behind a name in which it says what somebody does."""
_LAST = LazyPattern(r"[，,。；;\n]")
_NOBODY = Bilingual("the sentence names nobody in the organisation", "这一句没有写由本单位的谁办理")
_OR = re.compile(r"或者?|\s+or\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_HANDED = re.compile(
    r"(?:交给?|转给?|转交|移交给?|送交|提交给?)$|\b(?:hands?|passe?s?|forwards?|sends?|goes?|"
    r"refers?|submit\w*)"
    r"(?: \w+){0,6} to (?:the |an? |our )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Named:
    """A role as a clause names it; `acts` if it is somebody's part there, by `duty`.

    `does` is whether the words behind it say what it does, not what it gets or is told.
    """

    name: str
    clause: CitedClause
    start: int
    acts: bool
    duty: str
    does: bool = False

    @property
    def speaks_of_filings(self) -> bool:
        """Whether the clause speaks of a kind of filing."""
        kinds = self.clause.source.policy.kinds
        said = self.clause.whole.lower()
        return any(self.clause.words(kind.name).lower() in said for kind in kinds)


def propose_roles(text: ProcedureText, known: tuple[ProposedFact, ...]) -> tuple[ProposedFact, ...]:
    """Everybody who acts, or is handed filings, with the first clause that says so of a filing."""
    named: dict[str, list[_Named]] = {}
    for one in _all_named(text, text.cited(known)):
        named.setdefault(one.name.lower(), []).append(one)
    for key in [*named]:
        if _OR.search(key) and any(part in named for part in _OR.split(key)):
            # One of them acts alone elsewhere, so that both are roles of their own.
            for one in named.pop(key):
                for part in _OR.split(one.name):
                    named.setdefault(part.lower(), []).append(replace(one, name=part))
    short = _short_names(text, named)
    found: list[ProposedFact] = []
    for key, group in named.items():
        if key in short.values():
            continue
        if any(_is_own(text, key, other) for other in named):
            continue
        if any(str(one.data["who"]).lower().endswith(key) for one in known if one.list == "filers"):
            continue
        acting = [one for one in group if one.acts]
        if not acting:
            continue
        on_filings = [one for one in acting if one.speaks_of_filings]
        doing = [one for one in on_filings if one.does] or [one for one in acting if one.does]
        first = (doing or on_filings or acting)[0]
        proposal = _proposal(text, first, [one.data["id"] for one in found])
        if key in short:
            proposal = replace(proposal, data={**proposal.data, "says": [short[key]]})
        found.append(proposal)
    return (*found, *_ourselves(text, known, found))


def _short_names(text: ProcedureText, named: dict[str, list[_Named]]) -> dict[str, str]:
    """The short name of each role that the text also calls by its last word: the Panel, 委员会."""
    found: dict[str, str] = {}
    for key in named:
        noun = text.words.organ.search(key)
        if noun is None or noun[0] == key or _is_own(text, key, noun[0]):
            continue
        alike = [other for other in named if other.endswith(noun[0]) and other != noun[0]]
        said = text.words.bare_organ.replace("{noun}", re.escape(noun[0]))
        if len(alike) == 1 and any(
            re.search(said, clause.words, re.IGNORECASE) for clause in text.clauses
        ):
            found[key] = noun[0] if text.language == "zh-CN" else noun[0].capitalize()
    return found


def _is_own(text: ProcedureText, name: str, other: str) -> bool:
    """Whether a name is another one's with the organisation before it: 本公司客服部."""
    before = name.removesuffix(other)
    return before != name and text.words.ourselves.fullmatch(before) is not None


def _proposal(text: ProcedureText, one: _Named, taken: list[str]) -> ProposedFact:
    begin, end = one.clause.sentence(one.start)
    name = one.name if text.language == "zh-CN" else one.name[:1].upper() + one.name[1:]
    data = {"id": unique(slug(one.name), taken), "name": name, "duty": one.duty}
    return ProposedFact(
        "roles", one.clause.clause.id, cited(one.clause.clause.words, begin, end), data
    )


def _all_named(text: ProcedureText, clauses: tuple[CitedClause, ...]) -> Iterator[_Named]:
    for clause in clauses:
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            for name, start, end in _names(text, clause, sentence):
                acts = _acts(text, clause, sentence, start, end)
                after = _after(clause, sentence, end)[: _VERB[text.language]]
                does = clause.lexicon.handling.search(after) is not None
                duty = _duty(clause, sentence, end)
                yield _Named(name, clause, at + start, acts, duty, does)


def _names(
    text: ProcedureText, clause: CitedClause, sentence: str
) -> Iterator[tuple[str, int, int]]:
    """The names of a sentence with their places; one or the other is one name."""
    words = text.words
    found = [match.span("name") for match in words.roles.finditer(sentence)]
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and _OR.fullmatch(sentence[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for start, end in joined:
        name = words.plain_role.sub("", sentence[start:end]).strip()
        if len(name) < 2 or words.no_role.fullmatch(name):
            continue
        if words.no_actor.search(sentence[:start]):
            continue
        if not clause.lexicon.filers.fullmatch(name):
            yield name, start, end


def _acts(text: ProcedureText, clause: CitedClause, sentence: str, start: int, end: int) -> bool:
    """Whether the role does something, is handed something, or consents."""
    lexicon, before, after = clause.lexicon, sentence[:start], _after(clause, sentence, end)
    does = lexicon.handling.search(after) is not None or acts_of(text, after) != ()
    if lexicon.agents.search(before):
        return True
    if _HANDED.search(before):
        part = sentence[:end].rpartition("。")[2]
        return not lexicon.other_duties.search(part) or lexicon.taken_up.search(part) is not None
    if lexicon.approval.search(sentence[end : end + _BESIDE]):
        return True
    if lexicon.told.search(before):
        return lexicon.handling.match(after.lstrip()) is not None
    return does and not lexicon.objects.search(before)


def _after(clause: CitedClause, sentence: str, end: int) -> str:
    stop = clause.lexicon.part_end.search(sentence, end)
    return sentence[end : stop.start() if stop else len(sentence)]


def _duty(clause: CitedClause, sentence: str, end: int) -> str:
    """What the sentence says of the role, after its name or, where it ends there, before."""
    after = _after(clause, sentence, end).strip(" ，,、")
    segment = clause.lexicon.part_end.split(after)[0]
    return (segment if len(segment) > 3 else sentence.strip())[:_LONGEST_DUTY].strip(" ，,、")


def _ourselves(
    text: ProcedureText, known: tuple[ProposedFact, ...], found: list[ProposedFact]
) -> tuple[ProposedFact, ...]:
    """The organisation itself, where it acts in a sentence that names nobody in it."""
    names = [str(one.data["name"]).lower() for one in found]
    clauses = text.cited((*known, *found))
    if _somebody_takes_filings(text, clauses):
        return ()
    acting = list(_acts_of_ourselves(text, clauses, names, bool(found)))
    takes = (one for one in acting if _takes_filings(one))
    first = next(takes, None) or next(iter(acting), None)
    if first is None:
        return ()
    proposal = _proposal(text, first, [str(one.data["id"]) for one in found])
    return (replace(proposal, unsure=_NOBODY),)


def _takes_filings(named: _Named) -> bool:
    """Whether somebody takes filings there."""
    near, lexicon = named.duty[:_NEAR], named.clause.lexicon
    return lexicon.got.search(near) is not None or lexicon.taken_up.search(near) is not None


def _acts_of_ourselves(
    text: ProcedureText, clauses: tuple[CitedClause, ...], names: list[str], others: bool
) -> Iterator[_Named]:
    """Where the organisation itself acts in sentences that name nobody in it."""
    defining = {kind.clause for kind in clauses[0].source.policy.kinds} if clauses else set()
    for clause in clauses:
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            if any(name in sentence.lower() for name in names) or clause.clause.id in defining:
                continue
            for match in text.words.ourselves.finditer(sentence):
                segment = _segment(clause, sentence, match)
                if segment is None or (text.language == "en" and others):
                    continue
                near, lexicon = segment[:_NEAR], clause.lexicon
                if lexicon.handling.search(near) or lexicon.got.search(near):
                    duty = segment.strip(" ，,。")
                    yield _Named(match[0], clause, at + match.start(), True, duty)


def _somebody_takes_filings(text: ProcedureText, clauses: tuple[CitedClause, ...]) -> bool:
    """Whether the text gives filings to a role of the organisation."""
    return any(
        next(taking(clause, role, pattern, clause.text), None) is not None
        for clause in clauses
        for role in clause.source.policy.roles
        for pattern in (text.words.in_charge, clause.lexicon.takes, clause.lexicon.receives)
    )


def _segment(clause: CitedClause, sentence: str, match: re.Match[str]) -> str | None:
    """What the segment that begins with a match, or with "by" and it, says behind it."""
    before = [part for _, part in parts(sentence[: match.start()] + "\n", _LAST)]
    begins = not before or before[-1].strip() in ("", "由", "by", "and", "If")
    after = clause.lexicon.segment_end.split(sentence[match.end() :])[0]
    if not (begins or sentence[: match.start()].rstrip().endswith(("，", "。", "；", ",", "由"))):
        return None
    return None if clause.lexicon.possesses.match(after) else after

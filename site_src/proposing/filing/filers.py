"""Proposes who may file, and who may act for them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from functions.model.contract.terms import KindId
from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.lazy_patterns import LazyPattern
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText

_LONGEST = {"zh-CN": 24, "en": 60}
_FOLLOWING = re.compile(r"(?:下列|以下)(?:人员?|人士|组织|单位|对象)|following", re.IGNORECASE)
_OPPOSED = re.compile(r"^.*(?:决定|结论|结果)对|不利.*$")
_FOR_OTHERS = re.compile(r"代理人|监护人|代表人?$|represent|agent|guardian", re.IGNORECASE)
_BEHALF = LazyPattern(
    r"\b(?P<whom>(?:an?|the)\s+[\w -]{3,40}?)\s+(?:can|may)\s+(?:\w+\s+)?(?:complain|appeal|act|"
    r"file|apply)\s+"
    r"(?:on behalf of|for)\b|(?P<chinese>(?:其|法定)?(?:监护人|代理人))(?:也?可以?|均可|有权)",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"^\s*With the (?:written )?consent\b", re.IGNORECASE)
_BARE = 2
_NO_SIDE = re.compile(r"方(?=[式面便案法针])|[\u4e00-\u9fff]{1,2}(?:委员会|代表大会)")
_OF_STAFF = re.compile(
    r"(?:负责人|经理|主任|主管|部|办公室|委员会)$|(?:投诉|申诉|举报)的人$|本(?:机构|公司|单位|"
    r"中心)$|表明|以其他"
)
_QUALIFIED = re.compile(r"的|^其他|^任何")
_CONDITION = re.compile(r"^对下列|^(?:对|就)|的$")
_OTHERS = re.compile(
    r"机构|组织|个人|单位|企业|anyone|anybody|person|people|bod(?:y|ies)", re.IGNORECASE
)
_WHO = Bilingual("the text does not say who may file", "正文没有写明谁可以提出")
_ASIDE = re.compile(r"（[^（）]*）")
_FRINGE = re.compile(r"^[\s，,、对凡就]+|[\s，,、的]+$|^(?:an?|the)\s+", re.IGNORECASE)


def propose_filers(
    text: ProcedureText, kinds: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """Everybody of whom the text says that they can file, one by one."""
    found: list[ProposedFact] = []
    clauses = text.cited(kinds)
    for clause in clauses:
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            if clause.lexicon.refuses.search(sentence) and not text.words.who.search(sentence):
                continue
            behalf = _BEHALF.search(sentence) or _CONSENT.search(sentence)
            if behalf and text.language == "en":
                continue
            for match in text.words.who.finditer(sentence):
                said = next(filter(None, match.groups()), "")
                if _FOLLOWING.search(said):
                    _add_listed(text, clause, clauses, found)
                    continue
                for who in _people(text, clause, said):
                    _add(text, clause, at, sentence, who, found)
    for clause in clauses:
        _add_defined(text, clause, found)
    found = [one for one in found if not _is_short_name(text, one, found)]
    return tuple(found) or _defined_people(text, clauses) or _most_named(text, clauses)


def _is_short_name(text: ProcedureText, one: ProposedFact, found: list[ProposedFact]) -> bool:
    """Whether the text says that this is what it calls the people of another filer."""
    who = re.escape(str(one.data["who"]))
    called = re.compile(rf"（(?:以下)?(?:统称|简称|称)(?:为)?[：:]?[“\"]?{who}[”\"]?）")
    return any(
        other is not one and called.search(clause.words)
        for other in found
        for clause in text.clauses
        if clause.id == other.clause
    )


def _defined_people(
    text: ProcedureText, clauses: tuple[CitedClause, ...]
) -> tuple[ProposedFact, ...]:
    """The people whom the text defines: 本细则所称租客，是指…."""
    found: list[ProposedFact] = []
    for clause in clauses:
        for match in text.words.defined_person.finditer(clause.text):
            begin, end = clause.sentence(match.start())
            if not _generic(text, clause, match["who"]):
                _add(text, clause, begin, clause.text[begin:end], match["who"], found)
    return tuple(found)


def _add_listed(
    text: ProcedureText,
    outer: CitedClause,
    clauses: tuple[CitedClause, ...],
    found: list[ProposedFact],
) -> None:
    """The people whom a list below a sentence names; those who act for others are no filers."""
    for clause in clauses:
        rest = clause.clause.id.removeprefix(outer.clause.id)
        if rest == clause.clause.id or not rest or rest[0].isdigit():
            continue
        who = _FRINGE.sub("", clause.text.strip(" 。；;.,"))
        if 1 < len(who) <= _LONGEST[text.language] and not _FOR_OTHERS.search(who):
            _add(text, clause, 0, clause.text, who, found)


def _add_defined(text: ProcedureText, clause: CitedClause, found: list[ProposedFact]) -> None:
    """The people in the definition of a kind for which nobody is found yet."""
    for match in text.words.definition.finditer(clause.text):
        name = match["name"].strip().lower()
        kind = next(
            (
                kind.id
                for kind in clause.source.policy.kinds
                if clause.words(kind.name).lower() == name and kind.clause == clause.clause.id
            ),
            None,
        )
        if kind is None or any(one.data.get("kind") in (None, kind) for one in found):
            continue
        for _, segment in parts(match["says"], clause.lexicon.segment_end):
            people = list(_people(text, clause, _OPPOSED.sub("", segment)))
            for who in people:
                _add(text, clause, match.start(), match[0], who, found, kind)
            if people:
                break


def _most_named(text: ProcedureText, clauses: tuple[CitedClause, ...]) -> tuple[ProposedFact, ...]:
    """The people whom the text names most, at the clause that names them first."""
    named: dict[str, list[tuple[CitedClause, int]]] = {}
    for clause in clauses:
        for match in clause.lexicon.filers.finditer(clause.text):
            if not clause.lexicon.generic_filer.fullmatch(match[0]) and len(match[0]) > 1:
                named.setdefault(match[0], []).append((clause, match.start()))
    if not named:
        return ()
    who, places = max(named.items(), key=lambda one: len(one[1]))
    clause, at = next(
        ((one, at) for one, at in places if text.words.scope.search(one.whole)), places[0]
    )
    begin, end = clause.sentence(at)
    found: list[ProposedFact] = []
    _add(text, clause, begin, clause.text[begin:end], who, found)
    return tuple(replace(one, unsure=_WHO) for one in found)


def _add(
    text: ProcedureText,
    clause: CitedClause,
    at: int,
    sentence: str,
    who: str,
    found: list[ProposedFact],
    kind: KindId | None = None,
) -> None:
    here = [kind] if kind else sorted(clause.kinds_of(sentence))
    kinds = clause.source.policy.kinds
    only = here[0] if len(here) == 1 and len(kinds) > 1 else None
    for one in found:
        same = str(one.data["who"]).lower() == who.lower()
        if same and one.data.get("kind") in (None, only):
            return
    id = unique(slug(who), [str(one.data["id"]) for one in found])
    data = {"id": id, **({"kind": only} if only else {}), "who": who}
    words = cited(clause.clause.words, at, at + len(sentence))
    found.append(ProposedFact("filers", clause.clause.id, words, data))


def _people(text: ProcedureText, clause: CitedClause, words: str) -> Iterator[str]:
    """The items of a list of people, without what is said of them before and after."""
    lexicon = clause.lexicon
    words = _ASIDE.sub("", text.words.who_begins.sub("", words))
    segments = [
        segment
        for _, segment in parts(words, lexicon.people_end)
        if lexicon.persons.search(segment) and not _CONDITION.search(segment.strip())
    ]
    for segment in segments[-1:] if text.language == "zh-CN" else segments:
        for index, item in enumerate(_listed_people(text, clause, segment)):
            heads = [
                head
                for head in lexicon.persons.finditer(item)
                if not _NO_SIDE.match(item, head.start())
            ]
            if not heads:
                continue
            modal = lexicon.modal.search(item) if text.language == "en" else None
            who = item[: min(heads[-1].end(), modal.start() if modal else len(item))]
            begun = lexicon.people_begin.match(who) if index == 0 else None
            if begun and text.language == "zh-CN" and begun.end() < len(who) - 1:
                who = who[begun.end() :]
            who = _FRINGE.sub("", who.strip())
            if _FOR_OTHERS.search(who):
                continue
            if 1 < len(who) <= _LONGEST[text.language] and not _generic(text, clause, who):
                yield who if text.language == "zh-CN" else who[:1].upper() + who[1:]


def _listed_people(text: ProcedureText, clause: CitedClause, segment: str) -> Iterator[str]:
    """The items of a list; a bare noun belongs to the item before: 有关的组织和个人."""
    items = list(parts(segment, clause.lexicon.people_listed))
    index = 0
    while index < len(items):
        at, item = items[index]
        end = at + len(item)
        while index + 1 < len(items) and text.language == "zh-CN":
            following, bare = items[index + 1]
            joined = segment[end:following] in ("和", "或者", "或", "与", "及")
            noun = clause.lexicon.persons.match(bare)
            if not (joined and noun and _QUALIFIED.search(item)):
                break
            end = following + noun.end()
            index += 1
        yield segment[at:end]
        index += 1


def _generic(text: ProcedureText, clause: CitedClause, who: str) -> bool:
    """Whether the words name no filer: whoever files, or somebody of the organisation."""
    lexicon = clause.lexicon
    if lexicon.generic_filer.fullmatch(who) or lexicon.staff.fullmatch(who):
        return True
    if text.words.no_filer.match(who):
        return True
    if _OF_STAFF.search(who):
        return True
    people = lexicon.filers.search(who) or _OTHERS.search(who)
    return people is None and (
        text.words.roles.search(f"{who}。" if text.language == "zh-CN" else f"the {who}")
        is not None
    )


def propose_representatives(
    text: ProcedureText, kinds: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """Those who may act for a filer, with what they must bring."""
    found: list[ProposedFact] = []
    clauses = text.cited(kinds)
    for clause in clauses:
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            for who in _acting_for(text, clause, sentence):
                _add_representative(clause, at, sentence, who, found)
            if text.words.who.search(sentence) and _FOLLOWING.search(sentence):
                for inner in clauses:
                    rest = inner.clause.id.removeprefix(clause.clause.id)
                    named = _FOR_OTHERS.search(inner.text)
                    if named and rest != inner.clause.id and rest and not rest[0].isdigit():
                        said = inner.text.strip()
                        _add_representative(inner, 0, said, named[0], found)
    return tuple(found)


def _acting_for(text: ProcedureText, clause: CitedClause, sentence: str) -> Iterator[str]:
    """Whom a sentence lets act for a filer."""
    if _CONSENT.search(sentence) and (match := text.words.who.search(sentence)):
        said = next(filter(None, match.groups()), "").partition(",")[2]
        for _, item in parts(said, clause.lexicon.people_listed):
            yield item
        return
    for pattern in (*clause.lexicon.represents, _BEHALF):
        for match in pattern.finditer(sentence):
            said = next(filter(None, match.groupdict().values()), "")
            for _, item in parts(said, clause.lexicon.people_listed):
                yield item


def _add_representative(
    clause: CitedClause, at: int, sentence: str, item: str, found: list[ProposedFact]
) -> None:
    who = _FRINGE.sub("", item.strip()).removeprefix("其")
    if len(who) < _BARE or any(one.data["who"] == who for one in found):
        return
    authority = clause.lexicon.authority.search(clause.text)
    consent = clause.lexicon.consent.search(clause.text)
    requires = "authority" if authority else "consent" if consent else "none"
    id = unique(slug(who), [str(one.data["id"]) for one in found])
    words = cited(clause.clause.words, at, at + len(sentence))
    data = {"id": id, "who": who, "requires": requires}
    found.append(ProposedFact("representatives", clause.clause.id, words, data))

"""Proposes what else a procedure promises or requires: provisions, formalities and fees."""

import re
from collections.abc import Iterator
from dataclasses import replace

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.lazy_patterns import LazyPattern
from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.terms import BINDING, PROTECTING, Formality, Topic
from site_src.proposing.filing.lists import head_of, listed_in
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_LONGEST, _SHORTEST = 200, 6
_SAY_IT = {"limits", "kinds", "channels", "reviews", "routes", "filers", "suspensions"}
_SUBJECTS = {"categories", "levels"}
_HANDED_IN = re.compile(r"提交|提出|递交|形式表达|submit|lodge|made", re.IGNORECASE)
_RECORD = re.compile(
    r"(?:记下|登记|写明|记录|填写|提供)[^。；\n]{0,16}(?:姓名|名称)|\b(?:state|give|include|"
    r"record)s?\b[^.;\n]{0,20}\bnames?\b",
    re.IGNORECASE,
)
_LEFT_OVER = Bilingual(
    "nothing else was made of these words; should the public read them?",
    "这句话没有读成别的内容；是否要告诉公众？",
)
_COMMA = LazyPattern(r"[，,](?!\d)")
_REQUIRED = Bilingual("must everybody give it?", "是否必填？")
_PURPOSE = re.compile(r"制定本|^this procedure covers", re.IGNORECASE)
_BESIDE_STEPS: tuple[Topic, ...] = (
    *PROTECTING,
    *BINDING,
    "read_back",
    "publication",
    "improvement",
    "follow_up",
    "appraisal",
    "on_duty",
    "progress",
    "obligation",
)
"""Topics of which a sentence may be a provision, too, though a step says what somebody does."""

_COSTS = re.compile(
    r"投诉|申诉|处理|受理|翻译|口译|interpret\w*|complain\w*|appeal\w*|procedure|service",
    re.IGNORECASE,
)


def propose_provisions(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """Every sentence with the words of a topic, by the most specific topic.

    Of a sentence that other proposals of `known` cite, only what protects or binds filers is one.
    """
    found: list[ProposedFact] = []
    said_by: dict[str, list[ProposedFact]] = {}
    for one in known:
        said_by.setdefault(one.clause, []).append(one)
    clauses = text.cited(known)
    for clause in clauses:
        if clause.clause.heading and "\n" not in clause.text.strip():
            continue
        for at, sentence in parts(clause.text, clause.lexicon.part_end):
            said = sentence.strip(" -，,。.")
            if len(said) < _SHORTEST:
                continue
            words = cited(clause.clause.words, at, at + len(sentence))
            own = said_by.get(clause.clause.id, [])
            sayers = {one.list for one in own if words in one.words or one.words in words}
            topic = _topic(text, clause, said, sayers)
            if topic is not None and not _in_other_list(text, clause, sentence):
                if "steps" in sayers:
                    said = _own_words(text, clause, said, topic)
                found.append(_provision(text, clause, at, topic, said, words))
        found += _refused(text, clause, clauses)
    return tuple(found)


def _in_other_list(text: ProcedureText, clause: CitedClause, sentence: str) -> bool:
    """Whether a sentence is an item of a list of what a filing must say, and the like."""
    return (
        text.words.item.match(sentence.strip() + "\n") is not None
        and text.words.no_heading.search(head_of(clause)) is not None
    )


def propose_left_over(
    text: ProcedureText, known: tuple[ProposedFact, ...], clauses: frozenset[str]
) -> tuple[ProposedFact, ...]:
    """The parts of these clauses with a number that no proposal of the clause says."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        if clause.clause.id not in clauses:
            continue
        said = "\n".join(str(one.data) for one in known if one.clause == clause.clause.id)
        for at, sentence in parts(clause.text, clause.lexicon.part_end):
            numbers = find_numbers(sentence, grammar_of(text.language))
            if all(number.words in said for number in numbers):
                continue
            words = cited(clause.clause.words, at, at + len(sentence))
            own = sentence.strip(" -，,。.")
            topics = (one for one, each in text.words.topics if each.search(own))
            topic: Topic = next(topics, "principle")
            one = _provision(text, clause, at, topic, own, words)
            found.append(replace(one, unsure=_LEFT_OVER))
    return tuple(found)


def _topic(text: ProcedureText, clause: CitedClause, said: str, sayers: set[str]) -> Topic | None:
    """The topic of a sentence, None if nothing else is to be said of it."""
    topic = next((one for one, words in text.words.topics if words.search(said)), None)
    if sayers & _SUBJECTS or (topic == "cost" and "fees" in sayers):
        return None
    if _PURPOSE.search(said):
        return None
    if "steps" in sayers:
        kept = topic == "record" and text.words.keeps_records.search(said) is not None
        return topic if kept or topic in _BESIDE_STEPS else None
    if topic == "publication" and text.words.files.search(said):
        return None
    if sayers & _SAY_IT:
        return topic if topic in _BESIDE_STEPS else None
    return topic


def _own_words(text: ProcedureText, clause: CitedClause, said: str, topic: Topic) -> str:
    """The part of a sentence on a step that is on the topic, with what follows it."""
    words = dict(text.words.topics)[topic]
    for at, segment in parts(said, _COMMA):
        if words.search(segment):
            rest = re.sub(r"^(?:并且?|而且|and)\s*", "", said[at:].strip())
            return rest if len(rest) >= _SHORTEST else said
    return said


def _provision(
    text: ProcedureText, clause: CitedClause, at: int, topic: Topic, said: str, words: str
) -> ProposedFact:
    kind = kind_spoken_of(text, clause, at)
    data = {"topic": topic, **({"kind": kind} if kind else {}), "text": said[:_LONGEST]}
    return ProposedFact("provisions", clause.clause.id, words, data)


def _refused(
    text: ProcedureText, clause: CitedClause, clauses: tuple[CitedClause, ...]
) -> Iterator[ProposedFact]:
    """The items of a list of what is not taken."""
    if not clause.lexicon.rejects.search(head_of(clause)):
        return
    for item in listed_in(text, clause, clauses):
        if item.clause is not clause and len(item.words) >= _SHORTEST:
            words = cited(item.clause.clause.words, 0, len(item.words))
            yield _provision(text, item.clause, 0, "principle", item.words, words)


def propose_formalities(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """How a filing must be made, where a sentence on filing demands it."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        lexicon = clause.lexicon
        for at, sentence in parts(clause.text, lexicon.sentence_end):
            for type, demand in lexicon.demands.items():
                match = demand.search(sentence)
                if match is None or lexicon.waives.search(sentence[: match.start()]):
                    continue
                if type == "written" and not _of_filing(text, sentence, match):
                    continue
                kind = kind_spoken_of(text, clause, at)
                if any(
                    one.data["type"] == type and one.data.get("kind") in (None, kind)
                    for one in found
                ):
                    continue
                words = cited(clause.clause.words, at, at + len(sentence))
                found.append(_formality(clause.clause.id, type, kind, words))
    return tuple(found)


def _of_filing(text: ProcedureText, sentence: str, match: re.Match[str]) -> bool:
    """Whether what is in writing is the filing, not an answer to it."""
    near = sentence[max(0, match.start() - 20) : match.end() + 20]
    answers = re.search(
        r"书面(?:答复|回复|告知|通知|告诉|说明|决定)", sentence[match.start() :][:24]
    )
    filed = text.words.files.search(sentence) or _HANDED_IN.search(near)
    return filed is not None and answers is None


def _formality(clause: str, type: Formality, kind: str | None, words: str) -> ProposedFact:
    data = {"type": type, **({"kind": kind} if kind else {}), "text": words[:_LONGEST]}
    return ProposedFact("formalities", clause, words, data)


def propose_fees(text: ProcedureText, known: tuple[ProposedFact, ...]) -> tuple[ProposedFact, ...]:
    """What filing costs, or that it costs nothing."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        for at, sentence in parts(clause.text, clause.lexicon.part_end):
            if text.words.free.search(sentence) and _COSTS.search(sentence):
                words = cited(clause.clause.words, at, at + len(sentence))
                kind = kind_spoken_of(text, clause, at)
                data = {**({"kind": kind} if kind else {}), "text": words[:_LONGEST]}
                found.append(ProposedFact("fees", clause.clause.id, words, data))
    return tuple(found)


def propose_asks(text: ProcedureText, known: tuple[ProposedFact, ...]) -> tuple[ProposedFact, ...]:
    """A detail that a sentence on the record asks for beside the filer's name."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            for field, words in clause.lexicon.asked.items():
                taken = any(one.data["field"] == field for one in found)
                if words.search(sentence) and _RECORD.search(sentence) and not taken:
                    said = cited(clause.clause.words, at, at + len(sentence))
                    data = {"field": field, "required": False}
                    found.append(ProposedFact("asks", clause.clause.id, said, data, _REQUIRED))
    return tuple(found)

"""Proposes what else a procedure promises or requires: provisions, formalities and fees."""

import re

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import parts
from site_src.policy.terms import BINDING, PROTECTING, Formality, Topic
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_LONGEST, _SHORTEST = 200, 6
_SAY_IT = ("steps", "limits", "kinds", "channels", "reviews", "routes", "filers", "suspensions")
_HANDED_IN = re.compile(r"提交|提出|递交|形式表达|submit|lodge|made", re.IGNORECASE)
_RECORD = re.compile(
    r"(?:记下|登记|写明|记录|填写|提供)[^。；\n]{0,16}(?:姓名|名称)|\b(?:state|give|include|"
    r"record)s?\b[^.;\n]{0,20}\bnames?\b",
    re.IGNORECASE,
)
_REQUIRED = Bilingual("must everybody give it?", "是否必填？")
_PURPOSE = re.compile(r"制定本|^this procedure covers", re.IGNORECASE)
_ALWAYS: tuple[Topic, ...] = (
    *PROTECTING,
    *BINDING,
    "read_back",
    "publication",
    "cooperation",
    "improvement",
    "analysis",
    "follow_up",
    "record",
    "remedy",
    "conduct",
)
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
    said_by = {(one.clause, one.words) for one in known if one.list in _SAY_IT}
    for clause in text.cited(known):
        for at, sentence in parts(clause.text, clause.lexicon.part_end):
            said = sentence.strip(" -，,。.")
            if len(said) < _SHORTEST:
                continue
            topic = next((one for one, words in text.words.topics if words.search(said)), None)
            if topic is None or _PURPOSE.search(said):
                continue
            whole = cited(clause.clause.words, *clause.sentence(at))
            if (
                topic not in _ALWAYS
                and {
                    (clause.clause.id, cited(clause.clause.words, at, at + len(sentence))),
                    (clause.clause.id, whole),
                }
                & said_by
            ):
                continue
            if clause.clause.heading and at == 0 and "\n" not in clause.text.strip():
                continue
            kind = kind_spoken_of(text, clause, at)
            data = {"topic": topic, **({"kind": kind} if kind else {}), "text": said[:_LONGEST]}
            words = cited(clause.clause.words, at, at + len(sentence))
            found.append(ProposedFact("provisions", clause.clause.id, words, data))
    return tuple(found)


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

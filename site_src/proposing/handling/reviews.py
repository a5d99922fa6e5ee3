"""Proposes where a filer can go next, with the contacts that the text gives."""

import re
from collections.abc import Iterator
from dataclasses import replace

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause, names_of_role, parts
from site_src.proposing.filing.contacts import ReadContact, contacts_in
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText

_LONGEST = 120
_WHOSE = Bilingual("is it a body of the organisation itself?", "是否本单位的机构？")
_AUTHORITY = re.compile(r"(?:局|厅|署|法院|政府|人民调解委员会)$")
_COURT = re.compile(r"起诉|诉讼")
_NO_BODY = re.compile(
    r"^(?:其|他|对方|书面|自己|重新|再次|上一级|该|this|that|it|them|him|her|us|you|stage|go|be|"
    r"a complaint|complaints?)\b"
    r"|(?:投诉|申诉|提出|举报|申请)人$|客户$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^\s*(?:[-*•·]|"
    r"[（(]?[a-z0-9一二三四五六七八九十]+[)）.、])\s*(?P<item>[^\n]{2,60}?)[；;。.，]?\s*$",
    re.MULTILINE,
)
_FOLLOWING = re.compile(r"下列|以下|following", re.IGNORECASE)
_ASIDE = re.compile(r"（[^（）]*）")
_EITHER = re.compile(r"[，,]?(?:或者?|以及)向?")
_ARTICLE = re.compile(r"^(?:the|an?|our|one of the)\s+", re.IGNORECASE)
_AND = re.compile(
    r"[，,]?(?:或者?|以及|和|与)(?:者)?向?|\s+or\s+(?:to\s+)?(?:the\s+|an?\s+)?", re.IGNORECASE
)


def propose_reviews(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """Every body of a sentence that says where to go next, and bodies outside with contacts."""
    found: list[ProposedFact] = []
    for clause in text.cited(known):
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            bodies = tuple(dict.fromkeys(_bodies(text, clause, at, sentence)))
            for body in bodies:
                _add(text, clause, at, sentence, body, bodies, found)
    return _with_contacts(text, known, found)


def _with_contacts(
    text: ProcedureText, known: tuple[ProposedFact, ...], found: list[ProposedFact]
) -> tuple[ProposedFact, ...]:
    """Adds the contacts that another clause gives for a body."""
    taken = {str(each["value"]) for one in found for each in one.data.get("contacts", ())}
    for clause in text.cited(known):
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            for index, one in enumerate(found):
                place = sentence.lower().find(str(one.data["body"]).lower())
                if place < 0 or clause.clause.id == one.clause:
                    continue
                entries = [
                    each.entry | {"clause": clause.clause.id}
                    for each in contacts_in(text, clause, at + place, at + len(sentence))
                    if each.value not in taken
                ]
                taken |= {str(each["value"]) for each in entries}
                if entries:
                    contacts = [*one.data.get("contacts", ()), *entries]
                    found[index] = replace(one, data={**one.data, "contacts": contacts})
    return tuple(found)


def _bodies(text: ProcedureText, clause: CitedClause, at: int, sentence: str) -> Iterator[str]:
    lexicon = clause.lexicon
    # A telephone number in brackets may stand between a body and what one does there.
    plain = _ASIDE.sub("", sentence)
    leads_on = lexicon.reviews.search(plain) is not None
    contacts = contacts_in(text, clause, at, at + len(sentence))
    if not leads_on and not (contacts and lexicon.outside.search(sentence)):
        return
    if leads_on and _FOLLOWING.search(sentence):
        items = [match["item"].strip() for match in _ITEM.finditer(clause.text, at)]
        if items:
            yield from items
            return
    said: list[str] = []
    for match in text.words.body.finditer(plain):
        for phrase in _EITHER.split(match["body"]):
            said += _bodies_of(clause, phrase)
    said += [match["name"] for match in text.words.hotline.finditer(sentence)]
    if not said:
        said += _named(text, clause, sentence)
    yield from said
    for match in lexicon.remedies.finditer(sentence):
        words = "法院" if _COURT.search(match[0]) and text.language == "zh-CN" else match[0]
        own_text = text.language == "zh-CN" and words in ("复核", "复议")
        if (
            words in sentence
            and not own_text
            and not any(words.lower() in one.lower() for one in said)
        ):
            said.append(words)
            yield words


def _bodies_of(clause: CitedClause, phrase: str) -> list[str]:
    """The bodies of a phrase, which may be a list; 文化和旅游局 is one."""
    listed = [_ARTICLE.sub("", body.rpartition("向")[2].strip()) for body in _AND.split(phrase)]
    if not all(_is_body(clause, words) for words in listed[:-1]):
        whole = _ARTICLE.sub("", phrase.rpartition("向")[2].strip())
        if _is_body(clause, whole):
            return [whole]
    return [words for words in listed if _is_body(clause, words)]


def _is_body(clause: CitedClause, words: str) -> bool:
    """Whether the words name somebody whom one can go to."""
    lexicon = clause.lexicon
    if len(words) < 2 or _NO_BODY.search(words):
        return False
    return (
        lexicon.outside.search(words) is not None
        or lexicon.authorities.search(words) is not None
        or _inside(clause, words)
        or re.search(
            r"(?:机构|部门|中心|办事处|委员会|协会|机关|组织|院|局|会|长|经理|主任|负责人)$|\b(?:body|"
            r"panel|board|committee|governors?|director|manager|head\w*|principal|authority|"
            r"commission|mediators?)\b",
            words,
        )
        is not None
    )


def _named(text: ProcedureText, clause: CitedClause, sentence: str) -> Iterator[str]:
    """Bodies outside that a sentence names as its subject: "The Ombudsman gives advice"."""
    if text.language == "en":
        for match in re.finditer(
            r"\b(?:the|an?)\s+((?:[A-Z][\w'’-]*\s?)+)|:\s*((?:[A-Z][\w'’-]*\s?)+)",
            sentence,
            re.IGNORECASE,
        ):
            words = (match[1] or match[2] or "").strip()
            proper = re.match(r"(?:[A-Z][\w'’-]*\s?)+", words)
            if proper and clause.lexicon.outside.search(proper[0]):
                yield proper[0].strip()
                return
    for match in clause.lexicon.outside.finditer(sentence):
        begin, end = match.span()
        segment = re.search(r"[\u4e00-\u9fff]*$", sentence[:begin])
        after = re.match(
            r"[\u4e00-\u9fff]*?(?:部门|机构|机关|中心|委员会|局|院|协会)", sentence[end:]
        )
        words = (segment[0] if segment else "") + match[0] + (after[0] if after else "")
        yield re.sub(r"^.*?(?:向|由|与|和|在|是)", "", words)
        return


def _files_appeal(clause: CitedClause, sentence: str) -> bool:
    """Whether a sentence says that a kind which is itself an appeal is filed."""
    return any(
        re.search(rf"{re.escape(clause.words(kind.name))}(?!人|处理|结)", sentence, re.IGNORECASE)
        for kind in clause.source.policy.kinds
        if kind.id in ("appeal", "objection")
    )


def _is_role(clause: CitedClause, body: str) -> bool:
    """Whether the body is called exactly as a role is."""
    return any(
        body.lower() == name.lower()
        for role in clause.source.policy.roles
        for name in names_of_role(clause.source, role)
    )


def _belongs(
    clause: CitedClause,
    body: str,
    bodies: tuple[str, ...],
    contact: ReadContact,
    span: tuple[int, int],
) -> bool:
    """Whether a contact is the body's: behind its name, or a number right before it."""
    following = clause.text[contact.end :].removeprefix("向")
    for one in bodies:
        if following.startswith(one):
            return one == body
    return span[0] < contact.start < span[1]


def _inside(clause: CitedClause, body: str) -> bool:
    names = [
        name.lower()
        for role in clause.source.policy.roles
        for name in names_of_role(clause.source, role)
    ]
    said = body.lower()
    return any(
        said.startswith(name) or said.endswith(name) or name.endswith(said) for name in names
    )


def _add(
    text: ProcedureText,
    clause: CitedClause,
    at: int,
    sentence: str,
    body: str,
    bodies: tuple[str, ...],
    found: list[ProposedFact],
) -> None:
    same = [one for one in found if one.clause == clause.clause.id and one.data["body"] == body]
    if same:
        return
    outside = (
        clause.lexicon.outside.search(body) is not None and not _is_role(clause, body)
    ) or _AUTHORITY.search(body) is not None
    if not outside and _files_appeal(clause, sentence):
        # Where a kind is an appeal, to file it with the organisation is not to go on.
        return
    own = text.words.ourselves.match(body)
    inside = not outside and (_inside(clause, body) or (own is not None and own.end() < len(body)))
    place = sentence.lower().find(body.lower())
    here = at + max(0, place)
    others = [at + sentence.lower().find(other.lower()) for other in bodies if other != body]
    until = min((one for one in others if one > here), default=at + len(sentence))
    taken = {
        contact["value"]
        for one in found
        if one.clause == clause.clause.id
        for contact in one.data.get("contacts", ())
    }
    contacts = [
        one
        for one in contacts_in(text, clause, at, at + len(sentence))
        if one.value not in taken and _belongs(clause, body, bodies, one, (here, until))
    ]
    shown = body if text.language == "zh-CN" else body[:1].upper() + body[1:]
    data = {
        "inside": inside,
        "body": shown,
        "text": cited(clause.text, at, at + len(sentence))[:_LONGEST],
    }
    if clause.lexicon.always.search(sentence):
        data["any_time"] = True
    if contacts:
        data["contacts"] = [one.entry for one in contacts]
    unsure = None if outside or inside else _WHOSE
    words = cited(clause.clause.words, at, at + len(sentence))
    found.append(ProposedFact("reviews", clause.clause.id, words, data, unsure))

"""Proposes the ways to file that a procedure names."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from site_src.check.meaning.cited_clause import CitedClause, parts
from site_src.policy.terms import ChannelType
from site_src.proposing.filing.contacts import ReadContact, contacts_in
from site_src.proposing.filing.table_rows import TableRow, rows_of
from site_src.proposing.ids import slug, unique
from site_src.proposing.proposal import ProposedFact, cited
from site_src.proposing.reading import ProcedureText
from site_src.proposing.scope import kind_spoken_of

_PLAIN: tuple[ChannelType, ...] = (
    "telephone",
    "email",
    "letter",
    "fax",
    "in_person",
    "box",
    "web",
    "instant_messaging",
    "community",
    "callback",
)
_ALONE: tuple[ChannelType, ...] = ("telephone", "email", "letter", "fax", "in_person", "box", "web")
"""Types that one sentence on filing names by itself; the others stand in a list of ways."""

_LONGEST = {"zh-CN": 16, "en": 40}
_NO_NAME = re.compile(r"[\s，,、。；;：:\d@]+$|^[\s，,、。；;：:]+")
_FRINGE = re.compile(
    r"^(?:(?!可以?(?:当面|口头))[\u4e00-\u9fff]{1,6}?(?:可以|可|应当)(?=拨打|通过|致电|发送|使用|采用|以|向|到|在))?"
    r"(?:也?可以?|请|以|通过|用|采用|拨打|致电|发送|使用|在|发|寄送|寄|投入|投至|向)+(?=.{2})|(?:寄?(?:至|到|往)|"
    r"等方式.*|等途径.*|反映的?|提出的?|投诉的?)$"
)
_POST_OFFICE = re.compile(r"\bP\.?\s?O\.?\s*$", re.IGNORECASE)
_UNCLOSED = re.compile(r"（[^（）]*$")
_LISTS_WAYS = re.compile(
    r"(?:下列|以下|如下)[^。；\n]{0,12}(?:方式|渠道|途径)|(?:following|these) (?:ways|channels)"
    r"|how to (?:complain|appeal|contact|file)|where to send|提出方式|投诉渠道|受理渠道|来信请?寄",
    re.IGNORECASE,
)


def propose_channels(
    text: ProcedureText, known: tuple[ProposedFact, ...]
) -> tuple[ProposedFact, ...]:
    """Every way to file once for each kind: by its number or address, else by its name."""
    found: list[ProposedFact] = []
    bodies = [
        str(one.data["body"]) for one in known if one.list == "reviews" and not one.data["inside"]
    ]
    taken = {
        str(contact["value"])
        for one in known
        if one.list == "reviews"
        for contact in one.data.get("contacts", ())
    }
    for clause in text.cited(known):
        ways = _LISTS_WAYS.search(clause.whole) is not None
        rows = tuple(rows_of(clause.text)) if ways else ()
        for row in rows:
            if data := _of_row(text, clause, row):
                _add(text, clause, row.start, row.words, data, found)
        for at, sentence in parts(clause.text, clause.lexicon.sentence_end):
            if sentence.lstrip().startswith("|"):
                continue
            of_body = any(body in sentence for body in bodies) and not ways
            if clause.lexicon.refuses.search(sentence) and not ways:
                continue
            if not (ways or _on_filing(text, clause, sentence)):
                continue
            contacts = [
                one
                for one in contacts_in(text, clause, at, at + len(sentence))
                if one.value not in taken
            ]
            for one in contacts:
                _add(text, clause, at, sentence, _with_value(text, clause, at, one), found)
            for data in () if of_body else _by_name(text, clause, sentence, ways, contacts):
                _add(text, clause, at, sentence, data, found)
    return _best(found)


def _of_row(text: ProcedureText, clause: CitedClause, row: TableRow) -> dict[str, Any] | None:
    """The channel that a row of a table of ways names in its first cell that names one."""
    lexicon = clause.lexicon
    for cell in row.cells:
        type = next((one for one in _PLAIN if lexicon.channels[one].search(cell.words)), None)
        if type is not None:
            break
    else:
        return None
    data: dict[str, Any] = {"type": type, "name": cell.words}
    end = row.start + len(row.words)
    contact = next(iter(contacts_in(text, clause, row.start, end)), None)
    if contact is not None and contact.type == type:
        data["value"] = contact.value
    for other in row.cells:
        if other is cell or not other.words:
            continue
        if text.words.hours_head.search(other.head):
            data["hours"] = other.words
        elif "value" not in data and text.words.place_head.search(other.head):
            data["value"] = other.words
    return data


def _best(candidates: list[ProposedFact]) -> tuple[ProposedFact, ...]:
    """One channel for each way: with its value if one has it, in the clause that names most."""
    in_clause = Counter(one.clause for one in candidates)
    best: dict[tuple[object, ...], ProposedFact] = {}
    valued = {(one.data["type"], one.data.get("kind")) for one in candidates if "value" in one.data}
    for one in candidates:
        who = one.data.get("value") or one.data.get("whom")
        key = (one.data["type"], one.data.get("kind"), who)
        if "value" not in one.data and {key[:2], (key[0], None)} & valued:
            continue
        other = best.get(key)
        if other is None or in_clause[one.clause] > in_clause[other.clause]:
            best[key] = one
    found: list[ProposedFact] = []
    for one in best.values():
        without_kind = best.get((one.data["type"], None, one.data.get("value")))
        if "kind" in one.data and without_kind is not None and without_kind.clause != one.clause:
            continue
        id = unique(str(one.data["id"]), [str(each.data["id"]) for each in found])
        data = {name: value for name, value in one.data.items() if name != "whom"}
        found.append(replace(one, data={**data, "id": id}))
    return tuple(found)


def _on_filing(text: ProcedureText, clause: CitedClause, sentence: str) -> bool:
    lexicon = clause.lexicon
    return (
        lexicon.speaks_of_filing.search(sentence) is not None
        or text.words.files.search(sentence) is not None
        or lexicon.passed_on.search(sentence) is not None
        or lexicon.hands_in.search(sentence) is not None
    )


def _add(
    text: ProcedureText,
    clause: CitedClause,
    at: int,
    sentence: str,
    data: dict[str, Any],
    found: list[ProposedFact],
) -> None:
    """Adds a candidate for a channel."""
    kind = kind_spoken_of(text, clause, at)
    id = slug(str(data["name"]))
    words = cited(clause.clause.words, at, at + len(sentence))
    entry = {"id": id, "type": data.pop("type"), **({"kind": kind} if kind else {}), **data}
    found.append(ProposedFact("channels", clause.clause.id, words, entry))


def _with_value(
    text: ProcedureText, clause: CitedClause, at: int, contact: ReadContact
) -> dict[str, Any]:
    """A channel with a number or an address, named by the words before it."""
    before = clause.text[at : contact.start]
    segment = list(parts(before, clause.lexicon.segment_end))
    said = segment[-1][1] if segment else ""
    pattern = clause.lexicon.channels[contact.type]
    words = list(pattern.finditer(said))
    name = _name(text, clause, said, words[-1]) if words else _plain(text, contact.type)
    return {"type": contact.type, "name": name, "value": contact.value} | (
        {"hours": contact.hours} if contact.hours else {}
    )


def _by_name(
    text: ProcedureText,
    clause: CitedClause,
    sentence: str,
    ways: bool,
    contacts: list[ReadContact],
) -> Iterator[dict[str, Any]]:
    """Channels that a sentence only names."""
    lexicon = clause.lexicon
    said = lexicon.outgoing.sub(lambda match: " " * len(match[0]), sentence)
    types = {one.type for one in contacts}
    named: set[str] = set()
    matches = [
        (type, match)
        for type in _PLAIN
        for match in lexicon.channels[type].finditer(said)
        if match[0].strip() and match[0] != "@"
    ]
    for type, match in matches:
        if type in types:
            continue
        mail = text.language == "zh-CN" and "email" in types and "@" in said
        if mail and type in ("letter", "box"):
            continue
        if type == "telephone" and "extension" in types:
            continue
        several = len({other for other, _ in matches}) > 1
        if type not in _ALONE and not (several or ways):
            continue
        if lexicon.whatever.search(said[: match.start()][-12:]) and type == "in_person":
            continue
        if type == "web" and not (several or ways):
            continue
        if type == "box" and _POST_OFFICE.search(said[: match.start()]):
            continue
        name = _name(text, clause, said, match)
        if name in named and text.language == "zh-CN":
            # One thing with words of two types, such as 微信小程序.
            continue
        types.add(type)
        named.add(name)
        hours = _hours(text, sentence, type)
        if any(one.hours == hours.get("hours") for one in contacts):
            hours = {}
        yield {"type": type, "name": name} | hours
    for match in lexicon.addressed.finditer(said):
        whom = [item for _, item in parts(match["whom"], lexicon.listed)]
        for item in whom if len(whom) > 1 else ():
            yield {"type": "in_person", "name": _cut(text, item), "whom": item}
    if passed_on := lexicon.passed_on.search(said):
        yield {"type": "authority", "name": _cut(text, passed_on[0])}
    demand = lexicon.demands["written"].search(said)
    handed = lexicon.hands_in.search(said)
    if (handed or (demand and text.words.files.search(said))) and not types & {"letter", "email"}:
        written = handed or demand
        yield {"type": "writing", "name": _cut(text, written[0]) if written else "书面"}


def _hours(text: ProcedureText, sentence: str, type: ChannelType) -> dict[str, str]:
    if type not in ("in_person", "telephone"):
        return {}
    hours = text.words.hours.search(sentence)
    return {"hours": hours["value"].strip()} if hours else {}


def _name(text: ProcedureText, clause: CitedClause, said: str, match: re.Match[str]) -> str:
    """The item of a list that names the channel, or its word alone where the item is long."""
    for at, item in parts(said, clause.lexicon.listed):
        if at <= match.start() < at + len(item):
            item = _UNCLOSED.sub("", _quoted(said, at, item))
            name = _NO_NAME.sub("", _FRINGE.sub("", _NO_NAME.sub("", item.strip())))
            if 0 < len(name) <= _LONGEST[text.language] and text.language == "zh-CN":
                return name
    return match[0].strip().capitalize() if text.language == "en" else match[0]


def _quoted(said: str, at: int, item: str) -> str:
    """The item with all that its quotation marks enclose: “安和管家”小程序 has 和 in its name."""
    begins = said.rfind("“", 0, at)
    if begins < 0 or item.find("”") < 0 or "”" in said[begins:at]:
        return item
    return said[begins:at] + item


def _cut(text: ProcedureText, words: str) -> str:
    return _NO_NAME.sub("", words.strip())[: _LONGEST[text.language] * 2]


def _plain(text: ProcedureText, type: ChannelType) -> str:
    """The name of a type of channel, where the text only gives its number."""
    chinese = {
        "telephone": "电话",
        "email": "电子邮件",
        "letter": "信函",
        "fax": "传真",
        "web": "网站",
    }
    english = {
        "telephone": "Telephone",
        "email": "E-mail",
        "letter": "Letter",
        "fax": "Fax",
        "web": "Website",
    }
    names = english if text.language == "en" else chinese
    return names.get(type, str(type))

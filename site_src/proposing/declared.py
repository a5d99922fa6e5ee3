"""Reads what a procedure says of its organisation, its title and the day it takes effect."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.clauses import Clause
from site_src.proposing.reading import ProcedureText

_ORGANISATION = re.compile(
    r"^(?P<name>[\u4e00-\u9fffA-Za-z0-9（） ]{1,30}?(?:公司|机构|中心|学校|大学|学院|医院|银行|"
    r"局|所|院|店|协会|学会|平台|商|会|厂|馆|园|部|集团|实验室|企业))"
    r"(?=(?:员工|客户|售后|关于|申诉|投诉|争议|学生|家长|患者|会员|信访|意见|业主|用户|读者|顾客))"
)
_IN_FORCE = re.compile(r"施行|生效|实施|执行|takes? effect|in force|effective", re.IGNORECASE)


@dataclass(frozen=True)
class Declared:
    """What stands at the top of policy.yaml, as far as the text says it; None where it does not."""

    title: str
    name: str | None
    effective_from: date | None
    effective_clause: str | None
    for_staff: bool


def read_declared(text: ProcedureText) -> Declared:
    """What the title, the words "hereinafter called" and the clause on the effective day say."""
    name = _name(text)
    title = text.title
    if name and title.startswith(name) and len(title) > len(name):
        title = title.removeprefix(name).strip(" ：:")
    day, clause = next(_effective(text), (None, None))
    return Declared(title, name, day, clause, text.words.staff.search(text.title) is not None)


def _name(text: ProcedureText) -> str | None:
    for line in text.lines:
        if known := text.words.known_as.search(line.words):
            name = re.sub(r"^.*(?:为使|为了|维护|规范|使|保障|向|由|是指|加强)", "", known["name"])
            return name.strip()
    titled = _ORGANISATION.match(text.title)
    return titled["name"].strip() if titled else None


def _effective(text: ProcedureText) -> Iterator[tuple[date, str]]:
    for clause in text.clauses:
        for day in _days(text, clause):
            yield day, clause.id


def _days(text: ProcedureText, clause: Clause) -> list[date]:
    """The whole dates of a clause that says that something takes effect."""
    if not _IN_FORCE.search(clause.words):
        return []
    found = []
    for number in find_numbers(clause.words, grammar_of(text.language)):
        key = number.key
        if number.kind == "date" and isinstance(key, tuple) and all(key):
            found.append(date(*key))
    return found

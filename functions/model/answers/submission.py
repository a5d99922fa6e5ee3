"""What a filer sends, read at the border into a typed value."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from functions.model.answers.email_address import read_address
from functions.model.answers.plate import read_plate
from functions.model.answers.telephone import read_telephone
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.contract.terms import FieldName
from functions.model.frozen import Frozen

AnswerProblemCode = Literal[
    "required",
    "consent",
    "contact",
    "too_long",
    "not_email",
    "not_phone",
    "not_date",
    "future",
    "not_choice",
    "unknown",
]

_LINE_END = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DAY = re.compile(r"([0-9]{4})[年/.\-]([0-9]{1,2})[月/.\-]([0-9]{1,2})日?")
SOMEBODY_ELSE = "other"
"""The answer to `acting_for` of whoever files for another person."""

_CONTACTS: tuple[FieldName, FieldName] = ("email", "phone")


class Submission(Frozen):
    """The answers of one filing; a question that was not asked or answered is None."""

    name: str | None = None
    acting_for: str | None = None
    represented: str | None = None
    capacity: str | None = None
    relation: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    plate: str | None = None
    category: str | None = None
    decision: str | None = None
    decided_on: date | None = None
    account: str | None = None
    happened_on: date | None = None
    remedy: str | None = None
    involved: str | None = None
    signature: str | None = None
    consent: bool = False
    sensitive_consent: bool = False

    def answer(self, name: FieldName) -> str:
        """The answer as the filer would write it; empty where there is none."""
        value = getattr(self, name)
        if isinstance(value, bool):
            return "yes" if value else ""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class AnswerProblem:
    """One answer that cannot be taken; `name` may be a key that no form has."""

    name: str
    code: AnswerProblemCode


@dataclass(frozen=True)
class AnswerProblems:
    """Why a submission was not taken, in the order of the form."""

    found: tuple[AnswerProblem, ...]


def clean(text: str) -> str:
    """`text` in NFC with plain line ends, without control and bidirectional marks."""
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = _LINE_END.sub("\n", text)
    # In this order: what a mark kept apart may be one character without it.
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


def read_submission(
    kind: Kind, answers: Mapping[str, str], today: date
) -> Submission | AnswerProblems:
    """The submission that `answers` make for this kind, or everything wrong with them."""
    problems: list[AnswerProblem] = []
    taken: dict[str, str | date | bool] = {}
    for field in kind.fields:
        value = _read(field, clean(answers.get(field.name, "")), today)
        if isinstance(value, AnswerProblem):
            problems.append(value)
        elif value is not None:
            taken[field.name] = value
    asked = {field.name for field in kind.fields}
    problems.extend(AnswerProblem(key, "unknown") for key in sorted(answers.keys() - asked))
    answered = taken.keys() | {problem.name for problem in problems}
    if not kind.anonymous and answered.isdisjoint(_CONTACTS):
        problems.append(AnswerProblem("email", "contact"))
    if taken.get("acting_for") == SOMEBODY_ELSE and "represented" not in answered:
        problems.append(AnswerProblem("represented", "required"))
    if not problems:
        return Submission.model_validate(taken)
    place: dict[str, int] = {field.name: number for number, field in enumerate(kind.fields)}
    return AnswerProblems(tuple(sorted(problems, key=lambda one: place.get(one.name, len(place)))))


def _read(field: FormField, text: str, today: date) -> str | date | bool | AnswerProblem | None:
    if not text:
        if not field.required:
            return None
        return AnswerProblem(field.name, "consent" if field.input == "consent" else "required")
    if len(text) > field.longest:
        return AnswerProblem(field.name, "too_long")
    match field.input:
        case "consent":
            return True if text == "yes" else AnswerProblem(field.name, "not_choice")
        case "date":
            return _date(field.name, text, today)
        case "choice":
            known = any(choice.value == text for choice in field.choices)
            return text if known else AnswerProblem(field.name, "not_choice")
        case "email":
            return read_address(text) or AnswerProblem(field.name, "not_email")
        case "phone":
            return read_telephone(text) or AnswerProblem(field.name, "not_phone")
        case "plate":
            return read_plate(text)
        case "text":
            return " ".join(text.split())
        case "lines":
            lines = (" ".join(line.split()) for line in text.splitlines())
            return "\n".join(dict.fromkeys(filter(None, lines)))
        case "multiline":
            return text


def _date(name: FieldName, text: str, today: date) -> date | AnswerProblem:
    """A day as a browser sends it, or as people write it where the browser has no calendar."""
    written = "".join(unicodedata.normalize("NFKC", text).split())
    try:
        if parts := _DAY.fullmatch(written):
            day = date(*(int(part) for part in parts.groups()))
        else:
            day = date.fromisoformat(written)
    except ValueError:
        return AnswerProblem(name, "not_date")
    return AnswerProblem(name, "future") if day > today else day

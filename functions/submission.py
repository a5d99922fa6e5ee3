"""What a filer sends, read at the border into a typed value."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from functions.contract import FieldName, FormField, Kind
from functions.frozen import Frozen

ProblemCode = Literal[
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
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{4,24}(?:(?:转|ext\.?|x|#) ?[0-9]{1,6})?", re.IGNORECASE)
_CONTACTS: tuple[FieldName, FieldName] = ("email", "phone")


class Submission(Frozen):
    """The answers of one filing; a question that was not asked or answered is None."""

    name: str | None = None
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
class Problem:
    """One answer that cannot be taken; `name` may be a key that no form has."""

    name: str
    code: ProblemCode


@dataclass(frozen=True)
class Problems:
    """Why a submission was not taken, in the order of the form."""

    found: tuple[Problem, ...]


def clean(text: str) -> str:
    """`text` in NFC with plain line ends, without control and bidirectional marks."""
    lines = _LINE_END.sub("\n", text)
    # In this order: what a mark kept apart may be one character without it.
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


def examine(kind: Kind, answers: Mapping[str, str], today: date) -> Submission | Problems:
    """The submission that `answers` make for this kind, or everything wrong with them."""
    problems: list[Problem] = []
    taken: dict[FieldName, str | date | bool] = {}
    for field in kind.fields:
        value = _read(field, clean(answers.get(field.name, "")), today)
        if isinstance(value, Problem):
            problems.append(value)
        elif value is not None:
            taken[field.name] = value
    asked = {field.name for field in kind.fields}
    problems.extend(Problem(key, "unknown") for key in sorted(answers.keys() - asked))
    if not any(name in taken for name in _CONTACTS) and not any(
        problem.name in _CONTACTS for problem in problems
    ):
        problems.append(Problem("email", "contact"))
    return Problems(tuple(problems)) if problems else Submission.model_validate(taken)


def _read(field: FormField, text: str, today: date) -> str | date | bool | Problem | None:
    if not text:
        if not field.required:
            return None
        return Problem(field.name, "consent" if field.input == "consent" else "required")
    if len(text) > field.longest:
        return Problem(field.name, "too_long")
    match field.input:
        case "consent":
            return True if text == "yes" else Problem(field.name, "not_choice")
        case "date":
            return _date(field.name, text, today)
        case "choice":
            known = any(choice.value == text for choice in field.choices)
            return text if known else Problem(field.name, "not_choice")
        case "email":
            return _email(field.name, text)
        case "phone":
            return text if _PHONE.fullmatch(text) else Problem(field.name, "not_phone")
        case "text":
            return " ".join(text.split())
        case "multiline":
            return text


def _date(name: FieldName, text: str, today: date) -> date | Problem:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Problem(name, "not_date")
    return Problem(name, "future") if day > today else day


def _email(name: FieldName, text: str) -> str | Problem:
    """RFC 5321 and 6531 addresses, as `email_validator` reads them; nothing is looked up."""
    # Its tables are a tenth of a cold start, and only a filing with an address needs them.
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return Problem(name, "not_email")

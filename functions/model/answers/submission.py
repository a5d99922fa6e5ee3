"""Reads the answers of a form into a typed submission."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from functions.model.answers.email_address import read_address
from functions.model.answers.invisible import trimmed, without_invisible
from functions.model.answers.normalized import nfc
from functions.model.answers.plate import read_plate
from functions.model.answers.typed_date import read_day
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.contract.terms import EVENT_FIELD, FieldName, Input
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
    "year",
    "not_choice",
    "unknown",
]

_LINE_END = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FIRST_YEAR = 1900
"""Earlier years are slips of the keyboard: nobody who lives was there."""
_CONSENTS = ("consent", "sensitive_consent")
SOMEBODY_ELSE = "other"
"""The value of `acting_for` when somebody files for another person."""


def _is_empty(value: object) -> bool:
    """Whether to leave out a question that filings of before 0.2.0 were not asked.

    Sent again, such a filing then is the same one as before.
    """
    return not value


_Absent = Annotated[str | None, Field(exclude_if=_is_empty)]

_CONTACTS: tuple[FieldName, FieldName] = ("email", "phone")
_OF_SIGNS: tuple[Input, ...] = ("choice", "consent", "date", "email", "phone", "plate")
"""Answers in which a character that shows nothing has no meaning."""


class Submission(Frozen):
    """The answers of one filing; None where a question was not asked or not answered.

    `events` are the dates of events that the policy names and only the filer knows.
    """

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
    branch: _Absent = None
    representative: _Absent = None
    events: dict[str, date] = Field(default_factory=dict, exclude_if=_is_empty)

    def value(self, name: str) -> object:
        """What was answered to the question of that name; None if nothing was."""
        if name.startswith(EVENT_FIELD):
            return self.events.get(name.removeprefix(EVENT_FIELD))
        return getattr(self, name)

    def answer(self, name: str) -> str:
        """The answer as form text (`yes` for a ticked box); empty if there is none."""
        value = self.value(name)
        if isinstance(value, bool):
            return "yes" if value else ""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class AnswerProblem:
    """One invalid answer; `name` may be a key that no form has."""

    name: str
    code: AnswerProblemCode


@dataclass(frozen=True)
class AnswerProblems:
    """Why a submission is invalid, in the order of the form."""

    found: tuple[AnswerProblem, ...]


def clean(text: str) -> str:
    """`text` in NFC with `\\n` line ends, without control characters and bidirectional marks.

    It is empty if nothing of it can be seen.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = _LINE_END.sub("\n", text)
    # Marks go before NFC: characters that a mark separates may compose once it is removed.
    return trimmed(nfc(_CONTROL.sub("", lines)))


def read_submission(
    kind: Kind, answers: Mapping[str, str], today: date
) -> Submission | AnswerProblems:
    """The submission of `answers` to this kind's form, or all problems with them.

    `today` is the latest day that it is anywhere: a filer may be ahead of the organisation.
    """
    values, problems = _read_all(kind, answers, today)
    # A consent that the form does not ask for changes nothing: no law needs it there.
    asked = {*(field.name for field in kind.fields), *_CONSENTS}
    problems.extend(AnswerProblem(key, "unknown") for key in sorted(answers.keys() - asked))
    answered = values.keys() | {problem.name for problem in problems}
    if not kind.anonymous and answered.isdisjoint(_CONTACTS):
        problems.append(AnswerProblem("email", "contact"))
    if values.get("acting_for") == SOMEBODY_ELSE and "represented" not in answered:
        problems.append(AnswerProblem("represented", "required"))
    if not problems:
        return _submission(values)
    positions: dict[str, int] = {field.name: number for number, field in enumerate(kind.fields)}
    return AnswerProblems(
        tuple(sorted(problems, key=lambda problem: positions.get(problem.name, len(positions))))
    )


def valid_answers(kind: Kind, answers: Mapping[str, str], today: date) -> Submission:
    """The valid ones of `answers`, without what is missing or wrong; no filing is made of them."""
    values, _ = _read_all(kind, answers, today)
    return _submission(values)


def _read_all(
    kind: Kind, answers: Mapping[str, str], today: date
) -> tuple[dict[str, str | date | bool], list[AnswerProblem]]:
    """The valid answers by the name of their question, and what is wrong with the others."""
    problems: list[AnswerProblem] = []
    values: dict[str, str | date | bool] = {}
    ahead = {f"{EVENT_FIELD}{limit.before}" for limit in kind.limits if limit.before}
    for field in kind.fields:
        # What a limit ends before may still lie ahead.
        latest = date.max if field.name in ahead else today
        value = _read(field, clean(answers.get(field.name, "")), latest)
        if isinstance(value, AnswerProblem):
            problems.append(value)
        elif value is not None:
            values[field.name] = value
    return values, problems


def _submission(values: Mapping[str, str | date | bool]) -> Submission:
    dates = {name.removeprefix(EVENT_FIELD): values[name] for name in values if _is_event(name)}
    answers = {name: value for name, value in values.items() if not _is_event(name)}
    return Submission.model_validate({**answers, "events": dates})


def _is_event(name: str) -> bool:
    return name.startswith(EVENT_FIELD)


def _read(field: FormField, text: str, latest: date) -> str | date | bool | AnswerProblem | None:
    if field.input in _OF_SIGNS:
        text = without_invisible(text)
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
            return _read_date(field.name, text, latest)
        case "choice":
            known = any(choice.value == text for choice in field.choices)
            return text if known else AnswerProblem(field.name, "not_choice")
        case "email":
            return read_address(text) or AnswerProblem(field.name, "not_email")
        case "phone":
            from functions.model.answers.telephone import read_telephone

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


def _read_date(name: str, text: str, latest: date) -> date | AnswerProblem:
    """Reads a day as a browser's date input sends it, or as people type it without one."""
    day = read_day(text)
    if day is None:
        return AnswerProblem(name, "not_date")
    if day.year < _FIRST_YEAR:
        return AnswerProblem(name, "year")
    return AnswerProblem(name, "future") if day > latest else day

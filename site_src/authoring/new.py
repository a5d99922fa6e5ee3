"""Writes a first policy from a few answers: it builds, and is meant to be gone on with."""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import EmailStr, Field, StringConstraints, TypeAdapter, ValidationError

from functions.model.frozen import Frozen
from site_src.check.rules import check_edition
from site_src.errors import AnswerRefused, OrganisationExists
from site_src.places import TEMPLATES
from site_src.policy.address import Slug, is_reserved
from site_src.policy.load import Edition, load
from site_src.policy.model import Prefix

_FILES = ("policy.yaml", "procedure.md")

_Line = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\n]+$")]
LineOrNothing = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\n]*$")]
Telephone = Annotated[str, StringConstraints(pattern=r"^(\+?[0-9][0-9 \-]{2,18}[0-9])?$")]
Days = Annotated[int, Field(ge=0, le=365)]


class Answers(Frozen):
    """What `build.py new` asks.

    `name_en` and `telephone` may be empty, `days` is 0 where no limit is promised.
    """

    name: _Line
    name_en: LineOrNothing
    prefix: Prefix
    mailbox: EmailStr
    role: _Line
    telephone: Telephone
    days: Days
    staff: bool


@dataclass(frozen=True)
class AuthoringQuestion:
    """What is asked for a field of `Answers`, its type, and what that takes, in words."""

    field: str
    asks: str
    type: Any
    takes: str
    default: str | None = None


QUESTIONS = (
    AuthoringQuestion("name", "Name of the organisation, in Chinese", _Line, "one line"),
    AuthoringQuestion("name_en", "Name in English, empty if none", LineOrNothing, "one line", ""),
    AuthoringQuestion(
        "prefix",
        "Prefix of its references, such as SHP",
        Prefix,
        "2 to 4 of the characters A-Z and 2-9 without I, L, O, U",
    ),
    AuthoringQuestion(
        "mailbox",
        "E-mail address that is told of new filings",
        EmailStr,
        "an address like name@example.com",
    ),
    AuthoringQuestion(
        "role", "Who takes filings (department or post, in Chinese)", _Line, "one line"
    ),
    AuthoringQuestion(
        "telephone", "Telephone for complaints, empty if none", Telephone, "digits and dashes", ""
    ),
    AuthoringQuestion(
        "days",
        "Answer within how many working days, 0 if not promised",
        Days,
        "a whole number from 0 to 365",
    ),
)


def read_answer(question: AuthoringQuestion, given: str) -> Any:
    """The answer as its field takes it. Raises AnswerRefused."""
    try:
        return TypeAdapter(question.type).validate_python(given.strip())
    except ValidationError as error:
        raise AnswerRefused(f"{given.strip()!r} will not do: it takes {question.takes}") from error


def new_folder(policies: Path, organisation: str) -> Path:
    """The folder of a new policy. Raises AnswerRefused and OrganisationExists."""
    try:
        TypeAdapter(Slug).validate_python(organisation)
    except ValidationError as error:
        raise AnswerRefused(
            f"{organisation!r} will not do: it becomes the address, so take small letters, digits "
            "and single dashes, 60 characters at most"
        ) from error
    if is_reserved(organisation):
        raise AnswerRefused(f"/{organisation}/ is an address of the site itself; take another name")
    if (policies / organisation).exists():
        raise OrganisationExists(f"{policies / organisation} is there already; take another name")
    return policies / organisation


def write_policy(policies: Path, organisation: str, answers: Answers, day: date) -> Path:
    """Writes `policies/<organisation>/`, whole and without findings or not at all.

    Raises AnswerRefused and OrganisationExists.
    """
    folder = new_folder(policies, organisation)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / "new"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    around = policies / f".{organisation}.new"
    draft = around / organisation
    shutil.rmtree(around, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        for template in _FILES:
            text = made.get_template(template).render(id=organisation, a=answers, day=day)
            (draft / template).write_text(text, encoding="utf-8")
        loaded = load(draft)
        findings = check_edition(loaded) if isinstance(loaded, Edition) else loaded
        if findings:
            said = "; ".join(finding.message for finding in findings)
            raise AnswerRefused(f"these answers make no policy that agrees with its text: {said}")
        os.replace(draft, folder)
    finally:
        shutil.rmtree(around)
    return folder

"""Writes a first policy from a few answers; it builds, and its author continues from there."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import EmailStr, Field, StringConstraints, TypeAdapter, ValidationError

from functions.model.frozen import Frozen
from functions.model.language import Language
from site_src.authoring.editor_schemas import write_schemas
from site_src.check.prefix_rules import owners
from site_src.check.rules import check_edition
from site_src.errors import AnswerRefused, OrganisationExists
from site_src.places import TEMPLATES
from site_src.policy.address import Slug, is_reserved
from site_src.policy.edition import Edition
from site_src.policy.folders import folder_called
from site_src.policy.load import load
from site_src.policy.model.organisation import Prefix

_FILES = ("policy.yaml", "procedure.md")

PolicyLanguage = Literal["zh-CN", "en"]
_Line = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\n]+$")]
LineOrNothing = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\n]*$")]
Telephone = Annotated[str, StringConstraints(pattern=r"^(\+?[0-9][0-9 \-]{2,18}[0-9])?$")]
Days = Annotated[int, Field(ge=0, le=365)]


class Answers(Frozen):
    """The answers to the questions of `build.py new`.

    `language` is the policy's own, and decides what is written for time zone, calendar, counting
    and privacy law. `name` is in it, `other_name` in the site's other language. `other_name` and
    `telephone` may be empty; `days` is 0 if no time limit is promised.
    """

    language: PolicyLanguage
    name: _Line
    other_name: LineOrNothing
    prefix: Prefix
    mailbox: EmailStr
    role: _Line
    telephone: Telephone
    days: Days
    staff: bool


@dataclass(frozen=True)
class AuthoringQuestion:
    """A question for a field of `Answers`: its prompt, its type, and valid answers in words."""

    field: str
    asks: str
    type: Any
    takes: str
    default: str | None = None


def first_question(default: Language) -> AuthoringQuestion:
    """The question for the language, which the words of the others depend on."""
    return AuthoringQuestion(
        "language",
        f"Language of the procedure, zh-CN or en, empty for {default}",
        PolicyLanguage,
        "zh-CN or en",
        default,
    )


def questions(language: PolicyLanguage) -> tuple[AuthoringQuestion, ...]:
    """The questions after the first one, in the order in which they are asked."""
    own, other = ("Chinese", "English") if language == "zh-CN" else ("English", "Chinese")
    return (
        AuthoringQuestion("name", f"Name of the organisation, in {own}", _Line, "one line"),
        AuthoringQuestion(
            "other_name", f"Name in {other}, empty if none", LineOrNothing, "one line", ""
        ),
        AuthoringQuestion(
            "prefix",
            "Prefix of its references, for example SHP",
            Prefix,
            "2 to 4 of the characters A-Z and 2-9 without I, L, O, U",
        ),
        AuthoringQuestion(
            "mailbox",
            "E-mail address for notices of new filings",
            EmailStr,
            "an address like name@example.com",
        ),
        AuthoringQuestion(
            "role", f"Who handles filings (department or position, in {own})", _Line, "one line"
        ),
        AuthoringQuestion(
            "telephone",
            "Telephone for complaints, empty if none",
            Telephone,
            "digits and dashes",
            "",
        ),
        AuthoringQuestion(
            "days",
            "Working days until the answer, 0 if none are promised",
            Days,
            "a whole number from 0 to 365",
        ),
    )


def read_answer(question: AuthoringQuestion, text: str) -> Any:
    """The answer as a value of its field. Raises AnswerRefused."""
    try:
        return TypeAdapter(question.type).validate_python(text.strip())
    except ValidationError as error:
        raise AnswerRefused(f"{text.strip()!r} is not valid: enter {question.takes}") from error


def new_folder(policies: Path, organisation: str) -> Path:
    """The folder of a new policy. Raises AnswerRefused and OrganisationExists."""
    try:
        TypeAdapter(Slug).validate_python(organisation)
    except ValidationError as error:
        raise AnswerRefused(
            f"{organisation!r} is not valid: the name becomes the address, so use small "
            "letters, digits and single dashes, at most 60 characters"
        ) from error
    if is_reserved(organisation):
        raise AnswerRefused(
            f"/{organisation}/ is an address of the site itself; choose another name"
        )
    if (policies / organisation).exists():
        raise OrganisationExists(f"{policies / organisation} already exists; choose another name")
    if holder := folder_called(policies, organisation):
        raise OrganisationExists(
            f"{holder.name} was called {organisation} before, and its old addresses lead to it; "
            "choose another name"
        )
    return policies / organisation


@contextmanager
def staged_folder(folder: Path) -> Iterator[Path]:
    """A folder of that name to write into, which takes its place unless an error is raised.

    The schemas for editors then lie beside it.
    """
    staging = folder.parent / f".{folder.name}.new"
    draft = staging / folder.name
    shutil.rmtree(staging, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        os.replace(draft, folder)
        write_schemas(folder.parent)
    finally:
        shutil.rmtree(staging)


def write_policy(policies: Path, organisation: str, answers: Answers, day: date) -> Path:
    """Writes `policies/<organisation>/`, complete and without findings, or not at all.

    Raises AnswerRefused and OrganisationExists.
    """
    folder = new_folder(policies, organisation)
    if others := owners(policies, answers.prefix):
        raise AnswerRefused(f"{others[0]} has the prefix {answers.prefix}; choose another")
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES / "new"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    with staged_folder(folder) as draft:
        for name in _FILES:
            template = templates.get_template(f"{answers.language}/{name}")
            text = template.render(id=organisation, a=answers, day=day)
            (draft / name).write_text(text, encoding="utf-8")
        loaded = load(draft)
        findings = check_edition(loaded) if isinstance(loaded, Edition) else loaded
        if findings:
            messages = "; ".join(finding.message.en for finding in findings)
            raise AnswerRefused(f"with these answers, facts and text do not agree: {messages}")
    return folder

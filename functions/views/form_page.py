"""Renders a form that goes back to the filer: the answers as sent, with error messages."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from functions.model.answers.submission import AnswerProblem
from functions.model.attachment import Flaw
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.pages.page_set import KindPages
from functions.model.pages.slot_template import FOCUSED, HIDDEN, Values
from functions.views.wording.words import (
    flaw_words,
    problem_words,
    size_words,
)


@dataclass(frozen=True)
class FileRow:
    """A file that was already uploaded; `token` is its voucher, `size` is in bytes."""

    token: str
    name: str
    size: int


@dataclass(frozen=True)
class FormFiles:
    """The accepted files of a form, and why other files were not accepted."""

    rows: tuple[FileRow, ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True)
class WindowLine:
    """Until when one can file, beside the `question` for the day that this time runs from."""

    question: str
    words: str
    late: bool


def form_page(
    pages: KindPages,
    contract: str,
    kind_id: KindId,
    kind: Kind,
    answers: Values,
    problems: tuple[AnswerProblem, ...],
    notice: str = "",
    about: str = "",
    files: FormFiles = FormFiles(),
    windows: Iterable[WindowLine] = (),
) -> Markup:
    """The form with all answers as sent, and error messages beside them.

    `about` is the metadata of the page for programs; it is empty in responses to a POST, which
    have no URL of their own.
    """
    values: dict[str, str] = {"contract": contract, "notice": notice, "about": about}
    for field in kind.fields:
        answer = answers.get(field.name, "")
        values[f"value.{field.name}"] = answer
        if answer:
            values[f"selected.{field.name}.{answer}"] = Markup(" selected")
            values[f"checked.{field.name}.{answer}"] = Markup(" checked")
            values[f"open.{field.name}.{answer}"] = Markup(" open")
    messages = [(problem.name, problem_words(pages.words, kind, problem)) for problem in problems]
    for problem in problems:
        values[f"invalid.{problem.name}"] = Markup(' aria-invalid="true"')
        values[f"described.{problem.name}"] = Markup(f" {escape(problem.name)}-problem")
    if kind.attachments:
        values["uploads"] = upload_rows(pages, files.rows)
    if kind.attachments and files.flaws:
        flaws = (flaw_words(pages.words, kind.attachments, flaw) for flaw in files.flaws)
        messages.append(("files", " ".join(flaws)))
        values["described.files"] = Markup(" files-problem")
    for line in windows:
        # As the script writes it, which else would replace it by the same words.
        look = "notice" if line.late else "note"
        said = Markup('<p class="{}">{}</p>').format(look, line.words)
        values[f"window.{line.question}"] = values.get(f"window.{line.question}", "") + said
    values |= summary_slots(pages, messages)
    values["notice_hidden"] = "" if notice else HIDDEN
    return pages.kinds[kind_id].form.html(values)


def summary_slots(pages: KindPages, messages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The slots of the error summary and of each field's error; `messages` are by field name."""
    slots: dict[str, str] = {}
    summary: list[Markup] = []
    for name, words in messages:
        values = {"name": name, "words": words}
        summary.append(pages.fragments.problem.html(values))
        slots[f"problem.{name}"] = pages.fragments.field_problem.html(values)
    slots["summary_hidden"] = FOCUSED if summary else HIDDEN
    if summary:
        slots["title_prefix"] = pages.words.say("title_prefix")
        slots["problems"] = Markup().join(summary)
    return slots


def upload_rows(pages: KindPages, rows: Iterable[FileRow]) -> Markup:
    """The files that a form has already, each with a box to leave it out."""
    return Markup().join(
        pages.fragments.upload.html(
            {"token": row.token, "name": row.name, "size": size_words(pages.words, row.size)}
        )
        for row in rows
    )

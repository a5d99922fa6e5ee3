"""Pages and mails as the build left them, with slots that only a filing can fill.

A skeleton is a page cut at its slots, so that what a filer gets back is the very page they
opened, under any version, and no template engine runs when a filing is accepted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from functions.cases.files.file_types import Flaw
from functions.cases.ports.scanner import ScanState
from functions.model.answers.submission import Problem, Submission
from functions.model.attachment import Attachment
from functions.model.contract import Contract, Kind, KindId
from functions.model.frozen import Frozen
from functions.model.pages.skeleton import HIDDEN, Skeleton, Values
from functions.model.reference import Milestone
from functions.model.text import Text
from functions.views.words import (
    InWords,
    Words,
    answer_words,
    file_words,
    flaw_words,
    milestone_time,
    milestone_words,
    problem_words,
    size_words,
)

NOTHING = Skeleton(("",))
"""In pages of a contract that takes no files, what would speak of them."""


class KindSkeletons(Frozen):
    """What one kind of filing shows and sends.

    The last ones are None in contracts that were built before them: without `receipt_content` and
    `paper` receipts are neither signed nor drawn, without the others a case can be looked up and
    no more. `handling` is there in the site's first language alone.
    """

    form: Skeleton
    check: Skeleton
    receipt: Skeleton
    receipt_text: Skeleton
    status: Skeleton
    acknowledgement_subject: Skeleton
    acknowledgement_text: Skeleton
    acknowledgement_html: Skeleton
    notice_subject: Skeleton
    notice_text: Skeleton
    undelivered_subject: Skeleton
    undelivered_text: Skeleton
    infected_subject: Skeleton = NOTHING
    infected_text: Skeleton = NOTHING
    receipt_content: Skeleton | None = None
    paper: Skeleton | None = None
    handling: Skeleton | None = None
    update_subject: Skeleton | None = None
    update_text: Skeleton | None = None
    added_subject: Skeleton | None = None
    added_text: Skeleton | None = None


class Fragments(Frozen):
    """Pieces that repeat: one each for an error, an answer, a milestone and so on.

    `history` is a row of a case's timeline, `keep` a limit that staff can tick.
    """

    problem: Skeleton
    field_problem: Skeleton
    answer: Skeleton
    answer_text: Skeleton
    checked_answer: Skeleton
    carried: Skeleton
    mail_doubt: Skeleton
    milestone: Skeleton
    milestone_text: Skeleton
    upload: Skeleton = NOTHING
    history: Skeleton | None = None
    keep: Skeleton | None = None


class KindPages(Frozen):
    """The pages of one contract in one language."""

    words: Words
    fragments: Fragments
    kinds: dict[KindId, KindSkeletons]


class SitePages(Frozen):
    """The pages that belong to no organisation, in one language."""

    words: Words
    track: Skeleton
    notice: Skeleton


@dataclass(frozen=True)
class FileRow:
    """A file that the form has already, and the token that it carries for it."""

    token: str
    name: str
    size: int


@dataclass(frozen=True)
class FormFiles:
    """The files of a form that goes back, and those that it could not keep."""

    rows: tuple[FileRow, ...] = ()
    flaws: tuple[Flaw, ...] = ()


CaseFiles = tuple[tuple[Attachment, ScanState], ...]
"""The files of a case, each with its state."""


def answers_html(
    pages: KindPages, kind: Kind, submission: Submission, files: CaseFiles = ()
) -> Markup:
    """What was received, question by question."""
    return Markup().join(
        pages.fragments.answer.html({"label": label, "value": value})
        for label, value in _answers(pages.words, kind, submission, files, Text.marked)
    )


def answers_text(
    pages: KindPages, kind: Kind, submission: Submission, files: CaseFiles = ()
) -> str:
    """What was received, as plain text."""
    return "".join(
        pages.fragments.answer_text.text({"label": label, "value": value})
        for label, value in _answers(pages.words, kind, submission, files, Text.words)
    )


def _answers(
    words: Words, kind: Kind, submission: Submission, files: CaseFiles, in_words: InWords
) -> list[tuple[str, str]]:
    rows = (
        (in_words(field.label, words.language), answer_words(words, field, submission, in_words))
        for field in kind.fields
    )
    said = ((words.say("file_label"), file_words(words, *file)) for file in files)
    return [(label, value) for label, value in (*rows, *said) if value]


def recused_words(words: Words, kind: Kind, submission: Submission) -> str:
    """Who must not handle the case, with the clause that says so; empty where nobody is named."""
    clause = next((field.clause for field in kind.fields if field.name == "involved"), None)
    if not submission.involved:
        return ""
    names = words.say("list_separator").join(submission.involved.splitlines())
    return words.say("recused", names=names, clause=clause)


def milestones_html(
    pages: KindPages, contract: Contract, dated: tuple[Milestone, ...], site: str = ""
) -> Markup:
    """What happens next, each with its clause."""
    return Markup().join(
        pages.fragments.milestone.html(said | milestone_time(milestone, said["due"]))
        for milestone in dated
        for said in (milestone_words(pages.words, contract, milestone, site, Text.marked),)
    )


def milestones_text(pages: KindPages, contract: Contract, dated: tuple[Milestone, ...]) -> str:
    """What happens next, as plain text."""
    return "".join(
        pages.fragments.milestone_text.text(milestone_words(pages.words, contract, milestone))
        for milestone in dated
    )


def form_page(
    pages: KindPages,
    contract: str,
    kind_id: KindId,
    kind: Kind,
    answers: Values,
    problems: tuple[Problem, ...],
    notice: str = "",
    about: str = "",
    files: FormFiles = FormFiles(),
) -> Markup:
    """The form with every word that was sent, and what is wrong beside each answer.

    `about` is what the page says of itself to programs; an answer has no address to speak of.
    """
    values: dict[str, str] = {"contract": contract, "notice": notice, "about": about}
    for field in kind.fields:
        answer = answers.get(field.name, "")
        values[f"value.{field.name}"] = answer
        if answer:
            values[f"selected.{field.name}.{answer}"] = Markup(" selected")
            values[f"checked.{field.name}.{answer}"] = Markup(" checked")
            values[f"open.{field.name}.{answer}"] = Markup(" open")
    told = [(problem.name, problem_words(pages.words, kind, problem)) for problem in problems]
    for problem in problems:
        values[f"invalid.{problem.name}"] = Markup(' aria-invalid="true"')
        values[f"described.{problem.name}"] = Markup(f" {escape(problem.name)}-problem")
    if kind.attachments:
        values["uploads"] = _uploads(pages, files.rows)
    if kind.attachments and files.flaws:
        flaws = (flaw_words(pages.words, kind.attachments, flaw) for flaw in files.flaws)
        told.append(("files", " ".join(flaws)))
        values["described.files"] = Markup(" files-problem")
    values |= summary_slots(pages, told)
    values["notice_hidden"] = "" if notice else HIDDEN
    return pages.kinds[kind_id].form.html(values)


def summary_slots(pages: KindPages, told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The summary of what is wrong, and the words beside each field, by name and words."""
    slots: dict[str, str] = {}
    summary: list[Markup] = []
    for name, words in told:
        said = {"name": name, "words": words}
        summary.append(pages.fragments.problem.html(said))
        slots[f"problem.{name}"] = pages.fragments.field_problem.html(said)
    slots["summary_hidden"] = "" if summary else HIDDEN
    if summary:
        slots["title_prefix"] = pages.words.say("title_prefix")
        slots["problems"] = Markup().join(summary)
    return slots


def _uploads(pages: KindPages, rows: Iterable[FileRow]) -> Markup:
    return Markup().join(
        pages.fragments.upload.html(
            {"token": row.token, "name": row.name, "size": size_words(pages.words, row.size)}
        )
        for row in rows
    )

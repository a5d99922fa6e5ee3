"""Renders the answers and due dates of a case as HTML and plain text."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from functions.model.answers.submission import Submission
from functions.model.attachment import Attachment, ScanState
from functions.model.contract.kind import Kind
from functions.model.contract.terms import Party
from functions.model.deadlines.milestones import Milestone
from functions.model.pages.page_set import KindPages
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import InWords, Text
from functions.views.wording.date_words import DateWords
from functions.views.wording.milestone_words import milestone_html, milestone_slots
from functions.views.wording.words import answer_words, file_words

CaseFiles = tuple[tuple[Attachment, ScanState], ...]
"""The files of a case, each with its scan state."""


def answers_html(
    pages: KindPages, kind: Kind, submission: Submission, files: CaseFiles = ()
) -> Markup:
    """The answers and files of a case, question by question, as HTML."""
    return Markup().join(
        pages.fragments.answer.html({"label": label, "value": value})
        for label, value in _list_answers(pages.words, kind, submission, files, Text.marked)
    )


def answers_text(
    pages: KindPages, kind: Kind, submission: Submission, files: CaseFiles = ()
) -> str:
    """The answers and files of a case, question by question, as plain text."""
    return "".join(
        pages.fragments.answer_text.text({"label": label, "value": value})
        for label, value in _list_answers(pages.words, kind, submission, files, Text.words)
    )


def written_text(
    words: Vocabulary, kind: Kind | None, sent: Mapping[str, str], files: Iterable[str] = ()
) -> str:
    """Everything that was written into a form, each answer below its question, as plain text.

    Nothing is checked or left out but consents, which mean nothing elsewhere. `files` are names.
    """
    fields = {field.name: field for field in kind.fields} if kind else {}
    parts: list[str] = []
    for name in (*fields, *(name for name in sent if name not in fields)):
        field, value = fields.get(name), sent.get(name, "")
        if not value.strip() or (field and field.input == "consent"):
            continue
        chosen = next((one for one in field.choices if one.value == value), None) if field else None
        value = chosen.label.words(words.language) if chosen else value
        parts.append(f"{field.label.words(words.language)}\n{value}" if field else value)
    parts += [f"{words.say('file_label')}\n{name}" for name in files]
    return "\n\n".join(parts)


def _list_answers(
    words: Vocabulary, kind: Kind, submission: Submission, files: CaseFiles, in_words: InWords
) -> list[tuple[str, str]]:
    rows = [
        (in_words(field.label, words.language), value)
        for field in kind.fields
        if (value := answer_words(words, field, submission, in_words))
    ]
    return rows + [(words.say("file_label"), file_words(words, *file)) for file in files]


def milestones_html(
    pages: KindPages, dates: DateWords, dated: tuple[Milestone, ...], site: str = ""
) -> Markup:
    """The milestones, each with its clause, as HTML; `site` makes links absolute."""
    rows = (milestone_slots(dates, milestone, site, Text.marked) for milestone in dated)
    return Markup().join(
        pages.fragments.milestone.html(milestone_html(dates, milestone, row))
        for milestone, row in zip(dated, rows, strict=True)
    )


def milestones_text(
    pages: KindPages, dates: DateWords, dated: tuple[Milestone, ...], reader: Party = "filer"
) -> str:
    """The milestones, each with its clause, as plain text for `reader`."""
    rows = (milestone_slots(dates, milestone, reader=reader) for milestone in dated)
    return "".join(pages.fragments.milestone_text.text(row) for row in rows)

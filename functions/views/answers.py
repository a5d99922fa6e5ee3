"""What was received, question by question, and the dates that follow, as pages and texts."""

from markupsafe import Markup

from functions.model.answers.submission import Submission
from functions.model.attachment import Attachment, ScanState
from functions.model.contract.kind import Kind
from functions.model.deadlines.milestones import Milestone
from functions.model.pages.page_set import KindPages
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from functions.views.date_words import DateWords, InWords, milestone_time
from functions.views.words import answer_words, file_words

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
    words: Vocabulary, kind: Kind, submission: Submission, files: CaseFiles, in_words: InWords
) -> list[tuple[str, str]]:
    rows = (
        (in_words(field.label, words.language), answer_words(words, field, submission, in_words))
        for field in kind.fields
    )
    said = ((words.say("file_label"), file_words(words, *file)) for file in files)
    return [(label, value) for label, value in (*rows, *said) if value]


def recused_words(words: Vocabulary, kind: Kind, submission: Submission) -> str:
    """Who must not handle the case, with the clause that says so; empty where nobody is named."""
    clause = next((field.clause for field in kind.fields if field.name == "involved"), None)
    if not submission.involved:
        return ""
    names = words.say("list_separator").join(submission.involved.splitlines())
    return words.say("recused", names=names, clause=clause)


def milestones_html(
    pages: KindPages, dates: DateWords, dated: tuple[Milestone, ...], site: str = ""
) -> Markup:
    """What happens next, each with its clause; `site` makes the links absolute."""
    rows = (dates.milestone(milestone, site, Text.marked) for milestone in dated)
    return Markup().join(
        pages.fragments.milestone.html(row | milestone_time(milestone, row["due"]))
        for milestone, row in zip(dated, rows, strict=True)
    )


def milestones_text(pages: KindPages, dates: DateWords, dated: tuple[Milestone, ...]) -> str:
    """What happens next, as plain text."""
    return "".join(
        pages.fragments.milestone_text.text(dates.milestone(milestone)) for milestone in dated
    )

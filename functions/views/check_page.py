"""The page on which a filer reads all answers again before they are sent."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from functions.model.answers.input_warnings import InputWarning
from functions.model.answers.submission import SOMEBODY_ELSE, Submission
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.pages.page_set import KindPages
from functions.model.pages.slot_template import HIDDEN
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from functions.views.form_page import FileRow
from functions.views.words import answer_words, size_words

_OF_SOMEBODY_ELSE = ("represented", "capacity")
"""Questions that are for representatives alone."""


def check_page(
    pages: KindPages,
    kind_id: KindId,
    kind: Kind,
    submission: Submission,
    carried: Iterable[tuple[str, str]],
    doubted: tuple[InputWarning, ...],
    files: tuple[FileRow, ...],
    notice: str = "",
) -> Markup:
    """Every question with its answer, and what looks like a slip.

    Nothing is stored yet: `carried` is everything that was sent, name by name, and goes along
    in the page.
    """
    fragments = pages.fragments
    mail = next((doubt.meant for doubt in doubted if doubt.meant), None)
    values = {
        "carried": Markup().join(
            fragments.carried.html({"name": name, "value": value})
            for name, value in (*carried, *(("upload", file.token) for file in files))
        ),
        "answers": Markup().join(
            fragments.checked_answer.html(row)
            for row in (
                *_rows(pages.words, kind, submission, doubted),
                *_file_rows(pages.words, files),
            )
        ),
        "notice": notice,
        "notice_hidden": "" if notice else HIDDEN,
        "doubt": _mail_doubt(pages, submission.email or "", mail) if mail else "",
    }
    return pages.kinds[kind_id].check.html(values)


def _mail_doubt(pages: KindPages, given: str, meant: str) -> Markup:
    """The question whether the other address was meant, with a button for either answer."""
    said = {
        message: pages.words.say(message, given=given, meant=meant)
        for message in ("doubt_email", "use_meant", "keep_given")
    }
    return pages.fragments.mail_doubt.html(said)


def _rows(
    words: Vocabulary, kind: Kind, submission: Submission, doubted: tuple[InputWarning, ...]
) -> Iterator[dict[str, str]]:
    """The slots of each question that this filer was asked."""
    remarks: dict[str, str] = {
        doubt.name: words.say(f"doubt_{doubt.name}") for doubt in doubted if not doubt.meant
    }
    for field in kind.fields:
        answer = answer_words(words, field, submission, Text.marked)
        if not answer and field.name in _OF_SOMEBODY_ELSE and not _represents(submission):
            continue
        remark = remarks.get(field.name, "")
        yield {
            "name": field.name,
            "label": field.label.marked(words.language),
            "value": answer or words.say("no_answer"),
            "remark": remark,
            "remark_hidden": "" if remark else HIDDEN,
        }


def _file_rows(words: Vocabulary, files: tuple[FileRow, ...]) -> Iterator[dict[str, str]]:
    for file in files:
        yield {
            "name": "files",
            "label": words.say("file_label"),
            "value": f"{file.name}, {size_words(words, file.size)}",
            "remark": "",
            "remark_hidden": HIDDEN,
        }


def _represents(submission: Submission) -> bool:
    return submission.acting_for == SOMEBODY_ELSE

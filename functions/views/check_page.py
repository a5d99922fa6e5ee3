"""Renders the check page, on which a filer reviews all answers before sending them."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from functions.model.answers.input_warnings import InputWarning
from functions.model.answers.submission import SOMEBODY_ELSE, Submission
from functions.model.contract.kind import Kind
from functions.model.contract.terms import FieldName, KindId
from functions.model.pages.page_set import KindPages
from functions.model.pages.slot_template import HIDDEN
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from functions.views.form_page import FileRow
from functions.views.wording.citations import bracketed
from functions.views.wording.words import answer_words, size_words

FOR_REPRESENTATIVES: tuple[FieldName, ...] = ("represented", "capacity", "representative")
"""Questions for representatives only."""


def check_page(
    pages: KindPages,
    kind_id: KindId,
    kind: Kind,
    submission: Submission,
    carried: Iterable[tuple[str, str]],
    doubted: tuple[InputWarning, ...],
    files: tuple[FileRow, ...],
    notice: str = "",
    late: str = "",
) -> Markup:
    """The check page: every question with its answer, and warnings about likely typos.

    `late` says that the time to file has ended, for filers whose browser runs no script.

    Nothing is stored yet: the page carries everything that was sent in hidden fields, `carried`
    by name and value.
    """
    fragments = pages.fragments
    meant = next((doubt.meant for doubt in doubted if doubt.meant), None)
    values = {
        "carried": Markup().join(
            fragments.carried.html({"name": name, "value": value})
            for name, value in (*carried, *(("upload", file.token) for file in files))
        ),
        "answers": Markup().join(
            fragments.checked_answer.html(row)
            for row in (
                *_fill_rows(pages.words, kind, submission, doubted),
                *_fill_file_rows(pages.words, files),
            )
        ),
        "notice": notice,
        "notice_hidden": "" if notice else HIDDEN,
        "late": late,
        "late_hidden": "" if late else HIDDEN,
        "doubt": _ask_meant(pages, submission.email or "", meant) if meant else "",
    }
    return pages.kinds[kind_id].check.html(values)


def _ask_meant(pages: KindPages, typed: str, meant: str) -> Markup:
    """Asks whether `meant` is the right address, with a button for either answer."""
    slots = {
        message: pages.words.say(message, given=typed, meant=meant)
        for message in ("doubt_email", "use_meant", "keep_given")
    }
    return pages.fragments.mail_doubt.html(slots)


def _fill_rows(
    words: Vocabulary, kind: Kind, submission: Submission, doubted: tuple[InputWarning, ...]
) -> Iterator[dict[str, str]]:
    """Yields the slots of each question that applies to this filer."""
    remarks: dict[str, str] = {
        doubt.name: words.say(f"doubt_{doubt.name}") for doubt in doubted if not doubt.meant
    }
    for field in kind.fields:
        answer = answer_words(words, field, submission, Text.marked)
        if not answer and field.name in FOR_REPRESENTATIVES and not _represents(submission):
            continue
        remark = remarks.get(field.name, "")
        yield {
            "name": field.name,
            "label": field.label.marked(words.language),
            "value": answer or words.say("no_answer"),
            "remark": remark,
            "remark_hidden": "" if remark else HIDDEN,
        }


def _fill_file_rows(words: Vocabulary, files: tuple[FileRow, ...]) -> Iterator[dict[str, str]]:
    for file in files:
        yield {
            "name": "files",
            "label": words.say("file_label"),
            "value": file.name + bracketed(words, size_words(words, file.size)),
            "remark": "",
            "remark_hidden": HIDDEN,
        }


def _represents(submission: Submission) -> bool:
    return submission.acting_for == SOMEBODY_ELSE

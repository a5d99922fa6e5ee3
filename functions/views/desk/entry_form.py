"""The form in which staff enter what somebody said, brought or wrote: the questions of the site."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from functions.model.answers.input_warnings import InputWarning
from functions.model.answers.submission import Submission
from functions.model.contract.form import Choice, FormField
from functions.model.contract.kind import Kind
from functions.model.contract.procedure import Way
from functions.model.contract.terms import Input
from functions.model.pages.page_set import KindPages
from functions.views.form_page import FileRow
from functions.views.wording.citations import cite
from functions.views.wording.words import answer_words, size_words


@dataclass(frozen=True)
class EntryChoice:
    """One answer of a choice."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class EntryQuestion:
    """A question of the form of this kind, with the answer that goes back into it.

    `longest` counts characters. `groups` are the answers of a choice under their headings; the
    first heading may be empty.
    """

    name: str
    input: Input
    label: str
    is_required: bool
    longest: int
    clause: str
    value: str
    groups: tuple[tuple[str, tuple[EntryChoice, ...]], ...]
    problem: str


@dataclass(frozen=True)
class EntryWay:
    """A channel by which the filing can have come, by which clause."""

    id: str
    name: str
    clause: str
    is_chosen: bool


def entry_questions(
    pages: KindPages, kind: Kind, values: Mapping[str, str], problems: Mapping[str, str]
) -> tuple[EntryQuestion, ...]:
    """The questions in the order of the site's form; `problems` are words by field name."""
    return tuple(_question(pages, field, values, problems) for field in kind.fields)


def _question(
    pages: KindPages, field: FormField, values: Mapping[str, str], problems: Mapping[str, str]
) -> EntryQuestion:
    words, value = pages.words, values.get(field.name, "")
    return EntryQuestion(
        name=field.name,
        input=field.input,
        label=field.label.words(words.language),
        is_required=field.required,
        longest=field.longest,
        clause=cite(words, field.clause) if field.clause else "",
        value=value,
        groups=tuple(_grouped(field.choices, value, words.language)),
        problem=problems.get(field.name, ""),
    )


def _grouped(
    choices: Iterable[Choice], value: str, language: str
) -> Iterator[tuple[str, tuple[EntryChoice, ...]]]:
    for group, found in groupby(choices, key=lambda choice: choice.group):
        name = group.words(language) if group else ""
        yield (
            name,
            tuple(
                EntryChoice(each.value, each.label.words(language), each.value == value)
                for each in found
            ),
        )


def entry_ways(
    pages: KindPages, ways: tuple[Way, ...], values: Mapping[str, str]
) -> tuple[EntryWay, ...]:
    """The channels that the procedure names; the only one is chosen."""
    wanted = values.get("channel", ways[0].id if len(ways) == 1 else "")
    words = pages.words
    return tuple(
        EntryWay(way.id, way.name.words(words.language), cite(words, way.clause), way.id == wanted)
        for way in ways
    )


def read_back_rows(
    pages: KindPages, kind: Kind, submission: Submission, files: tuple[FileRow, ...]
) -> tuple[tuple[str, str], ...]:
    """What is read back to the caller: each question that was answered, with its answer."""
    words = pages.words
    rows = (
        (field.label.words(words.language), answer_words(words, field, submission))
        for field in kind.fields
        if field.input != "consent"
    )
    listed = (
        (words.say("file_label"), f"{file.name}, {size_words(words, file.size)}") for file in files
    )
    return tuple(row for row in (*rows, *listed) if row[1])


def doubt_words(
    pages: KindPages, submission: Submission, warnings: Iterable[InputWarning]
) -> tuple[str, ...]:
    """What may be a slip, and is asked about while the caller is still there."""
    words = pages.words
    return tuple(
        words.say("doubt_email", given=submission.email, meant=warning.meant)
        if warning.meant
        else words.say(f"doubt_{warning.name}")
        for warning in warnings
    )

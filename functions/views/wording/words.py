"""Puts limits, dates, answers, files and problems into words of one language."""

from datetime import date

from functions.model.answers.submission import AnswerProblem, Submission
from functions.model.attachment import (
    FORM_MEGABYTES,
    MEGABYTE,
    Attachment,
    AttachmentRules,
    Flaw,
    ScanState,
)
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import InWords, Text


def answer_words(
    words: Vocabulary, field: FormField, submission: Submission, in_words: InWords = Text.words
) -> str:
    """An answer as people read it; empty if there is none.

    A missing name is shown as anonymous.
    """
    value = submission.value(field.name)
    if value is None and field.name == "name":
        return words.say("anonymous")
    if value is None or value is False:
        return ""
    if value is True:
        return words.say("yes")
    if isinstance(value, date):
        return words.day(value)
    for choice in field.choices:
        if choice.value == value:
            label = in_words(choice.label, words.language)
            if choice.group is None:
                return label
            group = in_words(choice.group, words.language)
            nested = words.messages["nested"]
            return type(label)(nested).format(group=group, label=label)
    return str(value)


def file_words(words: Vocabulary, file: Attachment, state: ScanState) -> str:
    """A file of a case: its name, size and hash, which identifies it.

    A cleared file reads the same as a waiting one, so that a receipt does not change.
    """
    message = "file_infected" if state == "infected" else "file_taken"
    return words.say(message, name=file.name, size=size_words(words, file.size), hash=file.sha256)


def size_words(words: Vocabulary, size: int) -> str:
    """A size in bytes as kilobytes or megabytes (decimal)."""
    if size < MEGABYTE:
        return words.say("kilobytes", value=max(1, round(size / 1000)))
    return words.say("megabytes", value=f"{size / MEGABYTE:.1f}")


def type_words(words: Vocabulary, rules: AttachmentRules) -> str:
    """The types that a form takes: `photos (JPEG, PNG), videos (MP4)`."""
    separator = words.say("list_separator")
    return separator.join(
        words.say(f"types_{group}", names=separator.join(names))
        for group, names in rules.type_names.items()
    )


def file_limit_words(words: Vocabulary, rules: AttachmentRules, with_form: bool = False) -> str:
    """How many files a form takes, and how large; see `AttachmentRules.limit`."""
    form, numbers = rules.limit(with_form)
    return words.say(f"limit_{form}", **numbers)


def flaw_words(words: Vocabulary, rules: AttachmentRules, flaw: Flaw) -> str:
    """What is wrong with a file, and how to correct it."""
    return words.say(
        f"file_{flaw.code}" if flaw.file or flaw.code != "gone" else "file_gone_unnamed",
        name=flaw.file,
        most=rules.most,
        megabytes=rules.megabytes,
        together=FORM_MEGABYTES,
        types=type_words(words, rules),
        taken=words.say("types_taken", types=type_words(words, rules)),
        limit=file_limit_words(words, rules, with_form=flaw.code == "too_large_together"),
    )


def problem_words(words: Vocabulary, kind: Kind, problem: AnswerProblem) -> str:
    """What is wrong with an answer, and how to correct it."""
    for field in kind.fields:
        if field.name == problem.name:
            label = field.label.words(words.language)
            is_choice = problem.code == "required" and field.input == "choice"
            code = "choose" if is_choice else problem.code
            return words.say(f"problem_{code}", label=label, longest=field.longest)
    return words.say("problem_" + problem.code, label=problem.name, longest=0)

"""Puts limits, dates, answers, files and problems into words of one language."""

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from functions.model.answers.submission import AnswerProblem, Submission
from functions.model.attachment import MEGABYTE, Attachment, AttachmentRules, Flaw, ScanState
from functions.model.contract.contract import Contract
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Milestone
from functions.model.language import Language, path_prefix
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text

InWords = Callable[[Text, Language], str]
"""Renders a text of the policy in a language: `Text.words`, or for HTML `Text.marked`."""


def limit_words(words: Vocabulary, limit: Limit) -> str:
    """The limit in words: `5 working days from …`."""
    length = words.length(limit.value, limit.unit, limit.recurring)
    return words.say("limit", length=length, event=words.say("from_" + limit.starts))


def note_words(words: Vocabulary, contract: Contract, due: Due) -> str:
    """Which days were skipped and why, and whether the date is provisional."""
    skipped = words.say("list_separator").join(
        words.say(
            "skipped_day",
            date=words.say("short_date", month=skip.day.month, day=skip.day.day),
            reason=words.say("weekend")
            if skip.reason == "weekend"
            else contract.calendar.names[skip.reason].words(words.language),
        )
        for skip in due.skipped
    )
    notes = [words.say("skipped", days=skipped)] if skipped else []
    if due.provisional:
        years = contract.calendar
        code, year = ("", years.last) if due.day.year > years.last else ("_past", years.first)
        notes.append(words.say(f"provisional{code}", year=year))
    return " ".join(notes)


def answer_words(
    words: Vocabulary, field: FormField, submission: Submission, in_words: InWords = Text.words
) -> str:
    """An answer as people read it; empty if there is none.

    A missing name is shown as anonymous.
    """
    value = getattr(submission, field.name)
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


def milestone_words(
    words: Vocabulary,
    contract: Contract,
    milestone: Milestone,
    site: str = "",
    in_words: InWords = Text.words,
) -> dict[str, str]:
    """The slots of a milestone; `site` (the site's URL) makes its link absolute."""
    limit = milestone.limit
    page = (
        f"{site}{path_prefix(words.language)}/{contract.organisation}/versions/{contract.version}/"
    )
    note = note_words(words, contract, milestone.due) if milestone.due else ""
    if limit.note:
        limit_note = in_words(limit.note, words.language)
        note = type(limit_note)(" ").join(filter(None, (limit_note, note)))
    late = words.say("late") if milestone.late else ""
    note_text = " ".join(filter(None, (late, note)))
    return {
        "action": in_words(limit.action, words.language),
        "role": in_words(limit.role, words.language) if limit.role else words.say(limit.party),
        "clause": limit.clause,
        "href": f"{page}#clause-{limit.clause}",
        "limit": limit_words(words, limit),
        "due": words.due(milestone.due) if milestone.due else words.say("not_yet"),
        "late": late,
        "note": note,
        "note_text": f"\n  {note_text}" if note_text else "",
    }


def milestone_time(milestone: Milestone, due: str) -> dict[str, str]:
    """The slots that give programs the due moment (ISO 8601), shown to people as `due`."""
    if milestone.due is None:
        return {"when": due}
    moment = milestone.due.at.isoformat()
    return {
        # Templates of older contracts have their own <time> element and need only its attribute.
        "datetime": Markup(' datetime="{}"').format(moment),
        "when": Markup('<time datetime="{}">{}</time>').format(moment, due),
    }


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


def flaw_words(words: Vocabulary, rules: AttachmentRules, flaw: Flaw) -> str:
    """What is wrong with a file, and how to correct it."""
    return words.say(
        f"file_{flaw.code}" if flaw.file or flaw.code != "gone" else "file_gone_unnamed",
        name=flaw.file,
        most=rules.most,
        megabytes=rules.megabytes,
        types=rules.type_names,
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

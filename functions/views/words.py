"""What the functions say, in the words of one language."""

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from functions.model.answers.submission import AnswerProblem, Submission
from functions.model.attachment import MEGABYTE, Attachment, AttachmentRules, Flaw, ScanState
from functions.model.contract.contract import Contract
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Milestone
from functions.model.language import Language, path_prefix
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text

InWords = Callable[[Text, Language], str]
"""Says a text of the policy in a language: `Text.words`, or for a page `Text.marked`."""


def due_words(words: Vocabulary, milestone: Milestone) -> str:
    """When it ends, as far as anybody can know."""
    if milestone.due:
        return words.due(milestone.due)
    return words.say("no_last_day" if milestone.limit.starts == "unstated" else "not_yet")


def note_words(words: Vocabulary, contract: Contract, due: Due) -> str:
    """Which days were skipped and why, and whether the date could still move."""
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
        known = contract.calendar
        code, year = ("", known.last) if due.day.year > known.last else ("_past", known.first)
        notes.append(words.say(f"provisional{code}", year=year))
    return " ".join(notes)


def answer_words(
    words: Vocabulary, field: FormField, submission: Submission, in_words: InWords = Text.words
) -> str:
    """An answer as a person reads it; empty where there is none.

    Whoever leaves their name out is anonymous, which is an answer.
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
    """What is said of a milestone, slot by slot; `site` makes its link absolute."""
    limit = milestone.limit
    page = (
        f"{site}{path_prefix(words.language)}/{contract.organisation}/versions/{contract.version}/"
    )
    note = note_words(words, contract, milestone.due) if milestone.due else ""
    if limit.note:
        said = in_words(limit.note, words.language)
        note = type(said)(" ").join(filter(None, (said, note)))
    late = words.say("late") if milestone.late else ""
    note_text = " ".join(filter(None, (late, note)))
    return {
        "action": in_words(limit.action, words.language),
        "role": in_words(limit.role, words.language) if limit.role else words.say(limit.party),
        "clause": limit.clause,
        "href": f"{page}#clause-{limit.clause}",
        "limit": words.limit(limit),
        "due": due_words(words, milestone),
        "late": late,
        "note": note,
        "note_text": f"\n  {note_text}" if note_text else "",
    }


def milestone_time(milestone: Milestone, due: str) -> dict[str, str]:
    """The slots of a page that give a program the moment which people read as `due`."""
    if milestone.due is None:
        return {"when": due}
    moment = milestone.due.at.isoformat()
    return {
        # Contracts of before have the element of their own, with this attribute.
        "datetime": Markup(' datetime="{}"').format(moment),
        "when": Markup('<time datetime="{}">{}</time>').format(moment, due),
    }


def file_words(words: Vocabulary, file: Attachment, state: ScanState) -> str:
    """A file of a case: its name, size and hash, by which anybody can know it again.

    Whether a scan has cleared it is not said: a receipt stays the same.
    """
    said = "file_infected" if state == "infected" else "file_taken"
    return words.say(said, name=file.name, size=size_words(words, file.size), hash=file.sha256)


def size_words(words: Vocabulary, size: int) -> str:
    """A size in bytes as people read it."""
    if size < MEGABYTE:
        return words.say("kilobytes", value=max(1, round(size / 1000)))
    return words.say("megabytes", value=f"{size / MEGABYTE:.1f}")


def flaw_words(words: Vocabulary, rules: AttachmentRules, flaw: Flaw) -> str:
    """What is wrong with a file and what to do about it."""
    return words.say(
        f"file_{flaw.code}" if flaw.file or flaw.code != "gone" else "file_gone_unnamed",
        name=flaw.file,
        most=rules.most,
        megabytes=rules.megabytes,
        types=rules.type_names,
    )


def problem_words(words: Vocabulary, kind: Kind, problem: AnswerProblem) -> str:
    """What is wrong with an answer and what to do about it."""
    for field in kind.fields:
        if field.name == problem.name:
            label = field.label.words(words.language)
            chosen = problem.code == "required" and field.input == "choice"
            code = "choose" if chosen else problem.code
            return words.say(f"problem_{code}", label=label, longest=field.longest)
    return words.say("problem_" + problem.code, label=problem.name, longest=0)

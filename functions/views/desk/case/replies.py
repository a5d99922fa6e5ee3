"""Fills what an organisation has ready to write with the facts of one case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.model.desk.reply import SLOT, ReplyTemplate
from functions.views.case_file import CaseFile


@dataclass(frozen=True)
class ReadyReply:
    """A reply to this filer: its name for staff, and its text with nothing left open."""

    id: str
    name: str
    words: str


def ready_replies(
    templates: Iterable[ReplyTemplate], file: CaseFile, filers: CaseFile
) -> Iterator[ReadyReply]:
    """The replies that suit the case; `filers` is its file in the filer's language.

    One that says what the case does not have, such as the latest day of an answer to a case that
    was answered, does not suit it.
    """
    facts = _facts(filers)
    for template in templates:
        words = template.words.words(filers.pages.words.language)
        if all(facts.get(slot) for slot in SLOT.findall(words)):
            said = SLOT.sub(lambda slot: facts[slot[1]], words)
            yield ReadyReply(template.id, template.name.words(file.pages.words.language), said)


def _facts(file: CaseFile) -> dict[str, str]:
    """What each of `SLOTS` stands for; empty where the case has no such thing."""
    answer = file.progress.answer
    due = answer.certain.due if answer and answer.certain else None
    return {
        "reference": file.case.reference,
        "received": file.pages.words.day(file.local(file.case.received_at).date()),
        "latest_answer": file.dates.due(due) if due and not due.provisional else "",
    }

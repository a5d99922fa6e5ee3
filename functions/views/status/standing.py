"""Says in sentences where a case stands: who has it, and what must be done next by when."""

from functions.model.case_log import CaseAct, standing_answer
from functions.model.deadlines.milestones import Milestone
from functions.model.pages.slot_template import HIDDEN
from functions.model.text import InWords, Text
from functions.views.case_file import CaseFile
from functions.views.wording.milestone_words import milestone_sentence
from functions.views.wording.sentences import midway, subject


def standing_slots(file: CaseFile, in_words: InWords = Text.marked) -> dict[str, str]:
    """The slots of both sentences, of the first without its full stop, too, as a heading.

    The second is hidden where nothing has a last day.

    None for contracts of before 0.2.0, whose pages have no place for them.
    """
    if "now_with" not in file.pages.words.messages:
        return {}
    ahead = next_limit(file)
    words = file.pages.words
    standing = _standing(file, in_words)
    said = words.say("sentence", words=milestone_sentence(file.dates, ahead)) if ahead else ""
    return {
        "standing": standing,
        "standing_sentence": type(standing)(words.messages["sentence"]).format(words=standing),
        "ahead": said,
        "ahead_hidden": "" if said else HIDDEN,
    }


def next_limit(file: CaseFile) -> Milestone | None:
    """What the organisation must do next, by its last day; None if that is over or unknown."""
    if file.progress.state in ("closed", "withdrawn"):
        return None
    ahead = [
        step.milestone
        for step in file.progress.open_steps
        if step.milestone.due and not (step.milestone.limit.is_conditional or step.overdue)
    ]
    return min(ahead, key=lambda each: each.due.at if each.due else file.now, default=None)


def _standing(file: CaseFile, in_words: InWords) -> str:
    words = file.pages.words
    kind = midway(words, in_words(file.kind.name, words.language))
    names = [in_words(role, words.language) for role in file.holder.roles]
    roles = type(kind)(words.say("list_separator")).join(
        type(name)(midway(words, subject(words, name))) for name in names
    )
    ended = _ended(file)
    if ended is not None:
        day = file.local(ended.at).date()
        message = "now_refused" if ended.act == "not_accepted" else f"now_{file.progress.state}"
    else:
        day = file.local(file.holder.since).date()
        message = "now_with_today" if day == file.today else "now_with"
    said = type(kind)(words.messages[message])
    return said.format(kind=kind, roles=roles, date=words.day(day))


def _ended(file: CaseFile) -> CaseAct | None:
    """The act that answered, closed or withdrew the case; None while it is in hand."""
    happened, state = file.progress.happened, file.progress.state
    if state == "answered":
        return standing_answer(happened)
    if state in ("closed", "withdrawn"):
        return next((act for act in reversed(happened) if act.act == state), None)
    return None

"""Says in sentences how a case stands: who has it, what comes next until when, and the answer."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from functions.model.case_log import OVER, CaseAct, is_waiting
from functions.model.contract.terms import FilerAct, StaffAct
from functions.model.pages.slot_template import HIDDEN
from functions.model.pages.vocabulary import Vocabulary
from functions.model.progress import LimitProgress
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.filer_dates import owed_next
from functions.views.wording.limits.sentence import after_filing
from functions.views.wording.sentences import bold, midway, subject

_ENDS: dict[str, tuple[StaffAct | FilerAct, ...]] = {
    "closed": ("closed",),
    "withdrawn": ("withdrawn",),
    "answered": ("decision", "not_accepted"),
    "review": ("review_requested",),
}
"""The acts that bring a case into a state, by state."""

_TURNS: tuple[StaffAct, ...] = ("accepted", "not_accepted", "referred", "extended")
"""What is told of a case that is being handled, the last of them."""


_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{1,2} [A-Z][a-z]+ \d{4}")


def says_standing(words: Vocabulary) -> bool:
    """Whether the page says how the case stands; contracts before 0.2.0 have a table of facts."""
    return "standing_with" in words.messages


def standing_slots(file: CaseFile) -> dict[str, str]:
    """The slots that say how the case stands; none in the words of contracts that lack them.

    What is said of the time to file is apart: that the filing came in time is past, and that it
    came late is told once.
    """
    if not says_standing(file.pages.words):
        return {}
    windows = [each for each in file.dated if each.limit.is_window]
    said = {each: file.dates.window(each, named=len(windows) > 1) for each in windows}
    gap = file.pages.words.between_sentences
    state, *more = (_unbroken(each) for each in _sentences(file))
    late = gap.join(words for each, words in said.items() if each.late and words)
    kept = gap.join(words for each, words in said.items() if not each.late and words)
    return {
        "standing": state,
        "standing_more": Markup(gap).join(more),
        "standing_more_hidden": "" if more else HIDDEN,
        "late_filing": late,
        "late_filing_hidden": "" if late else HIDDEN,
        "received_on": file.dates.moment(file.local(file.case.received_at)),
        "time_to_file": kept,
        "time_to_file_hidden": "" if kept else HIDDEN,
    }


def _unbroken(sentence: str) -> Markup:
    """The sentence, each of whose dates stays on one line."""
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(sentence))))


def _sentences(file: CaseFile) -> Iterator[str]:
    """The state first, then who has it, what is owed next and the latest answer, each in one."""
    state = file.progress.state
    yield from _state(file)
    if state in OVER:
        return
    owed = owed_next(file.progress, file.holder.roles)
    stopped = next((step for step in file.progress.open_steps if step.milestone.stopped), None)
    if owed is not None:
        yield _duty(file, owed)
    elif stopped is not None:
        yield _say(file, "sentence", words=file.dates.undated(stopped.milestone))
    yield from _answer(file, owed)


def _state(file: CaseFile) -> Iterator[str]:
    happened, state = file.progress.happened, file.progress.state
    if state in _ENDS:
        ended = _last(happened, _ENDS[state])
        if ended is not None:
            refused = ended.act == "not_accepted"
            yield _on(file, "not_accepted" if refused else state, ended)
    if state in OVER:
        return
    if is_waiting(happened) and (asked := _last(happened, ("asked",))):
        yield _on(file, "asked", asked)
    elif state not in _ENDS and (turn := _last(happened, _TURNS)):
        yield _on(file, turn.act, turn)
    yield _holder(file)


def _holder(file: CaseFile) -> str:
    """Who has the case, as a sentence; several roles, too."""
    words = file.pages.words
    roles = [role.marked(words.language) for role in file.holder.roles]
    names = [type(role)(subject(words, role)) for role in roles]
    since = words.day(file.local(file.holder.since).date())
    if file.progress.state == "received" and len(names) == 1:
        return _say(file, "standing_received", who=names[0], date=since)
    who = [type(name)(midway(words, name)) for name in names]
    joined = Markup(words.say("list_separator")).join(who)
    return _say(file, "standing_with", who=joined, date=since)


def _duty(file: CaseFile, owed: LimitProgress) -> str:
    duty = after_filing(file.dates, owed.milestone, Text.marked, bold)
    if owed.overdue and owed.lateness:
        late = file.dates.late_by(owed.lateness)
        return _say(file, "standing_overdue", duty=duty, late=late)
    return _say(file, "sentence", words=duty)


def _answer(file: CaseFile, owed: LimitProgress | None) -> Iterator[str]:
    """By when there must be an answer, unless that is what is owed next."""
    answer = file.progress.answer
    if answer is None:
        return
    certain, possible = answer.certain, answer.possible
    if answer.undated:
        return
    if certain is None and possible is None:
        yield _say(file, "answer_unset")
        return
    told = owed is not None and certain is not None and owed.milestone.limit.id == certain.limit.id
    if certain is not None and certain.due is not None and not told:
        message = "standing_answer_open" if certain.due.provisional else "standing_answer"
        yield _say(file, message, due=file.dates.due(certain.due))
    if possible is not None and possible.due is not None and possible != certain:
        longer = after_filing(file.dates, possible, Text.marked, bold)
        yield _say(file, "sentence", words=longer)


def _on(file: CaseFile, name: str, act: CaseAct) -> str:
    """A sentence with the day on which something happened, as far as staff say so."""
    day = act.moment(ZoneInfo(file.contract.timezone)).date()
    return _say(file, f"standing_{name}", date=file.pages.words.day(day))


def _say(file: CaseFile, message: str, **values: object) -> str:
    """A message about the case; its kind is named as inside a sentence."""
    words = file.pages.words
    kind = midway(words, file.kind.name.marked(words.language))
    return words.say(message, kind=kind, **values)


def _last(happened: tuple[CaseAct, ...], acts: tuple[StaffAct | FilerAct, ...]) -> CaseAct | None:
    return next((act for act in reversed(happened) if act.act in acts), None)

"""Says the time limits that a mail reminds of: what must be done, by when or how late, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from functions.model.deadlines.lateness import Lateness
from functions.model.desk.stages import StageName
from functions.model.progress import LimitProgress
from functions.views.case_file import CaseFile
from functions.views.desk.words import DeskWords, _
from functions.views.wording.citations import bracketed, cite
from functions.views.wording.limits.sentence import for_staff
from functions.views.wording.milestone_words import limit_duty, limit_words

_ESCALATED = "escalated"

_GROUPS: dict[str, str] = {
    "overdue": _("Overdue"),
    _ESCALATED: _("Overdue, escalated to you"),
    "today": _("Due today"),
    "near": _("Due soon"),
}
"""The headings, in the order in which the groups stand."""

_COLOURS: dict[str, str] = {"overdue": "#d03030", _ESCALATED: "#d03030", "today": "#c77700"}
"""The line beside what is late or due; it shows on white and on black, and words say the same."""

_FOLLOWED = _("You follow how this is handled ({clause}); whoever owes it was told.")
_NOT_FOLLOWED = _(
    "The procedure names nobody who follows how this is handled; whoever owes it was told."
)


@dataclass(frozen=True)
class ReminderLine:
    """A time limit that somebody is told of: its case, its stage, and where the case opens.

    A `sealed` link opens the case by itself. `escalated` means that the reader does not owe it but
    follows how the case is handled, by the clause `followed_by` if there is one.
    """

    file: CaseFile
    step: LimitProgress
    stage: StageName
    link: str
    sealed: bool = False
    escalated: bool = False
    followed_by: str | None = None

    @property
    def group(self) -> str:
        """The heading that it stands under."""
        return _ESCALATED if self.escalated else self.stage


@dataclass(frozen=True)
class ReminderEntry:
    """A line in words."""

    title: str
    duty: str
    when: str
    limit: str
    why: str
    link: str


@dataclass(frozen=True)
class ReminderGroup:
    """The lines under one heading, with the colour of the line beside them."""

    heading: str
    colour: str
    entries: tuple[ReminderEntry, ...]


def reminder_groups(lines: tuple[ReminderLine, ...], words: DeskWords) -> Iterator[ReminderGroup]:
    """The lines under their headings, which say how many there are unless there is one in all."""
    for group, heading in _GROUPS.items():
        entries = tuple(_entry(line, words) for line in lines if line.group == group)
        if entries:
            said = words.translated(heading)
            if len(lines) > 1:
                said = words.say(_("{heading} ({count})"), heading=said, count=len(entries))
            yield ReminderGroup(said, _COLOURS.get(group, "#888888"), entries)


def _entry(line: ReminderLine, words: DeskWords) -> ReminderEntry:
    """One line: which case, what must be done, by when or how late, and by which limit."""
    file, limit = line.file, line.step.milestone.limit
    dates, language = file.dates, file.pages.words.language
    if line.stage == "overdue":
        halves = limit_duty(dates, limit, "organisation")
        said = dates.words.say("duty", who=halves.who, does=halves.does)
    else:
        said = for_staff(dates, line.step.milestone, file.today.year)
    return ReminderEntry(
        title=words.say(
            _("{reference} · {kind}"),
            reference=file.case.reference,
            kind=file.kind.name.words(language),
        ),
        duty=dates.words.say("sentence", words=said),
        when=_when(line, words),
        limit=limit_words(dates, limit) + bracketed(dates.words, cite(dates.words, limit.clause)),
        why=_why(line, words),
        link=line.link,
    )


def _when(line: ReminderLine, words: DeskWords) -> str:
    """How late it is, or the time left if that is short; the sentence itself says until when."""
    dates, due = line.file.dates, line.step.milestone.due
    assert due is not None, "a stage has a date"
    if line.stage == "overdue":
        return dates.progress(line.step)
    if not line.step.milestone.limit.is_exact:
        return ""
    minutes = int((due.at - line.file.now).total_seconds()) // 60
    return words.say(_("{time} left."), time=dates.late_by(Lateness(minutes, "minute")))


def _why(line: ReminderLine, words: DeskWords) -> str:
    """Why it is escalated to the reader; empty if they owe it."""
    if not line.escalated:
        return ""
    if line.followed_by is None:
        return words.translated(_NOT_FOLLOWED)
    return words.say(_FOLLOWED, clause=cite(line.file.pages.words, line.followed_by))

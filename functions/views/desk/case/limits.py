"""The limits of a case that are still open, each by itself, and how late it is in its own unit."""

from dataclasses import dataclass

from markupsafe import Markup

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Party
from functions.model.deadlines.counting import Due
from functions.model.progress import LimitProgress
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.desk.case.clauses import ClauseMark, clause_mark
from functions.views.timeline import step_standing
from functions.views.wording.milestone_words import condition_words, limit_duty, limit_words
from functions.views.wording.sentences import duty_html, midway


@dataclass(frozen=True)
class LimitRow:
    """A limit: who must do what, how long they have, until when, and what became of it.

    `standing` is as `step_standing` says. `late` is how late it is, in its own unit; empty if it
    is not. `note` says which days were passed over and why.
    """

    id: str
    party: Party
    duty: Markup
    length: str
    clause: ClauseMark
    standing: str
    when: str
    late: str
    condition: str
    note: str


@dataclass(frozen=True)
class KeptLimit:
    """A limit that an act kept: what had to be done, by which clause, and how late it was done."""

    duty: Markup
    clause: ClauseMark
    said: str
    is_late: bool


def limit_sentence(file: CaseFile, limit: Limit) -> Markup:
    """Who must do what by a limit, as staff read it."""
    halves = limit_duty(file.dates, limit, "organisation", Text.marked)
    return duty_html(file.pages.words, halves)


def open_limits(file: CaseFile) -> tuple[LimitRow, ...]:
    """The limits that nothing has kept and that may still matter: overdue ones first, then by date.

    Those that have no date yet come last.
    """
    steps = [step for step in file.progress.steps if _is_open(step)]
    return tuple(limit_row(file, step) for step in sorted(steps, key=_order))


def limit_row(file: CaseFile, step: LimitProgress) -> LimitRow:
    """What is said of one limit."""
    milestone, dates = step.milestone, file.dates
    limit = milestone.limit
    return LimitRow(
        id=limit.id,
        party=limit.party,
        duty=limit_sentence(file, limit),
        length=limit_words(dates, limit),
        clause=clause_mark(file, limit.clause),
        standing=step_standing(step),
        when=_when(file, step),
        late=dates.late_by(step.lateness) if step.overdue and step.lateness else "",
        condition=_condition(file, limit),
        note=dates.note(milestone),
    )


def kept_limit(file: CaseFile, step: LimitProgress) -> KeptLimit:
    """What is said of a limit with the act that kept it."""
    limit = step.milestone.limit
    return KeptLimit(
        duty=limit_sentence(file, limit),
        clause=clause_mark(file, limit.clause),
        said=file.dates.late_by(step.lateness) if step.lateness else _in_time(file, step),
        is_late=step.lateness is not None,
    )


def _condition(file: CaseFile, limit: Limit) -> str:
    """On what it depends whether the limit applies at all; only people can say whether it does."""
    if limit.condition is not None:
        return condition_words(file.dates, limit.condition)
    return file.pages.words.say("if_longer") if limit.extends else ""


def _when(file: CaseFile, step: LimitProgress) -> str:
    """Until when, without how late it is, which stands by itself; why not, if that is not known."""
    due, limit = step.milestone.due, step.milestone.limit
    if due is None:
        return file.dates.undated(step.milestone)
    said = until(file, due)
    if step.overdue:
        return said
    open_ = due.provisional or limit.not_before
    return file.pages.words.say("not_before" if open_ else "by", due=said)


def until(file: CaseFile, due: Due) -> str:
    """The end of a limit; the time zone stands once at the head of the page."""
    words = file.pages.words
    if due.at.date() == due.day == file.today:
        return f"{midway(words, words.say('today'))} {due.at:%H:%M}"
    # Midnight is the end of the last day (Civil Code, article 203).
    return words.day(due.day) if due.at.date() != due.day else words.moment(due.at)


def _is_open(step: LimitProgress) -> bool:
    is_over = step.done or step.settled or step.passed
    return not (is_over or step.milestone.limit.is_window)


def _order(step: LimitProgress) -> tuple[bool, bool, bool, float]:
    due = step.milestone.due
    conditional = step.milestone.limit.is_conditional
    moment = due.at.timestamp() if due else 0.0
    return not step.overdue, due is None, conditional, moment


def _in_time(file: CaseFile, step: LimitProgress) -> str:
    """By when it had to be done: the time alone if that was the same day."""
    due = step.milestone.due
    if due is None:
        return ""
    if step.milestone.limit.is_exact and step.done and step.done.date() == due.at.date():
        return f"{due.at:%H:%M}"
    return until(file, due)

"""The rules of what moves time limits: a level, an event, a question, an extension."""

from functions.cases.desk.acts.attempt import ActAttempt, Read
from functions.cases.desk.approval import extendable
from functions.cases.desk.permissions import (
    has_consent_to_extend,
    may_extend,
    stopping_events,
)
from functions.model.acts import ActProblem
from functions.model.case_log import ActDetails
from functions.model.contract.kind import NamedEvent
from functions.model.progress import LimitProgress


def set_level(attempt: ActAttempt, details: ActDetails) -> Read:
    """The case is of a level, whose limits then hold."""
    level = attempt.line("level")
    if level not in {choice.value for choice in attempt.work.file.kind.levels}:
        return (ActProblem("level", "level"),)
    return details.model_copy(update={"level": level})


def note_event(attempt: ActAttempt, details: ActDetails) -> Read:
    """Something happened that the procedure names."""
    event = find_event(attempt)
    if event is None:
        return (ActProblem("event", "event"),)
    return details.model_copy(update={"event": event.id})


def ask(attempt: ActAttempt, details: ActDetails) -> Read:
    """The filer is asked for something; the clock stops only where a clause says so."""
    problems = [] if details.text else [ActProblem("text", "words")]
    event = attempt.line("event") or None
    if event is not None and event not in stopping_events(attempt.work.file):
        problems.append(ActProblem("event", "event"))
    return tuple(problems) or details.model_copy(update={"event": event})


def declare_done(attempt: ActAttempt, details: ActDetails) -> Read:
    """Something was done that a limit is for."""
    return details if details.keeps else (ActProblem("keeps", "keeps"),)


def extend(attempt: ActAttempt, details: ActDetails) -> Read:
    """A limit is made longer by a clause, for a reason, with the consent that it wants."""
    found = _find_extension(attempt)
    problems = [] if details.text else [ActProblem("text", "words")]
    if found is None:
        return (*problems, ActProblem("extends", "extends"))
    limit, due = found.milestone.limit, found.milestone.due
    if not has_consent_to_extend(attempt.work, attempt.person, limit):
        problems.append(ActProblem("extends", "approval"))
    return tuple(problems) or details.model_copy(
        update={"extends": limit.id, "clause": limit.clause, "until": due.day if due else None}
    )


def find_event(attempt: ActAttempt) -> NamedEvent | None:
    """The event of the policy that the form names, where the act has one."""
    if attempt.act not in ("event", "asked"):
        return None
    named = attempt.line("event")
    return next((event for event in attempt.work.file.kind.events if event.id == named), None)


def _find_extension(attempt: ActAttempt) -> LimitProgress | None:
    """The extension that the form names; the only one that is possible if it names none."""
    work, wanted = attempt.work, attempt.line("extends")
    able = [
        step
        for step in extendable(work.file)
        if may_extend(work, attempt.person, step.milestone.limit)
    ]
    if not wanted:
        return able[0] if len(able) == 1 else None
    return next((step for step in able if step.milestone.limit.id == wanted), None)

"""The rules of entries that change none: a measure that follows, a correction of an entry."""

from datetime import datetime

from functions.cases.desk.acts.attempt import LONGEST_LINE, ActAttempt, Read
from functions.cases.desk.permissions import correctable
from functions.model.acts import CARRIED_OUT, ActProblem
from functions.model.answers.typed_date import read_day
from functions.model.case_log import ActDetails, CaseAct
from functions.model.statistics.measure import open_measures


def plan_measure(attempt: ActAttempt, details: ActDetails) -> Read:
    """What corrects or prevents a cause, who does it, and by when; or that it was done today.

    After the case is closed, nothing new is planned.
    """
    problems = [] if details.text else [ActProblem("text", "words")]
    if sought := attempt.line(CARRIED_OUT):
        found = _find_measure(attempt, sought)
        if found is None:
            return (*problems, ActProblem(CARRIED_OUT, "corrects"))
        done = {
            "owner": found.entry.owner,
            "until": found.entry.until,
            "carries_out": found.at,
            "happened_on": attempt.work.file.today,
        }
        return tuple(problems) or details.model_copy(update=done)
    if attempt.work.file.progress.state == "closed":
        return (*problems, ActProblem(CARRIED_OUT, "corrects"))
    owner, until = attempt.line("owner"), read_day(attempt.line("until"))
    if not owner or len(owner) > LONGEST_LINE:
        problems.append(ActProblem("owner", "longer" if owner else "owner"))
    if until is None or until < attempt.work.file.today:
        problems.append(ActProblem("until", "until"))
    return tuple(problems) or details.model_copy(update={"owner": owner, "until": until})


def take_back(attempt: ActAttempt, details: ActDetails) -> Read:
    """An entry of staff counts for nothing from now on; that it was made stays in the log."""
    found = _find_entry(attempt)
    problems = [] if details.text else [ActProblem("text", "words")]
    if found is None:
        return (*problems, ActProblem("corrects", "corrects"))
    return tuple(problems) or details.model_copy(
        update={"corrects": found.at, "inside": found.is_inside}
    )


def _find_measure(attempt: ActAttempt, sought: str) -> CaseAct | None:
    """The open measure whose moment the form names."""
    able = open_measures(attempt.work.file.progress.happened)
    return next((act for act in able if act.at.isoformat() == sought), None)


def _find_entry(attempt: ActAttempt) -> CaseAct | None:
    """The entry that the form names by its moment, if the person may take it back."""
    try:
        moment = datetime.fromisoformat(attempt.line("corrects"))
    except ValueError:
        return None
    able = correctable(attempt.work, attempt.person)
    return next((act for act in able if moment.tzinfo and act.at == moment), None)

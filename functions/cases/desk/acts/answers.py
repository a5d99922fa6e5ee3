"""The rules of answers: whether a filing is accepted, what is proposed, consented to and sent."""

from functions.cases.desk.acts.attempt import (
    ActAttempt,
    Read,
    read_clause,
    read_outcome,
    read_remedy,
)
from functions.cases.desk.approval import Consent, extendable, extension_approver
from functions.cases.desk.permissions import consents_of, may_propose
from functions.model.acts import ActProblem
from functions.model.case_log import ActDetails


def accept(attempt: ActAttempt, details: ActDetails) -> Read:
    """The filing is taken on; by which clause may be said."""
    clause = read_clause(attempt)
    if isinstance(clause, ActProblem):
        return (clause,)
    return details.model_copy(update={"clause": clause})


def refuse(attempt: ActAttempt, details: ActDetails) -> Read:
    """The filing is not taken on, on a ground in words and by a clause."""
    clause = read_clause(attempt)
    problems = [] if details.text else [ActProblem("text", "words")]
    if isinstance(clause, ActProblem):
        problems.append(clause)
    elif not clause:
        problems.append(ActProblem("clause", "clause"))
    return tuple(problems) or details.model_copy(update={"clause": clause})


def propose(attempt: ActAttempt, details: ActDetails) -> Read:
    """An answer, or to extend a limit, for somebody else's consent."""
    if limit := attempt.line("extends"):
        return _propose_extension(attempt, details, limit)
    if not may_propose(attempt.work, attempt.person):
        return (ActProblem("extends", "extends"),)
    return _read_answer(attempt, details)


def consent(attempt: ActAttempt, details: ActDetails) -> Read:
    """Somebody else's proposal may be carried out as it stands, if it is the one that they read."""
    found = _find_consent(attempt)
    if found is None:
        return (ActProblem("extends", "extends"),)
    proposed = found.proposal.act
    if not attempt.shows(proposed):
        return (ActProblem("act", "overtaken"),)
    update = {
        "extends": proposed.entry.extends,
        "clause": found.clause,
        "proposed_at": proposed.at,
    }
    return details.model_copy(update=update)


def send_back(attempt: ActAttempt, details: ActDetails) -> Read:
    """Somebody else's proposal may not be carried out, and why."""
    return consent(attempt, details) if details.text else (ActProblem("text", "words"),)


def decide(attempt: ActAttempt, details: ActDetails) -> Read:
    """The answer; where somebody had to consent to it, exactly what they consented to, and what
    whoever sends it has read.
    """
    work, person = attempt.work, attempt.person
    if not work.needs_approval(person.member.roles) or work.proposal is None:
        return _read_answer(attempt, details)
    if not attempt.shows(work.proposal.act):
        return (ActProblem("act", "overtaken"),)
    approved = work.proposal.act.entry
    problems: list[ActProblem] = []
    if details.text and details.text != approved.text:
        problems.append(ActProblem("text", "changed"))
    outcome, remedy = attempt.fields.get("outcome"), read_remedy(attempt)
    if outcome and outcome != approved.outcome:
        problems.append(ActProblem("outcome", "changed"))
    if remedy and remedy != approved.remedy:
        problems.append(ActProblem("remedy", "changed"))
    same = ("text", "outcome", "remedy", "clause", "files")
    return tuple(problems) or details.model_copy(
        update={name: getattr(approved, name) for name in same}
    )


def _read_answer(attempt: ActAttempt, details: ActDetails) -> Read:
    """The words of an answer, its outcome, and what is done for the filer."""
    outcome, remedy, clause = read_outcome(attempt), read_remedy(attempt), read_clause(attempt)
    problems = [] if details.text else [ActProblem("text", "words")]
    problems += [each for each in (outcome, remedy, clause) if isinstance(each, ActProblem)]
    return tuple(problems) or details.model_copy(
        update={"outcome": outcome, "remedy": remedy, "clause": clause}
    )


def _propose_extension(attempt: ActAttempt, details: ActDetails, limit: str) -> Read:
    steps = attempt.work.steps
    found = next(
        (
            step.milestone.limit
            for step in extendable(attempt.work.file)
            if step.milestone.limit.id == limit
        ),
        None,
    )
    if found is None or extension_approver(steps, found.clause) is None:
        return (ActProblem("extends", "extends"),)
    if not details.text:
        return (ActProblem("text", "words"),)
    return details.model_copy(update={"extends": found.id, "clause": found.clause})


def _find_consent(attempt: ActAttempt) -> Consent | None:
    """What the form consents to: the extension that it names, else what was proposed first."""
    wanted = attempt.line("extends") or None
    waiting = consents_of(attempt.work, attempt.person)
    named = [each for each in waiting if each.proposal.act.entry.extends == wanted]
    return next(iter(named if wanted else (named or waiting)), None)

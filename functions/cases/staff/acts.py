"""Records acts of staff, who open a case by the sealed link in their mail."""

from collections.abc import Mapping
from typing import get_args

from functions.cases.desk.index import record
from functions.cases.filer_acts import ActRecorded, ActRefused, act_outcome, is_full
from functions.cases.notifications import mails_to, to_filer
from functions.cases.open_case import current_calendar
from functions.cases.ports.ports import Ports
from functions.cases.quotas import entries_of
from functions.cases.staff.handlers import Handler, handlers
from functions.cases.staff.statement import read_statement
from functions.model.acts import KEEPS, ActProblem
from functions.model.answers.submission import clean
from functions.model.case_log import LONGEST_TEXT, ActDetails, CaseAct, act_event, act_key
from functions.model.contract.kind import NamedEvent
from functions.model.contract.terms import StaffAct
from functions.views.case_file import CaseFile

_NEED_WORDS: tuple[StaffAct, ...] = ("message", "decision")


def handle(
    file: CaseFile, handler: Handler, fields: Mapping[str, str], ports: Ports
) -> ActRecorded | ActRefused:
    """Records an act of staff once, with the mail that tells the filer. Raises StoreError."""
    act: StaffAct | None = next(
        (known for known in get_args(StaffAct) if known == fields.get("act")), None
    )
    text = clean(fields.get("text", ""))
    keeps = tuple(
        step.milestone.limit.id
        for step in file.progress.steps
        if step.milestone.limit.party == "organisation"
        and fields.get(KEEPS + step.milestone.limit.id) == "yes"
    )
    now = ports.now()
    event = _find_event(file, fields) if act == "event" else None
    statement = read_statement(file, fields, keeps, now, event)
    problems: list[ActProblem] = []
    if act is None:
        problems.append(ActProblem("act", "act"))
    if act in _NEED_WORDS and not text:
        problems.append(ActProblem("text", "words"))
    if len(text) > LONGEST_TEXT:
        problems.append(ActProblem("text", "longer"))
    if text and is_full(file, "organisation", text):
        problems.append(ActProblem("text", "full"))
    if isinstance(statement, tuple):
        problems.extend(statement)
    level = fields.get("level", "") if act == "classified" else ""
    if act == "classified" and level not in {choice.value for choice in file.kind.levels}:
        problems.append(ActProblem("level", "level"))
    if act == "event" and event is None:
        problems.append(ActProblem("event", "event"))
    if act == "done" and not keeps:
        problems.append(ActProblem("keeps", "keeps"))
    if act is None or problems or isinstance(statement, tuple):
        return ActRefused(tuple(problems))
    calendar, _ = current_calendar(file.contract, ports)
    details = ActDetails(
        text=text,
        happened_on=statement.happened_on,
        happened_at=statement.happened_at,
        delivered_on=statement.delivered_on,
        delivered_how=statement.delivered_how,
        role=handler.role or file.contract.name,
        keeps=keeps,
        level=level or None,
        event=event and event.id,
        calendar=calendar,
    )
    key = act_key(ports.key, act, details, file.today)
    mails, due_at = to_filer(file.case, file.progress.happened, now, ports)
    recorded = act_event(act, details, now)
    newly = _newly_concerned(file, CaseAct(now, act, details), ports)
    mails += mails_to(newly, file.case, file.contract.language, "notice", f"added\0{key}", ports)
    quotas = entries_of(ports.key, file.case.reference, "organisation", now)
    return act_outcome(record(file.case, recorded, mails, key, ports, due_at, quotas), "text")


def _find_event(file: CaseFile, fields: Mapping[str, str]) -> NamedEvent | None:
    """The event of the policy that staff chose."""
    return next((event for event in file.kind.events if event.id == fields.get("event")), None)


def _newly_concerned(file: CaseFile, act: CaseAct, ports: Ports) -> tuple[Handler, ...]:
    """Who has the case only since this act, as the level's route names them."""
    before = handlers(file.case, file.contract, file.progress.happened, ports)
    after = handlers(file.case, file.contract, (*file.progress.happened, act), ports)
    return tuple(recipient for recipient in after if recipient not in before)

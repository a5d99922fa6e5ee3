"""Records an act of a member of staff once, and tells whom it concerns."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import get_args

from functions.cases.current_calendar import current_calendar
from functions.cases.desk.access import Person
from functions.cases.desk.acts.acting_role import acting_role
from functions.cases.desk.acts.attempt import ActAttempt, Read
from functions.cases.desk.acts.notices import staff_notices
from functions.cases.desk.acts.rules import RULES, UNDATED
from functions.cases.desk.acts.time_limits import find_event
from functions.cases.desk.handling import Handling, handling
from functions.cases.desk.index import MOST_TRIES, record_after
from functions.cases.desk.offers import Offer, offers
from functions.cases.filer_acts import ActRecorded, ActRefused, act_outcome, is_full
from functions.cases.notifications import to_filer
from functions.cases.open_case import open_case
from functions.cases.ports.case_store import Outpaced
from functions.cases.ports.ports import Ports
from functions.cases.quotas import entries_of
from functions.cases.staff.statement import Statement, read_statement
from functions.model.acts import KEEPS, LONGEST_TEXT, ActProblem
from functions.model.answers.submission import clean
from functions.model.attachment import Attachment
from functions.model.case import CaseEvent
from functions.model.case_log import (
    ActDetails,
    CaseAct,
    act_event,
    act_key,
    case_acts,
    recorded_acts,
)
from functions.model.contract.terms import StaffAct
from functions.model.derived_keys import keyed
from functions.model.errors import StoreUnavailable
from functions.views.case_file import CaseFile

_TICK = timedelta(microseconds=1)


def perform(
    file: CaseFile,
    person: Person,
    fields: Mapping[str, str],
    ports: Ports,
    files: tuple[Attachment, ...] = (),
) -> ActRecorded | ActRefused:
    """Records an act of staff with the mails that tell the filer, unless it is inside, and staff.

    `files` were sent with it and are stored. Raises ContractError, StoreError.
    """
    act = _find_act(fields)
    if act is None:
        statement = read_statement(file, fields, (), ports.now())
        unread = statement if isinstance(statement, tuple) else ()
        return ActRefused((ActProblem("act", "act"), *unread))
    for _ in range(MOST_TRIES):
        outcome = _try_to_record(act, file, person, fields, ports, files)
        if not isinstance(outcome, Outpaced):
            return outcome
    raise StoreUnavailable(f"case {file.case.reference} changes all the time")


def _try_to_record(
    act: StaffAct,
    file: CaseFile,
    person: Person,
    fields: Mapping[str, str],
    ports: Ports,
    files: tuple[Attachment, ...],
) -> ActRecorded | ActRefused | Outpaced:
    """Records the act if it may be recorded after what is on the case, and nothing came between."""
    events = ports.store.events(file.case.reference)
    recorded = recorded_acts(events)
    once = _read_once(fields, person, ports)
    if once and any(each.entry.once == once for each in recorded):
        return ActRecorded(repeated=True)
    if case_acts(events) != file.progress.happened:
        file = open_case(file.case, ports, (file.pages.words.language,), events)
    work = handling(file, ports)
    offered = next((each for each in offers(work, person, ports) if each.act == act), None)
    if offered is None:
        return ActRefused((_why_not(work, person, act),))
    attempt = ActAttempt(work, person, act, fields, recorded, ports, _kept_by_itself(offered))
    now = _next_moment(recorded, ports.now())
    found = _read(attempt, files, once, now)
    if not isinstance(found, ActDetails):
        return ActRefused(found)
    return _record(attempt, found, now, events)


def _kept_by_itself(offered: Offer) -> frozenset[str]:
    """The limits that the steps have the act keep, as its form says.

    What a limit names as its act or event needs no record; `done` keeps what staff say.
    """
    if offered.act in ("done", "event", "asked"):
        return frozenset()
    limits = (step.milestone.limit for step in offered.limits)
    return frozenset(limit.id for limit in limits if offered.act not in limit.kept_by)


def _find_act(fields: Mapping[str, str]) -> StaffAct | None:
    return next((known for known in get_args(StaffAct) if known == fields.get("act")), None)


def _read_once(fields: Mapping[str, str], person: Person, ports: Ports) -> str:
    """What tells a form that is sent twice, as a keyed hash; empty if the form has none."""
    sent = fields.get("once", "").strip()
    return keyed(ports.key, "once", f"{person.mark}\0{sent}")[:16] if sent else ""


def _next_moment(recorded: tuple[CaseAct, ...], now: datetime) -> datetime:
    """Now, or just after: entries are told apart by their moments."""
    taken = {each.at for each in recorded}
    while now in taken:
        now += _TICK
    return now


def _why_not(work: Handling, person: Person, act: StaffAct) -> ActProblem:
    """Why somebody may not record an act at the moment."""
    if work.file.progress.state == "closed":
        return ActProblem("act", "over")
    waits = act in ("decision", "closed") and work.needs_approval(person.member.roles)
    return ActProblem("act", "approval" if waits else "not_offered")


def _read(attempt: ActAttempt, files: tuple[Attachment, ...], once: str, now: datetime) -> Read:
    """The details of the act, or everything that is wrong with its form."""
    work, fields, file = attempt.work, attempt.fields, attempt.work.file
    text = clean(fields.get("text", ""))
    open_ = [step.milestone.limit.id for step in file.progress.open_steps]
    ticked = {limit for limit in open_ if fields.get(KEEPS + limit) == "yes"}
    keeps = tuple(limit for limit in open_ if limit in ticked | attempt.kept)
    problems: list[ActProblem] = []
    if len(text) > LONGEST_TEXT:
        problems.append(ActProblem("text", "longer"))
    elif text and is_full(file, "organisation", text):
        problems.append(ActProblem("text", "full"))
    statement: Statement | tuple[ActProblem, ...] | None = None
    if attempt.act not in UNDATED:
        statement = read_statement(file, fields, keeps, now, find_event(attempt))
    calendar, _ = current_calendar(file.contract, attempt.ports)
    details = ActDetails(
        text=text if not problems else "",
        role=acting_role(work, attempt.person, attempt.act),
        keeps=keeps,
        calendar=calendar,
        person=attempt.person.member.name if attempt.person.mark else "",
        mark=attempt.person.mark,
        files=files,
        once=once,
    )
    if isinstance(statement, Statement):
        details = details.model_copy(update=vars(statement))
    elif statement is not None:
        problems += statement
    if attempt.act in UNDATED and not ticked <= attempt.kept:
        problems.append(ActProblem("keeps", "not_offered"))
    found = RULES[attempt.act](attempt, details)
    if not isinstance(found, ActDetails):
        problems += [each for each in found if each.name not in {p.name for p in problems}]
    return tuple(problems) or found


def _record(
    attempt: ActAttempt, details: ActDetails, now: datetime, seen: tuple[CaseEvent, ...]
) -> ActRecorded | ActRefused | Outpaced:
    """Adds the act to those that were `seen`, with its mails."""
    file, ports, act = attempt.work.file, attempt.ports, attempt.act
    key = _key(attempt, details)
    performed = CaseAct(now, act, details)
    mails = staff_notices(attempt, performed, key)
    if not performed.is_inside:
        mails = (*to_filer(file.case, file.kind, file.progress.happened, performed, ports), *mails)
    quotas = entries_of(ports.key, file.case.reference, "organisation", now)
    event = act_event(act, details, now)
    outcome = record_after(seen, file.case, event, mails, key, ports, ports.now(), quotas)
    return outcome if isinstance(outcome, Outpaced) else act_outcome(outcome, "text")


def _key(attempt: ActAttempt, details: ActDetails) -> str:
    """The idempotency key: of the form, else of its content and what was taken back before."""
    if details.once:
        return f"{attempt.act}:{details.once}"
    corrections = sum(act.act == "corrected" for act in attempt.recorded)
    key = act_key(attempt.ports.key, attempt.act, details, attempt.work.file.today)
    return f"{key}:{corrections}" if corrections else key

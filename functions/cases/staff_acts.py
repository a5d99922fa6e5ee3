"""Records acts of staff, who open a case by the sealed link in their mail."""

from collections.abc import Mapping
from datetime import date
from typing import get_args

from functions.cases.filer_acts import ActRecorded, ActRefused, crowded
from functions.cases.notifications import to_filer
from functions.cases.ports.ports import Ports
from functions.model.acts import KEEPS, ActProblem
from functions.model.answers.submission import clean
from functions.model.case_log import LONGEST_TEXT, ActDetails, act_event, act_key
from functions.model.contract.terms import StaffAct
from functions.model.text import Text
from functions.views.case_file import CaseFile

_NEED_WORDS: tuple[StaffAct, ...] = ("message", "decision")


def handle(
    file: CaseFile, mailbox: str, fields: Mapping[str, str], ports: Ports
) -> ActRecorded | ActRefused:
    """Records an act of staff once, with the mail that tells the filer. Raises StoreError."""
    act: StaffAct | None = next(
        (known for known in get_args(StaffAct) if known == fields.get("act")), None
    )
    text = clean(fields.get("text", ""))
    day = _read_day(fields.get("happened_on", ""), file)
    keeps = tuple(
        step.milestone.limit.id
        for step in file.progress.steps
        if step.milestone.limit.party == "organisation"
        and fields.get(KEEPS + step.milestone.limit.id) == "yes"
    )
    problems: list[ActProblem] = []
    if act is None:
        problems.append(ActProblem("act", "act"))
    if act in _NEED_WORDS and not text:
        problems.append(ActProblem("text", "words"))
    if len(text) > LONGEST_TEXT:
        problems.append(ActProblem("text", "longer"))
    if day is None:
        problems.append(ActProblem("happened_on", "day"))
    if act == "done" and not keeps:
        problems.append(ActProblem("keeps", "keeps"))
    if crowded(file, "organisation", ports):
        problems.append(ActProblem("text", "too_many"))
    if act is None or problems:
        return ActRefused(tuple(problems))
    now = ports.now()
    details = ActDetails(text=text, happened_on=day, role=_find_role(file, mailbox), keeps=keeps)
    key = act_key(ports.key, act, details, file.today)
    mails, due_at = to_filer(file.case, file.progress.happened, now, ports)
    event = act_event(act, details, now)
    added = ports.store.add_event(file.case.reference, event, mails, key, due_at)
    return ActRecorded(repeated=not added)


def _read_day(text: str, file: CaseFile) -> date | None:
    """The day in `text`, today if it is empty; None if malformed or not since the filing."""
    if not text.strip():
        return file.today
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if file.local(file.case.received_at).date() <= day <= file.today else None


def _find_role(file: CaseFile, mailbox: str) -> Text:
    """The role that reads the mailbox, else the organisation's name."""
    return next(
        (
            route.role
            for route in file.kind.routes_for(file.case.submission.category)
            if route.address == mailbox and route.role
        ),
        file.contract.name,
    )

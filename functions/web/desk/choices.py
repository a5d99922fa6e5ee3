"""What the form of an act offers on a case: whom, which limits, which entries."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from functions.cases.desk.approval import extendable, extension_approver
from functions.cases.desk.offers import Offer
from functions.cases.desk.permissions import (
    consents_of,
    may_extend,
    may_propose,
    stopping_events,
)
from functions.model.contract.terms import StaffAct
from functions.model.desk.staff import StaffMember, mark
from functions.model.language import chosen
from functions.model.progress import LimitProgress
from functions.model.statistics.measure import open_measures
from functions.views.desk.case.act_form import ActOption, Choices
from functions.views.desk.case.act_questions import FOR_FILER
from functions.views.desk.case.replies import ReadyReply, ready_replies
from functions.views.desk.case.thread import ThreadRow, thread
from functions.web.desk.opened import OpenedCase

_TAKING_ON = (
    frozenset(("carry_out",)),
    frozenset(("validate", "investigate")),
    frozenset(("decide",)),
)
"""What a role does to which a case is handed on, the surest first."""


def act_choices(case: OpenedCase, act: StaffAct, offer: Offer | None, corrects: str) -> Choices:
    """What the form of an act offers; `corrects` is the moment of the entry that is taken back."""
    file, work, person = case.file, case.work, case.visit.person
    language = file.pages.words.language
    steps, limits = (offer.steps, offer.limits) if offer else ((), ())
    staff = _colleagues(case)
    told = case.steps if act == "told" else steps
    by_staff = tuple(each.id for each in file.kind.events if each.recorded_by == "staff")
    needs_consent = act == "decision" and work.needs_approval(person.member.roles)
    fixed = needs_consent and work.proposal is not None
    return Choices(
        staff=staff,
        roles=tuple(_roles(case, act)),
        suggested=_suggested(case),
        tells=tuple(dict.fromkeys(role for step in told for role in step.tells)),
        kept=tuple(x for x in limits if act in x.milestone.limit.kept_by),
        may_keep=tuple(x for x in limits if act not in x.milestone.limit.kept_by),
        events=by_staff if act == "event" else stopping_events(file),
        conditions={
            handover.role_id: (handover.condition.words(language), handover.clause)
            for handover in file.kind.handovers
        },
        extensions=_extensions(case, act),
        answers=_is_about_answer(case, act),
        barred=staff if case.sees_names else {},
        rows=tuple(_rows(case, act, corrects)),
        measures=tuple(_measures(case)) if act == "measure" else (),
        replies=() if fixed or act not in FOR_FILER else tuple(_replies(case)),
        fixed=fixed,
    )


def _extensions(case: OpenedCase, act: StaffAct) -> tuple[LimitProgress, ...]:
    """The limits that the act can make longer, or that it can propose or consent to make longer."""
    work, person = case.work, case.visit.person
    able = extendable(case.file)
    match act:
        case "extended":
            return tuple(x for x in able if may_extend(work, person, x.milestone.limit))
        case "proposed":
            return tuple(
                x for x in able if extension_approver(work.steps, x.milestone.limit.clause)
            )
        case "approved" | "returned":
            asked = {each.proposal.act.entry.extends for each in consents_of(work, person)}
            return tuple(x for x in able if x.milestone.limit.id in asked)
    return ()


def _is_about_answer(case: OpenedCase, act: StaffAct) -> bool:
    """Whether the act can be about an answer, and not only about an extension."""
    if act == "proposed":
        return may_propose(case.work, case.visit.person)
    proposals = (each.proposal.act for each in consents_of(case.work, case.visit.person))
    return any(proposal.entry.extends is None for proposal in proposals)


def _rows(case: OpenedCase, act: StaffAct, corrects: str) -> Iterable[ThreadRow]:
    """The entries that the act is about, as the thread shows them."""
    wanted: set[datetime] = set()
    if act == "corrected":
        wanted = {moment for moment in case.correctable_at if moment.isoformat() == corrects}
    elif act in ("approved", "returned"):
        found = consents_of(case.work, case.visit.person)
        wanted = {each.proposal.act.at for each in found}
    elif act == "decision" and case.work.needs_approval(case.visit.person.member.roles):
        wanted = {case.work.proposal.act.at} if case.work.proposal else set()
    if wanted:
        days = thread(case.file, case.events, case.people, case.reader, case.has_scanner)
        yield from (row for day in days for row in day.rows if row.at in wanted and row.is_act)


def _roles(case: OpenedCase, act: StaffAct) -> Iterable[str]:
    """The roles that can be told of the case; it is handed on to those that may handle it."""
    for role in case.work.names:
        if act != "forwarded" or not case.work.staff.is_kept_out(role):
            yield role


def _measures(case: OpenedCase) -> Iterable[ActOption]:
    """The open measures, each with whose it is and by when."""
    for each in open_measures(case.file.progress.happened):
        day = case.file.pages.words.day(each.entry.until) if each.entry.until else ""
        yield ActOption(each.at.isoformat(), each.entry.text, f"{each.entry.owner} · {day}")


def _replies(case: OpenedCase) -> Iterable[ReadyReply]:
    """What the organisation has ready, as the filer would read it."""
    file, contracts = case.file, case.visit.ports.contracts
    language = chosen((file.case.language,), file.contract.pages, file.contract.language)
    filers = replace(file, pages=contracts.pages(file.case.contract, language))
    return ready_replies(case.visit.directory.replies, file, filers)


def _suggested(case: OpenedCase) -> str | None:
    """The role that the procedure has handle such a case next, if it is not the visitor's own.

    Nor one that only people have whom the filer's words mention.
    """
    own = set(case.visit.person.member.roles)
    named = {case.staff[each].address for each in case.mentioned}
    others = [m.roles for m in case.staff.values() if m.address not in named]
    free = {role for roles in others for role in roles}
    all_named = {role for m in case.staff.values() for role in m.roles} - free
    for taking_on in _TAKING_ON:
        for step in case.steps:
            if step.condition is None and taking_on & set(step.acts):
                for role in step.roles:
                    if role not in own and role not in all_named:
                        return role
    return None


def _colleagues(case: OpenedCase) -> dict[str, StaffMember]:
    """Who else can be given the case: current, and neither named by the filer nor recused.

    Whoever loses access before the form is sent is refused then.
    """
    visit = case.visit
    return {
        mark(visit.ports.key, visit.person.organisation, member.address): member
        for member in case.work.staff.able
        if member.address != visit.person.member.address
    }

"""Checks that somebody has each role that the procedure gives filings, approvals or time limits.

An organisation without staff.yaml has no desk, so nothing is asked of it. What other roles do is
not bound to a time, and a procedure may name them for everybody, such as whoever takes a call.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from site_src.bilingual import Bilingual
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_place
from site_src.policy.model.handling import StepFact
from site_src.policy.model.policy import Policy
from site_src.policy.staff.entries import StaffEntry
from site_src.policy.staff.reading import Roster


@dataclass(frozen=True)
class Assignment:
    """What a clause gives a role to do, so that somebody must have the role."""

    role: str
    clause: str
    what: Bilingual


def vacancy_findings(organisation: Editions, roster: Roster, day: date) -> Iterator[Finding]:
    """Every finding about roles that nobody has on that day, or only who may not act alone.

    Asks it of the version in force and of those that are announced, each role once.
    """
    in_force = organisation.in_force(day)
    asked: set[str] = set()
    alone: set[tuple[str, str]] = set()
    for edition in (in_force, *organisation.announced(day)):
        policy = edition.policy
        known = {role.id for role in policy.roles}
        for assignment in _assignments(policy):
            if assignment.role in known - asked and not _holders(roster, assignment.role, day):
                yield _vacant(policy, roster, assignment)
            asked.add(assignment.role)
        for step, proposers, approver in _approvals(policy):
            who = _only_one(roster, proposers, approver, day)
            if who is not None and (approver, step.clause) not in alone:
                alone.add((approver, step.clause))
                yield _approves_own(policy, roster, who, approver, step.clause)


_FILINGS = Bilingual("clause {clause} gives it filings", "条款“{clause}”把来件交给它")
_APPROVAL = Bilingual("clause {clause} wants its approval", "条款“{clause}”要由它批准")
_LIMIT = Bilingual("clause {clause} binds it to a time limit", "条款“{clause}”给它规定了时限")


def _assignments(policy: Policy) -> Iterator[Assignment]:
    """What comes first matters most: a filing that is on nobody's list is never seen."""
    for route in policy.routes:
        if route.condition is None:
            yield Assignment(route.role, route.clause, _FILINGS)
    for filer in policy.filers:
        if filer.route is not None:
            yield Assignment(filer.route, filer.clause, _FILINGS)
    for branch in policy.branches:
        if branch.route is not None:
            yield Assignment(branch.route, branch.clause, _FILINGS)
    for step, _, approver in _approvals(policy):
        yield Assignment(approver, step.clause, _APPROVAL)
    for limit in policy.limits:
        if limit.role is not None:
            yield Assignment(limit.role, limit.clause, _LIMIT)


def _approvals(policy: Policy) -> Iterator[tuple[StepFact, tuple[str, ...], str]]:
    """Each step that wants an approval or is one, the roles that propose, and one that approves.

    Where a step is an approval, those propose who decide filings of that kind.
    """
    for step in policy.steps:
        if step.approved_by is not None:
            yield step, step.role_ids, step.approved_by
        if "approve" in step.acts:
            deciding = (
                role
                for other in policy.steps
                if "decide" in other.acts and _same_kind(step, other)
                for role in other.role_ids
            )
            proposers = tuple(dict.fromkeys(deciding))
            for role in step.role_ids:
                yield step, proposers, role


def _same_kind(step: StepFact, other: StepFact) -> bool:
    return None in (step.only_for, other.only_for) or step.only_for == other.only_for


def _holders(roster: Roster, role: str, day: date) -> tuple[StaffEntry, ...]:
    return tuple(
        entry for entry in roster.entries if role in entry.roles and entry.member.is_current(day)
    )


def _only_one(
    roster: Roster, proposers: tuple[str, ...], approver: str, day: date
) -> StaffEntry | None:
    """Who would have to approve what only they can propose; None if somebody else can do either."""
    approving = _holders(roster, approver, day)
    proposing = {entry.address for role in proposers for entry in _holders(roster, role, day)}
    if len(approving) == 1 and proposing == {approving[0].address}:
        return approving[0]
    return None


def _vacant(policy: Policy, roster: Roster, assignment: Assignment) -> Finding:
    """The finding at the entry of the last person who had the role, else at the whole list."""
    role = assignment.role
    left = [
        (entry.until, at)
        for at, entry in enumerate(roster.entries)
        if role in entry.roles and entry.until is not None
    ]
    place: tuple[str | int, ...] = ("staff",)
    until = Bilingual("", "")
    if left:
        day, at = max(left)
        place = ("staff", at, "until")
        who = roster.entries[at].name
        until = Bilingual(
            f", since the last day of {who} was {day}", f"（{who}的最后一天是 {day}）"
        )
    message = Bilingual(
        "nobody has the role {role} ({name}){until}, and {what}",
        "没有人担任 {role}（{name}）{until}，而{what}",
    ).filled(
        role=role,
        name=_name(policy, role),
        until=until,
        what=assignment.what.filled(clause=assignment.clause),
    )
    remedy = Bilingual(
        "Add {role} to the roles of somebody, or add a person: "
        "`build.py staff add {id} --address … --name … --role {role}`.",
        "请把 {role} 写进某个人的 roles，或者加一个人："
        "`build.py staff add {id} --address … --name … --role {role}`。",
    ).filled(role=role, id=policy.id)
    return at_place(roster.reading, place, "role-vacant", message, remedy, assignment.clause)


def _approves_own(
    policy: Policy, roster: Roster, who: StaffEntry, approver: str, clause: str
) -> Finding:
    message = Bilingual(
        "clause {clause} wants the approval of {name} ({role}), and {who} alone has that role and "
        "those that propose: nobody could approve",
        "条款“{clause}”要由{name}（{role}）批准，而能提出、能批准的都只有{who}一人：没有人可以批准",
    ).filled(clause=clause, name=_name(policy, approver), role=approver, who=who.name)
    remedy = Bilingual(
        "Give one of the roles to somebody else: nobody approves what they proposed themselves.",
        "请把其中一个角色交给另一个人：自己提出的，不能由自己批准。",
    )
    place = ("staff", roster.entries.index(who), "roles")
    return at_place(roster.reading, place, "approver-alone", message, remedy, clause)


def _name(policy: Policy, role: str) -> str:
    return policy.role(role).name.words(policy.language)

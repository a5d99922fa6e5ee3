"""Names of the people and roles of a case, as far as a reader may see them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.model.case import Case
from functions.model.case_log import CaseAct
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.contract.procedure import Procedure, Step
from functions.model.desk.staff import StaffMember
from functions.model.language import Language

INTAKE = frozenset(("receive", "register"))
"""What the roles do that filings come to first."""

SUPERVISION = frozenset(("approve", "track"))
"""What the roles do that follow how a case is handled."""


@dataclass(frozen=True)
class People:
    """Roles and members of staff by what stands for them on cases: ids of roles, marks of people.

    Names of before stay: a role that a version no longer has, a person who has left.
    """

    language: Language
    organisation: str
    roles: dict[str, str]
    staff: dict[str, StaffMember]

    def role(self, id_: str) -> str:
        """The name of a role; of one that nobody knows any more, its id."""
        return self.roles.get(id_, id_)

    def person(self, mark: str | None) -> str | None:
        """The name of a member of staff; None if nobody current has the mark."""
        member = self.staff.get(mark or "")
        return member.name if member else None

    def list_roles(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The names of roles, each once; what stands for no role is the organisation."""
        names = (self.roles.get(id_, self.organisation) for id_ in ids)
        return tuple(dict.fromkeys(names))


def known_people(
    contract: Contract,
    procedure: Procedure | None,
    directory: Directory | None,
    staff: dict[str, StaffMember],
    language: Language,
) -> People:
    """The roles of the version and of the directory, and current `staff` by their marks."""
    roles = {id_: names[-1] for id_, names in (directory.roles if directory else {}).items()}
    roles |= procedure.roles if procedure else {}
    return People(
        language=language,
        organisation=contract.name.words(language),
        roles={id_: name.words(language) for id_, name in roles.items()},
        staff=staff,
    )


@dataclass(frozen=True)
class KeptAway:
    """Who may not handle a case.

    `named` are the words by which the filer names people, `members` the staff whom they match,
    `recused` those whom staff keep from it. They are empty for readers who may not see names;
    `is_any` says whether there is anybody.
    """

    is_any: bool
    shown: bool
    named: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()


def kept_away(case: Case, happened: tuple[CaseAct, ...], people: People, may_see: bool) -> KeptAway:
    """Who may not handle the case; names only for readers who `may_see` them."""
    named = case.submission.involved or ""
    recused = tuple(act for act in happened if act.act == "recused")
    if not may_see:
        return KeptAway(is_any=bool(named or recused), shown=False)
    members = (member.name for member in people.staff.values() if member.is_named_in(named))
    return KeptAway(
        is_any=bool(named or recused),
        shown=True,
        named=tuple(filter(None, (line.strip() for line in named.splitlines()))),
        members=tuple(dict.fromkeys(members)) if named else (),
        recused=tuple(dict.fromkeys(_recused(recused, people))),
    )


def mentioned(
    case: Case, happened: tuple[CaseAct, ...], people: People, away: Iterable[str]
) -> tuple[str, ...]:
    """The marks of staff whom the filer's own words mention; without those who are kept `away`.

    Words alone keep nobody from the case: they may as well say who helped.
    """
    submission = case.submission
    told = (act.entry.text for act in happened if act.party == "filer")
    said = "\n".join(filter(None, (submission.account, submission.remedy, *told)))
    out = frozenset(away)
    found = {member.address: mark for mark, member in reversed(people.staff.items())}
    return tuple(
        mark for mark in found.values() if mark not in out and people.staff[mark].is_named_in(said)
    )


def _recused(acts: tuple[CaseAct, ...], people: People) -> Iterator[str]:
    for act in acts:
        if name := people.person(act.entry.barred):
            yield name


def sees_names(roles: tuple[str, ...], steps: tuple[Step, ...]) -> bool:
    """Whether somebody with these roles may read whom a filing names: they receive, register or
    approve. Where the procedure has no steps, whoever may open the case may.
    """
    return not steps or _does(roles, steps, INTAKE | {"approve"})


def sees_log(roles: tuple[str, ...], steps: tuple[Step, ...]) -> bool:
    """Whether somebody with these roles may read who opened the case: they approve or follow it."""
    return not steps or _does(roles, steps, SUPERVISION)


def _does(roles: tuple[str, ...], steps: tuple[Step, ...], acts: frozenset[str]) -> bool:
    """Whether a step has one of these roles do one of these acts, or wants its consent."""
    return any(
        (not acts.isdisjoint(step.acts) and not set(roles).isdisjoint(step.roles))
        or step.approved_by in roles
        for step in steps
    )

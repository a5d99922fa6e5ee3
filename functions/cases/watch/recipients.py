"""Finds who is told of a time limit: the people whose it is, and who follows the handling."""

from collections.abc import Iterator
from dataclasses import dataclass

from functions.cases.desk.access import Person, as_person, reads
from functions.cases.desk.approval import followers
from functions.cases.desk.holding import (
    Holding,
    applicable_steps,
    current_staff,
    holding,
    is_kept_from,
    kind_procedure,
)
from functions.cases.ports.ports import Ports
from functions.cases.staff.handlers import handlers
from functions.model.case import Case
from functions.model.case_log import CaseAct
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.desk.staff import mark
from functions.views.case_file import CaseFile


@dataclass(frozen=True)
class Addressee:
    """A member of staff, or whoever reads a mailbox; `mark` stands for the address in the store."""

    address: str
    mark: str


@dataclass(frozen=True)
class Following:
    """Who follows how a case is handled, and by which clause; None if no clause names anybody."""

    recipients: tuple[Addressee, ...]
    clause: str | None


class Staff:
    """The current staff of organisations, each looked up once."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._known: dict[str, tuple[Person, ...]] = {}

    def of(self, directory: Directory) -> tuple[Person, ...]:
        """Who works there today and whose access was not revoked. Raises StoreError."""
        organisation, ports = directory.organisation, self._ports
        if organisation not in self._known:
            self._known[organisation] = tuple(
                as_person(organisation, member, ports) for member in current_staff(directory, ports)
            )
        return self._known[organisation]


class Audience:
    """Who may be told of one case. Raises ContractError, StoreError."""

    def __init__(self, file: CaseFile, staff: Staff, ports: Ports) -> None:
        self._case: Case = file.case
        self._contract: Contract = file.contract
        self._happened: tuple[CaseAct, ...] = file.progress.happened
        self._ports = ports
        self._directory = ports.contracts.directory(file.contract.organisation)
        self._staff = staff.of(self._directory) if self._directory else ()
        self._held: Holding = holding(file.case, file.contract, self._happened, ports)

    @property
    def has_desk(self) -> bool:
        """Whether some member of staff can open the case at the desk."""
        return any(
            reads(person, self._held, self._case) and self._may_know(person)
            for person in self._staff
        )

    def owing(self, limit: str) -> tuple[Addressee, ...]:
        """Whose a limit is: all who have the role that it binds, or the person alone who has the
        case.

        Where these may not open the case, because it was never with them, whoever has it is told;
        where nobody may be told, whoever reads the mailbox.
        """
        if self._directory is None:
            return self._mailboxes_of_before()
        roles = self._owing_roles(limit)
        found = self._people(roles)
        able = tuple(person for person in found if reads(person, self._held, self._case))
        if able:
            found = able
        elif found:
            roles, found = self._held.roles, self._people(self._held.roles)
        for person in found:
            if person.mark == self._held.person:
                return (_to_person(person),)
        return _once((*map(_to_person, found), *self._mailboxes(roles, found)))

    def following(self, limit: str) -> Following:
        """Whom it is escalated to: the role that tracks the handling, else the organisation."""
        if self._directory is None:
            return Following((), None)
        owing = self._owing_roles(limit)
        steps = applicable_steps(self._case, self._contract, self._happened, self._ports)
        for step in followers(steps):
            if roles := tuple(role for role in step.roles if role not in owing):
                found = self._people(roles)
                mailboxes = self._mailboxes(roles, found)
                return Following(_once((*map(_to_person, found), *mailboxes)), step.clause)
        return Following((self._to_mailbox(self._directory.mailbox),), None)

    def _owing_roles(self, limit: str) -> tuple[str, ...]:
        procedure = kind_procedure(self._case, self._contract, self._ports)
        role = procedure.limit_roles.get(limit) if procedure else None
        return self._held.roles if role is None else (role,)

    def _people(self, roles: tuple[str, ...]) -> tuple[Person, ...]:
        """Current staff with one of the roles who may know of the case."""
        return tuple(person for person in self._having(roles) if self._may_know(person))

    def _may_know(self, person: Person) -> bool:
        return not is_kept_from(person.member, self._case, self._happened, self._ports)

    def _having(self, roles: tuple[str, ...]) -> Iterator[Person]:
        for person in self._staff:
            if not set(roles).isdisjoint(person.member.roles):
                yield person

    def _mailboxes(self, roles: tuple[str, ...], found: tuple[Person, ...]) -> Iterator[Addressee]:
        """The mailboxes of roles that none of the people found has.

        Whoever is barred may read their role's mailbox: then it is the organisation's own.
        """
        assert self._directory is not None, "its callers have looked"
        for role in roles:
            if any(role in person.member.roles for person in found):
                continue
            barred = next(self._having((role,)), None) is not None
            yield self._to_mailbox(self._directory.address(None if barred else role))

    def _mailboxes_of_before(self) -> tuple[Addressee, ...]:
        """The mailboxes in a contract of before 0.2.0, where nothing says which are current."""
        told = handlers(self._case, self._contract, self._happened, self._ports)
        return tuple(self._to_mailbox(handler.mailbox) for handler in told)

    def _to_mailbox(self, address: str) -> Addressee:
        own = mark(self._ports.key, self._contract.organisation, address)
        return Addressee(address, own)


def _to_person(person: Person) -> Addressee:
    return Addressee(person.member.address, person.mark)


def _once(recipients: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
    """Each address once, in order: a person's may be a role's mailbox, too."""
    found: dict[str, Addressee] = {}
    for recipient in recipients:
        found.setdefault(recipient.address.casefold(), recipient)
    return tuple(found.values())

"""Gives each mailbox of an organisation to a member of staff, who then acts by links to it."""

from dataclasses import replace

from functions.cases.ports.contract_source import ContractSource
from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract, Current
from functions.model.contract.directory import Directory
from functions.model.contract.procedure import Procedure
from functions.model.deadlines.calendar import Calendar
from functions.model.desk.staff import StaffMember
from functions.model.language import Language
from functions.model.pages.page_set import KindPages, SitePages


class WithMailboxStaff:
    """Contracts of another source; in each directory, every mailbox is a member of staff's own.

    They have the roles of that mailbox; the organisation's own takes every role that has none.
    """

    def __init__(self, contracts: ContractSource) -> None:
        self._contracts = contracts

    def directory(self, organisation: str) -> Directory | None:
        """See ContractSource."""
        found = self._contracts.directory(organisation)
        return found and found.model_copy(update={"staff": _mailbox_staff(found)})

    def contract(self, digest: str) -> Contract:
        """See ContractSource."""
        return self._contracts.contract(digest)

    def pages(self, digest: str, language: Language) -> KindPages:
        """See ContractSource."""
        return self._contracts.pages(digest, language)

    def site(self, digest: str) -> SitePages:
        """See ContractSource."""
        return self._contracts.site(digest)

    def calendar(self, digest: str) -> Calendar:
        """See ContractSource."""
        return self._contracts.calendar(digest)

    def current(self) -> Current:
        """See ContractSource."""
        return self._contracts.current()

    def language(self) -> Language:
        """See ContractSource."""
        return self._contracts.language()

    def procedure(self, digest: str) -> Procedure:
        """See ContractSource."""
        return self._contracts.procedure(digest)


def with_mailbox_staff(ports: Ports) -> Ports:
    """The same ports, with a member of staff at each mailbox."""
    return replace(ports, contracts=WithMailboxStaff(ports.contracts))


def _mailbox_staff(directory: Directory) -> tuple[StaffMember, ...]:
    roles: dict[str, list[str]] = {directory.mailbox: []}
    for role in directory.roles:
        roles.setdefault(directory.address(role), []).append(role)
    return tuple(
        StaffMember(address=mailbox, name=f"读者{number}", roles=tuple(having))
        for number, (mailbox, having) in enumerate(roles.items(), 1)
    )

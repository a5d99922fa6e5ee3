"""Gives each mailbox of an organisation to a member of staff, who then acts by links to it."""

from dataclasses import replace

from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract, Current
from functions.model.contract.directory import Directory
from functions.model.contract.procedure import Procedure
from functions.model.deadlines.calendar import Calendar
from functions.model.desk.staff import StaffMember
from functions.model.language import Language
from functions.model.pages.page_set import KindPages, SitePages

Staff = tuple[StaffMember, ...]


class WithStaff:
    """Contracts of another source, with other members of staff in its directories.

    An organisation that `staff` does not name has one for each mailbox: with the roles of that
    mailbox, or with every role that has none.
    """

    def __init__(self, source: Ports, staff: dict[str, Staff] | None = None) -> None:
        self._contracts, self._staff = source.contracts, staff or {}

    def directory(self, organisation: str) -> Directory | None:
        """See ContractSource."""
        found = self._contracts.directory(organisation)
        if found is None:
            return None
        staff = self._staff.get(organisation)
        return found.model_copy(update={"staff": mailbox_staff(found) if staff is None else staff})

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


def with_staff(ports: Ports, **staff: Staff) -> Ports:
    """The same ports, over directories with this staff; organisations in `snake_case`."""
    named = {organisation.replace("_", "-"): members for organisation, members in staff.items()}
    return replace(ports, contracts=WithStaff(ports, named))


def mailbox_staff(directory: Directory) -> Staff:
    """A member of staff at each mailbox."""
    roles: dict[str, list[str]] = {directory.mailbox: []}
    for role in directory.roles:
        roles.setdefault(directory.address(role), []).append(role)
    return tuple(
        StaffMember(address=mailbox, name=f"读者{number}", roles=tuple(having))
        for number, (mailbox, having) in enumerate(roles.items(), 1)
    )

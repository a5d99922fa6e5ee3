"""Finds the contract that a form is under: that of its page, else the one in force."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from functions.model.contract.contract import Contract, Current
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.errors import ContractDamaged, ContractMissing

if TYPE_CHECKING:
    from functions.cases.ports.contract_source import ContractSource


@dataclass(frozen=True)
class FormContract:
    """A contract and its digest.

    `in_force` is the organisation's contract of today; None if it is no longer on the site. It is
    `renewed` where it replaced the contract that the page named, because that one is gone.
    """

    digest: str
    contract: Contract
    in_force: Contract | None
    renewed: bool = False

    def kind(self, name: str) -> tuple[KindId, Kind] | None:
        """The kind of that name; None if the contract has none."""
        known: KindId | None = next((id_ for id_ in get_args(KindId) if id_ == name), None)
        kind = self.contract.kinds.get(known) if known else None
        return (known, kind) if known and kind else None


def find_contract(
    address: str, named: str | None, current: Current, contracts: "ContractSource"
) -> FormContract | None:
    """The contract that a page `named`, or else the one in force.

    `address` is one that the organisation has or had. None if nothing is known of it, or if the
    page named another one's contract. Raises ContractError.
    """
    organisation = current.organisation_at(address)
    contract = _read(named, contracts) if named else None
    if contract and contract.address == address:
        # What is current may have been read before it was renamed.
        organisation = contract.organisation
    newest = current.organisations.get(organisation, "")
    in_force = contracts.contract(newest) if newest else None
    if named and contract:
        return (
            FormContract(named, contract, in_force)
            if contract.organisation == organisation
            else None
        )
    return FormContract(newest, in_force, in_force, renewed=bool(named)) if in_force else None


def _read(named: str, contracts: "ContractSource") -> Contract | None:
    """The contract; None if there is none. Anybody can name any file that a build wrote."""
    try:
        return contracts.contract(named)
    except (ContractMissing, ContractDamaged):
        return None

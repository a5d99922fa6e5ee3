"""The organisation that a report or an archive is of."""

from typing import TYPE_CHECKING, Annotated

import typer

from site_src.errors import RecordsUnreadable

if TYPE_CHECKING:
    from functions.cases.ports.ports import Ports
    from functions.model.contract.directory import Directory

OrganisationOption = Annotated[
    str, typer.Option("--org", metavar="ORG", help="The organisation: its folder in policies/.")
]


def directory_of(address: str, ports: "Ports") -> "Directory":
    """Who works at an organisation of the site. Raises RecordsUnreadable if it has none such."""
    current = ports.contracts.current()
    organisation = current.organisation_at(address)
    known = organisation in current.organisations
    directory = ports.contracts.directory(organisation) if known else None
    if directory is None:
        raise RecordsUnreadable(f"there is no organisation {address!r} on this site")
    return directory

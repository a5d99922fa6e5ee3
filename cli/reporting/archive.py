"""The command that exports the cases of a year for the archive, before their retention ends."""

from pathlib import Path
from typing import Annotated

import typer

from cli.cases import open_ports
from cli.exits import FINDINGS
from cli.options import DataFolder
from cli.reporting.organisation import OrganisationOption, directory_of
from site_src.places import ROOT


def archive_command(
    organisation: OrganisationOption,
    year: Annotated[
        int, typer.Option(min=1900, max=9999, help="The year in which the cases were received.")
    ],
    out: Annotated[Path, typer.Option(help="The folder to write ORG-YEAR/ to.")] = Path("."),
    data: DataFolder = ROOT / "data",
) -> None:
    """Export an organisation's cases of a year: each whole, with an index and a manifest."""
    from cli.reporting.year_archive import write_archive

    with open_ports(data) as ports:
        archive = write_archive(directory_of(organisation, ports), year, out, ports)
    typer.echo(f"wrote {archive.folder}: {archive.cases} cases, {archive.files} files of them")
    for reference, day in archive.ending:
        typer.echo(f"{reference}: its retention ends on {day}", err=True)
    for reference in archive.broken:
        typer.echo(f"{reference}: its log is not whole", err=True)
    for what in archive.unreadable:
        typer.echo(f"not in the archive: {what}", err=True)
    if archive.broken or archive.unreadable:
        raise typer.Exit(FINDINGS)

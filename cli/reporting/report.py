"""The command that writes the report of a month: a table of cases, and a page with plots."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.cases import open_ports
from cli.exits import FINDINGS
from cli.options import DataFolder
from cli.reporting.organisation import OrganisationOption, directory_of
from site_src.errors import RecordsUnreadable
from site_src.places import ROOT


def report_command(
    organisation: OrganisationOption,
    month: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help="Default: the last month that is over."),
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("."),
    exact: Annotated[
        bool, typer.Option("--exact", help="Tell numbers under five on the page, too.")
    ] = False,
    data: DataFolder = ROOT / "data",
) -> None:
    """Count an organisation's cases and write the report of a month as CSV and as a page."""
    from cli.reporting.written_report import write_report
    from functions.model.statistics.months import is_month, month_of, months_before

    with open_ports(data) as ports:
        directory = directory_of(organisation, ports)
        now = month_of(datetime.now(UTC), ZoneInfo(directory.timezone))
        chosen = month or months_before(now, 1)
        if not is_month(chosen) or chosen > now:
            raise RecordsUnreadable(f"{chosen!r} is no month that has begun, such as {now}")
        written = write_report(directory, chosen, out, exact, ports)
    for path in written.paths:
        typer.echo(f"wrote {path}")
    typer.echo(f"{written.cases} cases")
    if written.gone:
        typer.echo(f"{written.gone} more count and have no row: they were erased or expired")
    for what in written.unreadable:
        typer.echo(f"not counted as it is now: {what}", err=True)
    if written.unreadable:
        raise typer.Exit(FINDINGS)

"""Commands that read policies and write nothing: check, show."""

# Each command imports what it needs: a build of an unchanged site takes less than the imports.

from enum import StrEnum
from typing import Annotated

import typer

from cli.exits import FINDINGS, rejected, wrong_use
from site_src import places
from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected, UnknownOrganisation


class ReportFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


def check_command(
    organisations: Annotated[list[str] | None, typer.Argument(metavar="[ORG]…")] = None,
    format: Annotated[ReportFormat, typer.Option(help="For people or for programs.")] = (
        ReportFormat.TEXT
    ),
) -> None:
    """Compare facts and text of each policy; print its facts and its conformance report."""
    from site_src.check.report import report
    from site_src.check.table import output_width

    try:
        organisations_read, findings = read_all(places.POLICIES, tuple(organisations or ()))
    except UnknownOrganisation as error:
        raise wrong_use(error) from error
    checked = {one.id for one in organisations_read} | {f.organisation for f in findings}
    newest = tuple(one.editions[-1] for one in organisations_read)
    written = report(findings, tuple(sorted(checked)), format.value, newest, output_width())
    typer.echo(written)
    raise typer.Exit(FINDINGS if findings else 0)


def show_command(organisation: Annotated[str, typer.Argument(metavar="ORG")]) -> None:
    """Print a policy whole, with what it shares with another worked in."""
    import yaml

    from site_src.policy.load import Edition, folders, load

    try:
        (folder,) = folders(places.POLICIES, (organisation,))
    except UnknownOrganisation as error:
        raise wrong_use(error) from error
    source = load(folder)
    if not isinstance(source, Edition):
        raise rejected(PoliciesRejected(source))
    typer.echo(f"{source.procedure}\n")
    typer.echo(yaml.safe_dump(source.reading.data, allow_unicode=True, sort_keys=False))

"""Ombud's command line: check policies, build the site, serve it on this machine."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from site_src.errors import PoliciesRejected, UnknownOrganisation
from site_src.report import report
from site_src.site import POLICIES, ROOT, build, read_all

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

FINDINGS = 1
WRONG_USE = 2


class ReportFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


@app.command("check")
def check_command(
    organisations: Annotated[list[str] | None, typer.Argument(metavar="[ORG]…")] = None,
    format: Annotated[ReportFormat, typer.Option(help="For people or for programs.")] = (
        ReportFormat.TEXT
    ),
) -> None:
    """Compare the facts of each policy with the text that they cite."""
    try:
        sources, findings = read_all(POLICIES, tuple(organisations or ()))
    except UnknownOrganisation as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(WRONG_USE) from error
    checked = {source.folder.name for source in sources} | {f.file.parent.name for f in findings}
    typer.echo(report(findings, tuple(sorted(checked)), format.value))
    raise typer.Exit(FINDINGS if findings else 0)


@app.command("build")
def build_command(
    out: Annotated[Path, typer.Option(help="The folder that is written.")] = ROOT / "dist",
) -> None:
    """Check every policy and write the site; with a finding nothing is written."""
    try:
        written = build(POLICIES, out)
    except PoliciesRejected as error:
        typer.echo(report(error.findings, (), "text"), err=True)
        raise typer.Exit(FINDINGS) from error
    typer.echo(f"{written} files written to {out}")


@app.command("serve")
def serve_command(
    port: Annotated[int, typer.Option(help="The port on localhost.")] = 8000,
    out: Annotated[Path, typer.Option(help="The folder of the site.")] = ROOT / "dist",
    data: Annotated[Path, typer.Option(help="The folder of cases and mails.")] = ROOT / "data",
) -> None:
    """Build, serve pages and function on localhost, rebuild when a policy changes."""
    from site_src.serve import serve

    try:
        build(POLICIES, out)
    except PoliciesRejected as error:
        typer.echo(report(error.findings, (), "text"), err=True)
        raise typer.Exit(FINDINGS) from error
    serve(port, out, data)


if __name__ == "__main__":
    app()

"""Ombud's command line: check, build, serve, and change policies safely."""

# Each command imports what it needs: a build of an unchanged site takes less than the imports.

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from site_src import site
from site_src.authoring import diff_command, new_command, revise_command, show_command
from site_src.casework import backup_command, restore_command, verify_command
from site_src.errors import (
    KeysUnreadable,
    NoSiteUrl,
    NotASite,
    PoliciesRejected,
    UnknownOrganisation,
)
from site_src.exits import FINDINGS, rejected, say_unnamed_contact, wrong_use
from site_src.publishing import SiteUrl, deploy_command, keys_command, poster_command
from site_src.records import (
    attachments_command,
    erase_command,
    expire_command,
    export_command,
    rekey_command,
)
from site_src.site import ROOT, build, read_all
from site_src.siteurl import site_url
from site_src.write import SECURITY_FILE

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)


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
    """Compare facts and text of each policy; print its facts and its conformance report."""
    from site_src.report import report
    from site_src.table import output_width

    try:
        organisations_read, findings = read_all(site.POLICIES, tuple(organisations or ()))
    except UnknownOrganisation as error:
        raise wrong_use(error) from error
    checked = {one.id for one in organisations_read} | {f.organisation for f in findings}
    newest = tuple(one.editions[-1] for one in organisations_read)
    written = report(findings, tuple(sorted(checked)), format.value, newest, output_width())
    typer.echo(written)
    raise typer.Exit(FINDINGS if findings else 0)


@app.command("build")
def build_command(
    out: Annotated[Path, typer.Option(help="The folder that is written.")] = ROOT / "dist",
    address: SiteUrl = None,
) -> None:
    """Check every policy and write the site; with a finding nothing is written."""
    try:
        written = build(site.POLICIES, out, site_url=site_url(address))
    except PoliciesRejected as error:
        raise rejected(error) from error
    except (KeysUnreadable, NotASite, NoSiteUrl) as error:
        raise wrong_use(error) from error
    typer.echo(f"{written} files written to {out}")
    if not (out / SECURITY_FILE).is_file():
        say_unnamed_contact()


@app.command("serve")
def serve_command(
    port: Annotated[int, typer.Option(help="The port on localhost.")] = 8000,
    out: Annotated[Path, typer.Option(help="The folder of the site.")] = ROOT / "dist",
    data: Annotated[Path, typer.Option(help="The folder of cases and mails.")] = ROOT / "data",
) -> None:
    """Build, serve pages and function on localhost, rebuild when a policy changes."""
    from site_src.serve import serve

    try:
        serve(port, out, data)
    except PoliciesRejected as error:
        raise rejected(error) from error
    except (KeysUnreadable, NotASite, NoSiteUrl) as error:
        raise wrong_use(error) from error


app.command("show")(show_command)
app.command("new")(new_command)
app.command("revise")(revise_command)
app.command("diff")(diff_command)
app.command("deploy")(deploy_command)
app.command("poster")(poster_command)
app.command("keys")(keys_command)
app.command("verify")(verify_command)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("attachments")(attachments_command)
app.command("export")(export_command)
app.command("erase")(erase_command)
app.command("expire")(expire_command)
app.command("rekey")(rekey_command)


if __name__ == "__main__":
    app()

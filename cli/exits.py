"""The exit codes of the commands (0 success, 1 findings, 2 wrong use) and their messages."""

import typer

from functions.model.errors import OmbudError
from site_src import places
from site_src.errors import (
    PoliciesRejected,
    SiteError,
)
from site_src.file_names import OPERATOR_FILE

FINDINGS = 1
WRONG_USE = 2


def rejected(error: PoliciesRejected) -> typer.Exit:
    """Prints the findings that block publication and returns the exit to raise."""
    from site_src.check.report import report

    organisations = sorted({finding.organisation for finding in error.findings})
    typer.echo(report(error.findings, tuple(organisations), "text"), err=True)
    return typer.Exit(FINDINGS)


def wrong_use(error: SiteError | OmbudError) -> typer.Exit:
    """Prints the error and returns the exit to raise."""
    typer.echo(str(error), err=True)
    return typer.Exit(WRONG_USE)


def say_missing_year(err: bool = True) -> None:
    """Warns from 1 November if next year's days off in China are not known.

    `err` says whether on stderr, which is for log lines alone while the server runs.
    """
    from site_src.check.calendar_rules import missing_year
    from site_src.publish.build import today

    if warning := missing_year(places.POLICIES, today()):
        typer.echo(warning, err=err)


def say_unnamed_contact() -> None:
    """Prints why the site has no security.txt."""
    file = places.POLICIES / OPERATOR_FILE
    typer.echo(
        f"no security.txt: {file} has no security_contact; "
        "add the address for reports of security problems"
    )

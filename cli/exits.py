"""How a command ends: 0 good, 1 findings, 2 wrong use; and what it says then."""

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
    """Prints what keeps the policies from being published; the exit to raise."""
    from site_src.check.report import report

    concerned = sorted({finding.organisation for finding in error.findings})
    typer.echo(report(error.findings, tuple(concerned), "text"), err=True)
    return typer.Exit(FINDINGS)


def wrong_use(error: SiteError | OmbudError) -> typer.Exit:
    """Prints what was asked wrongly; the exit to raise."""
    typer.echo(str(error), err=True)
    return typer.Exit(WRONG_USE)


def say_unnamed_contact() -> None:
    """Says why there is no security.txt."""
    name = places.POLICIES / OPERATOR_FILE
    typer.echo(f"no security.txt: {name} names no security_contact to report a weakness to")

"""The command that says what is well, what is not and what to do: doctor."""

# The command imports its own modules: the imports take longer than a build without changes.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exits import FINDINGS
from cli.options import DataFolder, PoliciesFolderIfAny
from site_src.places import ROOT

if TYPE_CHECKING:
    from cli.doctor.result import CheckResult


def _is_address(address: str | None) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    if address is None:
        return None
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise typer.BadParameter(f"{address!a} is no e-mail address: {error}") from error


def doctor_command(
    policies: PoliciesFolderIfAny,
    stack: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Examine a stack on AWS, with your own rights and its settings."
        ),
    ] = None,
    mail_to: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Send a test mail.", callback=_is_address),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    out: Annotated[Path, typer.Option(help="The folder of the site.")] = ROOT / "dist",
    data: DataFolder = ROOT / "data",
) -> None:
    """Say of settings, key, store, mail and all else what is well or wrong, and what to do."""
    from cli.doctor.examine import examine_installation
    from cli.doctor.installation import installation
    from cli.doctor.report import report_as_json, report_as_text

    examined = installation(data, out, policies, stack, mail_to)
    results: list[CheckResult] = []
    for result in examine_installation(examined):
        results.append(result)
        if not as_json:
            typer.echo(report_as_text(result))
    typer.echo(report_as_json(results) if as_json else summary(results))
    if any(result.state in ("warning", "fault") for result in results):
        raise typer.Exit(FINDINGS)


def summary(results: "list[CheckResult]") -> str:
    """How many faults and warnings there are, in a sentence."""
    counts = [
        f"{count} {name}{'' if count == 1 else 's'}"
        for name in ("fault", "warning")
        if (count := sum(result.state == name for result in results))
    ]
    return " and ".join(counts) or "all well"

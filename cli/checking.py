"""The commands that read policies and write nothing: check, show."""

# Each command imports its own modules: the imports take longer than a build without changes.

from enum import StrEnum
from typing import Annotated

import typer

from cli.exits import FINDINGS, rejected, say_missing_year, wrong_use
from cli.options import ChosenLanguage, PoliciesFolder, author_language
from cli.publishing.progress_bar import progress_on_terminal
from site_src.errors import PoliciesRejected, UnknownOrganisation


class ReportFormat(StrEnum):
    """The output formats of `check`."""

    TEXT = "text"
    JSON = "json"


def check_command(
    policies: PoliciesFolder,
    organisations: Annotated[list[str] | None, typer.Argument(metavar="[ORG]…")] = None,
    format: Annotated[ReportFormat, typer.Option(help="The format of the output.")] = (
        ReportFormat.TEXT
    ),
    language: ChosenLanguage = None,
) -> None:
    """Compare the facts and the text of each policy; print facts, conformance and findings."""
    from site_src.check.organisation import read_all
    from site_src.check.report import report
    from site_src.text_table import output_width

    try:
        loaded, findings = read_all(
            policies,
            tuple(organisations or ()),
            progress=progress_on_terminal(author_language(language)),
        )
    except UnknownOrganisation as error:
        raise wrong_use(error) from error
    checked = {editions.id for editions in loaded}
    checked |= {f.organisation for f in findings if not f.is_of_site}
    newest = tuple(editions.editions[-1] for editions in loaded)
    spoken = author_language(language)
    ids = tuple(sorted(checked))
    typer.echo(report(findings, ids, format.value, newest, output_width(), spoken))
    calendars = {
        edition.policy.organisation.counted_calendar for each in loaded for edition in each.editions
    }
    say_missing_year(policies, calendars, language=language)
    raise typer.Exit(FINDINGS if findings else 0)


def show_command(
    organisation: Annotated[str, typer.Argument(metavar="ORG")], policies: PoliciesFolder
) -> None:
    """Print the whole policy, including what it takes from the policy it extends."""
    import yaml

    from site_src.policy.edition import Edition
    from site_src.policy.folders import folders
    from site_src.policy.load import load

    try:
        (folder,) = folders(policies, (organisation,))
    except UnknownOrganisation as error:
        raise wrong_use(error) from error
    source = load(folder)
    if not isinstance(source, Edition):
        raise rejected(PoliciesRejected(source))
    typer.echo(f"{source.procedure}\n")
    typer.echo(yaml.safe_dump(source.reading.data, allow_unicode=True, sort_keys=False))

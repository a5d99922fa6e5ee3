"""Commands for authors of policies: new, revise, diff."""

# Each command imports what it needs: a build of an unchanged site takes less than the imports.

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.exits import WRONG_USE, rejected, wrong_use
from site_src import places
from site_src.check.organisation import read_all
from site_src.errors import (
    AnswerRefused,
    NothingRevised,
    NothingToCompare,
    OrganisationExists,
    PoliciesRejected,
    UnknownOrganisation,
    VersionTaken,
)
from site_src.publish.build import today

if TYPE_CHECKING:
    from site_src.authoring.new import AuthoringQuestion


class DiffFormat(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def new_command(organisation: Annotated[str, typer.Argument(metavar="ORG")]) -> None:
    """Ask a few questions and write a policy that builds."""
    from site_src.authoring.new import QUESTIONS, Answers, new_folder, write_policy

    try:
        new_folder(places.POLICIES, organisation)
        given = {
            question.field: typer.prompt(
                question.asks,
                default=question.default,
                show_default=False,
                value_proc=partial(_answered, question),
            )
            for question in QUESTIONS
        }
        given["staff"] = typer.confirm("Is it for the organisation's own staff?", default=False)
        folder = write_policy(places.POLICIES, organisation, Answers(**given), today())
    except (AnswerRefused, OrganisationExists) as error:
        raise wrong_use(error) from error
    except typer.Abort as error:
        typer.echo("\nNot every question is answered; nothing was written.", err=True)
        raise typer.Exit(WRONG_USE) from error
    typer.echo(f"Written: {folder}. How to go on: docs/policy-format.md")


def _answered(question: "AuthoringQuestion", given: str) -> Any:
    """The answer; a bad one is asked for again."""
    from site_src.authoring.new import read_answer

    try:
        return read_answer(question, given)
    except AnswerRefused as error:
        raise typer.BadParameter(str(error)) from error


def revise_command(organisation: Annotated[str, typer.Argument(metavar="ORG")]) -> None:
    """Archive the current version of a policy and open the next one."""
    from site_src.authoring.revise import revise
    from site_src.policy.load import folders

    try:
        (folder,) = folders(places.POLICIES, (organisation,))
        version = revise(folder, today())
    except (UnknownOrganisation, VersionTaken, NothingRevised) as error:
        raise wrong_use(error) from error
    except PoliciesRejected as error:
        raise rejected(error) from error
    typer.echo(f"{folder / 'policy.yaml'} is now version {version}: change it and its text.")


def diff_command(
    against: Annotated[
        str | None, typer.Option(metavar="DIR|URL", help="A published site; else the last version.")
    ] = None,
    format: Annotated[DiffFormat, typer.Option(help="For people, programs or a web page.")] = (
        DiffFormat.TEXT
    ),
) -> None:
    """Say in words what the public will see differently."""
    from site_src.authoring.diff import diff_against, diff_versions
    from site_src.authoring.difference import changes_as_html, changes_as_json, changes_as_text
    from site_src.authoring.published_policies import reader

    organisations, findings = read_all(places.POLICIES)
    unreadable = tuple(f for f in findings if f.organisation not in {o.id for o in organisations})
    if unreadable:
        raise rejected(PoliciesRejected(unreadable))
    try:
        if against is None:
            changes = diff_versions(organisations)
        else:
            changes = diff_against(reader(against), organisations)
    except NothingToCompare as error:
        raise wrong_use(error) from error
    written = {
        DiffFormat.TEXT: changes_as_text,
        DiffFormat.JSON: changes_as_json,
        DiffFormat.HTML: changes_as_html,
    }[format]
    typer.echo(written(changes))

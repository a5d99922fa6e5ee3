"""The command that renames an organisation."""

from typing import Annotated

import typer

from cli.exits import rejected, wrong_use
from cli.options import PoliciesFolder
from site_src.errors import (
    AnswerRefused,
    OrganisationExists,
    PoliciesRejected,
    UnknownOrganisation,
)


def rename_command(
    old: Annotated[str, typer.Argument(metavar="OLD")],
    new: Annotated[str, typer.Argument(metavar="NEW")],
    policies: PoliciesFolder,
) -> None:
    """Give an organisation another address; old links, open forms and cases go on."""
    from site_src.authoring.rename import rename

    try:
        renamed = rename(policies, old, new)
    except PoliciesRejected as error:
        raise rejected(error) from error
    except (AnswerRefused, OrganisationExists, UnknownOrganisation) as error:
        raise wrong_use(error) from error
    typer.echo(f"{renamed.folder} has the policy of {old} now.")
    if not renamed.earlier:
        typer.echo("It is a draft that was never published, so nothing is left of the old address.")
        return
    typer.echo(
        f"Once it is published, its pages are at /{new}/, and those at /{old}/ lead there. Forms "
        "that are open can still be sent, cases go on, and its staff log in as before. Look at "
        "`diff`, then deploy."
    )

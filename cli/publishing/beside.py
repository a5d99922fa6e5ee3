"""The commands for what is published beside the site: poster, keys."""

# Each command imports its own modules: the imports take longer than a build without changes.

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.exits import rejected, wrong_use
from cli.options import PoliciesFolder
from cli.publishing.options import SiteUrl
from cli.site_address import site_url
from functions.model.errors import SecretUnavailable, SettingInvalid
from site_src.errors import (
    KeysUnreadable,
    NoSiteUrl,
    PaperUnavailable,
    PoliciesRejected,
    UnknownOrganisation,
)
from site_src.places import ROOT
from site_src.publish.build import today


def poster_command(
    policies: PoliciesFolder,
    organisations: Annotated[list[str] | None, typer.Argument(metavar="[ORG]…")] = None,
    out: Annotated[Path, typer.Option(help="The folder to write the PDFs to.")] = ROOT
    / "build"
    / "posters",
    address: SiteUrl = None,
) -> None:
    """Write an A4 poster of each organisation as a PDF with a QR code to its page."""
    from site_src.render.pages.poster_files import write_posters

    try:
        url = site_url(address, None)
        paths = write_posters(policies, tuple(organisations or ()), out, today(), url)
    except PoliciesRejected as error:
        raise rejected(error) from error
    except (NoSiteUrl, PaperUnavailable, UnknownOrganisation) as error:
        raise wrong_use(error) from error
    for path in paths:
        typer.echo(f"wrote {path}")


def keys_command(policies: PoliciesFolder) -> None:
    """Write the public keys that verify receipts, derived from OMBUD_KEY, for publishing."""
    from functions.bootstrap import environment_keys as keys_of_environment
    from site_src.policy.folders import folders, recorded_id
    from site_src.receipts.keys import keys_of, write_keys

    try:
        names = tuple(map(recorded_id, folders(policies)))
        keys = keys_of(policies).added(keys_of_environment()[0], names, datetime.now(UTC))
    except (KeysUnreadable, SecretUnavailable, SettingInvalid) as error:
        raise wrong_use(error) from error
    path = write_keys(policies, keys)
    for name in names:
        typer.echo(f"{name} {keys.of(name)[-1].kid}")
    typer.echo(f"Written: {path}. Commit it, then build or deploy.")

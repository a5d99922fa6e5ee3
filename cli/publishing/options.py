"""The options of the commands that publish to a target."""

import getpass
import os
import platform
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.publishing.progress_bar import progress_on_terminal
from cli.site_address import site_url
from site_src.bilingual import AuthorLanguage
from site_src.publish.options import PublishOptions

SiteUrl = Annotated[
    str | None,
    typer.Option(
        "--site-url",
        metavar="URL",
        help="The public address of the site. Default: OMBUD_SITE_URL.",
    ),
]
ContractsBucket = Annotated[
    str | None,
    typer.Option(metavar="s3://BUCKET", help="On AWS: the bucket for the contracts."),
]
Distribution = Annotated[
    str | None,
    typer.Option(metavar="ID", help="On AWS: the CloudFront distribution of the site."),
]
Removed = Annotated[
    list[str] | None,
    typer.Option(metavar="ORG", help="Take this organisation off the site."),
]
TakenBackInputs = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ORG|FILE",
        help="Publish the earlier state of this input, although the target has a newer one.",
    ),
]
Claimed = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ORG|site.yaml",
        help="Publish this from here, although another source has published it.",
    ),
]
_SOURCE = re.compile(r"[^\W_][\w.:/@+-]{0,99}")


def _source(name: str) -> str:
    """Refuses what is no name, such as the next option where the name was forgotten."""
    if name and not _SOURCE.fullmatch(name):
        raise typer.BadParameter(
            f"{name!a} is no name of a checkout: begin with a letter or a digit; letters, digits "
            "and - _ . : / @ + may follow, 100 characters at most"
        )
    return name


Source = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        callback=_source,
        help="The name of this checkout, where several publish into one site.",
    ),
]
PublishedBy = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who publishes. Default: USER@MACHINE."),
]


def publish_options(
    policies: Path,
    day: date,
    address: str | None,
    source: str,
    by: str | None,
    statistics: Path,
    keep_going: bool,
    removed: list[str] | None,
    taken_back: list[str] | None,
    claimed: list[str] | None,
    language: AuthorLanguage,
) -> PublishOptions:
    """What they ask for. Raises NoSiteUrl."""
    return PublishOptions(
        policies=policies,
        day=day,
        site_url=site_url(address, None),
        source=source,
        by=publisher(by),
        statistics=statistics,
        scope="part" if keep_going else "whole",
        removed=tuple(removed or ()),
        taken_back=tuple(taken_back or ()),
        claimed=tuple(claimed or ()),
        language=language,
        progress=progress_on_terminal(language),
    )


def publisher(by: str | None) -> str:
    """Who publishes, as the record says."""
    if by:
        return by
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # as in a container without that user
        user = str(os.getuid())
    return f"{user}@{platform.node()}"

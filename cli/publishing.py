"""The commands for publishing: deploy, poster, keys."""

# Each command imports its own modules: the imports take longer than a build without changes.

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGTERM, signal
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exits import behind, incomplete, rejected, say_missing_year, say_unnamed_contact, wrong_use
from cli.options import (
    ChosenLanguage,
    KeepGoing,
    PoliciesFolder,
    StatisticsFolder,
    author_language,
)
from cli.site_address import site_url
from functions.model.errors import SecretUnavailable, SettingInvalid
from site_src.bilingual import Bilingual
from site_src.errors import (
    DeployRunning,
    KeysUnreadable,
    NoSiteUrl,
    NothingToCompare,
    PaperUnavailable,
    PoliciesRejected,
    RemovalRefused,
    StatisticsUnreadable,
    TargetAhead,
    UnknownOrganisation,
    WrongTarget,
)
from site_src.file_names import SECURITY_FILE
from site_src.places import ROOT, STATISTICS
from site_src.publish.build import today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from site_src.publish.deploy import Plan

_CANCELLED = 128 + SIGTERM
"""The exit code that a shell reports for a process that was ended by this signal."""

SiteUrl = Annotated[
    str | None,
    typer.Option(
        "--site-url",
        metavar="URL",
        help="The public address of the site. Default: OMBUD_SITE_URL.",
    ),
]


def deploy_command(
    to: Annotated[str, typer.Option(metavar="DIR|s3://BUCKET", help="Where to publish the site.")],
    policies: PoliciesFolder,
    contracts: Annotated[
        str | None,
        typer.Option(metavar="s3://BUCKET", help="On AWS: the bucket for the contracts."),
    ] = None,
    distribution: Annotated[
        str | None,
        typer.Option(metavar="ID", help="On AWS: the CloudFront distribution of the site."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the plan; publish nothing.")
    ] = False,
    remove: Annotated[
        list[str] | None,
        typer.Option(metavar="ORG", help="Take this organisation off the site."),
    ] = None,
    take_back: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORG|FILE",
            help="Publish the earlier state of this input, although the target has a newer one.",
        ),
    ] = None,
    address: SiteUrl = None,
    statistics: StatisticsFolder = STATISTICS,
    keep_going: KeepGoing = False,
    language: ChosenLanguage = None,
) -> None:
    """Publish the site; refuse to take back what others have published there."""
    from site_src.authoring.difference import changes_as_text
    from site_src.publish.deploy import deploy, plan
    from site_src.publish.target import target_at

    try:
        target = target_at(to, contracts, distribution)
        with _released_when_cancelled():
            deployed = (plan if dry_run else deploy)(
                policies,
                target,
                today(),
                site_url(address, None),
                tuple(remove or ()),
                tuple(take_back or ()),
                author_language(language),
                statistics,
                keep_going,
            )
    except PoliciesRejected as error:
        raise rejected(error, language, policies) from error
    except TargetAhead as error:
        raise behind(error, language) from error
    except (
        DeployRunning,
        KeysUnreadable,
        NoSiteUrl,
        NothingToCompare,
        RemovalRefused,
        StatisticsUnreadable,
        WrongTarget,
    ) as error:
        raise wrong_use(error) from error
    spoken = author_language(language)
    typer.echo(changes_as_text(deployed.changes, spoken))
    for line in _plan_lines(deployed, to) if dry_run else _done_lines(deployed, to):
        typer.echo(line.words(spoken))
    for _, reason in deployed.due_dates:
        typer.echo(reason)
    say_missing_year(policies, language=language)
    if SECURITY_FILE not in deployed.site.files:
        say_unnamed_contact(policies, language)
    if left_out := deployed.left_out:
        findings = (finding for found in left_out.values() for finding in found)
        raise incomplete(tuple(dict.fromkeys(findings)), tuple(left_out), policies, language)


def _plan_lines(deployed: "Plan", to: str) -> "Iterator[Bilingual]":
    yield from (Bilingual(f"write {name}", f"将写入 {name}") for name in deployed.files)
    yield from (Bilingual(f"remove {name}", f"将删除 {name}") for name in deployed.gone)
    count = len(deployed.files) + len(deployed.gone)
    yield Bilingual(f"{count} files would change at {to}", f"{to} 将有 {count} 个文件变动")


def _done_lines(deployed: "Plan", to: str) -> "Iterator[Bilingual]":
    yield from (Bilingual(f"wrote {name}", f"已写入 {name}") for name in deployed.files)
    yield from (Bilingual(f"removed {name}", f"已删除 {name}") for name in deployed.gone)
    count = len(deployed.files) + len(deployed.gone)
    yield Bilingual(f"{count} files changed at {to}", f"{to} 有 {count} 个文件变动")


@contextmanager
def _released_when_cancelled() -> Iterator[None]:
    """Ends by an exception when a job is cancelled, so that the lock is released."""
    before = signal(SIGTERM, lambda *_: sys.exit(_CANCELLED))
    try:
        yield
    finally:
        signal(SIGTERM, before)


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
    from site_src.policy.load import folders
    from site_src.receipts.keys import keys_of, write_keys

    try:
        names = tuple(folder.name for folder in folders(policies))
        keys = keys_of(policies).added(keys_of_environment()[0], names, datetime.now(UTC))
    except (KeysUnreadable, SecretUnavailable, SettingInvalid) as error:
        raise wrong_use(error) from error
    path = write_keys(policies, keys)
    for name in names:
        typer.echo(f"{name} {keys.of(name)[-1].kid}")
    typer.echo(f"Written: {path}. Commit it, then build or deploy.")

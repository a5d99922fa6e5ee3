"""The commands that build the site: build, serve."""

# Each command imports its own modules: the imports take longer than a build without changes.

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import (
    FINDINGS,
    incomplete,
    rejected,
    say_missing_year,
    say_unnamed_contact,
    wrong_use,
)
from cli.options import (
    ChosenLanguage,
    KeepGoing,
    PoliciesFolder,
    StatisticsFolder,
    author_language,
)
from cli.publishing.options import SiteUrl
from cli.publishing.progress_bar import progress_on_terminal
from cli.site_address import site_url
from site_src.bilingual import Bilingual
from site_src.errors import (
    KeysUnreadable,
    NoSiteUrl,
    NotASite,
    NothingToServe,
    PoliciesRejected,
    StatisticsUnreadable,
)
from site_src.file_names import SECURITY_FILE
from site_src.places import ROOT, STATISTICS
from site_src.publish.build import build_scope
from site_src.publish.options import Scope


def build_command(
    policies: PoliciesFolder,
    out: Annotated[Path, typer.Option(help="The folder to write the site to.")] = ROOT / "dist",
    address: SiteUrl = None,
    statistics: StatisticsFolder = STATISTICS,
    keep_going: KeepGoing = False,
    language: ChosenLanguage = None,
) -> None:
    """Check every policy and write the site; write nothing if there are findings."""
    try:
        url, progress = site_url(address), progress_on_terminal(author_language(language))
        scope: Scope = "part" if keep_going else "whole"
        built = build_scope(
            scope, policies, out, site_url=url, statistics=statistics, progress=progress
        )
    except PoliciesRejected as error:
        raise rejected(error, language, policies) from error
    except (KeysUnreadable, NotASite, NoSiteUrl, StatisticsUnreadable) as error:
        raise wrong_use(error) from error
    written = built.written
    words = Bilingual(f"{written} files written to {out}", f"已向 {out} 写入 {written} 个文件")
    typer.echo(words.words(author_language(language)))
    say_missing_year(policies, built.calendars, language=language)
    if not (out / SECURITY_FILE).is_file():
        say_unnamed_contact(policies, language)
    if built.findings:
        raise incomplete(built.findings, tuple(built.left_out), policies, language)


def serve_command(
    policies: PoliciesFolder,
    port: Annotated[int, typer.Option(help="The port.", min=1, max=65535)] = 8000,
    out: Annotated[Path, typer.Option(help="The folder of the site.")] = ROOT / "dist",
    data: Annotated[Path, typer.Option(help="The folder for cases, mails and the key.")] = ROOT
    / "data",
    production: Annotated[
        bool, typer.Option("--production", help="Serve the public: no drafts, no tools of authors.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Listen here. Default: 127.0.0.1.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that answer requests. Default: 2.", min=1, max=64)
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS[,…]",
            help="Addresses and networks whose X-Forwarded-For is believed. Default: 127.0.0.1.",
        ),
    ] = None,
    metrics: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS:PORT|none",
            help="Where /metrics is served, for Prometheus. Default: 127.0.0.1:9110.",
        ),
    ] = None,
    language: ChosenLanguage = None,
) -> None:
    """Build the site, serve pages and functions on this machine, and rebuild on changes.

    An organisation with findings keeps its last good pages; drafts are drawn, and marked.
    With --production, serve the public: --host, --workers, --proxy and --metrics are for it.
    """
    if production:
        _serve_public(port, out, data, policies, host, workers, proxy, metrics)
        return
    if (host, workers, proxy, metrics) != (None, None, None, None):
        raise typer.BadParameter("--host, --workers, --proxy and --metrics need --production")
    from cli.serve import serve

    try:
        serve(port, out, data, policies, author_language(language))
    except PoliciesRejected as error:
        raise rejected(error, language) from error
    except (KeysUnreadable, NotASite, NoSiteUrl) as error:
        raise wrong_use(error) from error


def _serve_public(
    port: int,
    out: Path,
    data: Path,
    policies: Path,
    host: str | None,
    workers: int | None,
    proxy: str | None,
    metrics: str | None,
) -> None:
    from cli.serving.public.listening import listening_of
    from cli.serving.public.production import serve_production

    listening = listening_of(port, host, workers, proxy, metrics)
    try:
        serve_production(listening, out, data, policies)
    except NothingToServe as error:
        wrong_use(error)
        raise typer.Exit(FINDINGS) from error

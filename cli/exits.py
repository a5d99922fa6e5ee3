"""The exit codes of the commands (0 success, 1 findings, 2 wrong use) and their messages."""

import typer

from cli.options import LanguageChoice, author_language
from functions.model.errors import OmbudError
from site_src import places
from site_src.bilingual import Bilingual
from site_src.errors import (
    PoliciesRejected,
    SiteError,
)
from site_src.file_names import OPERATOR_FILE

FINDINGS = 1
WRONG_USE = 2


def rejected(
    error: PoliciesRejected, language: LanguageChoice | None = None, others: bool = False
) -> typer.Exit:
    """Prints the findings that block publication and returns the exit to raise.

    With `others`, also names the organisations that have none.
    """
    from site_src.check.report import report
    from site_src.policy.load import folders

    organisations = {finding.organisation for finding in error.findings}
    if others:
        organisations |= {folder.name for folder in folders(places.POLICIES)}
    checked = tuple(sorted(organisations))
    typer.echo(
        report(error.findings, checked, "text", language=author_language(language)), err=True
    )
    return typer.Exit(FINDINGS)


def wrong_use(error: SiteError | OmbudError) -> typer.Exit:
    """Prints the error and returns the exit to raise."""
    typer.echo(str(error), err=True)
    return typer.Exit(WRONG_USE)


def say_missing_year(err: bool = True, language: LanguageChoice | None = None) -> None:
    """Warns from 1 November if next year's days off in China are not known.

    `err` says whether on stderr, which is for log lines alone while the server runs.
    """
    from site_src.check.calendar_rules import missing_year
    from site_src.publish.build import today

    if warning := missing_year(places.POLICIES, today()):
        typer.echo(warning.words(author_language(language)), err=err)


def say_unnamed_contact(language: LanguageChoice | None = None) -> None:
    """Prints why the site has no security.txt."""
    file = places.POLICIES / OPERATOR_FILE
    words = Bilingual(
        f"no security.txt: {file} has no security_contact; "
        "add the address for reports of security problems",
        f"没有 security.txt：{file} 里没有 security_contact；请写上接收安全问题报告的地址",
    )
    typer.echo(words.words(author_language(language)))

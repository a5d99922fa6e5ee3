"""The exit codes of the commands and their messages.

0 success, 1 findings in what was read, 2 wrong use, 3 the environment is not as needed, 70 an error
of the program.
"""

import sqlite3
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.options import LanguageChoice, author_language
from functions.model.errors import (
    BackupDamaged,
    ContractError,
    FileStorageError,
    OmbudError,
    SecretUnavailable,
    SettingInvalid,
    StackUnavailable,
    StoreError,
)
from site_src.bilingual import Bilingual, enumeration
from site_src.errors import (
    PaperUnavailable,
    PoliciesRejected,
    SiteError,
    SiteUnreachable,
)
from site_src.file_names import OPERATOR_FILE

if TYPE_CHECKING:
    from site_src.policy.finding import Finding

FINDINGS = 1
WRONG_USE = 2
ENVIRONMENT = 3
PROGRAM = 70
"""EX_SOFTWARE of sysexits(3)."""

_ENVIRONMENT = (
    ContractError,
    FileStorageError,
    PaperUnavailable,
    SecretUnavailable,
    SettingInvalid,
    SiteUnreachable,
    StackUnavailable,
    StoreError,
)


def rejected(
    error: PoliciesRejected, language: LanguageChoice | None = None, others: Path | None = None
) -> typer.Exit:
    """Prints the findings that block publication and returns the exit to raise.

    With a folder of `others`, also names the organisations there that have none.
    """
    from site_src.check.report import report
    from site_src.policy.folders import folders

    organisations = {f.organisation for f in error.findings if not f.is_of_site}
    if others is not None:
        organisations |= {folder.name for folder in folders(others)}
    checked = tuple(sorted(organisations))
    typer.echo(
        report(error.findings, checked, "text", language=author_language(language)), err=True
    )
    return typer.Exit(FINDINGS)


def incomplete(
    findings: "tuple[Finding, ...]",
    left_out: tuple[str, ...],
    policies: Path,
    language: LanguageChoice | None,
) -> typer.Exit:
    """Prints what was left out and why, and returns the exit to raise."""
    leaving = rejected(PoliciesRejected(findings), language, policies)
    if left_out:
        words = Bilingual(
            "left out, as they were before: {names}", "略去未动的单位：{names}"
        ).filled(names=enumeration(left_out))
        typer.echo(words.words(author_language(language)), err=True)
    return leaving


BEHIND = Bilingual(
    "Nothing was written: this checkout is behind what is published.",
    "什么都没有写入：这份工作副本落后于已公布的内容。",
)
OUTDATED = Bilingual(
    "Nothing was written: the plan is out of date.", "什么都没有写入：这份计划已经过时。"
)


def behind(
    reasons: tuple[str, ...], words: Bilingual, language: LanguageChoice | None = None
) -> typer.Exit:
    """Prints why nothing was published, and returns the exit to raise."""
    typer.echo(words.words(author_language(language)), err=True)
    for reason in reasons:
        typer.echo(f"  {reason}", err=True)
    return typer.Exit(FINDINGS)


@dataclass(frozen=True)
class Failure:
    """How a command ends that failed: its exit code, and what is wrong on one line."""

    code: int
    line: str


def failure_of(error: Exception) -> Failure:
    """Tells what input, use or environment is at fault, or that the program is."""
    if isinstance(error, BackupDamaged):
        return Failure(FINDINGS, _line(error))
    if isinstance(error, OmbudError | SiteError):
        code = ENVIRONMENT if isinstance(error, _ENVIRONMENT) else WRONG_USE
        return Failure(code, _line(error))
    if isinstance(error, ModuleNotFoundError):
        return Failure(ENVIRONMENT, f"{error.name} is not installed: {_installing(error.name)}")
    if isinstance(error, MemoryError):
        return Failure(ENVIRONMENT, "this machine has not enough memory")
    of_machine = isinstance(error, OSError | sqlite3.Error)
    if of_machine or type(error).__module__.startswith("botocore"):
        return Failure(ENVIRONMENT, _line(error))
    return Failure(
        PROGRAM,
        f"an error of the program, {type(error).__name__}: {_line(error)}; with --traceback before "
        "the command it says where, which is what its makers need to know",
    )


def wrong_use(error: SiteError | OmbudError) -> typer.Exit:
    """Prints the error and returns the exit to raise: 2, unless it is no fault of the command."""
    failure = failure_of(error)
    with suppress(OSError):
        typer.echo(failure.line, err=True)
    return typer.Exit(failure.code)


def _line(error: Exception) -> str:
    """What is wrong, on one line; names of files may have line ends and more."""
    if isinstance(error, OSError) and error.strerror:
        places = [name for name in (error.filename, error.filename2) if name is not None]
        place = " and ".join(printable(str(name)) for name in places)
        return f"{place or 'the system'}: {printable(error.strerror)}"
    return printable(" ".join(str(error).split())) or type(error).__name__


def _installing(module: str | None) -> str:
    if module in ("boto3", "botocore"):
        return "what uses AWS needs it, so install Ombud with its extra `aws`"
    return "install Ombud again, in a checkout by `make run`"


def printable(text: str) -> str:
    """The text without what could steer a terminal."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def say_missing_year(
    policies: Path,
    calendars: Collection[str],
    err: bool = True,
    language: LanguageChoice | None = None,
) -> None:
    """Warns if days off in China are not known: this year's, and from 1 November next year's.

    `calendars` are those that the policies use. `err` says whether on stderr, which is for log
    lines alone while the server runs.
    """
    from site_src.next_year import missing_year
    from site_src.publish.build import today

    if warning := missing_year(policies, calendars, today()):
        typer.echo(warning.words(author_language(language)), err=err)


def say_unnamed_contact(
    policies: Path, language: LanguageChoice | None = None, err: bool = False
) -> None:
    """Prints why the site has no security.txt."""
    file = policies / OPERATOR_FILE
    words = Bilingual(
        f"no security.txt: {file} has no security_contact; "
        "add the address for reports of security problems",
        f"没有 security.txt：{file} 里没有 security_contact；请写上接收安全问题报告的地址",
    )
    typer.echo(words.words(author_language(language)), err=err)

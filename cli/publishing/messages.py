"""What the commands that publish say, and how they end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.exits import (
    BEHIND,
    OUTDATED,
    behind,
    incomplete,
    rejected,
    say_missing_year,
    say_unnamed_contact,
    wrong_use,
)
from cli.options import LanguageChoice
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.errors import PlanOutdated, PoliciesRejected, SiteError, TargetAhead
from site_src.file_names import SECURITY_FILE

if TYPE_CHECKING:
    from site_src.publish.options import Publication, PublishOptions


@contextmanager
def failures_told(policies: Path, language: LanguageChoice | None) -> Iterator[None]:
    """Turns what stops a publication into a message and an exit code."""
    try:
        yield
    except PoliciesRejected as error:
        raise rejected(error, language, policies) from error
    except TargetAhead as error:
        raise behind(error.reasons, BEHIND, language) from error
    except PlanOutdated as error:
        raise behind(error.reasons, OUTDATED, language) from error
    except SiteError as error:
        raise wrong_use(error) from error


def say_waiting(words: str) -> None:
    """Prints what a publication waits for."""
    typer.echo(words, err=True)


def say_done(done: "Publication", place: str, language: AuthorLanguage) -> None:
    """Prints what changed for the public, and each file."""
    from site_src.authoring.difference import changes_as_text

    typer.echo(changes_as_text(done.changes, language))
    for name in done.files:
        typer.echo(Bilingual(f"wrote {name}", f"已写入 {name}").words(language))
    for name in done.gone:
        typer.echo(Bilingual(f"removed {name}", f"已删除 {name}").words(language))
    count = len(done.files) + len(done.gone)
    words = Bilingual(f"{count} files changed at {place}", f"{place} 有 {count} 个文件变动")
    typer.echo(words.words(language))


def say_rest(
    done: "Publication",
    options: "PublishOptions",
    language: LanguageChoice | None,
    err: bool = False,
) -> None:
    """Says what was adopted, when the site is due again, and what was left out."""
    from site_src.publish.due_dates import due_dates

    if done.adopted is not None:
        words = Bilingual(
            f"adopted what an earlier release published there: {done.adopted} organisations",
            f"接管了旧版程序在那里发布的内容：{done.adopted} 个单位",
        )
        typer.echo(words.words(options.language), err=err)
    for _, reason in sorted(due_dates(done.record, options.source, options.day)):
        typer.echo(reason, err=err)
    say_missing_year(options.policies, done.record.calendars, language=language)
    if SECURITY_FILE not in done.record.files:
        say_unnamed_contact(options.policies, language, err)
    if left_out := done.left_out:
        findings = (finding for found in left_out.values() for finding in found)
        raise incomplete(
            tuple(dict.fromkeys(findings)), tuple(left_out), options.policies, language
        )

"""The commands for policy authors: new, revise, diff."""

# Each command imports its own modules: the imports take longer than a build without changes.

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.exits import FINDINGS, WRONG_USE, rejected, wrong_use
from cli.options import ChosenLanguage, PoliciesFolder, PoliciesFolderIfAny, author_language
from site_src.bilingual import Bilingual
from site_src.errors import (
    AnswerRefused,
    NothingRevised,
    NothingToCompare,
    OrganisationExists,
    PoliciesRejected,
    UnknownOrganisation,
    UnknownVersion,
    VersionTaken,
)
from site_src.publish.build import today

if TYPE_CHECKING:
    from site_src.authoring.new import AuthoringQuestion


class DiffFormat(StrEnum):
    """The output formats of `diff`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def new_command(
    organisation: Annotated[str, typer.Argument(metavar="ORG")], policies: PoliciesFolderIfAny
) -> None:
    """Ask a few questions, then write a first policy that builds."""
    from site_src.authoring.new import Answers, first_question, new_folder, questions, write_policy
    from site_src.site_settings import read_operator

    try:
        new_folder(policies, organisation)
        site = read_operator(policies).language
        language = _ask(first_question("en" if site == "en" else "zh-CN"))
        answers = {"language": language}
        answers |= {question.field: _ask(question) for question in questions(language)}
        answers["staff"] = typer.confirm(
            "Is the procedure for the organisation's own staff?", default=False
        )
        folder = write_policy(policies, organisation, Answers(**answers), today())
    except PoliciesRejected as error:
        raise rejected(error) from error
    except (AnswerRefused, OrganisationExists) as error:
        raise wrong_use(error) from error
    except typer.Abort as error:
        typer.echo("\nA question was not answered, so nothing was written.", err=True)
        raise typer.Exit(WRONG_USE) from error
    typer.echo(f"Written: {folder}. docs/policy-format.md describes the next steps.")
    if language == "en":
        typer.echo(
            "It counts on the calendar of England and follows the UK GDPR. Change timezone, "
            "calendar, counting and privacy.law in policy.yaml where another country's hold."
        )


def _ask(question: "AuthoringQuestion") -> Any:
    return typer.prompt(
        question.asks,
        default=question.default,
        show_default=False,
        value_proc=partial(_parse_answer, question),
    )


def _parse_answer(question: "AuthoringQuestion", text: str) -> Any:
    """Returns the answer as a value; typer asks again after BadParameter."""
    from site_src.authoring.new import read_answer

    try:
        return read_answer(question, text)
    except AnswerRefused as error:
        raise typer.BadParameter(str(error)) from error


def revise_command(
    organisation: Annotated[str, typer.Argument(metavar="ORG")],
    policies: PoliciesFolder,
    back_to: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="The next version says what this one said."),
    ] = None,
) -> None:
    """Archive the current version of a policy and start the next one."""
    from site_src.authoring.revise import revise
    from site_src.policy.folders import folders

    try:
        (folder,) = folders(policies, (organisation,))
        version = revise(folder, today(), back_to)
    except (UnknownOrganisation, UnknownVersion, VersionTaken, NothingRevised) as error:
        raise wrong_use(error) from error
    except PoliciesRejected as error:
        raise rejected(error) from error
    if back_to is None:
        typer.echo(f"{folder / 'policy.yaml'} is now version {version}: edit it and procedure.md.")
    else:
        typer.echo(
            f"{folder / 'policy.yaml'} is now version {version} and says what version {back_to} "
            "said, its mailboxes included: look at `diff`, then deploy."
        )


def diff_command(
    policies: PoliciesFolder,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|URL|s3://BUCKET",
            help="The published site to compare with. Default: each policy's previous version.",
        ),
    ] = None,
    format: Annotated[DiffFormat, typer.Option(help="The format of the output.")] = (
        DiffFormat.TEXT
    ),
    language: ChosenLanguage = None,
) -> None:
    """Describe in words what will change for the public; exit with 1 if anything will."""
    from site_src.authoring.diff import diff_against, diff_versions
    from site_src.authoring.difference import changes_as_html, changes_as_json, changes_as_text
    from site_src.authoring.published_site import reader
    from site_src.check.organisation import read_all
    from site_src.policy.editions import read_published

    spoken = author_language(language)
    organisations, findings = read_all(policies)
    unreadable = tuple(f for f in findings if f.organisation not in {o.id for o in organisations})
    if unreadable:
        raise rejected(PoliciesRejected(unreadable), language)
    try:
        if against is None:
            changes = diff_versions(organisations, spoken, read_published(policies))
        else:
            changes = diff_against(reader(against), organisations, spoken)
    except NothingToCompare as error:
        raise wrong_use(error) from error
    write = {
        DiffFormat.TEXT: changes_as_text,
        DiffFormat.JSON: changes_as_json,
        DiffFormat.HTML: changes_as_html,
    }[format]
    typer.echo(write(changes, spoken))
    if changes:
        raise typer.Exit(FINDINGS)


def migrate_command(
    policies: PoliciesFolder,
    organisations: Annotated[list[str] | None, typer.Argument(metavar="[ORG]…")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something would change.")
    ] = False,
    language: ChosenLanguage = None,
) -> None:
    """Move facts to the keys that say them better; keep comments and layout."""
    from functions.model.durable_files import write_whole
    from site_src.authoring.migrate import migration
    from site_src.policy.edition import Editions
    from site_src.policy.editions import read_published
    from site_src.policy.folders import folders
    from site_src.policy.load import load_editions

    spoken = author_language(language)
    published, failed = read_published(policies), False
    try:
        chosen = folders(policies, tuple(organisations or ()))
    except UnknownOrganisation as error:
        raise wrong_use(error) from error
    for folder in chosen:
        loaded = load_editions(folder)
        if not isinstance(loaded, Editions):
            rejected(PoliciesRejected(loaded), language)
            failed = True
            continue
        source = next(edition for edition in loaded.editions if edition.folder == folder)
        migrated = migration(source)
        version = source.policy.version
        frozen = published.digest(loaded.ids, version) is not None
        for move in migrated.moves:
            typer.echo(f"{migrated.file}:{move.line}: {move.words.words(spoken)}")
            if not move.made:
                typer.echo(f"    {_BY_HAND.words(spoken)}")
        if migrated.moves and frozen and not check:
            typer.echo(f"    {_PUBLISHED.filled(version=version, id=folder.name).words(spoken)}")
            failed = True
        elif migrated.moves and not check:
            write_whole(migrated.file, migrated.text.encode())
        failed = failed or (check and bool(migrated.moves))
    if failed:
        raise typer.Exit(FINDINGS)


_BY_HAND = Bilingual(
    "Not written, because a comment would be lost: move it by hand.",
    "没有改写，因为会丢失注释：请手工移动。",
)
_PUBLISHED = Bilingual(
    "Not written, because version {version} is published: run `build.py revise {id}`, then "
    "migrate.",
    "没有改写，因为版本 {version} 已经公布：请先运行 `build.py revise {id}`，再运行 migrate。",
)

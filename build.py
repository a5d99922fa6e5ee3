"""Ombud's command line: check, build, serve, and change policies safely."""

# Each command imports what it needs: a build of an unchanged site takes less than the imports.

from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from functions.errors import BackupRefused, OmbudError
from site_src.errors import (
    AnswerRefused,
    CaseUnknown,
    DeployRunning,
    KeysUnreadable,
    NoReceipt,
    NoSiteUrl,
    NotASite,
    NothingRevised,
    NothingToCompare,
    OrganisationExists,
    PaperUnavailable,
    PoliciesRejected,
    SiteError,
    UnknownOrganisation,
    VersionTaken,
    WrongTarget,
)
from site_src.records import erase_command, expire_command, export_command
from site_src.site import POLICIES, ROOT, build, read_all, today
from site_src.siteurl import site_url
from site_src.write import OPERATOR_FILE, SECURITY_FILE

if TYPE_CHECKING:
    from site_src.new import Question

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

SiteUrl = Annotated[
    str | None,
    typer.Option("--site-url", metavar="URL", help="The public address; else OMBUD_SITE_URL."),
]

Data = Annotated[Path, typer.Option("--data", help="The folder of cases; else OMBUD_STORE.")]

FINDINGS = 1
WRONG_USE = 2


class ReportFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


class DiffFormat(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def _rejected(error: PoliciesRejected) -> typer.Exit:
    """Prints what keeps the policies from being published; the exit to raise."""
    from site_src.report import report

    concerned = sorted({finding.organisation for finding in error.findings})
    typer.echo(report(error.findings, tuple(concerned), "text"), err=True)
    return typer.Exit(FINDINGS)


def _wrong_use(error: SiteError | OmbudError) -> typer.Exit:
    """Prints what was asked wrongly; the exit to raise."""
    typer.echo(str(error), err=True)
    return typer.Exit(WRONG_USE)


def _say_unnamed_contact() -> None:
    """Says why there is no security.txt."""
    name = POLICIES / OPERATOR_FILE
    typer.echo(f"no security.txt: {name} names no security_contact to report a weakness to")


@app.command("check")
def check_command(
    organisations: Annotated[list[str] | None, typer.Argument(metavar="[ORG]…")] = None,
    format: Annotated[ReportFormat, typer.Option(help="For people or for programs.")] = (
        ReportFormat.TEXT
    ),
) -> None:
    """Compare facts and text of each policy; print its facts and its conformance report."""
    from site_src.report import report
    from site_src.table import output_width

    try:
        organisations_read, findings = read_all(POLICIES, tuple(organisations or ()))
    except UnknownOrganisation as error:
        raise _wrong_use(error) from error
    checked = {one.id for one in organisations_read} | {f.organisation for f in findings}
    newest = tuple(one.editions[-1] for one in organisations_read)
    written = report(findings, tuple(sorted(checked)), format.value, newest, output_width())
    typer.echo(written)
    raise typer.Exit(FINDINGS if findings else 0)


@app.command("build")
def build_command(
    out: Annotated[Path, typer.Option(help="The folder that is written.")] = ROOT / "dist",
    address: SiteUrl = None,
) -> None:
    """Check every policy and write the site; with a finding nothing is written."""
    try:
        written = build(POLICIES, out, site_url=site_url(address))
    except PoliciesRejected as error:
        raise _rejected(error) from error
    except (KeysUnreadable, NotASite, NoSiteUrl) as error:
        raise _wrong_use(error) from error
    typer.echo(f"{written} files written to {out}")
    if not (out / SECURITY_FILE).is_file():
        _say_unnamed_contact()


@app.command("show")
def show_command(organisation: Annotated[str, typer.Argument(metavar="ORG")]) -> None:
    """Print a policy whole, with what it shares with another worked in."""
    import yaml

    from site_src.load import Source, folders, load

    try:
        (folder,) = folders(POLICIES, (organisation,))
    except UnknownOrganisation as error:
        raise _wrong_use(error) from error
    source = load(folder)
    if not isinstance(source, Source):
        raise _rejected(PoliciesRejected(source))
    typer.echo(f"{source.procedure}\n")
    typer.echo(yaml.safe_dump(source.reading.data, allow_unicode=True, sort_keys=False))


@app.command("new")
def new_command(organisation: Annotated[str, typer.Argument(metavar="ORG")]) -> None:
    """Ask a few questions and write a policy that builds."""
    from site_src.new import QUESTIONS, Answers, new_folder, write_policy

    try:
        new_folder(POLICIES, organisation)
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
        folder = write_policy(POLICIES, organisation, Answers(**given), today())
    except (AnswerRefused, OrganisationExists) as error:
        raise _wrong_use(error) from error
    except typer.Abort as error:
        typer.echo("\nNot every question is answered; nothing was written.", err=True)
        raise typer.Exit(WRONG_USE) from error
    typer.echo(f"Written: {folder}. How to go on: docs/policy-format.md")


def _answered(question: "Question", given: str) -> Any:
    """The answer; a bad one is asked for again."""
    from site_src.new import read_answer

    try:
        return read_answer(question, given)
    except AnswerRefused as error:
        raise typer.BadParameter(str(error)) from error


@app.command("revise")
def revise_command(organisation: Annotated[str, typer.Argument(metavar="ORG")]) -> None:
    """Archive the current version of a policy and open the next one."""
    from site_src.load import folders
    from site_src.revise import revise

    try:
        (folder,) = folders(POLICIES, (organisation,))
        version = revise(folder, today())
    except (UnknownOrganisation, VersionTaken, NothingRevised) as error:
        raise _wrong_use(error) from error
    except PoliciesRejected as error:
        raise _rejected(error) from error
    typer.echo(f"{folder / 'policy.yaml'} is now version {version}: change it and its text.")


@app.command("diff")
def diff_command(
    against: Annotated[
        str | None, typer.Option(metavar="DIR|URL", help="A published site; else the last version.")
    ] = None,
    format: Annotated[DiffFormat, typer.Option(help="For people, programs or a web page.")] = (
        DiffFormat.TEXT
    ),
) -> None:
    """Say in words what the public will see differently."""
    from site_src.change import as_html, as_json, as_text
    from site_src.diff import diff_against, diff_versions
    from site_src.publication import reader

    organisations, findings = read_all(POLICIES)
    unreadable = tuple(f for f in findings if f.organisation not in {o.id for o in organisations})
    if unreadable:
        raise _rejected(PoliciesRejected(unreadable))
    try:
        if against is None:
            changes = diff_versions(organisations)
        else:
            changes = diff_against(reader(against), organisations)
    except NothingToCompare as error:
        raise _wrong_use(error) from error
    written = {
        DiffFormat.TEXT: as_text,
        DiffFormat.JSON: as_json,
        DiffFormat.HTML: as_html,
    }[format]
    typer.echo(written(changes))


@app.command("deploy")
def deploy_command(
    to: Annotated[str, typer.Option(metavar="DIR|s3://BUCKET", help="Where the site goes.")],
    contracts: Annotated[
        str | None, typer.Option(metavar="s3://BUCKET", help="Where contracts go on AWS.")
    ] = None,
    distribution: Annotated[
        str | None, typer.Option(metavar="ID", help="The CloudFront distribution.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan only.")] = False,
    address: SiteUrl = None,
) -> None:
    """Publish the site; content changed under a published version is refused."""
    from site_src.change import as_text
    from site_src.deploy import deploy, plan
    from site_src.target import target_at

    try:
        target = target_at(to, contracts, distribution)
        made = (plan if dry_run else deploy)(POLICIES, target, today(), site_url(address, None))
    except PoliciesRejected as error:
        raise _rejected(error) from error
    except (DeployRunning, KeysUnreadable, NoSiteUrl, NothingToCompare, WrongTarget) as error:
        raise _wrong_use(error) from error
    typer.echo(as_text(made.changes))
    written, removed = ("write", "remove") if dry_run else ("wrote", "removed")
    for name in made.files:
        typer.echo(f"{written} {name}")
    for name in made.gone:
        typer.echo(f"{removed} {name}")
    verb = "would change" if dry_run else "changed"
    typer.echo(f"{len(made.files) + len(made.gone)} files {verb} at {to}")
    if SECURITY_FILE not in made.site.files:
        _say_unnamed_contact()


@app.command("poster")
def poster_command(
    organisations: Annotated[list[str] | None, typer.Argument(metavar="[ORG]…")] = None,
    out: Annotated[Path, typer.Option(help="The folder of the PDFs.")] = ROOT / "build" / "posters",
    address: SiteUrl = None,
) -> None:
    """Write the A4 poster of each organisation as PDF, with a QR code to its page."""
    from site_src.posters import write_posters

    try:
        url = site_url(address, None)
        written = write_posters(POLICIES, tuple(organisations or ()), out, today(), url)
    except PoliciesRejected as error:
        raise _rejected(error) from error
    except (NoSiteUrl, PaperUnavailable, UnknownOrganisation) as error:
        raise _wrong_use(error) from error
    for path in written:
        typer.echo(f"wrote {path}")


@app.command("keys")
def keys_command() -> None:
    """Publish the keys that receipts are checked with; they derive from OMBUD_KEY."""
    from site_src.keys import key_of_environment, keys_of, write_keys
    from site_src.load import folders

    try:
        names = tuple(folder.name for folder in folders(POLICIES))
        keys = keys_of(POLICIES).added(key_of_environment(), names, datetime.now(UTC))
    except KeysUnreadable as error:
        raise _wrong_use(error) from error
    path = write_keys(POLICIES, keys)
    for name in names:
        typer.echo(f"{name} {keys.of(name)[-1].kid}")
    typer.echo(f"Written: {path}. Commit it, then build or deploy.")


@app.command("verify")
def verify_command(
    file: Annotated[
        Path,
        typer.Argument(help="The text file or PDF of a receipt.", exists=True, dir_okay=False),
    ],
    keys: Annotated[
        str | None, typer.Option(metavar="DIR|URL", help="A published site; else policies/.")
    ] = None,
) -> None:
    """Say whether a receipt is genuine, and if not, what does not match."""
    from site_src.keys import keys_of, published_keys
    from site_src.publication import reader
    from site_src.verify import problems_of, read_receipt

    try:
        known = published_keys(reader(keys)) if keys else keys_of(POLICIES)
        receipt = read_receipt(file.read_bytes())
    except (KeysUnreadable, NothingToCompare) as error:
        raise _wrong_use(error) from error
    except NoReceipt as error:
        typer.echo(f"{file}: {error}")
        raise typer.Exit(FINDINGS) from error
    problems = problems_of(receipt, known)
    for problem in problems:
        typer.echo(f"{problem.what}: {problem.why}")
    if problems:
        typer.echo("NOT GENUINE, or not as it was given out.")
        raise typer.Exit(FINDINGS)
    if receipt.content is None:
        typer.echo("The proof is genuine; the words it is about are not in this file.")
    else:
        typer.echo(f"{receipt.content}\n\nGenuine: these words were signed.")


@app.command("serve")
def serve_command(
    port: Annotated[int, typer.Option(help="The port on localhost.")] = 8000,
    out: Annotated[Path, typer.Option(help="The folder of the site.")] = ROOT / "dist",
    data: Annotated[Path, typer.Option(help="The folder of cases and mails.")] = ROOT / "data",
) -> None:
    """Build, serve pages and function on localhost, rebuild when a policy changes."""
    from site_src.serve import serve

    try:
        serve(port, out, data)
    except PoliciesRejected as error:
        raise _rejected(error) from error
    except (KeysUnreadable, NotASite, NoSiteUrl) as error:
        raise _wrong_use(error) from error


@app.command("backup")
def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")], data: Data = ROOT / "data"
) -> None:
    """Copy the store of cases, whether the server runs or not, and examine the copy."""
    from functions.adapters.backup import back_up

    try:
        cases = back_up(_store_file(data), file)
    except BackupRefused as error:
        raise _wrong_use(error) from error
    typer.echo(f"{cases} cases in {file}. The key that opens them is not there: keep it too.")


@app.command("restore")
def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put a store that has cases aside.")
    ] = False,
    data: Data = ROOT / "data",
) -> None:
    """Put a backup in the place of the store, while the server is stopped."""
    from functions.adapters.backup import restore

    try:
        restored = restore(file, _store_file(data), replace, datetime.now(UTC))
    except BackupRefused as error:
        raise _wrong_use(error) from error
    if restored.aside:
        typer.echo(f"What was there is now {restored.aside}")
    typer.echo(f"{restored.cases} cases restored; {restored.owed} mails are owed and will be sent.")


def _store_file(data: Path) -> Path:
    from functions.adapters.backup import sqlite_file
    from functions.settings import store_address
    from site_src.serve import store_in

    return sqlite_file(store_address() or store_in(data))


@app.command("attachments")
def attachments_command(
    reference: Annotated[str, typer.Argument(help="Of the case, as the notice has it.")],
    to: Annotated[Path, typer.Option(help="The folder to write the files to.")] = Path("."),
    data: Annotated[Path, typer.Option(help="The folder of cases and files.")] = ROOT / "data",
) -> None:
    """Fetch the files of a case; one that holds malware is named and not written."""
    from functions.bootstrap import bootstrap
    from site_src.handover import hand_over
    from site_src.serve import settings_of

    ports = bootstrap(settings_of(8000, ROOT / "dist", data))
    try:
        handed = hand_over(reference, to, ports)
    except CaseUnknown as error:
        raise _wrong_use(error) from error
    for one in handed:
        typer.echo(f"{one.path or 'not written'}: {one.name}, {one.state}, SHA-256 {one.sha256}")
    typer.echo(f"{len(handed)} files")


app.command("export")(export_command)
app.command("erase")(erase_command)
app.command("expire")(expire_command)


if __name__ == "__main__":
    app()

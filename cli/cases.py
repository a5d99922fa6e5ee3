"""Commands on the store of cases: files, a person's copy, erasing, end of retention, a new key.

They work on the store of OMBUD_STORE with the key of OMBUD_KEY, or else on what `serve` keeps.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exits import WRONG_USE, wrong_use
from cli.options import DataFolder
from functions.model.errors import OmbudError
from functions.settings import store_address
from site_src.errors import RecordsUnreadable, SiteError
from site_src.places import ROOT

if TYPE_CHECKING:
    from functions.cases.ports.case_store import CaseStore
    from functions.cases.ports.ports import Ports
    from functions.model.case import Case

NONE_FOUND = 1
NOT_OPENED = 1

_LAW = """\
Where a law or regulation demands that a case be kept longer, or erasing it is technically hard,
PIPL 47 lets you keep it and do nothing with it but store it. That is for you to decide: then stop
here, and tell the person why."""

Reference = Annotated[str | None, typer.Option(metavar="R", help="One case.")]
Person = Annotated[
    str | None, typer.Option(metavar="P", help="All cases filed with this e-mail or telephone.")
]


def export_command(
    reference: Reference = None,
    person: Person = None,
    out: Annotated[
        Path | None, typer.Option(help="The JSON file; readable by you alone. Else it is printed.")
    ] = None,
    data: DataFolder = ROOT / "data",
) -> None:
    """Write everything that is held of a case or a person (PIPL 45)."""
    from functions.cases.subject_rights import copy_of_case

    with _ports(data) as ports:
        store = ports.store
        cases = _found(store, reference, person)
        written = dumps(
            {
                "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "asked_for": {"reference": reference, "person": person},
                "cases": [copy_of_case(case, store) for case in cases],
            },
            ensure_ascii=False,
            indent=2,
        )
    if out is None:
        typer.echo(written)
        return
    with open(os.open(out, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(written + "\n")
    typer.echo(f"{len(cases)} cases written to {out}: {_listed(cases)}")


def erase_command(
    reference: Reference = None,
    person: Person = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: DataFolder = ROOT / "data",
) -> None:
    """Erase what is personal in a case, or in all of a person's (PIPL 47)."""
    from functions.cases.subject_rights import erase_case
    from functions.model.case_log import without_words

    with _ports(data) as ports:
        store = ports.store
        if reference and not person and (tombstone := store.erased(_read(reference))):
            store.erase(tombstone, without_words)  # whatever an interrupted call left
            typer.echo(f"{tombstone.reference} was erased on {tombstone.erased_at:%Y-%m-%d}")
            return
        cases = _found(store, reference, person)
        for case in cases:
            typer.echo(_going(case, store))
        typer.echo(f"\n{_LAW}\n")
        if dry_run:
            typer.echo("Nothing was erased.")
            return
        try:
            if not yes:
                typer.confirm(f"Erase this for good ({len(cases)} cases)?", abort=True)
        except typer.Abort as error:
            typer.echo("Nothing was erased.", err=True)
            raise typer.Exit(WRONG_USE) from error
        for case in cases:
            erase_case(case, ports)
            typer.echo(f"erased {case.reference}")
    typer.echo("Mails that went out, and backups, are not ours to erase: see docs/privacy.md.")


def expire_command(data: DataFolder = ROOT / "data") -> None:
    """Delete the cases whose retention is over; `serve` and DynamoDB do it by themselves."""

    from functions.cases.retention import expire_cases

    with _ports(data) as ports:
        typer.echo(f"{expire_cases(ports)} cases deleted, whose retention is over")


def rekey_command(data: DataFolder = ROOT / "data") -> None:
    """Encrypt anew what an earlier key encrypted; the server may run, if it has both keys."""
    texts = left = 0
    with _ports(data) as ports:
        while (done := ports.store.rekey()).texts:  # until a pass finds nothing that was in use
            texts += done.texts
        left = done.left
    typer.echo(f"{texts} texts encrypted anew, under the first key")
    if left:
        typer.echo(f"{left} texts do not open with any key and stay as they are", err=True)
        raise typer.Exit(NOT_OPENED)
    typer.echo("All open with it alone. Backups from before need the earlier keys still.")


def attachments_command(
    reference: Annotated[str, typer.Argument(help="Of the case, as the notice has it.")],
    to: Annotated[Path, typer.Option(help="The folder to write the files to.")] = Path("."),
    data: DataFolder = ROOT / "data",
) -> None:
    """Fetch the files of a case; one that holds malware is named and not written."""
    from cli.attachments import hand_over

    with _ports(data) as ports:
        handed = hand_over(reference, to, ports)
    for one in handed:
        typer.echo(f"{one.path or 'not written'}: {one.name}, {one.state}, SHA-256 {one.sha256}")
    typer.echo(f"{len(handed)} files")


@contextmanager
def _ports(data: Path) -> "Iterator[Ports]":
    """Everything of the settings, closed afterwards; what is wrong ends the program."""
    from cli.local_settings import settings_of, store_in
    from functions.bootstrap import bootstrap

    ports: Ports | None = None
    try:
        address = store_address()
        for name in ("OMBUD_KEY", "OMBUD_ATTACHMENTS"):
            if address and not os.environ.get(name):
                raise RecordsUnreadable(f"OMBUD_STORE is set: {name} must be, too")
        address = address or store_in(data)
        file = Path(address.removeprefix("sqlite:"))
        if address.startswith("sqlite:") and not file.is_file():
            raise RecordsUnreadable(f"{file} is missing: set OMBUD_STORE and OMBUD_KEY, or --data")
        ports = bootstrap(settings_of(8000, ROOT / "dist", data))
        yield ports
    except (OmbudError, SiteError) as error:
        raise wrong_use(error) from error
    finally:
        if ports is not None:
            ports.store.close()


def _found(store: "CaseStore", reference: str | None, person: str | None) -> "tuple[Case, ...]":
    """The cases that are asked for, at least one."""
    from functions.cases.subject_rights import cases_of

    cases: tuple[Case, ...]
    if (reference is None) == (person is None):
        raise RecordsUnreadable("give either --reference or --person")
    if reference is not None:
        found = store.case(_read(reference))
        cases = () if found is None else (found,)
    else:
        cases = tuple(cases_of(person or "", store))
    if not cases:
        typer.echo("No case was found.", err=True)
        raise typer.Exit(NONE_FOUND)
    return cases


def _read(reference: str) -> str:
    """The reference as it was given out. Raises RecordsUnreadable where it is mistyped."""
    from functions.model.reference import read_reference

    known = read_reference(reference)
    if known is None:
        raise RecordsUnreadable(f"{reference!r} is no reference; compare it with the notice")
    return known


def _going(case: "Case", store: "CaseStore") -> str:
    answers = case.submission.model_dump(exclude_defaults=True)
    events, mails = store.events(case.reference), store.mails(case.reference)
    return (
        f"{case.reference}  {case.organisation}  {case.kind}  received "
        f"{case.received_at:%Y-%m-%d}, kept until {case.retained_until:%Y-%m-%d}\n"
        f"  goes: {len(answers)} answers ({', '.join(answers)}), the words of {len(events)} "
        f"events, {len(mails)} mails, {len(case.attachments)} files\n"
        "  stays: reference, organisation, kind, dates, what happened when, and that it was erased"
    )


def _listed(cases: "tuple[Case, ...]") -> str:
    return ", ".join(case.reference for case in cases)

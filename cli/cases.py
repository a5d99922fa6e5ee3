"""The commands on cases: attachments, export, erase, expire, rekey.

They use the store in OMBUD_STORE with the key in OMBUD_KEY, or else the store of `serve`.
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
If a law or regulation requires you to keep a case longer, or if erasing it is technically
difficult, PIPL 47 allows you to keep the case, but only to store it. You decide: to keep it, stop
here and tell the person why."""

Reference = Annotated[str | None, typer.Option(metavar="R", help="The reference of one case.")]
PersonOption = Annotated[
    str | None,
    typer.Option(
        metavar="P", help="An e-mail address or telephone number: all cases filed with it."
    ),
]


def export_command(
    reference: Reference = None,
    person: PersonOption = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The JSON file to write; only you can read it. Default: print the JSON."),
    ] = None,
    data: DataFolder = ROOT / "data",
) -> None:
    """Export everything stored about a case or a person (PIPL 45)."""
    from functions.cases.subject_rights import copy_of_case
    from functions.model.durable_files import write_whole

    with open_ports(data) as ports:
        store = ports.store
        cases = _find_cases(ports, reference, person)
        text = dumps(
            {
                "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "asked_for": {"reference": reference, "person": person},
                "cases": [copy_of_case(case, store) for case in cases],
            },
            ensure_ascii=False,
            indent=2,
        )
    if out is None:
        typer.echo(text)
        return
    write_whole(out, f"{text}\n".encode(), private=True)
    typer.echo(f"{len(cases)} cases written to {out}: {_references(cases)}")


def erase_command(
    reference: Reference = None,
    person: PersonOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be erased; erase nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    data: DataFolder = ROOT / "data",
) -> None:
    """Erase the personal data in a case, or in all cases of a person (PIPL 47)."""
    from functions.cases.subject_rights import erase_case
    from functions.model.case_log import without_words

    with open_ports(data) as ports:
        store = ports.store
        if reference and not person and (tombstone := store.erased(_parse_reference(reference))):
            store.erase(tombstone, without_words)  # finishes an erasure that was interrupted
            typer.echo(f"{tombstone.reference} was erased on {tombstone.erased_at:%Y-%m-%d}")
            return
        cases = _find_cases(ports, reference, person)
        for case in cases:
            typer.echo(_erasure_preview(case, store))
        typer.echo(f"\n{_LAW}\n")
        if dry_run:
            typer.echo("Nothing was erased.")
            return
        try:
            if not yes:
                typer.confirm(f"Erase this permanently ({len(cases)} cases)?", abort=True)
        except typer.Abort as error:
            typer.echo("Nothing was erased.", err=True)
            raise typer.Exit(WRONG_USE) from error
        for case in cases:
            erase_case(case, ports)
            typer.echo(f"erased {case.reference}")
    typer.echo("Ombud cannot erase sent mails and backups: see docs/privacy.md.")


def expire_command(data: DataFolder = ROOT / "data") -> None:
    """Delete the cases past their retention; `serve` and DynamoDB do this automatically."""
    from functions.cases.retention import expire_cases, remove_orphans, remove_unclaimed

    with open_ports(data) as ports:
        typer.echo(f"{expire_cases(ports)} cases deleted: they were past their retention")
        remove_unclaimed(ports)
        remove_orphans(ports)


def rekey_command(data: DataFolder = ROOT / "data") -> None:
    """Re-encrypt with the current key; the server may keep running if it has both keys."""
    from functions.cases.desk.found_by import found_by
    from functions.cases.key_note import note_key
    from functions.model.case import Unreadable

    texts = left = 0
    with open_ports(data) as ports:
        # A pass skips what is changed meanwhile, so passes repeat until one re-encrypts nothing.
        while (result := ports.store.rekey()).texts:
            texts += result.texts
        left = result.left
        for case in ports.store.cases():
            if not isinstance(case, Unreadable):
                ports.lists.find_by(case.reference, found_by(case, ports.key))
        note_key(ports)
    typer.echo(f"{texts} texts re-encrypted with the first key")
    if left:
        typer.echo(f"{left} texts cannot be decrypted with any key and were left alone", err=True)
        raise typer.Exit(NOT_OPENED)
    typer.echo("The first key now decrypts every text. Earlier backups still need earlier keys.")


def attachments_command(
    reference: Annotated[
        str, typer.Argument(help="The reference of the case, as in the notice mail.")
    ],
    to: Annotated[Path, typer.Option(help="The folder to write the files to.")] = Path("."),
    data: DataFolder = ROOT / "data",
) -> None:
    """Write the files of a case to a folder; list but never write a file with malware."""
    from cli.reporting.attachments import hand_over

    with open_ports(data) as ports:
        files = hand_over(reference, to, ports)
    for file in files:
        place = file.path or "not written"
        typer.echo(f"{place}: {file.name}, {file.state}, SHA-256 {file.sha256}")
    typer.echo(f"{len(files)} files")


def has_store(data: Path) -> bool:
    """Whether the environment names a store, or `serve` has made one in `data`."""
    from cli.local_settings import store_in

    return bool(store_address()) or Path(store_in(data).removeprefix("sqlite:")).is_file()


@contextmanager
def open_ports(data: Path) -> "Iterator[Ports]":
    """Wires the ports from the settings and closes the store afterwards; errors exit with 2."""
    from cli.local_settings import refuse_half_set, settings_of, store_in
    from functions.bootstrap import bootstrap

    ports: Ports | None = None
    try:
        address = store_address()
        refuse_half_set(os.environ)
        address = address or store_in(data)
        file = Path(address.removeprefix("sqlite:"))
        if address.startswith("sqlite:") and not file.is_file():
            raise RecordsUnreadable(
                f"{file} is missing: set OMBUD_STORE and OMBUD_KEY, or give --data"
            )
        ports = bootstrap(settings_of(8000, ROOT / "dist", data))
        yield ports
    except (OmbudError, SiteError) as error:
        raise wrong_use(error) from error
    finally:
        if ports is not None:
            ports.store.close()


def _find_cases(ports: "Ports", reference: str | None, person: str | None) -> "tuple[Case, ...]":
    """The cases that the options name; exits with 1 if there are none."""
    from functions.cases.subject_rights import cases_of
    from functions.model.case import Unreadable

    cases: tuple[Case | Unreadable, ...]
    if (reference is None) == (person is None):
        raise RecordsUnreadable("give either --reference or --person")
    if reference is not None:
        named = ports.store.case(_parse_reference(reference))
        cases = () if named is None else (named,)
    else:
        cases = tuple(cases_of(person or "", ports))
    found = tuple(case for case in cases if not isinstance(case, Unreadable))
    for case in cases:
        if isinstance(case, Unreadable):
            typer.echo(f"{case.what} cannot be read, and may be one of these: {case.why}", err=True)
    if not found:
        typer.echo("No case was found.", err=True)
        raise typer.Exit(NONE_FOUND)
    return found


def _parse_reference(typed: str) -> str:
    """The reference as it was issued. Raises RecordsUnreadable if it is mistyped."""
    from functions.model.reference import read_reference

    reference = read_reference(typed)
    if reference is None:
        raise RecordsUnreadable(f"{typed!r} is not a reference; compare it with the notice mail")
    return reference


def _erasure_preview(case: "Case", store: "CaseStore") -> str:
    answers = case.submission.model_dump(exclude_defaults=True)
    events, mails = store.all_events(case.reference), store.mails(case.reference)
    return (
        f"{case.reference}  {case.organisation}  {case.kind}  received "
        f"{case.received_at:%Y-%m-%d}, kept until {case.retained_until:%Y-%m-%d}\n"
        f"  erased: {len(answers)} answers ({', '.join(answers)}), the text of {len(events)} "
        f"events, {len(mails)} mails, {len(case.attachments)} files\n"
        "  kept: reference, organisation, kind, dates, what happened when, and the erasure itself"
    )


def _references(cases: "tuple[Case, ...]") -> str:
    return ", ".join(case.reference for case in cases)

"""Commands on receipts and on the store of cases as a whole: verify, backup, restore."""

# Each command imports what it needs: a build of an unchanged site takes less than the imports.

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from functions.errors import BackupRefused
from site_src import site
from site_src.errors import (
    KeysUnreadable,
    NoReceipt,
    NothingToCompare,
)
from site_src.exits import FINDINGS, wrong_use
from site_src.site import ROOT

Data = Annotated[Path, typer.Option("--data", help="The folder of cases; else OMBUD_STORE.")]


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
        known = published_keys(reader(keys)) if keys else keys_of(site.POLICIES)
        receipt = read_receipt(file.read_bytes())
    except (KeysUnreadable, NothingToCompare) as error:
        raise wrong_use(error) from error
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


def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")], data: Data = ROOT / "data"
) -> None:
    """Copy the cases and their files, whether the server runs or not, and examine the copy."""
    from functions.adapters.backup import back_up

    try:
        made = back_up(*_places(data), file)
    except BackupRefused as error:
        raise wrong_use(error) from error
    typer.echo(
        f"{made.cases} cases and {made.files} files in {file}. "
        "The key that opens the cases is not there: keep it too."
    )


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put a store that has cases aside.")
    ] = False,
    data: Data = ROOT / "data",
) -> None:
    """Put a backup in the place of cases and files, while the server is stopped."""
    from functions.adapters.backup import restore

    try:
        restored = restore(file, *_places(data), replace, datetime.now(UTC))
    except BackupRefused as error:
        raise wrong_use(error) from error
    if restored.aside:
        typer.echo(f"What was there is now {restored.aside}")
    typer.echo(
        f"{restored.cases} cases restored with {restored.files} files; "
        f"{restored.owed} mails are owed and will be sent."
    )


def _places(data: Path) -> tuple[Path, Path]:
    """The file of the store and the folder of attached files. Raises BackupRefused."""
    from functions.adapters.backup import files_folder, sqlite_file
    from functions.settings import attachments_address, store_address
    from site_src.serve import files_in, store_in

    named, files = store_address(), attachments_address()
    store = sqlite_file(named or store_in(data))
    if named and not files:
        raise BackupRefused("OMBUD_STORE is set: OMBUD_ATTACHMENTS must be, too")
    return store, files_folder(files or files_in(data))

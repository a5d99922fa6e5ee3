"""The commands on the whole store of cases: backup, restore."""

# Each command imports its own modules: the imports take longer than a build without changes.

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exits import wrong_use
from cli.options import DataFolder
from functions.model.errors import BackupRefused
from site_src.places import ROOT

if TYPE_CHECKING:
    from functions.cases.ports.backup import Backup


def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")], data: DataFolder = ROOT / "data"
) -> None:
    """Copy the cases and their files, then check the copy; the server may keep running."""
    try:
        saved = _backup(data).save(file)
    except BackupRefused as error:
        raise wrong_use(error) from error
    typer.echo(
        f"{saved.cases} cases and {saved.files} files saved to {file}. "
        "The backup does not contain the key that decrypts the cases: keep a copy of the key too."
    )


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Set an existing store with cases aside.")
    ] = False,
    data: DataFolder = ROOT / "data",
) -> None:
    """Restore the cases and files of a backup. Stop the server first."""
    try:
        restored = _backup(data).restore(file, replace, datetime.now(UTC))
    except BackupRefused as error:
        raise wrong_use(error) from error
    if restored.aside:
        typer.echo(f"The previous store was moved to {restored.aside}")
    typer.echo(
        f"{restored.cases} cases restored with {restored.files} files; "
        f"{restored.owed} unsent mails will be sent."
    )


def _backup(data: Path) -> "Backup":
    """The backup of the store and files named by the environment, or else of those in `data`."""
    from cli.local_settings import files_in, store_in
    from functions.bootstrap import backup
    from functions.settings import attachments_address, store_address

    store, files = store_address(), attachments_address()
    return backup(store or store_in(data), files or ("" if store else files_in(data)))

"""Commands on the store of cases as a whole: backup, restore."""

# Each command imports what it needs: a build of an unchanged site takes less than the imports.

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
    """Copy the cases and their files, whether the server runs or not, and examine the copy."""
    try:
        made = _backup(data).save(file)
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
    data: DataFolder = ROOT / "data",
) -> None:
    """Put a backup in the place of cases and files, while the server is stopped."""
    try:
        restored = _backup(data).restore(file, replace, datetime.now(UTC))
    except BackupRefused as error:
        raise wrong_use(error) from error
    if restored.aside:
        typer.echo(f"What was there is now {restored.aside}")
    typer.echo(
        f"{restored.cases} cases restored with {restored.files} files; "
        f"{restored.owed} mails are owed and will be sent."
    )


def _backup(data: Path) -> "Backup":
    """The backup of the store and the files that the environment names, else those in `data`."""
    from cli.local_settings import files_in, store_in
    from functions.bootstrap import backup
    from functions.settings import attachments_address, store_address

    store, files = store_address(), attachments_address()
    return backup(store or store_in(data), files or ("" if store else files_in(data)))

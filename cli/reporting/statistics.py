"""The command that exports published figures, so that a build can show them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.cases import open_ports
from cli.options import DataFolder
from site_src.places import ROOT, STATISTICS

if TYPE_CHECKING:
    from functions.cases.ports.ports import Ports


def statistics_command(
    out: Annotated[Path, typer.Option(help="The folder that `build` and `deploy` read.")] = (
        STATISTICS
    ),
    data: DataFolder = ROOT / "data",
) -> None:
    """Export the figures of the last night of each organisation that publishes them."""
    with open_ports(data) as ports:
        written, missing = export_published(ports, out)
    for path in written:
        typer.echo(f"wrote {path}")
    for organisation in missing:
        typer.echo(f"{organisation}: nothing was counted yet", err=True)
    typer.echo(f"{len(written)} files changed in {out}")


def export_published(ports: "Ports", folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Writes what each organisation publishes, where it changed.

    Returns the files that were written, and the organisations of which nothing was counted yet.
    Raises ContractError, StoreError, OSError.
    """
    from functions.cases.statistics.month_totals import published_months
    from functions.model.durable_files import write_whole
    from site_src.file_names import statistics_file

    written: list[Path] = []
    missing: list[str] = []
    current = ports.contracts.current()
    for organisation in sorted(current.organisations):
        directory = ports.contracts.directory(organisation)
        if directory is None or not directory.publishes_statistics:
            continue
        found = published_months(organisation, ports)
        if found is None:
            missing.append(current.address_of(organisation))
            continue
        path = statistics_file(folder, organisation)
        content = f"{found.model_dump_json(indent=1)}\n".encode()
        if not path.is_file() or path.read_bytes() != content:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
            written.append(path)
    return tuple(written), tuple(missing)

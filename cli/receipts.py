"""The command on receipts: verify."""

# Each command imports its own modules: the imports take longer than a build without changes.

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import FINDINGS, printable, wrong_use
from cli.options import PoliciesFolderIfAny
from site_src.errors import KeysUnreadable, NoReceipt, NothingToCompare

_MOST_BYTES = 20_000_000
"""Many times the size of a receipt; of a longer file the rest is not read."""


def verify_command(
    file: Annotated[
        Path,
        typer.Argument(help="The text file or PDF of a receipt.", exists=True, dir_okay=False),
    ],
    policies: PoliciesFolderIfAny,
    keys: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|URL|s3://BUCKET",
            help="The published site with the keys. Default: the keys beside the policies.",
        ),
    ] = None,
) -> None:
    """Check whether a receipt is genuine; list what does not match."""
    from site_src.authoring.published_site import reader
    from site_src.receipts.keys import keys_of, published_keys
    from site_src.receipts.verify import problems_of, read_receipt

    try:
        public_keys = published_keys(reader(keys)) if keys else keys_of(policies)
        with file.open("rb") as content:
            receipt = read_receipt(content.read(_MOST_BYTES + 1)[:_MOST_BYTES])
    except (KeysUnreadable, NothingToCompare) as error:
        raise wrong_use(error) from error
    except NoReceipt as error:
        typer.echo(f"{printable(str(file))}: {printable(str(error))}")
        raise typer.Exit(FINDINGS) from error
    problems = problems_of(receipt, public_keys)
    for problem in problems:
        typer.echo(printable(f"{problem.what}: {problem.why}"))
    if problems:
        typer.echo("NOT GENUINE, or changed since it was issued.")
        raise typer.Exit(FINDINGS)
    if receipt.content is None:
        typer.echo("The proof is genuine; this file does not contain the text it signs.")
    else:
        typer.echo(f"{receipt.content}\n\nGenuine: the text above was signed, nothing else was.")

"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

DataFolder = Annotated[
    Path,
    typer.Option("--data", help="The folder that `serve` keeps cases in; OMBUD_STORE goes first."),
]

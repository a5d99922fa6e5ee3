"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

DataFolder = Annotated[
    Path,
    typer.Option("--data", help="The data folder of `serve`; OMBUD_STORE takes precedence."),
]

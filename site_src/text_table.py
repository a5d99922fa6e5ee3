"""Formats tables for a terminal or a file; a Chinese character takes two columns."""

import shutil
import sys
from collections.abc import Iterable
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Column, Table

UNBROKEN = 4000
"""A width in which no row breaks, so that grep finds whole rows."""


def output_width() -> int:
    """The width of the terminal, or UNBROKEN if the output goes to a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else UNBROKEN


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], width: int) -> str:
    """The rows under their headings, at most `width` columns wide."""
    columns = (Column(heading, overflow="fold") for heading in headings)
    grid = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in rows:
        grid.add_row(*row)
    output = StringIO()
    Console(
        file=output,
        width=width,
        color_system=None,
        force_terminal=False,
        markup=False,
        emoji=False,
        highlight=False,
    ).print(grid)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines()).strip("\n")

"""Tables for a terminal or a file: Chinese counts two columns, nothing is coloured."""

import shutil
import sys
from collections.abc import Iterable
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Column, Table

UNBROKEN = 4000
"""A width in which no row breaks, so that each can be found with grep."""


def output_width() -> int:
    """The width of the terminal that is written to, or UNBROKEN for a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else UNBROKEN


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], width: int) -> str:
    """The rows under their headings, at most `width` columns wide."""
    columns = (Column(heading, overflow="fold") for heading in headings)
    made = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in rows:
        made.add_row(*row)
    written = StringIO()
    Console(
        file=written,
        width=width,
        color_system=None,
        force_terminal=False,
        markup=False,
        emoji=False,
        highlight=False,
    ).print(made)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()).strip("\n")

"""The procedure as plain text, broken where a voice pauses, to be read out."""

import re

from rich.cells import cell_len

_WIDTH = 72
"""Columns; a Chinese character takes two."""

_PAUSE = re.compile(r"(?<=[，。；：！？])(?![”’）》」】])|(?<= )")
_LEAD = re.compile(r"^(?:- |\d+\. )?")
_HEADING = re.compile(r"^#{1,6}\s+")


def procedure_lines(procedure: str) -> list[str]:
    """The lines of a procedure without the marks of headings, and without its title."""
    lines = procedure.splitlines()
    if lines and lines[0].startswith("# "):
        lines = lines[1:]
    return [_HEADING.sub("", line) for line in lines]


def wrapped(text: str) -> str:
    """The text with long lines broken after a sign or a space, never inside a phrase.

    A phrase that is too long for a line keeps it to itself. What follows in an item of a list
    stands under its words. More than one empty line becomes one, and a no-break space a space.
    """
    broken = "\n".join(_wrapped(line.rstrip()) for line in text.splitlines())
    broken = broken.replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\n{3,}", "\n\n", broken).strip() + "\n"


def _wrapped(line: str) -> str:
    lead = _LEAD.match(line)
    indent = " " * (lead.end() if lead else 0)
    lines = [""]
    for phrase in _PAUSE.split(line):
        if lines[-1].strip() and cell_len((lines[-1] + phrase).rstrip()) > _WIDTH:
            lines.append(indent)
        lines[-1] += phrase
    return "\n".join(one.rstrip() for one in lines)

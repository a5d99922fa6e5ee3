"""Formats the procedure as plain text for reading aloud, with line breaks at pauses."""

import re

from rich.cells import cell_len

_WIDTH = 72
"""Columns; a Chinese character takes two."""

_PAUSE = re.compile(r"(?<=[，。；：！？])(?![”’）》」】])|(?<= )")
_LEAD = re.compile(r"^(?:- |\d+\. )?")
_HEADING = re.compile(r"^#{1,6}\s+")


def procedure_lines(procedure: str) -> list[str]:
    """The lines of a procedure without heading marks and without its title."""
    lines = procedure.splitlines()
    if lines and lines[0].startswith("# "):
        lines = lines[1:]
    return [_HEADING.sub("", line) for line in lines]


def wrapped(text: str) -> str:
    """The text with long lines broken after punctuation or a space, never inside a phrase.

    A phrase that is too long for a line gets a line of its own. Further lines of a list item are
    indented. Several empty lines become one, and a no-break space becomes a space.
    """
    broken = "\n".join(_wrapped(line.rstrip()) for line in text.splitlines())
    broken = broken.replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\n{3,}", "\n\n", broken).strip() + "\n"


def _wrapped(line: str) -> str:
    if cell_len(line) <= _WIDTH:
        return line
    lead = _LEAD.match(line)
    indent = " " * (lead.end() if lead else 0)
    lines = [""]
    for phrase in _PAUSE.split(line):
        if lines[-1].strip() and cell_len((lines[-1] + phrase).rstrip()) > _WIDTH:
            lines.append(indent)
        lines[-1] += phrase
    return "\n".join(wrapped_line.rstrip() for wrapped_line in lines)

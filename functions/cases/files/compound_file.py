"""Reads the directory of a compound file (MS-CFB), the container of Word and Excel before 2007."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_FIRST_FAT = 76
_HEADER_FATS = 109
"""Numbers of sectors of the table (FAT) that the header has room for."""

_SECTOR_SHIFTS = (9, 12)
_ENTRY = 128
_MOST_ENTRIES = 5000
_NOWHERE = 0xFFFF_FFFA
"""Numbers from here on are marks: end of a chain, free, part of the table."""


@dataclass(frozen=True)
class CompoundDirectory:
    """The names of all entries, and of those in the root."""

    names: frozenset[str]
    in_root: frozenset[str]


@dataclass(frozen=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int


def read_directory(content: bytes) -> CompoundDirectory | None:
    """The directory of the file; None if it is damaged."""
    try:
        entries = tuple(islice(_entries(content), _MOST_ENTRIES))
        root = entries[0]
    except (IndexError, struct.error, UnicodeDecodeError):
        return None
    in_root: set[int] = set()
    waiting = [root.child]
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in in_root:
            in_root.add(number)
            waiting += (entries[number].left, entries[number].right)
    return CompoundDirectory(
        frozenset(entry.name for entry in entries),
        frozenset(entries[number].name for number in in_root),
    )


def _entries(content: bytes) -> Iterator[_Entry]:
    """Yields the entries of the directory. Raises struct.error for a file that ends early."""
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in _SECTOR_SHIFTS:
        return
    size = 1 << shift
    (start,) = struct.unpack_from("<I", content, 48)
    for sector in _chain(start, _table(content, size)):
        for at in range((sector + 1) * size, (sector + 2) * size, _ENTRY):
            length, left, right, child = struct.unpack_from("<64xH2xIII", content, at)
            name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le")
            yield _Entry(name, left, right, child)


def _chain(start: int, table: tuple[int, ...]) -> Iterator[int]:
    """Yields the sectors of a chain; a chain without end stops where it would repeat."""
    sector, seen = start, set[int]()
    while sector < len(table) and sector not in seen:
        seen.add(sector)
        yield sector
        sector = table[sector]


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """The table (FAT) that names the sector after each sector, as far as the file has it."""
    most = len(content) // size // (size // 4) + 1
    numbers = list(struct.unpack_from(f"<{_HEADER_FATS}I", content, _FIRST_FAT))
    (further,) = struct.unpack_from("<I", content, 68)
    while len(numbers) < most and further < _NOWHERE:
        *more, further = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        numbers += more
    table: list[int] = []
    for number in numbers[:most]:
        if number >= _NOWHERE or (number + 2) * size > len(content):
            break
        table += struct.unpack_from(f"<{size // 4}I", content, (number + 1) * size)
    return tuple(table)

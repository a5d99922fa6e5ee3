"""Leaves out of a library in machine code what nothing reads when it runs: symbols and debug data.

A wheel of PyNaCl has 2.3 MB of them. The tools of a distribution read libraries of their own
processor alone, and this machine's is another than Lambda's.
"""

from struct import pack_into, unpack_from

_MAGIC = b"\x7fELF\x02\x01"
"""ELF of 64 bits, with the lowest byte first: what Lambda's processors take."""

_LOADED = 1
"""The type of a segment that is loaded; its content is all that runs."""


def loaded_part(library: bytes) -> bytes:
    """Returns the library up to the end of its last loaded segment, without a table of sections.

    Raises ValueError for anything but a library of 64 bits.
    """
    if not library.startswith(_MAGIC):
        raise ValueError("this is no ELF library of 64 bits")
    (programs,) = unpack_from("<Q", library, 32)
    size, count = unpack_from("<HH", library, 54)
    ends = [programs + size * count]
    for number in range(count):
        kind, _, offset, _, _, length = unpack_from("<IIQQQQ", library, programs + size * number)
        if kind == _LOADED:
            ends.append(offset + length)
    kept = bytearray(library[: max(ends)])
    pack_into("<Q", kept, 40, 0)  # where the table of sections begins
    pack_into("<HHH", kept, 58, 0, 0, 0)  # the size of its entries, their number, that of names
    return bytes(kept)

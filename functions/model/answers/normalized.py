"""Normalises text in a time that grows no faster than the text."""

import unicodedata

_SHORT = 500
"""So few characters take no time in whatever order they are."""


def nfc(text: str) -> str:
    """`text` in Unicode's normalization form C.

    `unicodedata` sorts the marks after a letter by exchanging neighbours: a megabyte of marks in
    the wrong order takes it minutes, and no other thread runs meanwhile. Here they are in order
    before, which changes nothing of the result (UAX #15, canonical ordering).
    """
    if len(text) <= _SHORT or text.isascii():
        return unicodedata.normalize("NFC", text)
    ordered: list[str] = []
    marks: list[str] = []
    for char in text:
        for part in unicodedata.normalize("NFD", char):
            if unicodedata.combining(part):
                marks.append(part)
                continue
            if marks:
                ordered += sorted(marks, key=unicodedata.combining)
                marks.clear()
            ordered.append(part)
    ordered += sorted(marks, key=unicodedata.combining)
    return unicodedata.normalize("NFC", "".join(ordered))

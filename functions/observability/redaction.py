"""Masks what a log line must not hold: whatever looks personal, or opens a case."""

import re
from functools import lru_cache

from functions.model.answers.plate import plate_in_text
from functions.model.reference import ALPHABET

_CHAR = f"[{ALPHABET}]"

_SHAPES = {
    "token": r"(?<=token=)[^\s&\"'<>]+"
    r"|(?<![A-Za-z0-9_.=-])[A-Za-z0-9_.=-]{12,}\.[A-Za-z0-9_-]{64}(?![A-Za-z0-9_-])"
    r"|(?<![0-9a-z])[0-9a-f]{64,}(?![0-9a-z])",
    "e-mail": r"[^\s@<>\"'(),:;，。：；、（）]+[@＠][^\s@<>\"'(),:;，。：；、（）]+",
    "code": rf"(?i:(?<![A-Z0-9]){_CHAR}{{5}}-?{_CHAR}{{4}}-?{_CHAR}{{4}}(?![A-Z0-9]))",
    "plate": plate_in_text(),
    "address": r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])",
    "number": r"(?<![A-Za-z0-9_-])\+?(?:[(（]?\d[)） －—-]{0,2}){6,}[\dXx](?![A-Za-z0-9_])",
}
"""In this order, as one shape may hold another. Dates and other long numbers go with the
telephone's: a line that says too little can be put up with. What is no text of ours, such as
references and Message-IDs, is logged in fields of its own, which are not masked."""

_ANY = re.compile("|".join(f"(?P<{name.replace('-', '')}>{it})" for name, it in _SHAPES.items()))
_NAMES = {name.replace("-", ""): f"[{name}]" for name in _SHAPES}


@lru_cache(maxsize=256)  # most lines say what one before them said
def redacted(text: str) -> str:
    """The text with a word in brackets for each part that looks personal or secret."""
    return _ANY.sub(lambda found: _NAMES[found.lastgroup or ""], text)

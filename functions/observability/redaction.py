"""Masks in log lines what looks personal or could open a case."""

import re
from functools import lru_cache

from functions.model.answers.plate import plate_in_text
from functions.model.reference import ALPHABET

_CHAR = f"[{ALPHABET}]"

_PATTERNS = {
    "token": r"(?<=token=)[^\s&\"'<>]+"
    r"|(?<![A-Za-z0-9_.=-])[A-Za-z0-9_.=-]{12,}\.[A-Za-z0-9_-]{64}(?![A-Za-z0-9_-])"
    r"|(?<![0-9a-z])[0-9a-f]{64,}(?![0-9a-z])",
    "e-mail": r"[^\s@<>\"'(),:;，。：；、（）]+[@＠][^\s@<>\"'(),:;，。：；、（）]+",
    "code": rf"(?i:(?<![A-Z0-9]){_CHAR}{{5}}-?{_CHAR}{{4}}-?{_CHAR}{{4}}(?![A-Z0-9]))",
    "plate": plate_in_text(),
    "address": r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])",
    "number": r"(?<![A-Za-z0-9_-])\+?(?:[(（]?\d[)） －—-]{0,2}){6,}[\dXx](?![A-Za-z0-9_])",
}
"""Patterns in order of priority, because one may contain another. `number` is for telephone
numbers and also masks dates and other long numbers: a line that says too little is tolerable.
References and Message-IDs are logged in fields of their own, which are not masked."""

_ANY = re.compile(
    "|".join(f"(?P<{name.replace('-', '')}>{pattern})" for name, pattern in _PATTERNS.items())
)
_MASKS = {name.replace("-", ""): f"[{name}]" for name in _PATTERNS}


@lru_cache(maxsize=256)  # most lines repeat the text of an earlier one
def redacted(text: str) -> str:
    """Replaces each part that looks personal or secret by a word in brackets, such as `[code]`."""
    return _ANY.sub(lambda match: _MASKS[match.lastgroup or ""], text)

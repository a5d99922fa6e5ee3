"""Makes, reads and compares references and access codes."""

import hmac
import secrets
import unicodedata
from hashlib import sha256

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from functions.model.answers.invisible import without_invisible

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty characters that people do not confuse: no 0/O, 1/I/L, U. 31 is prime, so the ISO 7064
hybrid check finds every wrong character, and all but 2 in 1,000 swaps of neighbours."""

_SHORTEST, _LONGEST = 12, 14
"""Length of a reference without dashes: a prefix of two to four characters and ten more."""

LONGEST_TYPED = 100

_CODE_LENGTH = 13
"""30^13 is 2^63.8 codes: more than the 60 bits required against guessing."""


def random_letters(length: int) -> str:
    """Unpredictable characters of the alphabet, from one call of the system's random source."""
    return _spell(secrets.randbelow(len(ALPHABET) ** length), length)


def _spell(number: int, length: int) -> str:
    """The last `length` digits of `number` in base 30, least significant first, as characters."""
    characters = []
    for _ in range(length):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


def new_reference(prefix: str) -> str:
    """A new reference, such as `SB-7K3M9-QXH4C`; its last character is a check character."""
    body = random_letters(9)
    check = mod_37_36.calc_check_digit(prefix + body, ALPHABET)
    return f"{prefix}-{body[:5]}-{body[5:]}{check}"


def read_reference(text: str) -> str | None:
    """The reference as issued, whatever the typed case, width and dashes; None if invalid.

    Words before and after it are left out, as in a line that was copied whole.
    """
    words = _words(text)
    runs = (
        words[first:end]
        for first in range(len(words))
        for end in range(first + 1, min(first + _LONGEST, len(words)) + 1)
    )
    # A label may by chance pass the check as well, but not in the three parts of a reference.
    in_parts_first = sorted(runs, key=lambda run: [len(word) for word in run[1:]] != [5, 5])
    return next(filter(None, map(_as_issued, map("".join, in_parts_first))), None)


def _as_issued(compact: str) -> str | None:
    if not _SHORTEST <= len(compact) <= _LONGEST:
        return None
    try:
        mod_37_36.validate(compact, ALPHABET)
    except (ValidationError, ValueError):
        return None
    prefix, body = compact[:-10], compact[-10:]
    return f"{prefix}-{body[:5]}-{body[5:]}"


def access_code(key: bytes, reference: str) -> str:
    """The access code of a case; it derives from OMBUD_KEY (`key`), so it is not stored."""
    number = int.from_bytes(hmac.digest(key, b"access code\0" + reference.encode(), sha256))
    code = _spell(number, _CODE_LENGTH)
    return f"{code[:5]}-{code[5:9]}-{code[9:]}"


def code_matches(key: bytes, reference: str, code: str) -> bool:
    """Whether `code` ends with the access code of the case; compared in constant time."""
    typed = "".join(_words(code))[-_CODE_LENGTH:]
    expected = access_code(key, reference).replace("-", "")
    return hmac.compare_digest(typed.encode(), expected.encode())


def _words(text: str) -> list[str]:
    """Runs of letters and digits in upper case; full-width characters become ASCII.

    Chinese characters, of a label, stand between words. Similar letters of other scripts are part
    of a word and are not converted.
    """
    plain = unicodedata.normalize("NFKC", without_invisible(text[:LONGEST_TYPED])).upper()
    return "".join(char if _is_of_word(char) else " " for char in plain).split()


def _is_of_word(char: str) -> bool:
    return char.isalnum() and unicodedata.category(char) != "Lo"

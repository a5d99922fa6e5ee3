"""References and access codes: made, read as people type them, and compared."""

import hmac
import secrets
import unicodedata
from hashlib import sha256

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty characters that nobody confuses: no 0/O, 1/I/L, U. 31 is prime, so the ISO 7064
hybrid check over them finds every wrong character, and all but 2 in 1,000 swapped neighbours."""

_SHORTEST, _LONGEST = 12, 14
"""Of a reference without dashes: a prefix of two to four characters and ten more."""

_LONGEST_TYPED = 100

_CODE_LENGTH = 13
"""30^13 is 2^63.8: above the 60 bits that guessing would have to search."""


def random_letters(length: int) -> str:
    """Characters of the alphabet that nobody can foresee, from one call of the system's source."""
    return _spelled(secrets.randbelow(len(ALPHABET) ** length), length)


def _spelled(number: int, length: int) -> str:
    """The last `length` digits of a number, the last one first, in the alphabet's characters."""
    characters = []
    for _ in range(length):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


def new_reference(prefix: str) -> str:
    """A fresh reference, such as `SB-7K3M9-QXH4C`; its last character checks the others."""
    body = random_letters(9)
    check = mod_37_36.calc_check_digit(prefix + body, ALPHABET)
    return f"{prefix}-{body[:5]}-{body[5:]}{check}"


def read_reference(text: str) -> str | None:
    """The reference as it was given out, whatever its case, width and dashes; None if mistyped."""
    compact = _typed(text)
    if not _SHORTEST <= len(compact) <= _LONGEST:
        return None
    try:
        mod_37_36.validate(compact, ALPHABET)
    except (ValidationError, ValueError):
        return None
    prefix, body = compact[:-10], compact[-10:]
    return f"{prefix}-{body[:5]}-{body[5:]}"


def access_code(key: bytes, reference: str) -> str:
    """The case's access code: derived from the key, so it is stored nowhere."""
    number = int.from_bytes(hmac.digest(key, b"access code\0" + reference.encode(), sha256))
    code = _spelled(number, _CODE_LENGTH)
    return f"{code[:5]}-{code[5:9]}-{code[9:]}"


def code_matches(key: bytes, reference: str, code: str) -> bool:
    """Whether `code` opens the case, in time that does not depend on the answer."""
    given = _typed(code)
    right = access_code(key, reference).replace("-", "")
    return hmac.compare_digest(given.encode(), right.encode())


def _typed(text: str) -> str:
    """Letters and digits as people type them: small, full-width, with dashes and blanks.

    Letters of other scripts that look the same are other letters and stay so.
    """
    narrow = unicodedata.normalize("NFKC", text[:_LONGEST_TYPED]).upper()
    return "".join(char for char in narrow if char.isalnum())

"""Sealed tokens: who holds one may do one thing to one case until its end."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from functions.model.errors import TokenExpired, TokenInvalid

Purpose = Literal["receipt", "session", "handling"]
"""A token of one purpose opens nothing else."""


def seal(key: bytes, purpose: Purpose, claim: str, now: datetime, length: timedelta) -> str:
    """A token for `claim`, which holds nothing personal, good for `length`."""
    claim = f"{claim}.{int((now + length).timestamp())}"
    return f"{claim}.{keyed(key, purpose, claim)}"


def unseal(key: bytes, purpose: Purpose, token: str, now: datetime) -> str:
    """The claim of a token.

    Raises TokenExpired for one that is over, else TokenInvalid for one that is not genuine.
    """
    whole, _, mac = token.rpartition(".")
    if not hmac.compare_digest(mac.encode(), keyed(key, purpose, whole).encode()):
        raise TokenInvalid(f"the {purpose} token is not genuine")
    claim, _, end = whole.rpartition(".")
    if now.timestamp() > int(end):
        raise TokenExpired(f"the {purpose} token has expired")
    return claim


def keyed(key: bytes, purpose: str, content: str) -> str:
    """HMAC-SHA256 of the content for one purpose, hexadecimal.

    A plain hash of a few words is no secret: whoever has it can try words until one fits.
    """
    return hmac.new(key, f"{purpose}\0{content}".encode(), sha256).hexdigest()

"""Sealed tokens: who holds one may do one thing until its end.

Signed by itsdangerous with a key of its own for each purpose; nothing in a token is secret.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha384
from typing import Literal

from itsdangerous import BadSignature, Signer

from functions.model.errors import TokenExpired, TokenInvalid

Purpose = Literal["receipt", "session", "handling", "upload"]
"""A token of one purpose opens nothing else."""

RECEIPT_LINK = timedelta(hours=1)
"""How long a receipt link works; reference and access code work as long as the case is kept."""

STATUS_SESSION = timedelta(hours=1)
"""How long the forms of a status page work; then it asks for the access code again."""

STAFF_LINK = timedelta(days=180)
"""How long a staff link works; each new mail brings a new one."""


_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{64}")
"""base64url without padding. itsdangerous passes over other characters, so a signature would have
many spellings; 48 bytes leave no bits over that would make two of one."""


class Tokens:
    """Seals claims under the first key, and opens what any of the keys has sealed."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._newest_last = list(keys)[::-1]

    def seal(self, purpose: Purpose, claim: str, until: datetime) -> str:
        """`<claim>.<end>.<signature>`; the claim is fit for an address and nothing personal."""
        signed = self._signer(purpose).sign(f"{claim}.{int(until.timestamp())}")
        return signed.decode()

    def open(self, purpose: Purpose, token: str, now: datetime) -> str:
        """The claim of a token.

        Raises TokenExpired for one whose time is over, else TokenInvalid for one that is not
        genuine.
        """
        signed, _, signature = token.rpartition(".")
        try:
            if not (signed.isascii() and _SIGNATURE.fullmatch(signature)):
                raise BadSignature("not the spelling of a token")
            claim, _, end = self._signer(purpose).unsign(token).decode().rpartition(".")
        except BadSignature as error:
            raise TokenInvalid(f"the {purpose} token is not genuine") from error
        if now.timestamp() > int(end):
            raise TokenExpired(f"the {purpose} token has expired")
        return claim

    def _signer(self, purpose: Purpose) -> Signer:
        return Signer(
            self._newest_last,
            salt=f"ombud {purpose}",
            key_derivation="hmac",
            digest_method=sha384,
        )

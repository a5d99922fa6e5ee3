"""Sealed tokens: whoever has one may do one thing until it expires.

itsdangerous signs them with a separate key for each purpose; the content of a token is readable.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha384
from typing import Literal

from itsdangerous import BadSignature, Signer

from functions.model.errors import TokenExpired, TokenInvalid

Purpose = Literal["receipt", "session", "handling", "upload", "login", "code", "desk"]
"""What a token is for; it is not valid for another purpose."""

RECEIPT_LINK = timedelta(hours=1)
"""How long a receipt link works; reference and access code work as long as the case exists."""

STATUS_SESSION = timedelta(hours=1)
"""How long the forms of a status page work; after that it asks for the access code again."""

STAFF_LINK = timedelta(days=180)
"""How long a staff link works; each new mail has a new link."""

LOGIN_LINK = timedelta(minutes=15)
"""How long the link and the code of a login mail work."""

DESK_SESSION = timedelta(hours=8)
"""How long a member of staff stays logged in, however much they do."""

_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{64}")
"""base64url without padding, checked because itsdangerous ignores other characters, so that one
signature would have many spellings. 48 bytes fill 64 characters without spare bits."""


class Tokens:
    """Seals claims under the first key, and opens tokens sealed under any of the keys."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._newest_last = list(keys)[::-1]

    def seal(self, purpose: Purpose, claim: str, until: datetime) -> str:
        """`<claim>.<end>.<signature>`; the claim must be URL-safe and must not be personal."""
        signed = self._signer(purpose).sign(f"{claim}.{int(until.timestamp())}")
        return signed.decode()

    def open(self, purpose: Purpose, token: str, now: datetime) -> str:
        """The claim of a token.

        Raises TokenExpired if it is genuine but expired, TokenInvalid if it is not genuine.
        """
        signed, _, signature = token.rpartition(".")
        try:
            if not (signed.isascii() and _SIGNATURE.fullmatch(signature)):
                raise BadSignature("the signature is not base64url")
            claim, _, end = self._signer(purpose).unsign(token).decode().rpartition(".")
        except BadSignature as error:
            raise TokenInvalid(f"the {purpose} token is not genuine") from error
        if now.timestamp() > int(end):
            raise TokenExpired(f"the {purpose} token has expired", claim)
        return claim

    def _signer(self, purpose: Purpose) -> Signer:
        return Signer(
            self._newest_last,
            salt=f"ombud {purpose}",
            key_derivation="hmac",
            digest_method=sha384,
        )

"""Vouchers: what a page carries for a file that was left with it.

A voucher is sealed with a key of its own purpose and names the organisation, so that none can be
made up, changed or taken elsewhere; where the file lies follows from its id alone.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated

from pydantic import Field, ValidationError

from functions.model.attachment import Attachment, FileType
from functions.model.errors import TokenInvalid
from functions.model.frozen import Frozen

LIFETIME = timedelta(hours=24)
"""For so long a page may be filled in after its first file was left."""


class Voucher(Frozen):
    """A file that is left, or promised: without `type` nobody has looked into it yet.

    `until` is in seconds of the epoch.
    """

    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    name: str
    size: int
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    organisation: str
    until: int
    type: FileType | None = None

    @property
    def place(self) -> str:
        """The shelf's key of the file."""
        return f"uploads/{self.id}"

    def attachment(self) -> Attachment:
        """The file as a case keeps it. Raises ValidationError where nobody has looked into it."""
        kept = self.model_dump(include=set(Attachment.model_fields))
        return Attachment.model_validate(kept)


def seal(key: bytes, voucher: Voucher) -> str:
    """The voucher as a token for a page."""
    claim = voucher.model_dump_json(exclude_none=True).encode()
    return ".".join(urlsafe_b64encode(part).decode() for part in (claim, _mac(key, claim)))


def unseal(key: bytes, token: str, organisation: str | None, now: datetime) -> Voucher:
    """The voucher of a token.

    Raises TokenInvalid for one that is forged, damaged, outdated or, where one is named, another
    organisation's.
    """
    try:
        claim, mac = (urlsafe_b64decode(part) for part in token.encode().split(b"."))
        genuine = hmac.compare_digest(mac, _mac(key, claim))
        voucher = Voucher.model_validate_json(claim) if genuine else None
    except (NotBase64, ValueError, ValidationError) as error:
        raise TokenInvalid("the voucher cannot be read") from error
    if voucher is None or organisation not in (None, voucher.organisation):
        raise TokenInvalid("the voucher is not genuine")
    if now.timestamp() > voucher.until:
        raise TokenInvalid("the voucher has expired")
    return voucher


def _mac(key: bytes, claim: bytes) -> bytes:
    return hmac.digest(key, b"voucher\0" + claim, sha256)

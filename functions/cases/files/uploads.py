"""Vouchers: what a page carries for a file that was left with it.

It is a sealed token that names the organisation, so that none can be made up, changed or taken
elsewhere; where the file lies follows from its id alone.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field

from functions.cases.tokens import Tokens
from functions.model.attachment import Attachment, FileType
from functions.model.errors import TokenInvalid
from functions.model.frozen import Frozen

UPLOAD_LIFETIME = timedelta(hours=24)
"""For so long a page may be filled in after its first file was left."""


class Upload(Frozen):
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


def seal_upload(tokens: Tokens, voucher: Upload) -> str:
    """The voucher as a token for a page."""
    until = datetime.fromtimestamp(voucher.until, UTC)
    claim = urlsafe_b64encode(voucher.model_dump_json(exclude_none=True).encode())
    return tokens.seal("upload", claim.decode(), until)


def open_upload(tokens: Tokens, token: str, organisation: str | None, now: datetime) -> Upload:
    """The voucher of a token.

    Raises TokenInvalid for one that is forged, damaged, outdated or, where one is named, another
    organisation's.
    """
    try:
        claim = urlsafe_b64decode(tokens.open("upload", token, now))
        voucher = Upload.model_validate_json(claim)
    except (NotBase64, ValueError) as error:
        raise TokenInvalid("the voucher cannot be read") from error
    if organisation not in (None, voucher.organisation):
        raise TokenInvalid("the voucher is another organisation's")
    return voucher

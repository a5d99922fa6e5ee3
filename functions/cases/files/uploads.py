"""Vouchers: sealed tokens by which a page refers to the files uploaded with it.

A voucher is sealed and names the organisation, so it cannot be forged, changed or used with
another organisation. The storage key of the file follows from the voucher's id alone.
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
"""How long a voucher works, and so how long a page can be filled in after its first upload."""


class Upload(Frozen):
    """An uploaded or announced file; `type` is None until its content is checked.

    `until` is when the voucher expires, in seconds since the epoch.
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
        """The storage key of the file."""
        return f"uploads/{self.id}"

    def attachment(self) -> Attachment:
        """The file as stored with a case. Raises ValidationError if it is not checked yet."""
        fields = self.model_dump(include=set(Attachment.model_fields))
        return Attachment.model_validate(fields)


def seal_upload(tokens: Tokens, voucher: Upload) -> str:
    """Seals a voucher as a token for a page."""
    until = datetime.fromtimestamp(voucher.until, UTC)
    claim = urlsafe_b64encode(voucher.model_dump_json(exclude_none=True).encode())
    return tokens.seal("upload", claim.decode(), until)


def open_upload(tokens: Tokens, token: str, organisation: str | None, now: datetime) -> Upload:
    """Opens the voucher in a token.

    Raises TokenInvalid if it is forged, damaged, expired or of another organisation than
    `organisation`; None accepts all organisations.
    """
    try:
        claim = urlsafe_b64decode(tokens.open("upload", token, now))
        voucher = Upload.model_validate_json(claim)
    except (NotBase64, ValueError) as error:
        raise TokenInvalid("the voucher cannot be read") from error
    if organisation not in (None, voucher.organisation):
        raise TokenInvalid("the voucher is another organisation's")
    return voucher

"""Stores files in S3; browsers upload to it by presigned POST."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.aws import told
from functions.cases.ports.file_storage import (
    PLACES,
    UPLOADS,
    StoredFile,
    UploadForm,
    checked_key,
    checked_reference,
)
from functions.model.errors import FileMissing, FilesUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_TICKET_SECONDS = 3600
_LINK_SECONDS = 900
"""A player asks for the rest of a recording by the same URL while it plays."""
_MISSING = ("NoSuchKey", "404")


class S3FileStorage:
    """Stores files below `BUCKET[/PREFIX]`.

    Without s3:ListBucket, S3 answers 403 for a missing file, and that raises FilesUnavailable.
    """

    def __init__(self, place: str, client: "S3Client") -> None:
        self._bucket, _, prefix = place.partition("/")
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client = client

    @cached_property
    def origin(self) -> str:
        """See FileStorage."""
        url = urlsplit(self._post(f"{UPLOADS}/{'0' * 32}", 1, bytes(32).hex()).url)
        return f"{url.scheme}://{url.netloc}"

    def put(self, key: str, content: bytes) -> None:
        """See FileStorage."""
        with _translated_errors(key):
            self._client.put_object(Bucket=self._bucket, Key=self._key(key), Body=content)

    def read(self, key: str) -> bytes:
        """See FileStorage."""
        with _translated_errors(key):
            answer = self._client.get_object(Bucket=self._bucket, Key=self._key(key))
            return answer["Body"].read()

    def link(self, key: str, media_type: str, disposition: str) -> str | None:
        """See FileStorage. Returns a presigned GET."""
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": self._key(key),
                "ResponseContentType": media_type,
                "ResponseContentDisposition": disposition,
                "ResponseCacheControl": "no-store",
            },
            ExpiresIn=_LINK_SECONDS,
        )

    def copy(self, key: str, target: str) -> None:
        """See FileStorage."""
        with _translated_errors(key):
            self._client.copy_object(
                Bucket=self._bucket,
                Key=self._key(target),
                CopySource={"Bucket": self._bucket, "Key": self._key(key)},
            )

    def remove(self, key: str) -> None:
        """See FileStorage."""
        with _translated_errors(key):
            self._client.delete_object(Bucket=self._bucket, Key=self._key(key))

    def remove_all(self, reference: str) -> None:
        """See FileStorage."""
        for place in PLACES:
            for entry in self.entries(f"{place}/{checked_reference(reference)}"):
                self.remove(entry.key)

    def entries(self, place: str) -> Iterator[StoredFile]:
        """See FileStorage."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=f"{self._prefix}{place}/"
        )
        with _translated_errors(place):
            for page in pages:
                for entry in page.get("Contents", ()):
                    key = entry["Key"].removeprefix(self._prefix)
                    yield StoredFile(key, entry["LastModified"])

    def ticket(self, key: str, size: int, sha256: str, token: str) -> UploadForm:
        """See FileStorage. Returns a presigned POST; S3 itself checks size and checksum."""
        return self._post(key, size, sha256)

    def _post(self, key: str, size: int, sha256: str) -> UploadForm:
        checksum = {
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": b64encode(bytes.fromhex(sha256)).decode(),
        }
        form = self._client.generate_presigned_post(
            self._bucket,
            self._key(key),
            Fields=dict(checksum),
            Conditions=[
                *({name: value} for name, value in checksum.items()),
                ["content-length-range", size, size],
            ],
            ExpiresIn=_TICKET_SECONDS,
        )
        return UploadForm(form["url"], form["fields"])

    def _key(self, key: str) -> str:
        return self._prefix + checked_key(key)


@contextmanager
def _translated_errors(key: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in _MISSING:
            raise FileMissing(f"{key} is not there") from error
        raise FilesUnavailable(f"{key}: S3 {told(code, 'OMBUD_ATTACHMENTS')}") from error
    except BotoCoreError as error:
        raise FilesUnavailable(f"{key}: {type(error).__name__}") from error

"""Reads contracts from S3."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel

from functions.adapters.aws import session, told
from functions.adapters.contracts.cached import Contracts
from functions.cases.ports.ports import Now
from functions.model.errors import ContractMissing, ContractUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CURRENT_LIFETIME = timedelta(seconds=60)
"""A warm function sees a deploy after at most this long."""


def s3_client() -> "S3Client":
    """Returns a client that gives up while the filer still waits.

    Each attempt reads for at most three seconds, and there are at most three attempts.
    """
    config = Config(
        signature_version="s3v4",
        # A presigned POST must name the bucket's own region: a redirect would lose the file.
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
        connect_timeout=1,
        read_timeout=3,
        retries={"mode": "standard", "total_max_attempts": 3},
    )
    return cast("S3Client", session().create_client("s3", config=config))


class S3Contracts(Contracts):
    """Reads `BUCKET[/PREFIX]`; reads current.json at most once a minute.

    The function needs s3:GetObject below the prefix and s3:ListBucket on the bucket. Without
    s3:ListBucket, S3 answers 403 for a missing contract, and that raises ContractUnavailable.
    """

    def __init__(self, place: str, client: "S3Client", now: Now) -> None:
        super().__init__()
        self._bucket, _, prefix = place.partition("/")
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client = client
        self._now = now
        self._pointers: dict[str, tuple[datetime, BaseModel]] = {}

    def content(self, name: str) -> bytes:
        """See Contracts."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
            return answer["Body"].read()
        except self._client.exceptions.NoSuchKey as error:
            raise ContractMissing(f"{name} is not in the bucket of contracts") from error
        except ClientError as error:
            code = told(error.response["Error"]["Code"], "OMBUD_CONTRACTS")
            raise ContractUnavailable(f"{name} cannot be read: S3 {code}") from error
        except BotoCoreError as error:
            raise ContractUnavailable(f"{name} cannot be read: {type(error).__name__}") from error

    def pointer(self, model: type[BaseModel], name: str) -> BaseModel:
        """See Contracts."""
        now = self._now()
        known = self._pointers.get(name)
        if known is None or now - known[0] >= _CURRENT_LIFETIME:
            known = self._pointers[name] = now, super().pointer(model, name)
        return known[1]

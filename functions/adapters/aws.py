"""Creates clients for AWS services: a shared session, and clients that are made on demand.

The adapters use botocore itself: boto3 adds nothing here and lengthens a cold start by a quarter.
"""

from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from botocore.exceptions import BotoCoreError
from botocore.session import Session

from functions.model.errors import SettingInvalid

_REGION = ("region", ["AWS_REGION", "AWS_DEFAULT_REGION"], None, None)
"""botocore by itself reads the second variable alone, which no other SDK of AWS does."""

_MISSING = frozenset({"NoSuchBucket", "NotFoundException", "ResourceNotFoundException"})
_REFUSED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidAccessKeyId",
        "UnrecognizedClientException",
    }
)


def told(code: str, setting: str) -> str:
    """Returns AWS's error code, with what it means for the variable that names the resource."""
    if code in _MISSING:
        return f"{code}: what {setting} names does not exist in this account and region"
    if code in _REFUSED:
        return f"{code}: these credentials may not use what {setting} names"
    return code


@cache
def session() -> Session:
    """Returns the session of all clients; it loads botocore's data once."""
    return Session({"region": _REGION})


def require_aws(name: str, address: str) -> None:
    """Raises SettingInvalid if this machine has no credentials or no region for AWS."""
    try:
        missing = "credentials" if session().get_credentials() is None else "region"
        if missing == "region" and session().get_config_variable("region"):
            return
    except BotoCoreError as error:
        raise SettingInvalid(f"{name} is {address!r}, but AWS cannot be used: {error}") from error
    raise SettingInvalid(
        f"{name} is {address!r}, but AWS has no {missing} here: set AWS_PROFILE, or "
        "AWS_REGION and the credentials of a role or user"
    )


class OnDemand:
    """Creates its client on first use: intake, for one, never sends a mail."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._connect = connect

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    @cached_property
    def _client(self) -> Any:
        return self._connect()

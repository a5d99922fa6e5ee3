"""Creates clients for AWS services: a shared session, and clients that are made on demand.

The adapters use botocore itself: boto3 adds nothing here and lengthens a cold start by a quarter.
"""

import os
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from botocore.credentials import CredentialResolver, EnvProvider
from botocore.exceptions import BotoCoreError
from botocore.handlers import BUILTIN_HANDLERS, REGISTER_FIRST, REGISTER_LAST
from botocore.loaders import Loader
from botocore.session import Session

from functions.model.errors import SettingInvalid

_REGION = ("region", ["AWS_REGION", "AWS_DEFAULT_REGION"], None, None)
"""botocore by itself reads the second variable alone, which no other SDK of AWS does."""

AWS_DATA = "aws_data"
"""The folder of the package for Lambda that has botocore's data for what the functions call
(infra/aws_data.py); elsewhere there is none, and botocore reads its own."""

SERVICES = ("cloudformation", "dynamodb", "kms", "s3", "secrets-manager", "sesv2", "ssm")
"""The services that have clients here, as botocore's events name them."""

_PLACE = Path(__file__).parent.parent.parent

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
    made = Session({"region": _REGION}, include_builtin_handlers=False)
    _register_handlers(made)
    if os.environ.get("AWS_ACCESS_KEY_ID"):
        # As on Lambda: botocore finds them here first, after it has made all it looks through.
        made.register_component("credential_provider", CredentialResolver([EnvProvider()]))
    if (packaged := _PLACE / AWS_DATA).is_dir():
        made.register_component("data_loader", _PackagedData(packaged))
    return made


def _register_handlers(made: Session) -> None:
    """Registers what botocore does with requests to the services used here.

    That is a third of its handlers; each registration inspects a function.
    """
    emitter = made.get_component("event_emitter")
    by_order = {REGISTER_FIRST: emitter.register_first, REGISTER_LAST: emitter.register_last}
    for event, handler, *order in BUILTIN_HANDLERS:
        if concerns_us(event):
            register = by_order[order[0]] if order else emitter.register
            register(event, handler)


def concerns_us(event: str) -> bool:
    """Whether botocore raises this event for a service used here: `before-call.s3.GetObject`."""
    kind, _, rest = event.partition(".")
    return kind != "docs" and rest.partition(".")[0] in ("", "*", *SERVICES)


class _PackagedData(Loader):
    """Reads the data of the package first, and what it lacks from botocore's own."""

    def __init__(self, folder: Path) -> None:
        super().__init__([str(folder)])
        self._services = [path.name for path in folder.iterdir() if path.is_dir()]

    def list_available_services(self, type_name: str) -> list[str]:
        """Returns the services of the package, without a look at each that botocore has."""
        return self._services


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

"""What the adapters of AWS services share.

They use botocore itself: boto3 on top would add nothing here, and a quarter to a cold start.
"""

from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from botocore.session import Session, get_session


@cache
def session() -> Session:
    """The session that all clients come from, so that its data are loaded once."""
    return get_session()


class OnDemand:
    """A client that is made when something is first asked of it: intake never sends a mail."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._connect = connect

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    @cached_property
    def _client(self) -> Any:
        return self._connect()

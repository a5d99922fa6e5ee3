"""Clients of AWS services, with limits that fit into a function's own deadline."""

from typing import Any

_CONNECT_SECONDS = 3
_READ_SECONDS = 10
_ATTEMPTS = 2
"""With these a call ends within half a minute; whoever called tries again later."""


def client(service: str) -> Any:
    """A client of `service`; region, credentials and endpoint are boto3's own environment.

    boto3 is imported here and not above: it takes longer to load than all the rest, and
    who needs no AWS does without it.
    """
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,
        config=Config(
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
        ),
    )

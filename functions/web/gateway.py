"""Between API Gateway and the application: events that cannot be read are answered as well."""

import base64
import json
from typing import Any

from mangum import Mangum
from starlette.applications import Starlette

_UNREADABLE = {
    "type": "about:blank",
    "title": "Bad Request",
    "status": 400,
    "detail": "The request could not be read. Nothing was stored; send it again as it should be.",
}
_NO_PORT = ("x-forwarded-port", "x-forwarded-proto")
"""Headers that Mangum reads and nothing here does: whatever a client puts there is dropped."""


class Gateway:
    """The Lambda handler of an application, for events of API Gateway's HTTP API (version 2.0)."""

    def __init__(self, app: Starlette) -> None:
        self._mangum = Mangum(app, lifespan="off")

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """The answer to an event; 400 where its body is not the base64 that it is said to be."""
        try:
            if event.get("isBase64Encoded"):
                base64.b64decode(event.get("body") or "", validate=True)
            else:
                (event.get("body") or "").encode()
        except ValueError:
            return {
                "statusCode": 400,
                "headers": {
                    "content-type": "application/problem+json",
                    "cache-control": "no-store",
                },
                "body": json.dumps(_UNREADABLE),
                "isBase64Encoded": False,
            }
        return self._mangum(event | {"headers": _plain(event)}, context)  # type: ignore[arg-type]


def _plain(event: dict[str, Any]) -> dict[str, str]:
    """The headers of an event, with a host as Mangum can take it apart."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    kept = {name: value for name, value in headers.items() if name not in _NO_PORT}
    if "host" in kept:
        kept["host"] = kept["host"].partition(":")[0]
    return kept

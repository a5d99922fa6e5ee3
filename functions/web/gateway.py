"""Passes API Gateway events to the application and answers events that cannot be read."""

import base64
import json
import logging
from typing import Any

from mangum import Mangum
from starlette.applications import Starlette

from functions.web.routing.threads import is_alone

log = logging.getLogger("ombud.gateway")

_UNREADABLE = {
    "type": "about:blank",
    "title": "Bad Request",
    "status": 400,
    "detail": "The request could not be read. Nothing was stored; correct it and send it again.",
}
_DROPPED_HEADERS = ("x-forwarded-port", "x-forwarded-proto")
"""Only Mangum reads these headers, and clients can set them to anything."""


class Gateway:
    """The Lambda handler of an application, for events of API Gateway's HTTP API (version 2.0)."""

    def __init__(self, app: Starlette) -> None:
        self._mangum = Mangum(app, lifespan="off")

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """Returns the answer to an event; 400 if its body is marked as base64 and is not.

        What is no request is answered, too: a test event of the console, or a schedule that keeps
        the function warm. It is logged, and neither as an error nor counted as one.
        """
        if not _is_request(event):
            log.info("not a request, nothing to do")
            return {"statusCode": 204, "headers": {"cache-control": "no-store"}, "body": ""}
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
        # Lambda gives a process the next event after its answer to this one.
        before = is_alone.set(True)
        try:
            return self._mangum(event | {"headers": _headers(event)}, context)  # type: ignore[arg-type]
        finally:
            is_alone.reset(before)


def _is_request(event: object) -> bool:
    """Whether it is an event of an HTTP API, in version 2.0."""
    match event:
        case {"version": "2.0", "requestContext": {"http": {"method": str()}}}:
            return True
    return False


def _headers(event: dict[str, Any]) -> dict[str, str]:
    """Returns the headers by lower-case name, the host without its port.

    Mangum raises ValueError for a host with more than one colon or a port that is no number.
    """
    lowered = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    headers = {name: value for name, value in lowered.items() if name not in _DROPPED_HEADERS}
    if "host" in headers:
        headers["host"] = headers["host"].partition(":")[0]
    return headers

"""Keeps the context of the current request or event, for log lines and error pages."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from functions.model.reference import random_letters

_PROXY_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Ids as proxies make them. The pattern leaves no room for words, names or telephone numbers."""

_AWS_ID = re.compile(r"[A-Za-z0-9=+/_-]{1,64}")


@dataclass
class RequestContext:
    """One HTTP request or one Lambda event.

    `stack` names the deployment, on AWS only. `reference` is the case it is about, once known.
    `counted` has its metrics by name.
    """

    id: str
    stack: str | None = None
    reference: str | None = None
    counted: dict[str, float] = field(default_factory=dict)


_current: ContextVar[RequestContext | None] = ContextVar("request_context", default=None)


def current_context() -> RequestContext | None:
    """Returns the context that this thread or task works for."""
    return _current.get()


def current_request_id() -> str:
    """Returns the id of the current context, or "" outside one."""
    context = _current.get()
    return context.id if context else ""


def note_case(reference: str) -> None:
    """Sets the case that the request is about; all its later log lines name it."""
    if context := _current.get():
        context.reference = reference


@contextmanager
def in_context(context: RequestContext) -> Iterator[RequestContext]:
    """Makes this the current context while the body runs."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def new_id(foreign: str = "") -> str:
    """Returns the proxy's id if it is well-formed, else a new one that is easy to dictate."""
    if _PROXY_ID.fullmatch(foreign):
        return foreign
    letters = random_letters(12)
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def from_lambda(context: object, event: object = None) -> RequestContext:
    """Returns the context of a Lambda invocation, with the id of the HTTP API's request, if any."""
    api_request = event.get("requestContext") if isinstance(event, Mapping) else None
    id_ = api_request.get("requestId") if isinstance(api_request, Mapping) else None
    id_ = id_ or getattr(context, "aws_request_id", None)
    function = getattr(context, "function_name", None)
    return RequestContext(
        id=id_ if isinstance(id_, str) and _AWS_ID.fullmatch(id_) else new_id(),
        stack=_stack(function) if isinstance(function, str) else None,
    )


def _stack(function: str) -> str:
    """Returns `ombud-prod` for `ombud-prod-intake`: osls names functions after the stack."""
    return function.rpartition("-")[0] or function

"""What is being done just now: the request or event that log lines and error pages name."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from functions.model.reference import random_letters

_FOREIGN = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The ids that proxies give: nobody can write words, a name or a number to call into them."""

_AWS = re.compile(r"[A-Za-z0-9=+/_-]{1,64}")


@dataclass
class RequestContext:
    """One request, or one event of Lambda; `stack` is the deployment it runs in, on AWS alone."""

    id: str
    stack: str | None = None
    reference: str | None = None
    counted: dict[str, float] = field(default_factory=dict)


_current: ContextVar[RequestContext | None] = ContextVar("call", default=None)


def current_context() -> RequestContext | None:
    """The call that this thread or task works for."""
    return _current.get()


def current_request_id() -> str:
    """The id of that call; empty outside of one."""
    call = _current.get()
    return call.id if call else ""


def note_case(reference: str) -> None:
    """Says which case the call is about; its last line and all later ones name it."""
    if call := _current.get():
        call.reference = reference


@contextmanager
def in_context(call: RequestContext) -> Iterator[RequestContext]:
    """Makes it the current call."""
    token = _current.set(call)
    try:
        yield call
    finally:
        _current.reset(token)


def new_id(foreign: str = "") -> str:
    """The id that a proxy in front of us gave, if it is one, or else one to say by telephone."""
    if _FOREIGN.fullmatch(foreign):
        return foreign
    letters = random_letters(12)
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def from_lambda(context: object, event: object = None) -> RequestContext:
    """The call that Lambda makes; the id is that of the HTTP API, where there is one."""
    asked = event.get("requestContext") if isinstance(event, Mapping) else None
    given = asked.get("requestId") if isinstance(asked, Mapping) else None
    given = given or getattr(context, "aws_request_id", None)
    function = getattr(context, "function_name", None)
    return RequestContext(
        id=given if isinstance(given, str) and _AWS.fullmatch(given) else new_id(),
        stack=_stack(function) if isinstance(function, str) else None,
    )


def _stack(function: str) -> str:
    """`ombud-prod` of `ombud-prod-intake`: osls names functions after the stack."""
    return function.rpartition("-")[0] or function

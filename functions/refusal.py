"""What is said when a request cannot be served."""

import logging
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    Response,
)
from starlette.types import ExceptionHandler

from functions.errors import (
    ContractError,
    ShelfError,
    StoreError,
    StoreUncertain,
)
from functions.ports import Ports
from functions.request import page_language, wants_json
from functions.response import (
    plain_page,
    problem_details,
)

log = logging.getLogger("ombud.refusal")


class Refusal:
    """Answers errors as a page or as problem details, and never with silence."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def handlers(self) -> dict[Any, ExceptionHandler]:
        """The answer to each kind of error."""
        return {
            HTTPException: self.refused,
            ContractError: self.unavailable,
            ShelfError: self.unavailable,
            StoreError: self.unavailable,
            Exception: self.unavailable,
        }

    async def refused(self, request: Request, error: Exception) -> Response:
        """Answers an HTTPException as a page or as problem details."""
        assert isinstance(error, HTTPException)
        title = HTTPStatus(error.status_code).phrase
        if wants_json(request):
            headers = dict(error.headers or {})
            return problem_details(error.status_code, title, error.detail, headers=headers)
        language = page_language(request)
        try:
            contracts = self._ports.contracts
            site = await run_in_threadpool(
                lambda: contracts.site(contracts.current().site[language])
            )
        except ContractError:
            return plain_page(error.status_code, language)
        message = f"http_{error.status_code}"
        if f"{message}_detail" not in site.words.messages:
            message = "http_400"
        values = {"title": site.words.say(message), "detail": site.words.say(f"{message}_detail")}
        return HTMLResponse(site.notice.html(values), error.status_code, error.headers)

    async def unavailable(self, request: Request, error: Exception) -> Response:
        """Says what became of the filing and that it can be sent again; logs why."""
        log.error("request failed: %s", type(error).__name__, exc_info=error)
        uncertain = isinstance(error, StoreUncertain)
        if wants_json(request):
            return problem_details(
                503,
                "Unavailable",
                "It is not known whether this was stored; send it again, it is taken only once."
                if uncertain
                else "Nothing was stored; send it again later.",
                headers={"Retry-After": "30"},
            )
        return plain_page(503, page_language(request), uncertain)

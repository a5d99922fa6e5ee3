"""Answers requests that cannot be served."""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    Response,
)
from starlette.types import ExceptionHandler

from functions.cases.ports.ports import Ports
from functions.model.errors import (
    ContractError,
    FileStorageError,
    StoreError,
    StoreUncertain,
)
from functions.model.language import chosen, folder_of
from functions.model.pages.page_set import SitePages
from functions.model.pages.slot_template import HIDDEN
from functions.observability.request_context import current_request_id
from functions.web.body import MULTIPART
from functions.web.request import sent_media_type, wanted_languages, wants_json
from functions.web.response import (
    plain_page,
    problem_details,
)
from functions.web.routing.threads import run_in_threadpool

log = logging.getLogger("ombud.refusal")

_RETRY_AFTER = {"Retry-After": "30"}
"""Seconds. A full disk or a throttled table recovers within minutes, not at once."""


class Refusal(HTTPException):
    """An HTTP error with a message of its own, and with what was written, to give it back.

    `message` names the message in the site's vocabulary; `wanted` are the languages to answer in.
    """

    def __init__(
        self,
        status: int,
        message: str,
        wanted: tuple[str, ...],
        written: Iterable[str] = (),
        detail: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.message = message
        self.wanted = wanted
        self.written = "\n\n".join(words for words in written if words.strip())


class ErrorAnswers:
    """Answers every error with a page or with problem details (RFC 9457)."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def handlers(self) -> dict[Any, ExceptionHandler]:
        """Returns the handler of each type of error."""
        return {
            HTTPException: self.refused,
            ContractError: self.unavailable,
            FileStorageError: self.unavailable,
            StoreError: self.unavailable,
        }

    async def refused(self, request: Request, error: Exception) -> Response:
        """Answers an HTTPException as a page or as problem details."""
        assert isinstance(error, HTTPException)
        message = f"http_{error.status_code}"
        if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            message += "_files" if sent_media_type(request) == MULTIPART else ""
        if isinstance(error, Refusal):
            message = error.message
        return await self._answer(request, error, message)

    async def missing(self, request: Request) -> Response:
        """Returns 404 for a page that the site does not have, in the language of its address.

        CloudFront asks for it where the site's bucket has no such file. Kept for a minute by the
        address. Contracts that cannot be read raise ContractError: then S3 may be down, and the
        page may exist.
        """
        folder = request.path_params["path"].partition("/")[0]
        current = await run_in_threadpool(self._ports.contracts.current)
        named = (language for language in current.site if folder_of(language) == folder)
        wanted = (next(named, current.language),)
        answer = await self._answer(request, Refusal(404, "http_404", wanted), "http_404")
        answer.headers["Cache-Control"] = "public, max-age=60"
        return answer

    async def too_fast(self, request: Request, seconds: int) -> Response:
        """Returns 429 without asking the store: this client sends too many requests."""
        headers = {"Retry-After": str(seconds)}
        if wants_json(request):
            detail = f"Nothing was stored; send it again in {seconds} seconds, and fewer at once."
            return problem_details(429, "Too Many Requests", detail, headers=headers)
        first = await run_in_threadpool(self._ports.contracts.language)
        page = plain_page(429, wanted_languages(request), first)
        page.headers.update(headers)
        return page

    async def foreign(self, request: Request) -> Response:
        """Returns 400: the page of another site sent this request.

        The words are not given back: another site could have ours show anything. They are still
        on the page that sent them.
        """
        return await self._answer(request, HTTPException(400), "foreign")

    async def _answer(self, request: Request, error: HTTPException, message: str) -> Response:
        program, written = wants_json(request), ""
        wanted = wanted_languages(request)
        if isinstance(error, Refusal):
            wanted, written = error.wanted, error.written
        headers = dict(error.headers or {})
        try:
            site = await run_in_threadpool(self._site, wanted)
        except ContractError:
            if program:
                title = HTTPStatus(error.status_code).phrase
                return problem_details(error.status_code, title, error.detail, headers=headers)
            first = await run_in_threadpool(self._ports.contracts.language)
            return plain_page(error.status_code, wanted, first)
        if f"{message}_detail" not in site.words.messages:
            message = "http_400"
        title, detail = site.words.say(message), site.words.say(f"{message}_detail")
        if program:
            detail = _for_programs(error) or detail
            return problem_details(error.status_code, title, detail, headers=headers)
        page = site.notice.html(
            {
                "title": title,
                "detail": detail,
                "request_id": current_request_id(),
                "written": written,
                "written_hidden": "" if written else HIDDEN,
            }
        )
        return HTMLResponse(page, error.status_code, headers)

    def _site(self, wanted: tuple[str, ...]) -> SitePages:
        offered = self._ports.contracts.current().site
        language = chosen(wanted, offered, self._ports.contracts.language())
        return self._ports.contracts.site(offered[language])

    async def unavailable(self, request: Request, error: Exception) -> Response:
        """Returns 503 and logs why: says whether the filing may be stored, and to send it again."""
        log.error("request failed: %s", type(error).__name__, exc_info=error)
        uncertain = isinstance(error, StoreUncertain)
        if wants_json(request):
            return problem_details(
                503,
                "Unavailable",
                "It is not known whether this was stored. Send it again: it is stored only once."
                if uncertain
                else "Nothing was stored; send it again later.",
                headers=_RETRY_AFTER,
            )
        first = await run_in_threadpool(self._ports.contracts.language)
        page = plain_page(503, wanted_languages(request), first, uncertain)
        page.headers.update(_RETRY_AFTER)
        return page


def _for_programs(error: HTTPException) -> str | None:
    """What is wrong with the request itself, in English: its reader writes the program."""
    return error.detail if error.detail != HTTPStatus(error.status_code).phrase else None

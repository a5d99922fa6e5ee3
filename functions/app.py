"""The HTTP application: one route for each thing that a page or a program can ask."""

import logging
from http import HTTPStatus

import anyio
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions.casefile import CaseFile, open_case
from functions.contract import Contract, KindId
from functions.errors import (
    ContractError,
    ContractMissing,
    StoreError,
    StoreUncertain,
    TokenInvalid,
)
from functions.pages import form_page
from functions.ports import Ports
from functions.receipt import read_token, receipt_token
from functions.request import Sent, client_address, page_language, read_sent, wants_json
from functions.response import (
    SECURITY_HEADERS,
    field_errors,
    milestone_json,
    plain_page,
    problem_details,
)
from functions.status import NotFound, look_up
from functions.submission import Problem
from functions.submit import Accepted, Conflicting, Filing, Rejected, submit

log = logging.getLogger("ombud.app")

_PAGE_FIELDS = ("contract", "language")


class _SecurityHeaders:
    """Puts the security headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def create_app(ports: Ports) -> Starlette:
    """The application over these ports."""
    intake = _Intake(ports)
    return Starlette(
        routes=[
            Route("/cases/health", intake.health),
            Route("/cases/receipt", intake.receipt),
            Route("/cases/receipt.txt", intake.receipt_text),
            Route("/cases/receipt.ics", intake.receipt_agenda),
            Route("/cases/status", intake.status, methods=["POST"]),
            Route("/cases/{organisation}/{kind}", intake.file, methods=["POST"]),
        ],
        middleware=[Middleware(_SecurityHeaders)],
        exception_handlers={
            HTTPException: intake.refused,
            ContractError: intake.unavailable,
            StoreError: intake.unavailable,
            Exception: intake.unavailable,
        },
    )


class _Intake:
    """The request handlers; each reads, calls one use case and answers."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    async def health(self, _: Request) -> Response:
        """Whether store and contracts answer."""
        await run_in_threadpool(self._ports.store.ping)
        await run_in_threadpool(self._ports.contracts.current)
        return JSONResponse({"status": "ok"})

    async def file(self, request: Request) -> Response:
        """Takes a filing."""
        sent = await read_sent(request)
        return await run_in_threadpool(self._file, request, sent)

    def _file(self, request: Request, sent: Sent) -> Response:
        contracts = self._ports.contracts
        organisation = request.path_params["organisation"]
        current = contracts.current().organisations.get(organisation)
        if current is None:
            raise HTTPException(404)
        digest, renewed = sent.fields.get("contract") or current, False
        try:
            contract = contracts.contract(digest)
        except ContractMissing:
            digest, renewed = current, True
            contract = contracts.contract(digest)
        kind_id: KindId | None = next(
            (known for known in contract.kinds if known == request.path_params["kind"]), None
        )
        if kind_id is None or contract.organisation != organisation:
            raise HTTPException(404)
        kind = contract.kinds[kind_id]
        answers = sent.without(*_PAGE_FIELDS)
        if renewed:
            return self._form(sent, digest, contract, kind_id, (), "renewed")
        filing = Filing(
            kind_id, digest, sent.language, answers, request.headers.get("idempotency-key")
        )
        # Read before anything is stored: a failure after that would deny what is on disk.
        words = contracts.pages(contract.pages[sent.language]).words
        match submit(filing, contract, self._ports):
            case Rejected(problems) if sent.program:
                return problem_details(
                    422,
                    words.say("rejected"),
                    words.say("rejected_detail"),
                    field_errors(words, kind, problems),
                )
            case Rejected(problems):
                return self._form(sent, digest, contract, kind_id, problems)
            case Conflicting():
                return problem_details(
                    422,
                    "Idempotency-Key used again",
                    "This Idempotency-Key stands for another filing; use a new one.",
                )
            case Accepted(case, repeated):
                log.info("filing %s %s", case.reference, "repeated" if repeated else "stored")
                if sent.program:
                    return _accepted_json(open_case(case, self._ports))
                token = receipt_token(self._ports.key, case.reference, self._ports.now())
                return RedirectResponse(f"/cases/receipt?token={token}", 303)

    def _form(
        self,
        sent: Sent,
        digest: str,
        contract: Contract,
        kind_id: KindId,
        problems: tuple[Problem, ...],
        notice: str = "",
    ) -> Response:
        pages = self._ports.contracts.pages(contract.pages[sent.language])
        said = pages.words.say(notice) if notice else ""
        if sent.program:
            return problem_details(422, pages.words.say("rejected"), said)
        kind, answers = contract.kinds[kind_id], sent.without(*_PAGE_FIELDS)
        page = form_page(pages, digest, kind_id, kind, answers, problems, said)
        return HTMLResponse(page, 422)

    async def receipt(self, request: Request) -> Response:
        """The receipt of a filing that was just made."""
        file = await run_in_threadpool(self._open_receipt, request)
        return HTMLResponse(file.skeletons.receipt.html(file.html()))

    async def receipt_text(self, request: Request) -> Response:
        """The same receipt as a file to keep."""
        file = await run_in_threadpool(self._open_receipt, request)
        return PlainTextResponse(
            file.skeletons.receipt_text.text(file.text()),
            headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.txt"'},
        )

    async def receipt_agenda(self, request: Request) -> Response:
        """The dates of the receipt as a file for a calendar."""
        from functions.agenda import agenda  # here, so that a cold start loads no icalendar

        file = await run_in_threadpool(self._open_receipt, request)
        if not file.has_dates:
            raise HTTPException(404)
        return Response(
            agenda(file),
            media_type="text/calendar",
            headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.ics"'},
        )

    def _open_receipt(self, request: Request) -> CaseFile:
        token = request.query_params.get("token", "")
        try:
            reference = read_token(self._ports.key, token, self._ports.now())
        except TokenInvalid as error:
            raise HTTPException(410, "receipt_expired") from error
        case = self._ports.store.case(reference)
        if case is None:
            raise HTTPException(410, "receipt_expired")
        return open_case(case, self._ports)

    async def status(self, request: Request) -> Response:
        """State and dates of a case, for whoever has its reference and code."""
        sent = await read_sent(request)
        reference, code = sent.fields.get("reference", ""), sent.fields.get("access_code", "")
        address = client_address(request)
        found = await run_in_threadpool(look_up, reference, code, address, self._ports)
        if isinstance(found, NotFound):
            await anyio.sleep(found.pause)
            return await run_in_threadpool(self._not_found, sent)
        file = await run_in_threadpool(open_case, found.case, self._ports, sent.language)
        if sent.program:
            return JSONResponse(_case_json(file))
        return HTMLResponse(file.skeletons.status.html(file.html()))

    def _not_found(self, sent: Sent) -> Response:
        site = self._ports.contracts.site(self._ports.contracts.current().site[sent.language])
        title, detail = site.words.say("status_wrong"), site.words.say("status_wrong_detail")
        if sent.program:
            return problem_details(404, title, detail)
        values = {"reference": sent.fields.get("reference", ""), "title_prefix": title}
        values |= {"problem": detail, "problem_title": title}
        return HTMLResponse(site.track.html(values), 404)

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


def _accepted_json(file: CaseFile) -> Response:
    return JSONResponse(
        _case_json(file) | {"access_code": file.access_code},
        201,
        {"Location": f"/cases/receipt?token={file.token}"},
    )


def _case_json(file: CaseFile) -> dict[str, object]:
    return {
        "reference": file.case.reference,
        "organisation": file.case.organisation,
        "kind": file.case.kind,
        "version": file.contract.version,
        "state": file.case.state,
        "received_at": file.case.received_at.isoformat(),
        "milestones": milestone_json(file.contract, file.dated, file.pages.words.language),
        "reviews": [
            {
                "body": review.body.words(file.pages.words.language),
                "inside": review.inside,
                "clause": review.clause,
            }
            for review in file.kind.reviews
        ],
    }

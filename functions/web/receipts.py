"""Serves the receipt of a case as a page, text, PDF and calendar file."""

import anyio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.receipt_pdf import receipt_pdf
from functions.model.errors import TokenInvalid
from functions.model.pages.slot_template import HIDDEN
from functions.observability.request_context import note_case
from functions.views.case_file import CaseFile
from functions.views.case_standing import standing_slots
from functions.views.receipt_proof import proof_values, prove
from functions.web.routing.threads import run_in_threadpool
from functions.web.status.calendar_response import calendar_response


class ReceiptRoutes:
    """Shows the receipt to anyone who has its sealed link; 410 if the link is invalid or expired.

    A case that is erased or past its retention is 410 as well.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        # A PDF keeps a processor busy: draw one at a time, so filings never wait for a thread.
        self._one_drawing = anyio.CapacityLimiter(1)

    def routes(self) -> list[Route]:
        """Returns one route for each format of the receipt."""
        return [
            Route("/cases/receipt", self.receipt),
            Route("/cases/receipt.txt", self.receipt_text),
            Route("/cases/receipt.pdf", self.receipt_paper),
            Route("/cases/receipt.ics", self.receipt_agenda),
        ]

    async def receipt(self, request: Request) -> Response:
        """Returns the receipt as a page. A filer is redirected to it after filing."""
        return await run_in_threadpool(self._receipt, request)

    def _receipt(self, request: Request) -> Response:
        file = self._open_receipt(request, now=True)
        values = {"paper_hidden": HIDDEN if self._ports.printer is None else ""}
        values |= standing_slots(file) | proof_values(prove(file, self._ports.key))
        return HTMLResponse(file.skeletons.receipt.html(file.html() | values))

    async def receipt_text(self, request: Request) -> Response:
        """Returns the receipt as a text file."""
        return await run_in_threadpool(self._receipt_text, request)

    def _receipt_text(self, request: Request) -> Response:
        file = self._open_receipt(request)
        values = file.text() | proof_values(prove(file, self._ports.key))
        return PlainTextResponse(
            file.skeletons.receipt_text.text(values),
            headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.txt"'},
        )

    async def receipt_paper(self, request: Request) -> Response:
        """Returns the receipt as a PDF; 404 if this machine cannot draw one."""
        return await anyio.to_thread.run_sync(
            self._receipt_paper, request, limiter=self._one_drawing
        )

    def _receipt_paper(self, request: Request) -> Response:
        file = self._open_receipt(request)
        if self._ports.printer is None:
            raise HTTPException(404)
        pdf = receipt_pdf(file, prove(file, self._ports.key), self._ports.printer)
        if pdf is None:
            raise HTTPException(404)
        return Response(
            pdf,
            media_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.pdf"'},
        )

    async def receipt_agenda(self, request: Request) -> Response:
        """Returns the dates of the receipt as a calendar file (RFC 5545); 404 if it has none."""
        return calendar_response(await run_in_threadpool(self._open_receipt, request, now=True))

    def _open_receipt(self, request: Request, now: bool = False) -> CaseFile:
        """The case as it was filed, which text and PDF are signed for; else as it stands `now`."""
        token = request.query_params.get("token", "")
        try:
            reference = self._ports.tokens.open("receipt", token, self._ports.now())
        except TokenInvalid as error:
            raise HTTPException(410) from error
        case = self._ports.store.case(reference)
        if case is None:
            raise HTTPException(410)
        note_case(case.reference)
        events = self._ports.store.events(case.reference) if now else ()
        return open_case(case, self._ports, events=events)

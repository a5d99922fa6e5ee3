"""The copies of a receipt that a filer takes along: page, text, calendar."""

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Route

from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.receipt_pdf import receipt_pdf
from functions.model.errors import (
    TokenInvalid,
)
from functions.model.pages.slot_template import HIDDEN
from functions.observability.request_context import note_case
from functions.views.case_file import CaseFile
from functions.views.receipt_proof import proof_values, prove


class ReceiptRoutes:
    """Shows the receipt to whoever holds its sealed link."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        # Drawing takes a processor for a while: one at a time, and filings never wait for it.
        self._drawing = anyio.CapacityLimiter(1)

    def routes(self) -> list[Route]:
        """One for each form of the receipt."""
        return [
            Route("/cases/receipt", self.receipt),
            Route("/cases/receipt.txt", self.receipt_text),
            Route("/cases/receipt.pdf", self.receipt_paper),
            Route("/cases/receipt.ics", self.receipt_agenda),
        ]

    async def receipt(self, request: Request) -> Response:
        """The receipt of a filing that was just made."""
        return await run_in_threadpool(self._receipt, request)

    def _receipt(self, request: Request) -> Response:
        file = self._open_receipt(request)
        drawn = self._ports.printer is not None
        values = {"paper_hidden": "" if drawn else HIDDEN}
        values |= proof_values(prove(file, self._ports.key))
        return HTMLResponse(file.skeletons.receipt.html(file.html() | values))

    async def receipt_text(self, request: Request) -> Response:
        """The same receipt as a file to keep."""
        return await run_in_threadpool(self._receipt_text, request)

    def _receipt_text(self, request: Request) -> Response:
        file = self._open_receipt(request)
        values = file.text() | proof_values(prove(file, self._ports.key))
        return PlainTextResponse(
            file.skeletons.receipt_text.text(values),
            headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.txt"'},
        )

    async def receipt_paper(self, request: Request) -> Response:
        """The same receipt as a PDF; 404 where this machine cannot draw one."""
        return await anyio.to_thread.run_sync(self._receipt_paper, request, limiter=self._drawing)

    def _receipt_paper(self, request: Request) -> Response:
        file = self._open_receipt(request)
        if self._ports.printer is None:
            raise HTTPException(404)
        drawn = receipt_pdf(file, prove(file, self._ports.key), self._ports.printer)
        if drawn is None:
            raise HTTPException(404)
        return Response(
            drawn,
            media_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.pdf"'},
        )

    async def receipt_agenda(self, request: Request) -> Response:
        """The dates of the receipt as a file for a calendar."""
        from functions.views.calendar_file import (
            calendar_file,  # here, so that a cold start loads no icalendar
        )

        file = await run_in_threadpool(self._open_receipt, request)
        if not file.has_dates:
            raise HTTPException(404)
        return Response(
            calendar_file(file),
            media_type="text/calendar",
            headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.ics"'},
        )

    def _open_receipt(self, request: Request) -> CaseFile:
        token = request.query_params.get("token", "")
        try:
            reference = self._ports.tokens.open("receipt", token, self._ports.now())
        except TokenInvalid as error:
            raise HTTPException(410) from error
        case = self._ports.store.case(reference)
        if case is None:
            raise HTTPException(410)
        note_case(case.reference)
        return open_case(case, self._ports)

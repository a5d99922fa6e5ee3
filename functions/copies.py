"""The copies of a receipt that a filer takes along: page, text, calendar."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Route

from functions.casefile import CaseFile, open_case
from functions.errors import (
    TokenInvalid,
)
from functions.ports import Ports
from functions.receipt import read_token


class Copies:
    """Shows the receipt to whoever holds its sealed link."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """One for each form of the receipt."""
        return [
            Route("/cases/receipt", self.receipt),
            Route("/cases/receipt.txt", self.receipt_text),
            Route("/cases/receipt.ics", self.receipt_agenda),
        ]

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
            raise HTTPException(410) from error
        case = self._ports.store.case(reference)
        if case is None:
            raise HTTPException(410)
        return open_case(case, self._ports)

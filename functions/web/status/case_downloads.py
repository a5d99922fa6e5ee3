"""Hands a filer what staff sent, the signed receipt of what they did, and the dates of their case.

By POST, so that neither reference nor code nor session is in an address.
"""

from datetime import datetime
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from functions.cases.files.fetch import Fetched, FetchedElsewhere, Withheld, fetch_file
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.model.attachment import MEDIA_TYPES, Attachment
from functions.model.case import Case
from functions.model.case_log import CaseAct
from functions.views.case_file import CaseFile
from functions.views.receipt_proof import proof_json
from functions.views.status.act_receipt import act_receipt_text, prove_act
from functions.web.request import Sent, read_sent
from functions.web.routing.threads import run_in_threadpool
from functions.web.status.calendar_response import calendar_response
from functions.web.status.case_access import CaseAccess

_NEVER_RUN = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""Headers of a file that somebody else made: a browser saves it, and would run nothing in it."""


class DownloadRoutes:
    """Opens files, receipts and dates of a case as `StatusRoutes` opens its page."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._access = CaseAccess(ports)

    def routes(self) -> list[Route]:
        """Returns the routes of files, of receipts and of the calendar file."""
        return [
            Route("/cases/status/file", self.file, methods=["POST"]),
            Route("/cases/status/receipt", self.receipt, methods=["POST"]),
            Route("/cases/status/calendar", self.calendar, methods=["POST"]),
        ]

    async def file(self, request: Request) -> Response:
        """Returns the file whose id is `file`; 404 unless staff sent it and it may be opened."""
        sent = await read_sent(request)
        case = await self._access.authorize(request, sent)
        if not isinstance(case, Case):
            return await self._access.refuse(case, request, sent, "file")
        return await run_in_threadpool(self._file, case, sent)

    def _file(self, case: Case, sent: Sent) -> Response:
        opened = self._open(case, sent)
        wanted = _sent_by_staff(opened).get(sent.fields.get("file", ""))
        if wanted is None:
            raise HTTPException(404)
        disposition = f"attachment; filename*=UTF-8''{quote(wanted.name, '')}"
        match fetch_file(opened, wanted, disposition, self._ports):
            case Fetched(content):
                headers = {"Content-Disposition": disposition, **_NEVER_RUN}
                return Response(content, media_type=MEDIA_TYPES[wanted.type], headers=headers)
            case FetchedElsewhere(url):
                return RedirectResponse(url, 303)
            case Withheld():
                raise HTTPException(404)

    async def receipt(self, request: Request) -> Response:
        """Returns the receipt of what the filer did at the moment `act`, as a text file."""
        sent = await read_sent(request)
        case = await self._access.authorize(request, sent)
        if not isinstance(case, Case):
            return await self._access.refuse(case, request, sent, "receipt")
        return await run_in_threadpool(self._receipt, case, sent)

    def _receipt(self, case: Case, sent: Sent) -> Response:
        opened = self._open(case, sent)
        act = _done_at(opened, sent.fields.get("act", ""))
        proof = prove_act(opened, act, self._ports.key) if act else None
        if act is None or proof is None:
            raise HTTPException(404)
        if sent.program:
            return JSONResponse(proof_json(proof))
        name = f"{case.reference}-{opened.local(act.at):%Y%m%d-%H%M%S}.txt"
        return PlainTextResponse(
            act_receipt_text(opened, act, proof),
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    async def calendar(self, request: Request) -> Response:
        """Returns the dates of the case as they are now (RFC 5545); 404 if it has none ahead."""
        sent = await read_sent(request)
        case = await self._access.authorize(request, sent)
        if not isinstance(case, Case):
            return await self._access.refuse(case, request, sent, "calendar")
        return await run_in_threadpool(self._calendar, case, sent)

    def _calendar(self, case: Case, sent: Sent) -> Response:
        return calendar_response(self._open(case, sent))

    def _open(self, case: Case, sent: Sent) -> CaseFile:
        return open_case(case, self._ports, sent.wanted, self._ports.store.events(case.reference))


def _sent_by_staff(file: CaseFile) -> dict[str, Attachment]:
    """The files that a filer may have, by id: not those of acts that were taken back."""
    return {
        sent.id: sent
        for act in file.progress.happened
        if act.party == "organisation" and not act.is_inside
        for sent in act.entry.files
    }


def _done_at(file: CaseFile, moment: str) -> CaseAct | None:
    """What the filer did at that moment."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    acts = (act for act in file.progress.happened if act.party == "filer" and act.at == at)
    return next(acts, None)

"""Where a filer asks after a case, with reference and access code."""

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    Response,
)
from starlette.routing import Route

from functions.casefile import open_case
from functions.ports import Ports
from functions.request import Sent, client_address, read_sent
from functions.response import (
    case_json,
    problem_details,
)
from functions.status import NotFound, look_up


class Counter:
    """Opens a case to whoever has both, and to nobody else."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """The look-up."""
        return [Route("/cases/status", self.status, methods=["POST"])]

    async def status(self, request: Request) -> Response:
        """State and dates of a case, for whoever has its reference and code."""
        sent = await read_sent(request)
        reference, code = sent.fields.get("reference", ""), sent.fields.get("access_code", "")
        address = client_address(request)
        found = await run_in_threadpool(look_up, reference, code, address, self._ports)
        if isinstance(found, NotFound):
            await anyio.sleep(found.pause)
            return await run_in_threadpool(self._not_found, sent)
        file = await run_in_threadpool(open_case, found.case, self._ports, sent.wanted)
        if sent.program:
            return JSONResponse(case_json(file))
        return HTMLResponse(file.skeletons.status.html(file.html()))

    def _not_found(self, sent: Sent) -> Response:
        offered = self._ports.contracts.current().site
        site = self._ports.contracts.site(offered[sent.language(offered)])
        title, detail = site.words.say("status_wrong"), site.words.say("status_wrong_detail")
        if sent.program:
            return problem_details(404, title, detail)
        values = {"reference": sent.fields.get("reference", ""), "title_prefix": title}
        values |= {"problem": detail, "problem_title": title}
        return HTMLResponse(site.track.html(values), 404)

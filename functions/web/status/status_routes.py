"""Lets a filer look a case up by reference and access code, and act on it, without an account."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from functions.cases.filer_acts import ActRecorded, ActRefused, follow_up
from functions.cases.files.act_files import act_rules, take_files
from functions.cases.files.attach import AttachedFiles
from functions.cases.files.uploads import seal_upload
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.tokens import STATUS_SESSION
from functions.model.acts import ActProblem
from functions.model.attachment import Flaw, display_name
from functions.model.case import Case
from functions.model.contract.terms import FilerAct
from functions.views.case_file import CaseFile
from functions.views.case_json import case_json
from functions.views.case_pages import act_problem_words
from functions.views.form_page import FileRow, FormFiles
from functions.views.receipt_proof import proof_json
from functions.views.status.act_receipt import prove_act
from functions.views.status.status_page import UnrecordedAct, status_page
from functions.web.request import Sent, client_address, read_sent
from functions.web.response import (
    bounded,
    file_problems,
    problem_details,
    refuse_longer,
    retry_after,
)
from functions.web.routing.threads import run_in_threadpool
from functions.web.status.case_access import (
    LOST_FILES,
    CaseAccess,
    NoAccess,
    RepeatedFiles,
    SessionOver,
)

log = logging.getLogger("ombud.counter")

_ACTS: dict[str, FilerAct] = {
    "information": "information",
    "withdraw": "withdrawn",
    "review": "review_requested",
    "satisfaction": "satisfaction",
}
"""The acts of a filer, by their path below /cases/status/."""

_MOST_LOST = 20
"""Names of files that are told as lost, as many as a form can send."""


class StatusRoutes:
    """Opens a case only to a client that has both its reference and its access code."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._access = CaseAccess(ports)

    def routes(self) -> list[Route]:
        """Returns the routes of the look-up and of each act of a filer."""
        return [
            Route("/cases/status", self.status, methods=["POST"]),
            *(
                Route(f"/cases/status/{path}", self._act_endpoint(path, act), methods=["POST"])
                for path, act in _ACTS.items()
            ),
        ]

    async def status(self, request: Request) -> Response:
        """Shows state, dates and messages of a case; see `CaseAccess.refuse` for other answers."""
        sent = await read_sent(request)
        case = await self._access.authorize(request, sent)
        if not isinstance(case, Case):
            return await self._access.refuse(case, request, sent)
        return await run_in_threadpool(self._show, case, sent)

    def _act_endpoint(
        self, path: str, act: FilerAct
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def endpoint(request: Request) -> Response:
            sent = await read_sent(request, with_files=act == "information")
            if act != "information" and (sent.uploads or sent.files):
                raise HTTPException(400, "files are taken with information alone")
            case = await self._access.authorize(request, sent)
            address = client_address(request)
            if not isinstance(case, Case):
                files = await run_in_threadpool(self._repeated, case, sent, address)
                return await self._access.refuse(case, request, sent, path, files)
            return await run_in_threadpool(self._act, case, act, sent, address)

        return endpoint

    def _open(self, case: Case, sent: Sent) -> CaseFile:
        return open_case(case, self._ports, sent.wanted, self._ports.store.events(case.reference))

    def _show(
        self,
        case: Case,
        sent: Sent,
        act: FilerAct | None = None,
        recorded: ActRecorded | None = None,
    ) -> Response:
        file = self._open(case, sent)
        done = file.last_act(act) if act else None
        if sent.program:
            proof = prove_act(file, done, self._ports.key) if done else None
            return JSONResponse(case_json(file) | proof_json(proof))
        words = ""
        if done and recorded:
            words = file.pages.words.say(f"thanks_{done.act}", moment=file.recorded(done))
            if recorded.mailed and case.submission.email and not case.mail_withheld:
                words = file.pages.words.say("thanks_mailed", thanks=words)
        return HTMLResponse(status_page(file, self._session(file), notice=words, done=done))

    def _act(self, case: Case, act: FilerAct, sent: Sent, address: str) -> Response:
        refuse_longer(sent.fields.get("text", ""))
        file = self._open(case, sent)
        if "added" not in file.skeletons.mails:
            raise HTTPException(404, "the contract of this case has no acts of the filer")
        held = self._take(file, sent, address)
        answer = follow_up(file, act, sent.fields, self._ports, held.attachments, bool(held.flaws))
        match answer:
            case ActRefused(problems):
                return self._refused(file, act, sent, problems, held)
            case recorded:
                log.info("%s %s", act, "repeated" if recorded.repeated else "recorded")
                return self._show(case, sent, act, recorded)

    def _take(self, file: CaseFile, sent: Sent, address: str) -> AttachedFiles:
        """The files of the request; what an earlier one has lost is a flaw."""
        lost = sent.fields.get(LOST_FILES, "").split("/")[:_MOST_LOST]
        flaws = tuple(Flaw(name, "gone") for name in lost if name)
        held = AttachedFiles(flaws=flaws)
        if sent.uploads or sent.files or sent.dropped:
            taken = take_files(file, "filer", sent.uploads, sent.files, address, self._ports)
            taken = taken.without(sent.dropped)
            held = AttachedFiles(taken.vouchers, (*flaws, *taken.flaws), taken.again)
        return held

    def _repeated(self, reason: NoAccess, sent: Sent, address: str) -> RepeatedFiles:
        """Stores the files of an act whose session is over, so that the filer keeps them."""
        lost = (*sent.dropped, *(display_name(file.name) for file in sent.files))
        if not isinstance(reason, SessionOver) or reason.case is None:
            return RepeatedFiles(sent.uploads, lost)
        held = self._take(self._open(reason.case, sent), sent, address)
        tokens = (seal_upload(self._ports.tokens, voucher) for voucher in held.vouchers)
        return RepeatedFiles(tuple(tokens), tuple(filter(None, (f.file for f in held.flaws))))

    def _refused(
        self,
        file: CaseFile,
        act: FilerAct,
        sent: Sent,
        problems: tuple[ActProblem, ...],
        held: AttachedFiles,
    ) -> Response:
        """Returns 422 with every word and file, or 429 if files must wait."""
        wait = retry_after(held.again, self._ports.now()) if held.again else {}
        status = 429 if held.again else 422
        if sent.program:
            return self._problems_json(file, problems, held, status, wait)
        rows = tuple(
            FileRow(seal_upload(self._ports.tokens, voucher), voucher.name, voucher.size)
            for voucher in held.vouchers
        )
        unrecorded = UnrecordedAct(act, sent.fields, problems, FormFiles(rows, held.flaws))
        return HTMLResponse(status_page(file, self._session(file), unrecorded), status, wait)

    def _session(self, file: CaseFile) -> str:
        """Returns the token that the page's forms send in place of reference and code."""
        return self._ports.tokens.seal("session", file.case.reference, file.now + STATUS_SESSION)

    def _problems_json(
        self,
        file: CaseFile,
        problems: tuple[ActProblem, ...],
        held: AttachedFiles,
        status: int,
        headers: dict[str, str],
    ) -> Response:
        words = file.pages.words
        errors = [
            {
                "field": problem.name.rpartition("-")[2],
                "code": problem.code,
                "detail": act_problem_words(words, problem),
            }
            for problem in problems
        ]
        errors += file_problems(words, act_rules(file.kind, "filer"), held.flaws)
        title, detail = words.say("act_rejected"), words.say("act_rejected_detail")
        return bounded(problem_details(status, title, detail, errors, headers))

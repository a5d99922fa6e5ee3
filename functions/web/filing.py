"""Where filings come in over HTTP."""

import logging
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from functions.cases.files.attach import AttachedFiles, attach
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.proof_of_work import Solved, Unsolved, can_solve, check_solution
from functions.cases.submit import (
    Accepted,
    Conflicting,
    Filing,
    Rejected,
    TooMany,
    Used,
    submit,
    validate,
)
from functions.cases.tokens import RECEIPT_LINK
from functions.model.answers.submission import AnswerProblems, Submission
from functions.model.contract.contract import Contract, Current
from functions.model.contract.terms import KindId
from functions.model.errors import ContractMissing
from functions.observability.metrics import count
from functions.observability.request_context import note_case
from functions.views.case_file import CaseFile
from functions.views.receipt_proof import proof_json, prove
from functions.web.attempt import Attempt
from functions.web.page_fields import page_fields
from functions.web.request import Sent, client_address, read_sent
from functions.web.response import case_json

log = logging.getLogger("ombud.desk")


class FilingRoutes:
    """Takes filings; what cannot be taken goes back with every word."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """One for every kind of every organisation."""
        return [Route("/cases/{organisation}/{kind}", self.file, methods=["POST"])]

    async def file(self, request: Request) -> Response:
        """Takes a filing."""
        sent = await read_sent(request)
        return await run_in_threadpool(self._file, request, sent)

    def _file(self, request: Request, sent: Sent) -> Response:
        own = page_fields(sent)
        current = self._ports.contracts.current()
        attempt, renewed = self._attempt(request, own.sent, current)
        if renewed:
            return attempt.form(notice="renewed")
        if own.step == "change":
            return attempt.form(status=200)
        filing = _filing(attempt, request)
        if own.step not in ("send", None):
            return attempt.check(own.step, self._read(filing, attempt))
        if own.trapped:
            log.info("unseen field filled in, asked again")
            return attempt.check("check", self._read(filing, attempt), "are_you_human")
        if current.proof_of_work is not None:
            match check_solution(self._ports.key, own.solution):
                case Unsolved(code):
                    return attempt.unsolved(code, self._read(filing, attempt))
                case Solved(once):
                    filing = replace(filing, once=once)
        return self._submitted(filing, attempt)

    def _submitted(self, filing: Filing, attempt: Attempt) -> Response:
        """Stores the filing, and answers with its receipt or with what keeps it from being one."""
        match submit(filing, attempt.contract, self._ports):
            case Rejected(problems):
                return attempt.rejected(problems)
            case Conflicting():
                return attempt.conflicting()
            case Used():
                return attempt.unsolved("used", self._read(filing, attempt))
            case TooMany(again):
                return attempt.too_many(again)
            case Accepted(case, repeated):
                note_case(case.reference)
                count("FilingsRepeated" if repeated else "FilingsAccepted")
                log.info("filing repeated" if repeated else "filing stored")
                if attempt.sent.program:
                    return _accepted_json(open_case(case, self._ports), self._ports.key)
                until = self._ports.now() + RECEIPT_LINK
                token = self._ports.tokens.seal("receipt", case.reference, until)
                return RedirectResponse(f"/cases/receipt?token={token}", 303)

    def _read(self, filing: Filing, attempt: Attempt) -> Submission | AnswerProblems:
        return validate(filing, attempt.contract, self._ports)

    def _attempt(self, request: Request, sent: Sent, current: Current) -> tuple[Attempt, bool]:
        """What was sent with the contract of its page, and whether the current one took its place.

        Raises HTTPException: there is no such form.
        """
        organisation = request.path_params["organisation"]
        if organisation not in current.organisations:
            raise HTTPException(404)
        digest, contract, renewed = self._contract(organisation, current, sent)
        kind_id: KindId | None = next(
            (known for known in contract.kinds if known == request.path_params["kind"]), None
        )
        if kind_id is None or contract.organisation != organisation:
            raise HTTPException(404)
        rules, held = contract.kinds[kind_id].attachments, AttachedFiles()
        if rules:
            held = attach(rules, organisation, sent.uploads, sent.files, self._ports)
        # Read before anything is stored: a failure after that would deny what is on disk.
        pages = self._ports.contracts.pages(contract.pages[sent.language(contract.pages)])
        return Attempt(self._ports, sent, digest, contract, kind_id, pages, held), renewed

    def _contract(
        self, organisation: str, current: Current, sent: Sent
    ) -> tuple[str, Contract, bool]:
        """The contract of the page with its digest, or the current one and that it took its place.

        A page of before a proof of work was asked for has no script that works one out.
        """
        contracts, newest = self._ports.contracts, current.organisations[organisation]
        digest = sent.fields.get("contract") or newest
        try:
            contract = contracts.contract(digest)
        except ContractMissing:
            return newest, contracts.contract(newest), True
        asked = current.proof_of_work is not None and not sent.program
        if asked and contract.organisation == organisation:
            pages = contracts.pages(contract.pages[sent.language(contract.pages)])
            if not can_solve(pages):
                return newest, contracts.contract(newest), True
        return digest, contract, False


def _filing(attempt: Attempt, request: Request) -> Filing:
    answers, sent, held = attempt.answers, attempt.sent, attempt.held
    if not attempt.kind.attachments and (sent.uploads or sent.files):
        answers["uploads"] = "files"  # which this form does not ask for
    return Filing(
        kind_id=attempt.kind_id,
        contract_digest=attempt.digest,
        language=attempt.pages.words.language,
        answers=answers,
        address=client_address(request),
        idempotency_key=request.headers.get("idempotency-key") or None,
        attachments=held.attachments,
        files_refused=bool(held.flaws),
    )


def _accepted_json(file: CaseFile, key: bytes) -> Response:
    return JSONResponse(
        case_json(file) | {"access_code": file.access_code} | proof_json(prove(file, key)),
        201,
        {"Location": f"/cases/receipt?token={file.token}"},
    )

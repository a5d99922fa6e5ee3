"""Where filings come in over HTTP."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from functions.casefile import CaseFile, open_case
from functions.contract import Contract, KindId
from functions.errors import (
    ContractMissing,
)
from functions.pages import form_page
from functions.ports import Ports
from functions.proof import proof_json, prove
from functions.receipt import receipt_token
from functions.request import Sent, read_sent
from functions.response import (
    case_json,
    field_errors,
    problem_details,
)
from functions.submission import Problem
from functions.submit import Accepted, Conflicting, Filing, Rejected, submit

log = logging.getLogger("ombud.desk")

_PAGE_FIELDS = ("contract", "language")


class Desk:
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
        language = sent.language(contract.pages)
        filing = Filing(
            kind_id, digest, language, answers, request.headers.get("idempotency-key") or None
        )
        # Read before anything is stored: a failure after that would deny what is on disk.
        words = contracts.pages(contract.pages[language]).words
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
                return problem_details(422, words.say("key_reused"), words.say("key_reused_detail"))
            case Accepted(case, repeated):
                log.info("filing %s %s", case.reference, "repeated" if repeated else "stored")
                if sent.program:
                    return _accepted_json(open_case(case, self._ports), self._ports.key)
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
        pages = self._ports.contracts.pages(contract.pages[sent.language(contract.pages)])
        said = pages.words.say(notice) if notice else ""
        if sent.program:
            return problem_details(422, pages.words.say("rejected"), said)
        kind, answers = contract.kinds[kind_id], sent.without(*_PAGE_FIELDS)
        page = form_page(pages, digest, kind_id, kind, answers, problems, said)
        return HTMLResponse(page, 422)


def _accepted_json(file: CaseFile, key: bytes) -> Response:
    return JSONResponse(
        case_json(file) | {"access_code": file.access_code} | proof_json(prove(file, key)),
        201,
        {"Location": f"/cases/receipt?token={file.token}"},
    )

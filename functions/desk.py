"""Where filings come in over HTTP."""

import logging
from dataclasses import replace
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from markupsafe import Markup
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

from functions.call import concerns
from functions.casefile import CaseFile, open_case
from functions.checking import check_page
from functions.contract import Contract, Current, KindId
from functions.doubt import doubts
from functions.errors import ContractMissing
from functions.holding import Held, hold
from functions.metric import count
from functions.pagefields import SOLUTION, Step, page_fields
from functions.pages import FileRow, FormFiles, KindPages, form_page
from functions.ports import Ports
from functions.proof import proof_json, prove
from functions.proofofwork import (
    FOR_PROGRAMS,
    NEEDED,
    Code,
    Solved,
    Unsolved,
    can_solve,
    examine,
)
from functions.receipt import receipt_token
from functions.request import Sent, client_address, read_sent
from functions.response import (
    case_json,
    field_errors,
    file_errors,
    problem_details,
)
from functions.submission import Problem, Problems
from functions.submit import (
    Accepted,
    Conflicting,
    Filing,
    Rejected,
    TooMany,
    Used,
    submit,
    validate,
)
from functions.voucher import seal

log = logging.getLogger("ombud.desk")

_PAGE_FIELDS = ("contract", "language")

_KEPT = {"Cache-Control": "private, no-cache"}
"""For pages with a filer's words: with `no-store`, Back would lose what was typed on them."""


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
        current = contracts.current()
        if organisation not in current.organisations:
            raise HTTPException(404)
        digest, contract, renewed = self._contract(organisation, current, sent)
        kind_id: KindId | None = next(
            (known for known in contract.kinds if known == request.path_params["kind"]), None
        )
        if kind_id is None or contract.organisation != organisation:
            raise HTTPException(404)
        kind = contract.kinds[kind_id]
        own = page_fields(sent)
        step, sent = own.step, own.sent
        answers = sent.without(*_PAGE_FIELDS)
        held = Held()
        if kind.attachments:
            held = hold(kind.attachments, organisation, sent.uploads, sent.files, self._ports)
        elif sent.uploads or sent.files:
            answers["uploads"] = "files"  # which this form does not ask for
        if renewed:
            return self._form(sent, digest, contract, kind_id, (), held, "renewed")
        if step == "change":
            return self._form(sent, digest, contract, kind_id, (), held, status=200)
        language = sent.language(contract.pages)
        filing = Filing(
            kind_id=kind_id,
            contract_digest=digest,
            language=language,
            answers=answers,
            address=client_address(request),
            idempotency_key=request.headers.get("idempotency-key") or None,
            attachments=held.attachments,
            files_refused=bool(held.flaws),
        )
        if step not in ("send", None):
            return self._check(step, sent, filing, contract, held)
        if own.trapped:
            log.info("unseen field filled in, asked again")
            return self._check("check", sent, filing, contract, held, "are_you_human")
        if current.proof_of_work is not None:
            match examine(self._ports.key, own.solution):
                case Unsolved(code):
                    return self._unsolved(code, sent, filing, contract, held)
                case Solved(once):
                    filing = replace(filing, once=once)
        # Read before anything is stored: a failure after that would deny what is on disk.
        words = contracts.pages(contract.pages[language]).words
        match submit(filing, contract, self._ports):
            case Rejected(problems) if sent.program:
                count("FilingsRejected")
                return problem_details(
                    422,
                    words.say("rejected"),
                    words.say("rejected_detail"),
                    [*field_errors(words, kind, problems), *file_errors(words, kind, held.flaws)],
                )
            case Rejected(problems):
                count("FilingsRejected")
                return self._form(sent, digest, contract, kind_id, problems, held)
            case Conflicting():
                count("FilingsRejected")
                return problem_details(422, words.say("key_reused"), words.say("key_reused_detail"))
            case Used():
                return self._unsolved("used", sent, filing, contract, held)
            case TooMany(again):
                count("FilingsLimited")
                log.warning("as many filings from one address as are taken")
                return self._too_many(again, sent, digest, contract, kind_id, held)
            case Accepted(case, repeated):
                concerns(case.reference)
                count("FilingsRepeated" if repeated else "FilingsAccepted")
                log.info("filing repeated" if repeated else "filing stored")
                if sent.program:
                    return _accepted_json(open_case(case, self._ports), self._ports.key)
                token = receipt_token(self._ports.key, case.reference, self._ports.now())
                return RedirectResponse(f"/cases/receipt?token={token}", 303)

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

    def _unsolved(
        self, code: Code, sent: Sent, filing: Filing, contract: Contract, held: Held
    ) -> Response:
        """The answers once more, on a page that works a proof out by itself, or what to do."""
        count("FilingsRejected")
        log.info("no proof of work: %s", code)
        if not sent.program:
            return self._check("check", sent, filing, contract, held, NEEDED)
        pages = self._ports.contracts.pages(contract.pages[filing.language])
        told = {"field": SOLUTION, "code": code, "detail": FOR_PROGRAMS}
        return problem_details(422, pages.words.say("rejected"), FOR_PROGRAMS, [told])

    def _check(
        self,
        step: Step,
        sent: Sent,
        filing: Filing,
        contract: Contract,
        held: Held,
        notice: str = "",
    ) -> Response:
        """The answers to read again, or the form where they will not do; nothing is stored."""
        kind_id = filing.kind_id
        submission = validate(filing, contract, self._ports)
        if isinstance(submission, Problems) or held.flaws:
            found = submission.found if isinstance(submission, Problems) else ()
            return self._form(sent, filing.contract_digest, contract, kind_id, found, held)
        asked = doubts(submission)
        meant = next((doubt for doubt in asked if doubt.meant), None)
        carried = dict(sent.fields)
        if meant and step == "correct":
            carried |= {meant.name: meant.meant or ""}
            submission = submission.model_copy(update={meant.name: meant.meant})
        if step != "check":
            asked = tuple(doubt for doubt in asked if doubt is not meant)
        pages = self._ports.contracts.pages(contract.pages[filing.language])
        said = pages.words.say(notice) if notice else ""
        page = check_page(
            pages,
            kind_id,
            contract.kinds[kind_id],
            submission,
            carried.items(),
            asked,
            self._rows(held),
            said,
        )
        return HTMLResponse(page, 422 if notice else 200, _KEPT)

    def _too_many(
        self,
        again: datetime,
        sent: Sent,
        digest: str,
        contract: Contract,
        kind_id: KindId,
        held: Held,
    ) -> Response:
        """The form with every word, when it can be sent, and that there are other ways."""
        pages = self._ports.contracts.pages(contract.pages[sent.language(contract.pages)])
        time = again.astimezone(ZoneInfo(contract.timezone))
        said = pages.words.say("too_many", time=f"{time:%H:%M}")
        wait = {"Retry-After": str(ceil((again - self._ports.now()).total_seconds()))}
        if sent.program:
            return problem_details(429, pages.words.say("http_429"), said, headers=wait)
        page = self._filled(pages, sent, digest, contract, kind_id, (), held, said)
        return HTMLResponse(page, 429, _KEPT | wait)

    def _form(
        self,
        sent: Sent,
        digest: str,
        contract: Contract,
        kind_id: KindId,
        problems: tuple[Problem, ...],
        held: Held,
        notice: str = "",
        status: int = 422,
    ) -> Response:
        pages = self._ports.contracts.pages(contract.pages[sent.language(contract.pages)])
        said = pages.words.say(notice) if notice else ""
        if sent.program:
            return problem_details(422, pages.words.say("rejected"), said)
        page = self._filled(pages, sent, digest, contract, kind_id, problems, held, said)
        return HTMLResponse(page, status, _KEPT)

    def _filled(
        self,
        pages: KindPages,
        sent: Sent,
        digest: str,
        contract: Contract,
        kind_id: KindId,
        problems: tuple[Problem, ...],
        held: Held,
        said: str,
    ) -> Markup:
        """The form with every word and every file that it has so far."""
        kind, answers = contract.kinds[kind_id], sent.without(*_PAGE_FIELDS)
        files = FormFiles(self._rows(held), held.flaws)
        return form_page(pages, digest, kind_id, kind, answers, problems, said, files=files)

    def _rows(self, held: Held) -> tuple[FileRow, ...]:
        return tuple(
            FileRow(seal(self._ports.key, one), one.name, one.size) for one in held.vouchers
        )


def _accepted_json(file: CaseFile, key: bytes) -> Response:
    return JSONResponse(
        case_json(file) | {"access_code": file.access_code} | proof_json(prove(file, key)),
        201,
        {"Location": f"/cases/receipt?token={file.token}"},
    )

"""Takes filings over HTTP: POST /cases/{organisation}/{kind}."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from functions.cases.files.attach import AttachedFiles, attach
from functions.cases.ports.ports import Ports
from functions.cases.submit import (
    Accepted,
    Conflicting,
    Filing,
    Rejected,
    Submitted,
    TooMany,
    Used,
    begin_submit,
    validate,
)
from functions.cases.tokens import RECEIPT_LINK
from functions.model.answers.submission import AnswerProblems, Submission
from functions.model.contract.contract import Current
from functions.model.pages.page_set import KindPages
from functions.observability.metrics import count
from functions.observability.request_context import note_case
from functions.web.attempt import BACK_KEEPS_WORDS, PAGE_FIELDS, Attempt
from functions.web.error_answers import Refusal
from functions.web.forms.form_contract import FormContract, find_contract
from functions.web.forms.grouped_work import GroupedWork
from functions.web.page_fields import BROWSER, page_fields
from functions.web.request import Sent, client_address, read_sent
from functions.web.response import check_given_back
from functions.web.routing.threads import run_in_threadpool

log = logging.getLogger("ombud.desk")


class FilingRoutes:
    """Stores filings; returns one that cannot be stored with every word of it."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._grouped = GroupedWork[Response]()

    def routes(self) -> list[Route]:
        """Returns the one route, for every kind of every organisation."""
        return [Route("/cases/{organisation}/{kind}", self.file, methods=["POST"])]

    async def file(self, request: Request) -> Response:
        """Stores the filing and redirects to its receipt, or says what keeps it from being stored.

        A program gets the receipt as JSON, with 201.
        """
        sent = await read_sent(request, with_files=True)
        begin = partial(self._begin, request, sent)
        if sent.files or sent.uploads:
            # Files are read and examined: nobody without any waits for that.
            return await run_in_threadpool(lambda: begin()())
        return await self._grouped.result(begin)

    def _begin(self, request: Request, sent: Sent) -> Callable[[], Response]:
        """Returns what answers the filing; that must be called, as it may be what stores it."""
        page = page_fields(sent)
        current = self._ports.contracts.current()
        form = self._found(request, page.sent.fields.get("contract"), current)
        if form is None:
            raise _no_form(page.sent)
        if form.in_force is None or form.in_force.is_closed(self._ports.now()):
            from functions.web.forms.closed_form import closed_form

            kind = request.path_params["kind"]
            return partial(closed_form, form, kind, page.sent, self._ports)
        attempt, renewed = self._attempt(request, page.sent, form, current)
        if renewed:
            return partial(attempt.form, notice="renewed")
        if attempt.held.again:
            return partial(attempt.too_many_files, attempt.held.again)
        if page.step == "change":
            return partial(attempt.form, status=200)
        filing = _filing(attempt, request)
        if page.step not in ("send", None):
            return partial(attempt.check, page.step, self._read(filing, attempt))
        if page.trapped:
            log.info("hidden field filled in, answers shown again")
            read = self._read(filing, attempt)
            return partial(attempt.check, "check", read, "are_you_human")
        if current.proof_of_work is not None:
            from functions.cases.proof_of_work import Solved, Unsolved, check_solution

            match check_solution(self._ports.key, page.solution):
                case Unsolved(code):
                    return partial(attempt.unsolved, code, self._read(filing, attempt))
                case Solved(once):
                    filing = replace(filing, once=once)
        submitted = begin_submit(filing, attempt.contract, self._ports)
        return partial(self._submitted, submitted, filing, attempt)

    def _submitted(
        self, submitted: Callable[[], Submitted], filing: Filing, attempt: Attempt
    ) -> Response:
        """Stores the filing and returns its receipt, or says why it is not stored."""
        match submitted():
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
                    from functions.web.forms.program_answer import program_answer

                    return program_answer(case, self._ports)
                until = self._ports.now() + RECEIPT_LINK
                token = self._ports.tokens.seal("receipt", case.reference, until)
                return RedirectResponse(f"/cases/receipt?token={token}", 303)

    def _read(self, filing: Filing, attempt: Attempt) -> Submission | AnswerProblems:
        return validate(filing, attempt.contract, self._ports)

    def _attempt(
        self, request: Request, sent: Sent, form: FormContract, current: Current
    ) -> tuple[Attempt, bool]:
        """Returns the filing with its contract, and whether the current one replaced its own.

        It does when the page's contract is gone, or when proof of work is required and the page
        was built before it was enabled: such pages have no solver. Raises Refusal 404, which gives
        the words back, if the contract has no such form.
        """
        if current.proof_of_work is not None and not sent.program:
            from functions.cases.proof_of_work import can_solve

            if not can_solve(self._pages(form, sent)):
                form = self._found(request, None, current) or form
                form = replace(form, renewed=True)
        found = form.kind(request.path_params["kind"])
        if found is None:
            raise _no_form(sent)
        (kind_id, kind), attached = found, AttachedFiles()
        organisation = form.contract.organisation
        if kind.attachments:
            address, rules = client_address(request), kind.attachments
            attached = attach(rules, organisation, sent.uploads, sent.files, address, self._ports)
            attached = attached.without(sent.dropped)
        # Read before anything is stored: a failure afterwards would report a stored filing as lost.
        pages = self._pages(form, sent)
        attempt = Attempt(self._ports, sent, form.digest, form.contract, kind_id, pages, attached)
        return attempt, form.renewed

    def _found(self, request: Request, named: str | None, current: Current) -> FormContract | None:
        address = request.path_params["organisation"]
        return find_contract(address, named, current, self._ports.contracts)

    def _pages(self, form: FormContract, sent: Sent) -> KindPages:
        """Returns the pages in the language of the page, or of the client, or of the site."""
        contracts = self._ports.contracts
        language = sent.language(form.contract.pages, contracts.language())
        return contracts.pages(form.digest, language)


def _no_form(sent: Sent) -> Refusal:
    written = tuple(sent.without(*PAGE_FIELDS, BROWSER).values())
    check_given_back(sum(map(len, written)))
    return Refusal(404, "no_form", sent.wanted, written, headers=BACK_KEEPS_WORDS)


def _filing(attempt: Attempt, request: Request) -> Filing:
    answers, sent, attached = attempt.answers, attempt.sent, attempt.held
    if not attempt.kind.attachments and (sent.uploads or sent.files or sent.dropped):
        answers["uploads"] = "files"  # refused as a field that this form does not have
    return Filing(
        kind_id=attempt.kind_id,
        contract_digest=attempt.digest,
        language=attempt.pages.words.language,
        answers=answers,
        address=client_address(request),
        browser=_browser(request, sent),
        idempotency_key=request.headers.get("idempotency-key") or None,
        attachments=attached.attachments,
        files_refused=bool(attached.flaws),
    )


def _browser(request: Request, sent: Sent) -> str:
    """What tells the browser from others: the number its tab drew, else what its requests show."""
    drawn = "" if sent.program else sent.fields.get(BROWSER, "")
    shown = (request.headers.get(name, "") for name in ("user-agent", "accept-language"))
    return f"drawn\0{drawn}" if drawn else "\0".join((client_address(request), *shown))

"""Lets a filer look a case up by reference and access code, and act on it, without an account."""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

import anyio
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from functions.cases.filer_acts import ActRefused, follow_up
from functions.cases.lookup import Erased, Found, NotFound, look_up
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.tokens import STATUS_SESSION
from functions.model.acts import ActProblem
from functions.model.case import Case, Tombstone
from functions.model.contract.terms import FilerAct
from functions.model.errors import TokenInvalid
from functions.model.pages.page_set import SitePages
from functions.model.reference import LONGEST_TYPED
from functions.observability.metrics import count
from functions.observability.request_context import note_case
from functions.views.case_file import CaseFile
from functions.views.case_json import case_json
from functions.views.case_pages import act_problem_words, look_up_problem, status_page
from functions.web.request import Sent, client_address, on_lambda, read_sent
from functions.web.response import bounded, problem_details, refuse_longer

log = logging.getLogger("ombud.counter")

_ACTS: dict[str, FilerAct] = {
    "information": "information",
    "withdraw": "withdrawn",
    "review": "review_requested",
}
"""The acts of a filer, by their path below /cases/status/."""

_REPEATED_FIELDS = ("text", "confirm", "review")
"""Fields of an act that the look-up page sends again after the filer has entered the code."""


_LONGEST_UNSAID_SECONDS = 1.0
"""A shorter pause is over before anybody has typed the pair again."""


@dataclass(frozen=True)
class _SessionOver:
    """The session of the page has expired; the filer enters reference and code again."""


@dataclass(frozen=True)
class _Incomplete:
    """The reference or the access code was left empty."""


class StatusRoutes:
    """Opens a case only to a client that has both its reference and its access code."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

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
        """Shows state, dates and messages of a case.

        Returns 404 for a wrong pair, after a pause, and at once for half a pair; 410 for an
        expired session and for an erased case. On Lambda, 429 says how long the pause is.
        """
        sent = await read_sent(request)
        case = await self._authorize(request, sent)
        if not isinstance(case, Case):
            return await self._refuse(case, request, sent)
        return await run_in_threadpool(self._show, case, sent)

    def _act_endpoint(
        self, path: str, act: FilerAct
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def endpoint(request: Request) -> Response:
            sent = await read_sent(request)
            case = await self._authorize(request, sent)
            if not isinstance(case, Case):
                return await self._refuse(case, request, sent, path)
            return await run_in_threadpool(self._act, case, act, sent)

        return endpoint

    async def _authorize(
        self, request: Request, sent: Sent
    ) -> Case | Erased | NotFound | _Incomplete | _SessionOver:
        """Returns the case, by the sealed session of its page or by reference and code."""
        fields, ports = sent.fields, self._ports
        if "session" in fields:
            try:
                reference = ports.tokens.open("session", fields["session"], ports.now())
            except TokenInvalid:
                return _SessionOver()
            note_case(reference)
            case = await run_in_threadpool(ports.store.case, reference)
            return case or _SessionOver()
        pair = (fields.get("reference", ""), fields.get("access_code", ""))
        if not all(part.strip() for part in pair):
            return _Incomplete()
        result = await run_in_threadpool(look_up, *pair, client_address(request), ports)
        match result:
            case NotFound():
                count("LookupsNotFound")
                return result
            case Erased(tombstone):
                note_case(tombstone.reference)
                return result
            case Found(case):
                count("LookupsFound")
                note_case(case.reference)
                return case

    def _open(self, case: Case, sent: Sent) -> CaseFile:
        return open_case(case, self._ports, sent.wanted, self._ports.store.events(case.reference))

    def _show(self, case: Case, sent: Sent, act: FilerAct | None = None) -> Response:
        file = self._open(case, sent)
        if sent.program:
            return JSONResponse(case_json(file))
        return HTMLResponse(status_page(file, self._session(file), notice=self._words(file, act)))

    def _words(self, file: CaseFile, act: FilerAct | None) -> str:
        """What is recorded, when, and whether a mail confirms it."""
        if act is None:
            return ""
        words = file.pages.words
        said = words.say(f"thanks_{act}", moment=file.recorded(act))
        mailed = file.case.submission.email and not file.case.mail_withheld
        if act == "information" or not mailed:
            return said
        return words.say("thanks_mailed", thanks=said)

    def _act(self, case: Case, act: FilerAct, sent: Sent) -> Response:
        refuse_longer(sent.fields.get("text", ""))
        file = self._open(case, sent)
        if "added" not in file.skeletons.mails:
            raise HTTPException(404, "the contract of this case has no acts of the filer")
        match follow_up(file, act, sent.fields, self._ports):
            case ActRefused(problems) if sent.program:
                return self._problems_json(file, problems)
            case ActRefused(problems):
                draft = (act, sent.fields.get("text", ""))
                page = status_page(file, self._session(file), draft, problems)
                return HTMLResponse(page, 422)
            case recorded:
                log.info("%s %s", act, "repeated" if recorded.repeated else "recorded")
                return self._show(case, sent, act)

    def _session(self, file: CaseFile) -> str:
        """Returns the token that the page's forms send in place of reference and code."""
        return self._ports.tokens.seal("session", file.case.reference, file.now + STATUS_SESSION)

    def _problems_json(self, file: CaseFile, problems: tuple[ActProblem, ...]) -> Response:
        words = file.pages.words
        return problem_details(
            422,
            words.say("act_rejected"),
            words.say("act_rejected_detail"),
            [
                {
                    "field": problem.name.rpartition("-")[2],
                    "code": problem.code,
                    "detail": act_problem_words(words, problem),
                }
                for problem in problems
            ],
        )

    async def _refuse(
        self,
        reason: Erased | NotFound | _Incomplete | _SessionOver,
        request: Request,
        sent: Sent,
        path: str = "",
    ) -> Response:
        if isinstance(reason, Erased):
            return await run_in_threadpool(self._answer_erased, sent, reason.tombstone)
        if isinstance(reason, _SessionOver):
            return await run_in_threadpool(self._ask_again, sent, path, "session_over", 410)
        if isinstance(reason, _Incomplete):
            return await run_in_threadpool(self._ask_again, sent, path, "status_incomplete", 404)
        if not on_lambda(request):
            await anyio.sleep(reason.pause)
        elif reason.pause >= _LONGEST_UNSAID_SECONDS:
            return await run_in_threadpool(self._ask_later, sent, path, ceil(reason.pause))
        return await run_in_threadpool(self._ask_again, sent, path, "status_wrong", 404)

    def _ask_later(self, sent: Sent, path: str, seconds: int) -> Response:
        """Returns 429: the client waits, because a sleeping Lambda keeps other clients waiting."""
        page = self._ask_again(sent, path, "status_wait", 429, seconds=str(seconds))
        page.headers["Retry-After"] = str(seconds)
        return page

    def _answer_erased(self, sent: Sent, tombstone: Tombstone) -> Response:
        """Returns 410: says when the case was received and when it was erased."""
        contract = self._ports.contracts.contract(tombstone.contract)
        zone = ZoneInfo(contract.timezone)
        site = self._site(sent)
        title = site.words.say("erased")
        detail = site.words.say(
            "erased_detail",
            reference=tombstone.reference,
            received=site.words.day(tombstone.received_at.astimezone(zone).date()),
            date=site.words.day(tombstone.erased_at.astimezone(zone).date()),
        )
        if sent.program:
            return problem_details(410, title, detail)
        return HTMLResponse(site.track.html(look_up_problem(site.words, title, detail)), 410)

    def _site(self, sent: Sent) -> SitePages:
        offered = self._ports.contracts.current().site
        return self._ports.contracts.site(
            offered[sent.language(offered, self._ports.contracts.language())]
        )

    def _ask_again(
        self, sent: Sent, path: str, message: str, status: int, **slots: str
    ) -> Response:
        """Returns the look-up page, whose form repeats the act at `path` and every word of it."""
        site = self._site(sent)
        title, detail = site.words.say(message), site.words.say(f"{message}_detail", **slots)
        if sent.program:
            return problem_details(status, title, detail)
        values = look_up_problem(site.words, title, detail)
        values["reference"] = sent.fields.get("reference", "")[:LONGEST_TYPED]
        if path:
            values["action"] = f"/{path}"
            values["kept"] = Markup().join(
                Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
                for name, value in sent.fields.items()
                if name in _REPEATED_FIELDS
            )
        return bounded(HTMLResponse(site.track.html(values), status))

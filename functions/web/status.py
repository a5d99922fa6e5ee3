"""Where a filer asks after a case and acts on it, with reference and access code, no account."""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import anyio
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    Response,
)
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
from functions.observability.metrics import count
from functions.observability.request_context import note_case
from functions.views.case_file import CaseFile
from functions.views.case_pages import act_problem_words, status_page
from functions.web.request import Sent, client_address, read_sent
from functions.web.response import (
    case_json,
    problem_details,
)

log = logging.getLogger("ombud.counter")

_ACTS: dict[str, FilerAct] = {
    "information": "information",
    "withdraw": "withdrawn",
    "review": "review_requested",
}
"""What can be asked for under /cases/status/."""

_KEPT = ("text", "confirm", "review")


@dataclass(frozen=True)
class _SessionOver:
    """The page stood open for too long; reference and code are asked for again."""


class StatusRoutes:
    """Opens a case to whoever has both, and to nobody else."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """The look-up, and one for each thing that a filer can do."""
        return [
            Route("/cases/status", self.status, methods=["POST"]),
            *(
                Route(f"/cases/status/{path}", self._acting(path, act), methods=["POST"])
                for path, act in _ACTS.items()
            ),
        ]

    async def status(self, request: Request) -> Response:
        """State, dates and messages of a case, for whoever has its reference and code."""
        sent = await read_sent(request)
        found = await self._enter(request, sent)
        if not isinstance(found, Case):
            return await self._turned_away(found, sent)
        return await run_in_threadpool(self._show, found, sent)

    def _acting(
        self, path: str, act: FilerAct
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def acted(request: Request) -> Response:
            sent = await read_sent(request)
            found = await self._enter(request, sent)
            if not isinstance(found, Case):
                return await self._turned_away(found, sent, path)
            return await run_in_threadpool(self._act, found, act, sent)

        return acted

    async def _enter(self, request: Request, sent: Sent) -> Case | Erased | NotFound | _SessionOver:
        """The case, by the sealed token of its page or by reference and code."""
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
        found = await run_in_threadpool(look_up, *pair, client_address(request), ports)
        match found:
            case NotFound():
                count("LookupsNotFound")
                return found
            case Erased(tombstone):
                note_case(tombstone.reference)
                return found
            case Found(case):
                count("LookupsFound")
                note_case(case.reference)
                return case

    def _open(self, case: Case, sent: Sent) -> CaseFile:
        return open_case(case, self._ports, sent.wanted, self._ports.store.events(case.reference))

    def _show(self, case: Case, sent: Sent, notice: str = "") -> Response:
        file = self._open(case, sent)
        if sent.program:
            return JSONResponse(case_json(file))
        said = file.pages.words.say(notice) if notice else ""
        return HTMLResponse(status_page(file, self._session(file), notice=said))

    def _act(self, case: Case, act: FilerAct, sent: Sent) -> Response:
        file = self._open(case, sent)
        if "added" not in file.skeletons.mails:
            raise HTTPException(404, "this case is of a time when nothing could be added")
        match follow_up(file, act, sent.fields, self._ports):
            case ActRefused(problems) if sent.program:
                return self._problems_json(file, problems)
            case ActRefused(problems):
                kept = (act, sent.fields.get("text", ""))
                page = status_page(file, self._session(file), kept, problems)
                return HTMLResponse(page, 422)
            case recorded:
                what = "repeated" if recorded.repeated else "recorded"
                log.info("%s %s", act, what)
                return self._show(case, sent, f"thanks_{act}")

    def _session(self, file: CaseFile) -> str:
        """What the forms of the page carry in place of reference and code."""
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

    async def _turned_away(
        self, why: Erased | NotFound | _SessionOver, sent: Sent, path: str = ""
    ) -> Response:
        if isinstance(why, Erased):
            return await run_in_threadpool(self._say_erased, sent, why.tombstone)
        if isinstance(why, NotFound):
            await anyio.sleep(why.pause)
            return await run_in_threadpool(self._ask_again, sent, path, "status_wrong", 404)
        return await run_in_threadpool(self._ask_again, sent, path, "session_over", 403)

    def _say_erased(self, sent: Sent, tombstone: Tombstone) -> Response:
        """That there was a case, and when what it held was erased."""
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
        values = {"title_prefix": title, "problem": detail, "problem_title": title}
        return HTMLResponse(site.track.html(values), 410)

    def _site(self, sent: Sent) -> SitePages:
        offered = self._ports.contracts.current().site
        return self._ports.contracts.site(offered[sent.language(offered)])

    def _ask_again(self, sent: Sent, path: str, message: str, status: int) -> Response:
        """The look-up page, which sends again what was to be done and every word of it."""
        site = self._site(sent)
        title, detail = site.words.say(message), site.words.say(f"{message}_detail")
        if sent.program:
            return problem_details(status, title, detail)
        values = {"reference": sent.fields.get("reference", ""), "title_prefix": title}
        values |= {"problem": detail, "problem_title": title}
        if path:
            values["action"] = f"/{path}"
            values["kept"] = Markup().join(
                Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
                for name, value in sent.fields.items()
                if name in _KEPT
            )
        return HTMLResponse(site.track.html(values), status)

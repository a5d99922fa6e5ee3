"""Opens a case to its filer by reference and access code, or says why it stays closed."""

from dataclasses import dataclass
from math import ceil
from zoneinfo import ZoneInfo

import anyio
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from functions.cases.lookup import Erased, Found, NoMatch, look_up
from functions.cases.ports.ports import Ports
from functions.model.case import Case, Tombstone
from functions.model.errors import TokenExpired, TokenInvalid
from functions.model.pages.page_set import SitePages
from functions.model.reference import LONGEST_TYPED
from functions.observability.metrics import count
from functions.observability.request_context import note_case
from functions.views.case_pages import look_up_problem
from functions.web.request import Sent, client_address, on_lambda
from functions.web.response import bounded, problem_details
from functions.web.routing.threads import run_in_threadpool

LOST_FILES = "lost"
"""The field with the names of files that were sent with a form and could not be kept, each after a
slash, which no name has."""

_REPEATED_FIELDS = (
    "text",
    "confirm",
    "review",
    "satisfied",
    "fairly",
    "act",
    "file",
    LOST_FILES,
)
"""Fields that the look-up page sends again after the filer has entered the code."""

_LONGEST_UNSAID_SECONDS = 1.0
"""A shorter pause is over before anybody has typed the pair again."""


@dataclass(frozen=True)
class SessionOver:
    """The session of the page has expired; the filer enters reference and code again.

    `case` is the one it was for; None if the session is not genuine.
    """

    case: Case | None


@dataclass(frozen=True)
class Incomplete:
    """The reference or the access code was left empty."""


NoAccess = Erased | NoMatch | Incomplete | SessionOver
"""Why a case is not opened."""


@dataclass(frozen=True)
class RepeatedFiles:
    """Files of an act that is sent again after the code: their vouchers, and names of lost ones."""

    vouchers: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class CaseAccess:
    """Opens a case only to a client that has both its reference and its access code."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    async def authorize(self, request: Request, sent: Sent) -> Case | NoAccess:
        """Returns the case, by the sealed session of its page or by reference and code."""
        fields, ports = sent.fields, self._ports
        if "session" in fields:
            return await run_in_threadpool(self._case_of_session, fields["session"])
        pair = (fields.get("reference", ""), fields.get("access_code", ""))
        if not all(part.strip() for part in pair):
            return Incomplete()
        result = await run_in_threadpool(look_up, *pair, client_address(request), ports)
        match result:
            case NoMatch():
                count("LookupsNotFound")
                return result
            case Erased(tombstone):
                note_case(tombstone.reference)
                return result
            case Found(case):
                count("LookupsFound")
                note_case(case.reference)
                return case

    def _case_of_session(self, session: str) -> Case | SessionOver:
        try:
            reference, over = self._ports.tokens.open("session", session, self._ports.now()), False
        except TokenExpired as error:
            reference, over = error.claim, True
        except TokenInvalid:
            return SessionOver(None)
        note_case(reference)
        case = self._ports.store.case(reference)
        return SessionOver(case) if over or case is None else case

    async def refuse(
        self,
        reason: NoAccess,
        request: Request,
        sent: Sent,
        path: str = "",
        files: RepeatedFiles = RepeatedFiles(),
    ) -> Response:
        """Returns 404 for a wrong or incomplete pair, 410 for an expired session or erased case.

        A wrong pair is answered after a pause; on Lambda, 429 says how long it is. The page repeats
        the act at `path` with every word of it, and with `files`.
        """
        match reason:
            case Erased(tombstone):
                return await run_in_threadpool(self._answer_erased, sent, tombstone)
            case SessionOver():
                message, status = "session_over", 410
            case Incomplete():
                message, status = "status_incomplete", 404
            case NoMatch(pause):
                message, status = "status_wrong", 404
                if not on_lambda(request):
                    await anyio.sleep(pause)
                elif pause >= _LONGEST_UNSAID_SECONDS:
                    return await run_in_threadpool(self._ask_later, sent, path, files, ceil(pause))
        return await run_in_threadpool(self._ask_again, sent, path, files, message, status)

    def _ask_later(self, sent: Sent, path: str, files: RepeatedFiles, seconds: int) -> Response:
        """Returns 429: the client waits, because a sleeping Lambda keeps other clients waiting."""
        page = self._ask_again(sent, path, files, "status_wait", 429, seconds=str(seconds))
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
        self,
        sent: Sent,
        path: str,
        files: RepeatedFiles,
        message: str,
        status: int,
        **slots: str,
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
            values["kept"] = _hidden_fields(sent, files)
        return bounded(HTMLResponse(site.track.html(values), status))


def _hidden_fields(sent: Sent, files: RepeatedFiles) -> Markup:
    """The fields of an act, in the form of the look-up page."""
    fields = {name: value for name, value in sent.fields.items() if name in _REPEATED_FIELDS}
    if files.lost:
        fields[LOST_FILES] = "/".join(files.lost)
    vouchers = (("upload", voucher) for voucher in files.vouchers)
    return Markup().join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in (*fields.items(), *vouchers)
    )

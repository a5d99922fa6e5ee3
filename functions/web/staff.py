"""Lets staff open a case by the sealed link in their mail and act on it, without an account."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from functions.cases.filer_acts import ActRefused
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.staff.acts import handle
from functions.cases.staff.handlers import Handler
from functions.cases.staff.links import handler_of, read_handling_token
from functions.model.errors import TokenInvalid
from functions.model.pages.slot_template import SlotTemplate
from functions.observability.request_context import note_case
from functions.views.case_file import CaseFile
from functions.views.case_pages import handling_page
from functions.web.error_answers import Refusal
from functions.web.request import Sent, read_sent, wanted_languages
from functions.web.response import refuse_longer

log = logging.getLogger("ombud.office")

_UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}


class StaffRoutes:
    """Shows a case on GET and changes it only on POST, because mail scanners follow links."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of the page and of its form."""
        return [
            Route("/cases/handle", self.show),
            Route("/cases/handle", self.act, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Shows the case of the link's token; 410 for any other token."""
        sent = Sent({}, wanted_languages(request), program=False)
        return await run_in_threadpool(self._show, request.query_params.get("token", ""), sent)

    async def act(self, request: Request) -> Response:
        """Records an act of staff and shows the case again; 422 with what is wrong."""
        sent = await read_sent(request)
        return await run_in_threadpool(self._act, sent.fields.get("handling", ""), sent)

    def _show(self, token: str, sent: Sent, notice: str = "") -> Response:
        file, page, _ = self._open(token, sent)
        notice_words = file.pages.words.say(notice) if notice else ""
        html = handling_page(file, page, token, notice=notice_words)
        return HTMLResponse(html, headers=_UNLISTED)

    def _act(self, token: str, sent: Sent) -> Response:
        refuse_longer(sent.fields.get("text", ""))
        file, page, recipient = self._open(token, sent)
        match handle(file, recipient, sent.fields, self._ports):
            case ActRefused(problems):
                html = handling_page(file, page, token, sent.fields, problems)
                return HTMLResponse(html, 422, _UNLISTED)
            case recorded:
                log.info("staff act %s", "repeated" if recorded.repeated else "recorded")
                return self._show(token, sent, "thanks_staff")

    def _open(self, token: str, sent: Sent) -> tuple[CaseFile, SlotTemplate, Handler]:
        """Returns the case, its page and the recipient of the link.

        Raises Refusal 410, which gives the words back, for any other token, and for a case without
        such a page.
        """
        try:
            reference, mark = read_handling_token(token, self._ports)
            note_case(reference)
            case = self._ports.store.case(reference)
            if case is None:
                raise _link_over("the case is gone", sent)
            events = self._ports.store.events(reference)
            own = self._ports.contracts.contract(case.contract).language
            file = open_case(case, self._ports, (own,), events)
            recipient = handler_of(mark, file, self._ports)
        except TokenInvalid as error:
            raise _link_over("the link is forged, damaged or too old", sent) from error
        if file.skeletons.handling is None:
            raise _link_over("the contract of this case has no page for staff", sent)
        return file, file.skeletons.handling, recipient


def _link_over(detail: str, sent: Sent) -> Refusal:
    return Refusal(410, "staff_link", sent.wanted, (sent.fields.get("text", ""),), detail)

"""Lets staff open a case by the sealed link in their mail and act on it, without an account."""

import logging
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from functions.cases.desk.access import Person
from functions.cases.filer_acts import ActRefused
from functions.cases.open_case import open_case
from functions.cases.ports.desk_store import AccessEntry
from functions.cases.ports.ports import Ports
from functions.cases.staff.acts import act_by_link
from functions.cases.staff.choices import choices_of, choices_of_mailbox
from functions.cases.staff.links import MailboxReader, read_handling_token, reader_of
from functions.model.desk.staff import mark
from functions.model.errors import NamesSomebody, TokenInvalid
from functions.model.pages.slot_template import HIDDEN, SlotTemplate
from functions.observability.request_context import current_request_id, note_case
from functions.views.case_file import CaseFile
from functions.views.case_pages import handling_page
from functions.views.staff_form import StaffForm
from functions.web.error_answers import Refusal
from functions.web.request import Sent, read_sent, wanted_languages
from functions.web.response import refuse_longer
from functions.web.routing.threads import run_in_threadpool

log = logging.getLogger("ombud.office")

_PARTS = {"title": "", "detail": "_detail"}
"""The slots of a notice, with how the message of each ends."""

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
        file, page, reader = self._open(token, sent)
        notice_words = file.pages.words.say(notice) if notice else ""
        form = self._choices(file, reader)
        html = handling_page(file, page, token, form, notice=notice_words)
        self._note(file, reader)
        return HTMLResponse(html, headers=_UNLISTED)

    def _act(self, token: str, sent: Sent) -> Response:
        refuse_longer(sent.fields.get("text", ""))
        file, page, reader = self._open(token, sent)
        match act_by_link(file, reader, sent.fields, self._ports):
            case ActRefused(problems):
                form = self._choices(file, reader)
                html = handling_page(file, page, token, form, sent.fields, problems)
                self._note(file, reader)
                return HTMLResponse(html, 422, _UNLISTED)
            case recorded:
                log.info("staff act %s", "repeated" if recorded.repeated else "recorded")
                return self._after(token, sent)

    def _after(self, token: str, sent: Sent) -> Response:
        """Shows the case again, or that it is no longer with whoever recorded the act."""
        try:
            return self._show(token, sent, "thanks_staff")
        except Refusal as refusal:
            if refusal.status_code != HTTPStatus.GONE:
                raise
        current = self._ports.contracts.current().site
        language = sent.language(current, self._ports.contracts.language())
        site = self._ports.contracts.site(current[language])
        words = {part: site.words.say(f"staff_recorded{name}") for part, name in _PARTS.items()}
        slots = words | {"written_hidden": HIDDEN, "request_id": current_request_id()}
        return HTMLResponse(site.notice.html(slots), headers=_UNLISTED)

    def _note(self, file: CaseFile, reader: Person | MailboxReader) -> None:
        """Writes to the access log who opened the case: a person, else the mailbox."""
        case, ports = file.case, self._ports
        if isinstance(reader, Person):
            own, name = reader.mark, reader.member.name
        else:
            name = reader.handler.mailbox
            own = mark(ports.key, case.organisation, name)
        look = AccessEntry(at=ports.now(), mark=own, person=name, what="link")
        ports.lists.note_look(case.reference, look)

    def _choices(self, file: CaseFile, reader: Person | MailboxReader) -> StaffForm:
        if isinstance(reader, Person):
            return choices_of(file, reader, self._ports)
        return choices_of_mailbox(file, reader.may_hand_on, self._ports)

    def _open(
        self, token: str, sent: Sent
    ) -> tuple[CaseFile, SlotTemplate, Person | MailboxReader]:
        """Returns the case, its page and the reader of the link.

        Raises Refusal 410, which gives the words back, for any other token, and for a case without
        such a page.
        """
        try:
            reference, mailbox = read_handling_token(token, self._ports)
            note_case(reference)
            case = self._ports.store.case(reference)
            if case is None:
                raise _link_over("the case is gone", sent)
            events = self._ports.store.events(reference)
            own = self._ports.contracts.contract(case.contract).language
            file = open_case(case, self._ports, (own,), events)
            reader = reader_of(mailbox, file, self._ports)
        except NamesSomebody as error:
            raise _link_over("the case names somebody", sent, "staff_named") from error
        except TokenInvalid as error:
            raise _link_over("the link is forged, damaged or too old", sent) from error
        if file.skeletons.handling is None:
            raise _link_over("the contract of this case has no page for staff", sent)
        return file, file.skeletons.handling, reader


def _link_over(detail: str, sent: Sent, message: str = "staff_link") -> Refusal:
    return Refusal(410, message, sent.wanted, (sent.fields.get("text", ""),), detail)

"""Logs members of staff in and out."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from functions.cases.desk.access import Person
from functions.cases.login import (
    MOST_WRONG_CODES,
    CodeRefused,
    TooManyLogins,
    begin_login,
    check_link,
    redeem_code,
    redeem_link,
    safe_path,
    sealed,
    send_login_mail,
)
from functions.cases.ports.ports import Ports
from functions.cases.tokens import LOGIN_LINK
from functions.model.answers.email_address import read_address
from functions.model.contract.directory import Directory
from functions.model.errors import TokenInvalid
from functions.views.desk.pages import Frame
from functions.web.desk.session import PATH, keep_cookie, log_in, log_out, person_of
from functions.web.desk.visit import LOGIN, Method, stranger_frame
from functions.web.request import Sent, client_address, on_lambda, read_sent
from functions.web.response import retry_after
from functions.web.routing.threads import run_in_threadpool

CODE_PAGE = f"{LOGIN}/code"
LINK_PAGE = f"{PATH}/link"

ATTEMPT = "ombud_login"
"""The cookie by which the browser that asked for a code is known."""

SAME_SECONDS = 1.0
"""Lambda answers once the mail is sent: a pause hides whether one was."""

_Handler = Callable[[Request, Sent], Response]


_MOST_OFFERED = 50
"""How many organisations the login names: each one's directory is read."""


class LoginRoutes:
    """The way in: an address, then a link or a code from a mail; and the way out."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of login and logout, which need no login."""
        return [
            self._route(LOGIN, self._ask),
            self._route(LOGIN, self._begin, "POST"),
            self._route(CODE_PAGE, self._ask_code),
            self._route(CODE_PAGE, self._take_code, "POST"),
            self._route(LINK_PAGE, self._ask_button),
            self._route(LINK_PAGE, self._take_link, "POST"),
            self._route(f"{PATH}/logout", self._log_out, "POST"),
        ]

    @staticmethod
    def _route(path: str, handler: _Handler, method: Method = "GET") -> Route:
        async def endpoint(request: Request) -> Response:
            sent = Sent(dict(request.query_params), (), program=False)
            if method == "POST":
                sent = await read_sent(request)
            return await run_in_threadpool(handler, request, sent)

        return Route(path, endpoint, methods=[method])

    def _ask(self, request: Request, sent: Sent) -> Response:
        """Shows the form; who is logged in goes on to what they asked for."""
        if person_of(request, self._ports):
            return RedirectResponse(safe_path(sent.fields.get("to", "")), 303)
        return self._form(request, sent)

    def _begin(self, request: Request, sent: Sent) -> Response:
        """Answers everybody alike, and sends a mail to current staff."""
        started, ports = monotonic(), self._ports
        directory = self._directory(sent)
        address = read_address(sent.fields.get("address", ""))
        problems = [] if directory else ["organisation"]
        problems += [] if address else ["address"]
        if directory is None or address is None:
            return self._form(request, sent, tuple(problems))
        outcome = begin_login(directory.organisation, address, client_address(request), ports)
        if isinstance(outcome, TooManyLogins):
            page = self._form(request, sent, ("too_many",), 429)
            page.headers.update(retry_after(outcome.again, ports.now()))
            return page
        path = safe_path(sent.fields.get("to", ""))

        def send() -> None:
            send_login_mail(outcome, path, ports)
            if on_lambda(request):
                sleep(max(0.0, SAME_SECONDS - (monotonic() - started)))

        query = {"organisation": directory.organisation, "to": path}
        answer = RedirectResponse(
            f"{CODE_PAGE}?{urlencode(query)}", 303, background=BackgroundTask(send)
        )
        seconds = int(LOGIN_LINK.total_seconds())
        keep_cookie(answer, ATTEMPT, sealed(outcome, ports), seconds, ports)
        return answer

    def _ask_code(self, request: Request, sent: Sent) -> Response:
        if ATTEMPT not in request.cookies:
            return RedirectResponse(f"{LOGIN}?{urlencode(dict(sent.fields))}", 303)
        return self._code_form(request, sent)

    def _take_code(self, request: Request, sent: Sent) -> Response:
        attempt, typed = request.cookies.get(ATTEMPT, ""), sent.fields.get("code", "")
        try:
            outcome = redeem_code(attempt, typed, self._ports)
        except TokenInvalid:
            outcome = CodeRefused(0)
        if isinstance(outcome, CodeRefused):
            status = 422 if outcome.left else 410
            return self._code_form(request, sent, status, outcome)
        return self._enter(outcome, sent)

    def _ask_button(self, request: Request, sent: Sent) -> Response:
        """Shows a button: what only opens links, such as a scanner of mails, uses nothing up."""
        token = sent.fields.get("token", "")
        try:
            check_link(token, self._ports)
        except TokenInvalid:
            return self._link_over(request, sent)
        frame = stranger_frame(request, self._ports)
        page = frame.page("login/link.html", token=token, to=safe_path(sent.fields.get("to", "")))
        return HTMLResponse(page)

    def _take_link(self, request: Request, sent: Sent) -> Response:
        try:
            person = redeem_link(sent.fields.get("token", ""), self._ports)
        except TokenInvalid:
            person = None
        return self._enter(person, sent) if person else self._link_over(request, sent)

    def _log_out(self, request: Request, _: Sent) -> Response:
        person = person_of(request, self._ports)
        query = f"?{urlencode({'organisation': person.organisation})}" if person else ""
        answer = RedirectResponse(f"{LOGIN}{query}", 303)
        log_out(request, answer, self._ports)
        return answer

    def _enter(self, person: Person, sent: Sent) -> Response:
        answer = RedirectResponse(safe_path(sent.fields.get("to", "")), 303)
        log_in(answer, person, self._ports)
        keep_cookie(answer, ATTEMPT, "", 0, self._ports)
        return answer

    def _link_over(self, request: Request, sent: Sent) -> Response:
        frame = stranger_frame(request, self._ports)
        page = frame.page("login/over.html", to=safe_path(sent.fields.get("to", "")))
        return HTMLResponse(page, 410)

    def _form(
        self, request: Request, sent: Sent, problems: tuple[str, ...] = (), status: int = 422
    ) -> Response:
        directory = self._directory(sent)
        frame = Frame.of(directory) if directory else stranger_frame(request, self._ports)
        page = frame.page(
            "login/form.html",
            organisation=directory.organisation
            if directory
            else sent.fields.get("organisation", ""),
            known=directory is not None,
            offered=[] if directory else [name for one in self._offered() for name in _names(one)],
            address=sent.fields.get("address", ""),
            to=safe_path(sent.fields.get("to", "")),
            problems=problems,
        )
        return HTMLResponse(page, status if problems else 200)

    def _code_form(
        self, request: Request, sent: Sent, status: int = 200, refused: CodeRefused | None = None
    ) -> Response:
        directory = self._directory(sent)
        frame = Frame.of(directory) if directory else stranger_frame(request, self._ports)
        page = frame.page(
            "login/code.html",
            organisation=sent.fields.get("organisation", ""),
            to=safe_path(sent.fields.get("to", "")),
            minutes=LOGIN_LINK // timedelta(minutes=1),
            most=MOST_WRONG_CODES,
            refused=refused,
        )
        return HTMLResponse(page, status)

    def _directory(self, sent: Sent) -> Directory | None:
        """The organisation that a link names or somebody typed, by address or name, if any."""
        name = sent.fields.get("organisation", "").strip().casefold()
        current = self._ports.contracts.current()
        organisation = current.organisation_at(name)
        if organisation in current.organisations:
            return self._ports.contracts.directory(organisation)
        named = (one for one in self._offered() if name in map(str.casefold, _names(one)))
        return next(named, None)

    def _offered(self) -> tuple[Directory, ...]:
        """The organisations that have staff, if the site has few enough to list them."""
        known = self._ports.contracts.current().organisations
        if len(known) > _MOST_OFFERED:
            return ()
        found = (self._ports.contracts.directory(id_) for id_ in sorted(known))
        return tuple(directory for directory in found if directory and directory.staff)


def _names(directory: Directory) -> tuple[str, ...]:
    """The names of an organisation, in all its languages."""
    return tuple(directory.name.root.values()) if directory.name else ()

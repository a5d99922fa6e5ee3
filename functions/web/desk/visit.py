"""One request of a member of staff: who they are, what they sent, and the pages they get."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from functions.cases.desk.access import Person
from functions.cases.ports.ports import Ports
from functions.model.contract.directory import Directory
from functions.model.language import chosen
from functions.views.desk.pages import Frame
from functions.views.desk.words import OWN_LANGUAGE, languages
from functions.web.desk.session import PATH, person_of
from functions.web.request import Sent, read_sent, wanted_languages
from functions.web.routing.threads import run_in_threadpool

Method = Literal["GET", "POST"]

LOGIN = f"{PATH}/login"

_UNWRITTEN = ("once", "step", "upload")
"""Fields that nobody writes."""


class NotFound(HTTPException):
    """Says the same of what does not exist and of what the person may not see."""

    def __init__(self) -> None:
        super().__init__(404)


class NotTaken(HTTPException):
    """What was sent is not recorded, and given back: 401 if nobody is logged in, 413 if it is far
    longer than its form takes.
    """

    def __init__(self, status: int, sent: Sent) -> None:
        super().__init__(status)
        words = (text for name, text in sent.fields.items() if name not in _UNWRITTEN)
        self.written = "\n\n".join(filter(str.strip, words))


@dataclass(frozen=True)
class Visit:
    """A request of a member of staff.

    `sent` has the fields and files of a form, and nothing for a GET.
    """

    request: Request
    sent: Sent
    person: Person
    directory: Directory
    ports: Ports

    @property
    def frame(self) -> Frame:
        """What surrounds the pages that the person sees."""
        return frame_of(self.directory, self.person)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the organisation."""
        return ZoneInfo(self.directory.timezone)

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """The page of a template, which also gets the `visit`."""
        return HTMLResponse(self.frame.page(template, visit=self, **values), status)

    @staticmethod
    def turn_to(path: str) -> RedirectResponse:
        """Has the browser get a page of the desk after a POST, so that a reload repeats nothing."""
        return RedirectResponse(path, 303)


VisitHandler = Callable[[Visit], Response]


def staff_route(
    path: str, answer: VisitHandler, ports: Ports, method: Method = "GET", with_files: bool = False
) -> Route:
    """A route below `/cases/desk` for members of staff; `answer` runs in a thread.

    A stranger who asks for a page logs in first and then gets it. One who sends a form gets 401
    with what they wrote.
    """

    async def endpoint(request: Request) -> Response:
        sent = Sent({}, (), program=False)
        if method == "POST":
            sent = await read_sent(request, with_files)
        return await run_in_threadpool(_answer, request, sent, answer, ports)

    return Route(PATH + path, endpoint, methods=[method])


def open_route(
    path: str, endpoint: Callable[[Request], Awaitable[Response]], method: Method = "GET"
) -> Route:
    """A route below `/cases/desk` that needs no login."""
    return Route(PATH + path, endpoint, methods=[method])


def frame_of(directory: Directory, person: Person | None = None) -> Frame:
    """What surrounds the pages of an organisation."""
    if person is None:
        return Frame.of(directory)
    return Frame.of(directory, person.member.name, own_role_names(directory, person))


def stranger_frame(request: Request, ports: Ports) -> Frame:
    """What surrounds pages of nobody known, in a language of theirs that the desk speaks."""
    first = ports.contracts.language()
    return Frame(chosen((*wanted_languages(request), first), languages(), OWN_LANGUAGE))


def own_role_names(directory: Directory, person: Person) -> tuple[str, ...]:
    """What the roles of a person are called now."""
    names = (directory.roles.get(role, ()) for role in person.member.roles)
    return tuple(found[-1].words(directory.language) for found in names if found)


def _answer(request: Request, sent: Sent, answer: VisitHandler, ports: Ports) -> Response:
    person = person_of(request, ports)
    directory = ports.contracts.directory(person.organisation) if person else None
    if person is None or directory is None:
        if request.method == "POST":
            raise NotTaken(401, sent)
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{LOGIN}?{urlencode({'to': asked})}", 303)
    try:
        return answer(Visit(request, sent, person, directory, ports))
    except HTTPException as error:
        if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise NotTaken(413, sent) from error
        raise

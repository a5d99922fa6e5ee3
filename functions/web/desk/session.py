"""Knows who is logged in, by a sealed cookie; what they may do is looked up on each request."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from functions.cases.desk.access import DESK, Person
from functions.cases.desk.sessions import begin_session, end_session, session_person
from functions.cases.ports.ports import Ports
from functions.cases.tokens import DESK_SESSION

COOKIE = "ombud_desk"
PATH = DESK

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


def person_of(request: Request, ports: Ports) -> Person | None:
    """The member of staff who is logged in, as of now; None for everybody else.

    Raises ContractError, StoreError.
    """
    token = request.cookies.get(COOKIE)
    return session_person(token, ports) if token else None


def log_in(response: Response, person: Person, ports: Ports) -> None:
    """Has the browser remember the person until the session ends; it is never prolonged."""
    seconds = int(DESK_SESSION.total_seconds())
    keep_cookie(response, COOKIE, begin_session(person, ports), seconds, ports)


def log_out(request: Request, response: Response, ports: Ports) -> None:
    """Ends the session, and has the browser forget the person. Raises StoreError."""
    if token := request.cookies.get(COOKIE):
        end_session(token, ports)
    keep_cookie(response, COOKIE, "", 0, ports)


def keep_cookie(response: Response, name: str, value: str, seconds: int, ports: Ports) -> None:
    """Sets a cookie that no script reads and no form of another site sends."""
    site = urlsplit(ports.site_url)
    is_local = site.scheme == "http" and site.hostname in _LOCAL_HOSTS
    response.set_cookie(
        name, value, seconds, path=PATH, secure=not is_local, httponly=True, samesite="lax"
    )

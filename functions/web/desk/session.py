"""Knows who is logged in, by a sealed cookie; what they may do is looked up on each request."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from functions.cases.desk.access import DESK, Person, find_person
from functions.cases.ports.ports import Ports
from functions.cases.tokens import DESK_SESSION
from functions.model.errors import TokenInvalid

COOKIE = "ombud_desk"
PATH = DESK

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


def person_of(request: Request, ports: Ports) -> Person | None:
    """The member of staff who is logged in, as of now; None for everybody else.

    Raises ContractError, StoreError.
    """
    token, now = request.cookies.get(COOKIE), ports.now()
    if not token:
        return None
    try:
        organisation, _, sought = ports.tokens.open("desk", token, now).partition(".")
    except TokenInvalid:
        return None
    return find_person(organisation, sought, ports)


def log_in(response: Response, person: Person, ports: Ports) -> None:
    """Has the browser remember the person until the session ends; it is never prolonged."""
    until = ports.now() + DESK_SESSION
    token = ports.tokens.seal("desk", f"{person.organisation}.{person.mark}", until)
    keep_cookie(response, COOKIE, token, int(DESK_SESSION.total_seconds()), ports)


def log_out(response: Response, ports: Ports) -> None:
    """Has the browser forget the person."""
    keep_cookie(response, COOKIE, "", 0, ports)


def keep_cookie(response: Response, name: str, value: str, seconds: int, ports: Ports) -> None:
    """Sets a cookie that no script reads and no form of another site sends."""
    site = urlsplit(ports.site_url)
    is_local = site.scheme == "http" and site.hostname in _LOCAL_HOSTS
    response.set_cookie(
        name, value, seconds, path=PATH, secure=not is_local, httponly=True, samesite="lax"
    )

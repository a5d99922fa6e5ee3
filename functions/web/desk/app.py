"""Builds the HTTP application of the desk."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from functions.cases.ports.ports import Ports
from functions.web.desk.acts import ActRoutes
from functions.web.desk.case import CaseRoutes
from functions.web.desk.enter import EnterRoutes
from functions.web.desk.errors import DeskErrors
from functions.web.desk.evidence import EvidenceRoutes
from functions.web.desk.lists import ListRoutes
from functions.web.desk.login import LoginRoutes
from functions.web.desk.printing import PrintRoutes
from functions.web.desk.report import ReportRoutes
from functions.web.desk.style import style_route
from functions.web.middleware.origin_check import OriginCheck
from functions.web.middleware.request_log import RequestLog
from functions.web.middleware.request_rate import RequestRate
from functions.web.middleware.security_headers import SecurityHeaders
from functions.web.middleware.site_host import SiteHost
from functions.web.middleware.trailing_slash import TrailingSlash
from functions.web.response import security_headers

_UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}


def create_desk(ports: Ports) -> Starlette:
    """Returns the desk, which serves `/cases/desk` and everything below it."""
    errors = DeskErrors(ports)
    app = Starlette(
        routes=[
            style_route(),
            *LoginRoutes(ports).routes(),
            *ListRoutes(ports).routes(),
            *ReportRoutes(ports).routes(),
            *EnterRoutes(ports).routes(),
            *EvidenceRoutes(ports).routes(),
            *PrintRoutes(ports).routes(),
            *ActRoutes(ports).routes(),
            *CaseRoutes(ports).routes(),
        ],
        middleware=[
            Middleware(TrailingSlash),
            Middleware(SecurityHeaders, headers=security_headers("") | _UNLISTED),
            Middleware(RequestLog, unavailable=errors.unavailable),
            Middleware(RequestRate, refused=errors.too_fast),
            Middleware(OriginCheck, site_url=ports.site_url, refused=errors.foreign),
            Middleware(SiteHost, site_url=ports.site_url),
        ],
        exception_handlers=errors.handlers(),
    )
    app.router.redirect_slashes = False
    return app

"""Builds the HTTP application of the desk."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from functions.cases.ports.ports import Ports
from functions.web.desk.acts import ActRoutes
from functions.web.desk.case import CaseRoutes
from functions.web.desk.errors import DeskErrors
from functions.web.desk.lists import ListRoutes
from functions.web.desk.session import PATH
from functions.web.desk.style import style_route
from functions.web.desk.visit import LOGIN
from functions.web.middleware.origin_check import OriginCheck
from functions.web.middleware.request_log import RequestLog
from functions.web.middleware.request_rate import RequestRate
from functions.web.middleware.security_headers import SecurityHeaders
from functions.web.middleware.site_host import SiteHost
from functions.web.middleware.trailing_slash import TrailingSlash
from functions.web.response import security_headers
from functions.web.routing.late_routes import LateRoutes

_UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}


def late_desk_routes(ports: Ports) -> list[LateRoutes]:
    """Returns the routes beside lists, cases and acts: they would take a tenth of a cold start."""

    def login() -> list[Route]:
        from functions.web.desk.login import LoginRoutes

        return LoginRoutes(ports).routes()

    def report() -> list[Route]:
        from functions.web.desk.report import ReportRoutes

        return ReportRoutes(ports).routes()

    def enter() -> list[Route]:
        from functions.web.desk.enter import EnterRoutes

        return EnterRoutes(ports).routes()

    def evidence() -> list[Route]:
        from functions.web.desk.evidence import EvidenceRoutes

        return EvidenceRoutes(ports).routes()

    def printing() -> list[Route]:
        from functions.web.desk.printing import PrintRoutes

        return PrintRoutes(ports).routes()

    return [
        LateRoutes([LOGIN, f"{LOGIN}/code", f"{PATH}/link", f"{PATH}/logout"], login),
        LateRoutes([f"{PATH}/report", f"{PATH}/report.csv"], report),
        LateRoutes([f"{PATH}/enter", f"{PATH}/enter/{{kind}}"], enter),
        LateRoutes([f"{PATH}/{{reference}}/files/{{id}}"], evidence),
        LateRoutes([f"{PATH}/{{reference}}/print"], printing),
    ]


def create_desk(ports: Ports) -> Starlette:
    """Returns the desk, which serves `/cases/desk` and everything below it."""
    errors = DeskErrors(ports)
    app = Starlette(
        routes=[
            style_route(),
            *ListRoutes(ports).routes(),
            *late_desk_routes(ports),
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

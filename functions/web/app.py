"""Builds the HTTP application: its routes, middleware and error handlers."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from functions.cases.ports.ports import Ports
from functions.cases.proof_of_work import ChallengeRoutes
from functions.web.error_answers import ErrorAnswers
from functions.web.filing import FilingRoutes
from functions.web.health import HealthRoutes
from functions.web.middleware.origin_check import OriginCheck
from functions.web.middleware.request_log import RequestLog
from functions.web.middleware.security_headers import SecurityHeaders
from functions.web.middleware.site_host import SiteHost
from functions.web.middleware.trailing_slash import TrailingSlash
from functions.web.receipts import ReceiptRoutes
from functions.web.response import security_headers
from functions.web.staff import StaffRoutes
from functions.web.statistics import StatisticsRoutes
from functions.web.status.case_downloads import DownloadRoutes
from functions.web.status.status_routes import StatusRoutes
from functions.web.uploads import UploadRoutes


def create_app(ports: Ports) -> Starlette:
    """Returns the application, which serves every request through these ports."""
    refusal = ErrorAnswers(ports)
    app = Starlette(
        routes=[
            *HealthRoutes(ports).routes(),
            *ReceiptRoutes(ports).routes(),
            *StatusRoutes(ports).routes(),
            *DownloadRoutes(ports).routes(),
            *StaffRoutes(ports).routes(),
            *ChallengeRoutes(ports).routes(),
            *StatisticsRoutes(ports).routes(),
            *FilingRoutes(ports).routes(),
            *UploadRoutes(ports).routes(),
        ],
        middleware=[
            Middleware(TrailingSlash),
            Middleware(SecurityHeaders, headers=security_headers(ports.shelf.origin)),
            Middleware(RequestLog, unavailable=refusal.unavailable),
            Middleware(OriginCheck, site_url=ports.site_url, refused=refusal.foreign),
            Middleware(SiteHost, site_url=ports.site_url),
        ],
        exception_handlers=refusal.handlers(),
    )
    app.router.redirect_slashes = False
    return app

"""Builds the HTTP application: its routes, middleware and error handlers."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.routing import Route

from functions.cases.ports.ports import Ports
from functions.web.error_answers import ErrorAnswers
from functions.web.filing import FilingRoutes
from functions.web.middleware.origin_check import OriginCheck
from functions.web.middleware.request_log import RequestLog
from functions.web.middleware.request_rate import RequestRate
from functions.web.middleware.security_headers import SecurityHeaders
from functions.web.middleware.site_host import SiteHost
from functions.web.middleware.trailing_slash import TrailingSlash
from functions.web.response import security_headers
from functions.web.routing.late_routes import LateRoutes

MISSING_PAGES = "/cases/_missing"
"""Before the address of a page that the site's bucket does not have (infra/site.yml). No
organisation's name has an underscore."""

_SMALLEST_COMPRESSED = 1000
"""Bytes. A smaller answer fits into one packet as it is."""

_COMPRESSION = 6
"""zlib's own default; 9 takes twice as long for one percent."""


def late_routes(ports: Ports) -> list[LateRoutes]:
    """Returns the routes that a filing does not need: they would take a tenth of a cold start."""

    def health() -> list[Route]:
        from functions.web.health import HealthRoutes

        return HealthRoutes(ports).routes()

    def challenge() -> list[Route]:
        from functions.cases.proof_of_work import ChallengeRoutes

        return ChallengeRoutes(ports).routes()

    def receipts() -> list[Route]:
        from functions.web.receipts import ReceiptRoutes

        return ReceiptRoutes(ports).routes()

    def status() -> list[Route]:
        from functions.web.status.case_downloads import DownloadRoutes
        from functions.web.status.status_routes import StatusRoutes

        return [*StatusRoutes(ports).routes(), *DownloadRoutes(ports).routes()]

    def staff() -> list[Route]:
        from functions.web.staff import StaffRoutes

        return StaffRoutes(ports).routes()

    def statistics() -> list[Route]:
        from functions.web.statistics import StatisticsRoutes

        return StatisticsRoutes(ports).routes()

    def uploads() -> list[Route]:
        from functions.web.uploads import UploadRoutes

        return UploadRoutes(ports).routes()

    return [
        LateRoutes(["/cases/health", "/cases/ready"], health),
        LateRoutes(["/cases/challenge"], challenge),
        LateRoutes(
            [f"/cases/receipt{suffix}" for suffix in ("", ".txt", ".pdf", ".ics")], receipts
        ),
        LateRoutes(["/cases/status", "/cases/status/{act}"], status),
        LateRoutes(["/cases/handle"], staff),
        LateRoutes(["/cases/{organisation}/statistics.json"], statistics),
        LateRoutes(["/cases/uploads", "/cases/uploads/{organisation}/{kind}"], uploads),
    ]


def create_app(ports: Ports) -> Starlette:
    """Returns the application, which serves every request through these ports."""
    refusal = ErrorAnswers(ports)
    app = Starlette(
        routes=[
            *late_routes(ports),
            *FilingRoutes(ports).routes(),
            Route(f"{MISSING_PAGES}/{{path:path}}", refusal.missing),
        ],
        middleware=[
            # Pages have access codes beside words of a request, and here that gives nothing away
            # (BREACH): no cookie goes to these functions, so nobody can make another's browser
            # fetch a page with that other's code.
            Middleware(
                GZipMiddleware,
                minimum_size=_SMALLEST_COMPRESSED,
                compresslevel=_COMPRESSION,
                exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/pdf"),
            ),
            Middleware(TrailingSlash),
            Middleware(SecurityHeaders, headers=security_headers(ports.shelf.origin)),
            Middleware(RequestLog, unavailable=refusal.unavailable),
            Middleware(RequestRate, refused=refusal.too_fast),
            Middleware(OriginCheck, site_url=ports.site_url, refused=refusal.foreign),
            Middleware(SiteHost, site_url=ports.site_url),
        ],
        exception_handlers=refusal.handlers(),
    )
    app.router.redirect_slashes = False
    return app

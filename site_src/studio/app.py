"""The application of the studio: which address is which page."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from functions.model.derived_keys import keyed
from site_src.bilingual import AuthorLanguage
from site_src.errors import UnknownOrganisation
from site_src.studio.context import Asked, PageHandler, Studio
from site_src.studio.draft_checks import DraftChecks
from site_src.studio.environment import studio_files
from site_src.studio.errors import StudioError
from site_src.studio.files.saving import Drafts
from site_src.studio.forms import SentForm, read_form
from site_src.studio.guard import STUDIO, Guard, closed
from site_src.studio.pages.additions import add, show_add
from site_src.studio.pages.decisions import check, take_decision, undo
from site_src.studio.pages.draft_page import show_draft
from site_src.studio.pages.list_page import import_document, show_list
from site_src.studio.pages.preview_pages import (
    show_preview,
    show_site,
    show_trial,
    show_trial_part,
)
from site_src.studio.pages.publish_page import open_next_version, publish_draft, show_publish
from site_src.studio.pages.text_pages import (
    save_organisation,
    save_text,
    show_organisation,
    show_text,
)
from site_src.studio.preview import Previews

_PAGES: tuple[tuple[str, PageHandler | None, PageHandler | None], ...] = (
    ("/{tongue}/", show_list, import_document),
    ("/{tongue}/{organisation}/", show_draft, take_decision),
    ("/{tongue}/{organisation}/check", None, check),
    ("/{tongue}/{organisation}/add", show_add, add),
    ("/{tongue}/{organisation}/undo", None, undo),
    ("/{tongue}/{organisation}/text", show_text, save_text),
    ("/{tongue}/{organisation}/organisation", show_organisation, save_organisation),
    ("/{tongue}/{organisation}/preview", show_preview, None),
    ("/{tongue}/{organisation}/site/{path:path}", show_site, None),
    ("/{tongue}/{organisation}/trial", show_trial, None),
    ("/{tongue}/{organisation}/trial/{part}", show_trial_part, None),
    ("/{tongue}/{organisation}/publish", show_publish, publish_draft),
    ("/{tongue}/{organisation}/revise", None, open_next_version),
)
"""The address of each page below the token, what shows it and what takes its form."""


def studio_token(key: bytes) -> str:
    """The token in every address of the studio; the same after a restart on the same data.

    So a page that was open while the server was killed can still be saved.
    """
    return keyed(key, "studio", "address")[:32]


def create_studio(
    policies: Path,
    states: Path,
    key: bytes,
    site_url: str,
    language: AuthorLanguage,
    saved: Callable[[], None] = lambda: None,
) -> tuple[ASGIApp, str]:
    """The application, and the address of its first page below the server's.

    `states` is the folder for earlier states of drafts; `language` is that of the first page.
    `saved` is called after each decision on a draft.
    """
    base = f"{STUDIO}/{studio_token(key)}"
    studio = Studio(
        base,
        Drafts(policies, states, saved),
        Previews(policies, site_url),
        DraftChecks(policies),
        language,
    )
    first = f"{base}/{'zh' if language == 'zh-CN' else 'en'}/"
    routes = [
        Route("/", lambda _: RedirectResponse(first)),
        *(Route(f"/{name}", _file(name)) for name in studio_files()),
        *(_route(path, studio, show, take) for path, show, take in _PAGES),
    ]
    app = Starlette(routes=[Mount(base, routes=routes), Mount("/", closed)])
    return Guard(app), first


def _route(path: str, studio: Studio, show: PageHandler | None, take: PageHandler | None) -> Route:
    async def answer(request: Request) -> Response:
        if request.path_params["tongue"] not in ("zh", "en"):
            return PlainTextResponse("404", 404)
        if request.method == "POST":
            form, handler = await read_form(request), take
        else:
            form, handler = SentForm({}), show
        assert handler is not None, "the route has only the methods of its handlers"
        return await run_in_threadpool(_answered, handler, Asked(studio, request, form))

    methods = [method for method, handler in (("GET", show), ("POST", take)) if handler]
    return Route(path, answer, methods=methods)


def _answered(handler: PageHandler, asked: Asked) -> Response:
    """The answer; what a draft's own files are to blame for is said on a page."""
    try:
        return handler(asked)
    except UnknownOrganisation:
        return asked.page("refused.html", 404, message=None)
    except StudioError as error:
        return asked.page("refused.html", 422, message=asked.say(error.message))


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        content, type_ = studio_files()[name]
        return Response(content, media_type=type_)

    return answer

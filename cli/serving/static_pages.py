"""Serves the site's pages from a folder, with cache headers, behind the functions' own rules."""

import os
from collections.abc import Iterable
from http import HTTPStatus
from os import PathLike
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan, Scope

from cli.serving.finding_pages import FindingPages
from cli.serving.left_out import LeftOutPages
from site_src.file_names import cache_control
from site_src.languages import SiteLanguage, language_folders
from site_src.publish.build import LOCAL

_PRIVATE = "contracts"
"""The folder of the output that only the functions read."""
_WELL_KNOWN = ".well-known"
_NOT_STORED = {"Cache-Control": "no-store"}


class _Pages(StaticFiles):
    """Static files with the Cache-Control header that each file's name requires.

    Contracts and hidden files are not found, however an address spells their way. The pages of
    an organisation that was left out say why; if it has none, one page does.
    """

    def __init__(self, folder: Path, findings: FindingPages) -> None:
        super().__init__(directory=folder, html=True)
        self._folder = folder
        self._pages = findings

    async def get_response(self, path: str, scope: Scope) -> Response:
        """See StaticFiles."""
        organisation = path.partition(os.sep)[0]
        if self._pages.has(organisation) and not self._is_built(organisation):
            page = self._pages.instead(organisation)
            return HTMLResponse(page, HTTPStatus.SERVICE_UNAVAILABLE, _NOT_STORED)
        return await super().get_response(path, scope)

    def _is_built(self, organisation: str) -> bool:
        return (self._folder / organisation / "index.html").is_file()

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """See StaticFiles. Judges the file that was found, and not the address that led to it."""
        found, status = super().lookup_path(path)
        if status is None or not self._is_private(found):
            return found, status
        return "", None

    def _is_private(self, found: str) -> bool:
        first, *below = os.path.relpath(found, os.path.realpath(self.directory or "")).split(os.sep)
        hidden = any(part.startswith(".") and part != os.curdir for part in (first, *below))
        return first.casefold() == _PRIVATE or (hidden and first != _WELL_KNOWN)

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """See StaticFiles."""
        file = Path(full_path)
        organisation = os.path.relpath(file, self._folder).partition(os.sep)[0]
        if file.suffix == ".html" and self._pages.has(organisation):
            page = self._pages.marked(organisation, file.read_text(encoding="utf-8"))
            return HTMLResponse(page, status_code, _NOT_STORED)
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = cache_control(scope["path"].lstrip("/"))
        return response


def with_pages(
    intake: Starlette, pages: Iterable[BaseRoute], lifespan: Lifespan[Starlette] | None = None
) -> Starlette:
    """The application with pages behind it, under the same rules: intake compresses both."""
    return Starlette(
        routes=[*intake.routes, *pages],
        middleware=intake.user_middleware,
        exception_handlers=dict(intake.exception_handlers),
        lifespan=lifespan,
    )


def page_mounts(
    out: Path,
    languages: tuple[SiteLanguage, ...],
    left_out: LeftOutPages | None = None,
    site_url: str = LOCAL,
) -> list[Mount]:
    """The mounts that serve `out`; an unknown address gets the 404.html of its language.

    `languages` are the site's; `left_out` are the organisations that the last build left out, of
    the site at `site_url`.
    """
    tongues = {tongue.prefix.strip("/"): tongue for tongue in languages}
    names = [name for name in sorted(language_folders()) if (out / name).is_dir()]
    return [
        Mount(
            f"/{name}",
            _Pages(
                out / name,
                FindingPages(left_out or LeftOutPages(), tongues.get(name, tongues[""]), site_url),
            ),
        )
        for name in (*names, "")
    ]

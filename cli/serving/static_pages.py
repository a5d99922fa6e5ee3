"""Serves the site's pages from a folder, compressed and with cache headers."""

import os
from os import PathLike
from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from site_src.file_names import cache_control
from site_src.languages import language_folders

_PRIVATE = "contracts"
"""The folder of the output that only the functions read."""
_WELL_KNOWN = ".well-known"


class _Pages(StaticFiles):
    """Static files with the Cache-Control header that each file's name requires.

    Contracts and hidden files are not found, however an address spells their way.
    """

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
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = cache_control(scope["path"].lstrip("/"))
        return response


def page_mounts(out: Path) -> list[Mount]:
    """The mounts that serve `out`; an unknown address gets the 404.html of its language.

    The functions' responses are not compressed: they hold secrets beside text from the request,
    so their compressed size would reveal the secrets (BREACH, CVE-2013-3587).
    """
    languages = [name for name in sorted(language_folders()) if (out / name).is_dir()]
    return [
        Mount(
            f"/{name}",
            _Pages(directory=out / name, html=True),
            middleware=[Middleware(GZipMiddleware)],
        )
        for name in (*languages, "")
    ]

"""Serves the pages of a site from their folder: compressed, and kept as long as they may be."""

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
from site_src.languages import site_languages


class _Pages(StaticFiles):
    """Files of the site, each with how long a browser may keep it."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """See StaticFiles."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["Cache-Control"] = cache_control(scope["path"].lstrip("/"))
        return answer


def page_mounts(out: Path) -> list[Mount]:
    """The pages; an address that is none gets the 404.html of its language.

    What the function answers is not compressed: it holds secrets beside words of whoever asks,
    and its size would give them away (CVE-2013-3587).
    """
    prefixed = [tongue.prefix for tongue in site_languages() if tongue.prefix]
    return [
        Mount(
            prefix,
            _Pages(directory=out / prefix.strip("/"), html=True),
            middleware=[Middleware(GZipMiddleware)],
        )
        for prefix in (*prefixed, "/")
    ]

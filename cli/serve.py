"""Serves pages and functions in one local process and rebuilds the site on changes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from watchfiles import watch

from cli.exits import say_missing_year
from cli.local_settings import settings_of
from cli.site_address import site_url
from cli.static_pages import page_mounts
from functions.bootstrap import bootstrap
from functions.cases.ports.ports import Ports
from functions.notify import work
from functions.observability.logs import configure
from functions.web.app import create_app
from site_src.check.report import report
from site_src.errors import ExampleFailed, PoliciesRejected
from site_src.languages import SiteLanguage, site_languages
from site_src.places import POLICIES, ROOT
from site_src.policy.load import folders
from site_src.publish.build import build
from site_src.receipts.keys import PublishedKeys, keys_of
from site_src.render.assets import assets
from site_src.render.components.gallery import PATH, gallery_page
from site_src.render.environment import environment
from site_src.site_files import SiteFiles
from site_src.site_settings import read_operator


def serve(port: int, out: Path, data: Path) -> None:
    """Builds and serves until interrupted; `data` is the folder for cases, mails and the key.

    Raises PoliciesRejected, NotASite, NoSiteUrl, KeysUnreadable.
    """
    configure()
    settings = settings_of(port, out, data)
    address = site_url(None, settings.site_url)
    build(POLICIES, out, site_url=address, keys=_keys(settings.key))
    say_missing_year(err=False)
    ports = bootstrap(settings)
    typer.echo(f"Site:  http://127.0.0.1:{port}/")
    typer.echo(f"Cases: {settings.store}")
    typer.echo(f"Mail:  {settings.mail.rpartition('@')[2]}")
    uvicorn.run(
        _site(ports, out, address),
        host="127.0.0.1",
        port=port,
        log_config=None,  # uvicorn logs through the same handler as everything else
        log_level="warning",
        access_log=False,  # it would log full URLs, including their tokens
    )


def _keys(key: bytes) -> PublishedKeys:
    """The published keys plus this machine's own, so that receipts issued here verify."""
    organisations = tuple(folder.name for folder in folders(POLICIES))
    return keys_of(POLICIES).added(key, organisations, datetime.now(UTC))


def _site(ports: Ports, out: Path, site_url: str) -> Starlette:
    intake = create_app(ports)
    tongues = site_languages(read_operator(POLICIES).language)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        stop = Event()
        workers = (
            Thread(target=work, args=(ports, stop), name="mail"),
            Thread(
                target=_rebuild, args=(out, site_url, ports.key, stop), name="rebuild", daemon=True
            ),
        )
        for worker in workers:
            worker.start()
        yield
        stop.set()
        for worker in workers:
            worker.join(timeout=5)

    return Starlette(
        routes=[
            *intake.routes,
            *(_gallery(tongue, site_url) for tongue in tongues),
            Mount("/contracts", Response(status_code=404)),
            *page_mounts(out, tongues),
        ],
        middleware=intake.user_middleware,
        exception_handlers=dict(intake.exception_handlers),
        lifespan=lifespan,
    )


def _gallery(tongue: SiteLanguage, site_url: str) -> Route:
    """The component gallery for developers, rendered from the current files on each request."""

    def gallery(_: Request) -> Response:
        env = environment(tongue, assets(SiteFiles()), site_url)
        try:
            return HTMLResponse(gallery_page(tongue, env))
        except ExampleFailed as error:
            return PlainTextResponse(str(error), 500)

    return Route(tongue.prefix + PATH, gallery)


def _rebuild(out: Path, site_url: str, key: bytes, stop: Event) -> None:
    """Rebuilds whenever a policy, template or asset changes; keeps the old site on findings."""
    sources = (POLICIES, ROOT / "site_src" / "templates", ROOT / "site_src" / "assets")
    for _ in watch(*sources, stop_event=stop):
        try:
            changed = build(POLICIES, out, site_url=site_url, keys=_keys(key))
            typer.echo(f"Rebuilt: {changed} files changed")
        except PoliciesRejected as error:
            typer.echo(report(error.findings, (), "text"), err=True)

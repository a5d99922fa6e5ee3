"""Serves pages and functions in one local process and rebuilds the site on changes."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from watchfiles import watch

from cli.exits import say_missing_year
from cli.local_settings import settings_of
from cli.publishing.progress_bar import progress_on_terminal
from cli.serving.connections import TimedConnection
from cli.serving.held_rebuilds import RebuildPause
from cli.serving.left_out import LeftOutPages
from cli.serving.one_server import only_server
from cli.serving.sample_login import is_local, sample_login
from cli.serving.starting import (
    bound_socket,
    export_figures,
    keep_what_is_there,
    own_keys,
    prove_store,
)
from cli.serving.static_pages import page_mounts, with_pages
from cli.serving.with_part import WithPart
from cli.site_address import site_url
from functions.bootstrap import bootstrap
from functions.cases.desk.access import DESK
from functions.cases.ports.ports import Ports
from functions.notify import work
from functions.observability.logs import configure
from functions.settings import Settings
from functions.web.app import create_app
from functions.web.desk.app import create_desk
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.check.report import report
from site_src.errors import ExampleFailed, PoliciesRejected, SiteError
from site_src.languages import SiteLanguage, site_languages
from site_src.places import ASSETS, TEMPLATES
from site_src.policy.finding import Finding
from site_src.policy.folders import folders
from site_src.publish.build import build_local, today
from site_src.render.assets import assets
from site_src.render.components.gallery import GALLERY, gallery_page
from site_src.render.environment import environment
from site_src.site_files import SiteFiles
from site_src.site_settings import read_operator
from site_src.studio.app import create_studio
from site_src.studio.guard import STUDIO

log = logging.getLogger("ombud.serve")

_PAUSE_SECONDS = 1.0

_WAIT_MS = 5000
"""How often the day is looked at while nothing changes."""


def serve(port: int, out: Path, data: Path, policies: Path, language: AuthorLanguage) -> None:
    """Builds and serves until interrupted; `data` is the folder for cases, mails and the key.

    An organisation with findings keeps its last good pages, if it has any, and its pages say why;
    drafts are drawn, and marked.
    Raises PoliciesRejected, NotASite, NoSiteUrl, KeysUnreadable, and OmbudError or OSError if the
    settings, the key, the store or the port cannot be used.
    """
    configure()
    bound_socket("127.0.0.1", port).close()
    settings = settings_of(port, out, data)
    with only_server(settings.store, data):
        _serve(settings, port, out, data, policies, language)


def _serve(
    settings: Settings, port: int, out: Path, data: Path, policies: Path, language: AuthorLanguage
) -> None:
    address = site_url(None, settings.site_url)
    statistics = data / "statistics"
    keys, progress = own_keys(policies, settings.key), progress_on_terminal(language)
    built_on = today()
    built = build_local(policies, out, address, keys, statistics, progress)
    left_out = LeftOutPages()
    left_out.replace(built)
    _say_findings(policies, built.findings, language)
    say_missing_year(policies, built.calendars, err=False)
    ports = bootstrap(settings)
    prove_store(ports)
    typer.echo(f"Site:  http://127.0.0.1:{port}/")
    typer.echo(f"Cases: {settings.store}")
    typer.echo(f"Mail:  {settings.mail.rpartition('@')[2]}")
    if login := sample_login(ports):
        typer.echo(f"Desk:  {login}\n       (logs in a member of sample staff, once)")
    pause = RebuildPause()
    public = _site(ports, policies, out, statistics, address, language, built_on, left_out, pause)
    site = WithPart(public, DESK, create_desk(ports))
    studio, first = create_studio(
        policies, data / "studio", ports.key, address, language, pause.begin
    )
    typer.echo(f"Studio: http://127.0.0.1:{port}{first}")
    keep_what_is_there()
    uvicorn.run(
        WithPart(site, STUDIO, studio),
        host="127.0.0.1",
        port=port,
        http=TimedConnection,
        log_config=None,  # uvicorn logs through the same handler as everything else
        log_level="warning",
        access_log=False,  # it would log full URLs, including their tokens
    )


def _site(
    ports: Ports,
    policies: Path,
    out: Path,
    statistics: Path,
    site_url: str,
    language: AuthorLanguage,
    built_on: date,
    left_out: LeftOutPages,
    pause: RebuildPause,
) -> Starlette:
    intake = create_app(ports)
    exported = partial(export_figures, ports, statistics)
    tongues = site_languages(read_operator(policies).language)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        stop = Event()
        workers = (
            Thread(target=work, args=(ports, stop), name="mail"),
            Thread(
                target=rebuild_on_changes,
                args=(
                    *(policies, out, site_url, ports.key, stop, language, built_on),
                    *(statistics, exported, left_out, pause),
                ),
                name="rebuild",
                daemon=True,
            ),
        )
        for worker in workers:
            worker.start()
        yield
        stop.set()
        for worker in workers:
            worker.join(timeout=5)

    galleries = (_gallery(tongue, site_url) for tongue in tongues if is_local(site_url))
    pages = page_mounts(out, tongues, left_out, site_url)
    return with_pages(intake, (*galleries, *pages), lifespan)


def _gallery(tongue: SiteLanguage, site_url: str) -> Route:
    """The component gallery for developers, rendered from the current files on each request."""

    def gallery(_: Request) -> Response:
        env = environment(tongue, assets(SiteFiles()), site_url)
        try:
            return HTMLResponse(gallery_page(tongue, env))
        except ExampleFailed as error:
            return PlainTextResponse(str(error), 500)

    return Route(tongue.prefix + GALLERY, gallery)


def _rebuilds_due(
    sources: tuple[Path, ...],
    stop: Event,
    built_on: date,
    exported: Callable[[], bool],
    pause: RebuildPause,
) -> Iterator[date]:
    """Yields the day when a policy, template or asset has changed, when a day has begun, and when
    new figures were `exported`.

    On its day an announced version takes over, and `security.txt` is renewed. While `pause` holds,
    what is due waits.
    """
    due = False
    for changes in watch(*sources, stop_event=stop, rust_timeout=_WAIT_MS, yield_on_timeout=True):
        due = due or exported() or bool(changes) or today() != built_on
        if due and not pause.holds:
            built_on, due = today(), False
            yield built_on


def rebuild_on_changes(
    policies: Path,
    out: Path,
    site_url: str,
    key: bytes,
    stop: Event,
    language: AuthorLanguage,
    built_on: date,
    statistics: Path | None = None,
    exported: Callable[[], bool] = lambda: False,
    left_out: LeftOutPages | None = None,
    pause: RebuildPause | None = None,
) -> None:
    """Rebuilds whenever something changes or a day begins; what has findings stays as it was.

    The site that is there is as of `built_on`. `left_out` is told of what is rebuilt, and `pause`
    holds it back.

    Runs until `stop` is set, whatever somebody saves meanwhile.
    """
    sources = (policies, TEMPLATES, ASSETS)
    while not stop.is_set():
        try:
            for day in _rebuilds_due(sources, stop, built_on, exported, pause or RebuildPause()):
                _build_again(policies, out, site_url, key, language, statistics, left_out)
                built_on = day
        except OSError as error:
            log.error("changes cannot be watched for: %s", error)
            stop.wait(_PAUSE_SECONDS)


def _build_again(
    policies: Path,
    out: Path,
    site_url: str,
    key: bytes,
    language: AuthorLanguage,
    statistics: Path | None = None,
    left_out: LeftOutPages | None = None,
) -> None:
    try:
        built = build_local(policies, out, site_url, own_keys(policies, key), statistics)
        words = Bilingual(
            f"Rebuilt: {built.written} files changed",
            f"已重新生成：{built.written} 个文件有变动",
        )
        typer.echo(words.words(language))
        _say_findings(policies, built.findings, language)
        if left_out is not None:
            left_out.replace(built)
    except PoliciesRejected as error:
        _say_findings(policies, error.findings, language)
    except (SiteError, OSError) as error:
        log.error("the site was not rebuilt: %s", error)
    except Exception:
        # No error may end the only thread that rebuilds.
        log.exception("the site was not rebuilt")


def _say_findings(policies: Path, findings: tuple[Finding, ...], language: AuthorLanguage) -> None:
    if findings:
        checked = tuple(folder.name for folder in folders(policies))
        typer.echo(report(findings, checked, "text", language=language), err=True)

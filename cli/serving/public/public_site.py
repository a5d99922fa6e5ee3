"""What a worker of a production server answers with: pages, intake and desk."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from starlette.applications import Starlette
from starlette.types import ASGIApp

from cli.serving.public.request_metrics import RequestMetrics
from cli.serving.starting import keep_what_is_there
from cli.serving.static_pages import page_mounts, with_pages
from cli.serving.with_part import WithPart
from functions.bootstrap import bootstrap
from functions.cases.desk.access import DESK
from functions.cases.ports.ports import Ports
from functions.observability.logs import configure
from functions.settings import Settings
from functions.web.app import create_app
from functions.web.desk.app import create_desk
from site_src.languages import site_languages

_LOOK_SECONDS = 1.0


def public_site(settings: Settings, out: Path, parent: int) -> ASGIApp:
    """The application over the site in `out`; it ends if the process `parent` does.

    It has neither gallery nor studio nor a link that logs in, and sends no mail: the parent does
    what must happen once. Raises OmbudError.
    """
    configure()
    ports = bootstrap(settings)
    intake = create_app(ports)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        stop = Event()
        Thread(target=_look_for_damage, args=(ports, stop), daemon=True).start()
        orphaned = asyncio.create_task(_end_with(parent))
        yield
        stop.set()
        orphaned.cancel()
        with suppress(asyncio.CancelledError):
            await orphaned

    pages = page_mounts(out, site_languages(), site_url=ports.site_url)
    site = with_pages(intake, pages, lifespan)
    served = RequestMetrics(WithPart(site, DESK, create_desk(ports)))
    keep_what_is_there()
    return served


def _look_for_damage(ports: Ports, stop: Event) -> None:
    """Lets `/cases/ready` of this process know of a damaged store."""
    while not stop.wait(_LOOK_SECONDS):
        ports.store.look_for_damage()


async def _end_with(parent: int) -> None:
    """Ends this process in good order if its parent was killed, so that a new one can start."""
    while os.getppid() == parent:
        await asyncio.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)

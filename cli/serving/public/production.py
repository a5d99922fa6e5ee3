"""Serves a site to the public: worker processes on one socket, and one process for all else.

The first process builds the site, sends mails, watches dates, and rebuilds when a day begins. It
starts the workers, starts one again that dies, and ends them in good order.
"""

import os
import signal
import sys
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from threading import Event, Thread

import uvicorn
from uvicorn.supervisors import Multiprocess

from cli.local_settings import settings_of
from cli.serving.connections import TimedConnection
from cli.serving.one_server import only_server
from cli.serving.public.listening import Listening
from cli.serving.public.take_over import TakeOver
from cli.serving.starting import bound_socket, prove_store
from functions.bootstrap import bootstrap
from functions.notify import work
from functions.observability.logs import configure
from functions.settings import Settings
from site_src.errors import NothingToServe
from site_src.file_names import POINTERS

_GRACE_SECONDS = 30
"""How long running requests may take to end after SIGTERM."""

_START_SECONDS = 60
"""How long a worker may be silent before another takes its place: longer than any start."""

_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client shares figures between processes; it reads this when it is imported."""


class _Workers(Multiprocess):
    """Worker processes; SIGHUP has the site rebuilt instead of starting them anew."""

    def __init__(self, config: uvicorn.Config, listener: socket, site: TakeOver) -> None:
        super().__init__(config, [listener])
        self._site = site

    def handle_hup(self) -> None:
        """See Multiprocess."""
        self._site.ask()

    def terminate_all(self) -> None:
        """See Multiprocess. From now on new connections are refused, and not kept waiting."""
        for listener in self.sockets:
            listener.close()
        super().terminate_all()


def serve_production(listening: Listening, out: Path, data: Path, policies: Path) -> None:
    """Builds the site and serves it until SIGTERM or SIGINT.

    If the policies cannot be built, it serves the last good site, if there is one. Raises
    NothingToServe, and OmbudError or OSError if the settings, the key, the store or a port cannot
    be used.
    """
    # Before there are workers; as the first process of a container it would ignore the signal.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    configure()
    with bound_socket(listening.host, listening.port) as listener:
        if listening.metrics:
            bound_socket(*listening.metrics, "--metrics").close()
        settings = settings_of(listening.port, out, data, public=True)
        with only_server(settings.store, data), TemporaryDirectory(prefix="ombud-") as figures:
            os.environ[_METRICS_FOLDER] = figures
            _serve(
                listening,
                listener,
                settings,
                TakeOver(policies, out, data / "statistics", bootstrap(settings)),
            )


def _serve(listening: Listening, listener: socket, settings: Settings, site: TakeOver) -> None:
    from cli.serving.public.metrics_page import (  # see _METRICS_FOLDER
        ServerState,
        serve_metrics,
    )
    from cli.serving.public.worker_site import WorkerSite

    ports = site.ports
    prove_store(ports)
    if not site.rebuild() and not (site.out / POINTERS).is_file():
        raise NothingToServe(f"the site cannot be built, and {site.out} has none of before")
    state = ServerState(ports, site)
    if listening.metrics:
        serve_metrics(*listening.metrics, os.environ[_METRICS_FOLDER], state)
    config = uvicorn.Config(
        WorkerSite(settings, site.out, os.getpid()),
        factory=True,
        workers=listening.workers,
        http=TimedConnection,
        forwarded_allow_ips=listening.proxies,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_worker_healthcheck=_START_SECONDS,
        log_config=None,  # uvicorn logs through the same handler as everything else
        log_level="warning",
        access_log=False,  # it would log full URLs, including their tokens
        server_header=False,
    )
    stop = Event()
    threads = (
        Thread(target=work, args=(ports, stop, state.swept), name="mail"),
        Thread(target=site.run, args=(stop,), name="rebuild"),
    )
    for thread in threads:
        thread.start()
    try:
        _Workers(config, listener, site).run()
    finally:
        stop.set()
        for thread in threads:
            thread.join()

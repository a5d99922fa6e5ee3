"""Serves the figures of a production server in the format of Prometheus, on an address of its own.

The figures of requests come from the worker processes, by files in one folder; those of the
outbox, the sweep and the site are read when somebody asks.
"""

from collections.abc import Iterator
from datetime import timedelta
from time import time

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from cli.serving.public.take_over import TakeOver
from functions.cases.delivery import oldest_owed
from functions.cases.ports.ports import Ports
from functions.model.errors import StoreError

_OVERDUE = timedelta(minutes=15)
_MOST = 10_000


class ServerState(Collector):
    """What the process knows that sends mails, watches dates and rebuilds the site."""

    def __init__(self, ports: Ports, site: TakeOver) -> None:
        self._ports = ports
        self._site = site
        self._swept_at = 0.0

    def swept(self) -> None:
        """Notes that a round of the worker ended well."""
        self._swept_at = time()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """See Collector. Says nothing of the outbox while the store cannot be read."""
        yield GaugeMetricFamily(
            "ombud_last_sweep_timestamp_seconds",
            "When mails were last sent and dates last watched without an error; 0 if never.",
            self._swept_at,
        )
        behind = self._site.days_behind
        yield GaugeMetricFamily(
            "ombud_site_days_behind",
            "How many days ago the site was last built; 0 is right, -1 if never.",
            -1 if behind is None else behind,
        )
        yield GaugeMetricFamily(
            "ombud_organisations_left_out",
            "Organisations that the last build left as they were, because of findings.",
            len(self._site.left_out),
        )
        yield from self._outbox()

    def _outbox(self) -> Iterator[GaugeMetricFamily]:
        now, outbox = self._ports.now(), self._ports.outbox
        try:
            owed = outbox.owed_mails(now, _MOST)
            overdue = outbox.owed_mails(now - _OVERDUE, _MOST)
            seconds = oldest_owed(self._ports) or 0
        except StoreError:
            return
        yield GaugeMetricFamily("ombud_outbox_mails", f"Unsent mails, up to {_MOST}.", owed)
        yield GaugeMetricFamily(
            "ombud_outbox_overdue_mails",
            f"Mails unsent for 15 minutes or longer, up to {_MOST}.",
            overdue,
        )
        yield GaugeMetricFamily(
            "ombud_outbox_oldest_seconds", "The age of the oldest unsent mail; 0 if none.", seconds
        )


def serve_metrics(host: str, port: int, folder: str, state: ServerState) -> None:
    """Serves the figures in a thread until the process ends. Raises OSError."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    registry.register(state)
    start_http_server(port, host, registry)

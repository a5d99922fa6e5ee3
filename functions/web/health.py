"""Whether the function is alive, and whether it can take a filing."""

import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from functions.cases.delivery import oldest_owed
from functions.cases.ports.ports import Ports
from functions.model.errors import ContractError, StoreError
from functions.model.language import FIRST

log = logging.getLogger("ombud.health")

_T = TypeVar("_T")

_KEPT = timedelta(minutes=1)


class HealthRoutes:
    """Answers whoever watches; says which part fails and nothing else."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Health and readiness."""
        return [Route("/cases/health", self.health), Route("/cases/ready", self.ready)]

    async def health(self, _: Request) -> Response:
        """Whether store and contracts answer."""
        await run_in_threadpool(self._ports.store.ping)
        await run_in_threadpool(self._ports.contracts.current)
        return JSONResponse({"status": "ok"})

    async def ready(self, _: Request) -> Response:
        """Whether the store takes a write and what is current can be read; 503 names the part.

        How long the oldest owed mail has waited is told and decides nothing: where the mail
        server is away filings are still taken, and none may be turned away for it.
        """
        return await run_in_threadpool(self._ready)

    def _ready(self) -> Response:
        store, seconds = _try("store", self._write)
        contracts, _ = _try("contracts", self._read)
        failed = "failed" in (store, contracts)
        told = {
            "status": "not ready" if failed else "ready",
            "store": store,
            "contracts": contracts,
            "oldest_owed_mail_seconds": seconds,
        }
        return JSONResponse(told, 503 if failed else 200)

    def _write(self) -> int | None:
        """The smallest write there is, which a full disk refuses as well: a count of its own.

        Then the age of the oldest owed mail.
        """
        now = self._ports.now()
        self._ports.counters.increment("ready", now + _KEPT)
        return oldest_owed(self._ports)

    def _read(self) -> None:
        """What is current, a page of the site and one contract, however many there are."""
        contracts = self._ports.contracts
        current = contracts.current()
        contracts.site(current.site[FIRST])
        for digest in islice(current.organisations.values(), 1):
            contracts.contract(digest)


def _try(name: str, part: Callable[[], _T]) -> tuple[str, _T | None]:
    """What to say of the part, and what it gave."""
    try:
        return "ok", part()
    except (StoreError, ContractError):
        log.exception("not ready: %s", name)
        return "failed", None

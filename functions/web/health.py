"""Answers health and readiness checks."""

import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from functions.cases.delivery import oldest_owed
from functions.cases.ports.ports import Ports
from functions.model.errors import ContractError, StoreError
from functions.web.routing.threads import run_in_threadpool

log = logging.getLogger("ombud.health")

_T = TypeVar("_T")

_COUNT_LIFETIME = timedelta(minutes=1)
_OLDEST_MAILS = 20


class HealthRoutes:
    """Says which part fails, and nothing else: anybody may ask."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of health and readiness."""
        return [Route("/cases/health", self.health), Route("/cases/ready", self.ready)]

    async def health(self, _: Request) -> Response:
        """Returns 200 if store and contracts answer; otherwise the error becomes a 503."""
        await run_in_threadpool(self._ports.store.ping)
        await run_in_threadpool(self._ports.contracts.current)
        return JSONResponse({"status": "ok"})

    async def ready(self, _: Request) -> Response:
        """Returns 200 if a filing could be stored and read again, and contracts be read, else 503.

        `oldest_owed_mail_seconds` and `unreadable_mails` do not affect the status: filings are
        taken while the mail server is away, and none may be refused because of a mail.
        """
        return await run_in_threadpool(self._ready)

    def _ready(self) -> Response:
        store, mails = _check("store", self._write_store)
        seconds, unreadable = mails or (None, 0)
        contracts, _ = _check("contracts", self._read_contracts)
        failed = "failed" in (store, contracts)
        content = {
            "status": "not ready" if failed else "ready",
            "store": store,
            "contracts": contracts,
            "oldest_owed_mail_seconds": seconds,
            "unreadable_mails": unreadable,
        }
        return JSONResponse(content, 503 if failed else 200)

    def _write_store(self) -> tuple[int | None, int]:
        """Increments a counter of its own, and stores and reads a filing that does not stay.

        A full disk refuses the counter as well. Returns the age of the oldest owed mail in
        seconds, and how many of the mails owed longest cannot be read.
        """
        now = self._ports.now()
        self._ports.counters.increment("ready", now + _COUNT_LIFETIME)
        self._ports.store.probe()
        return oldest_owed(self._ports), self._ports.outbox.unreadable_mails(_OLDEST_MAILS)

    def _read_contracts(self) -> None:
        """Reads the current index, one site page and one contract: the cost is constant."""
        contracts = self._ports.contracts
        current = contracts.current()
        contracts.site(current.site[current.language])
        for digest in islice(current.organisations.values(), 1):
            contracts.contract(digest)


def _check(name: str, part: Callable[[], _T]) -> tuple[str, _T | None]:
    """Calls the part and returns "ok" with its result, or "failed" with None."""
    try:
        return "ok", part()
    except (StoreError, ContractError):
        log.exception("not ready: %s", name)
        return "failed", None

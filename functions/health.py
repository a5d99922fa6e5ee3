"""Whether the function is alive, and whether it can take a filing."""

import logging
from collections.abc import Callable
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from functions.errors import ContractError, StoreError
from functions.language import FIRST
from functions.ports import Ports

log = logging.getLogger("ombud.health")

_KEPT = timedelta(minutes=1)


class Health:
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
        """Whether the store takes a write and what is current can be read; 503 names the part."""
        parts = {"store": self._write, "contracts": self._read}
        told = {name: await run_in_threadpool(_try, name, part) for name, part in parts.items()}
        failed = "failed" in told.values()
        return JSONResponse(
            {"status": "not ready" if failed else "ready"} | told, 503 if failed else 200
        )

    def _write(self) -> None:
        """The smallest write there is, which a full disk refuses as well: a count of its own."""
        now = self._ports.now()
        self._ports.store.count_failure("ready", now, now + _KEPT)

    def _read(self) -> None:
        """The pages of the site, and the contract of each organisation."""
        contracts = self._ports.contracts
        current = contracts.current()
        contracts.site(current.site[FIRST])
        for digest in current.organisations.values():
            contracts.contract(digest)


def _try(name: str, part: Callable[[], object]) -> str:
    try:
        part()
    except (StoreError, ContractError):
        log.exception("not ready: %s", name)
        return "failed"
    return "ok"

"""Answers how an organisation keeps to its procedure, if it publishes that."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from functions.cases.ports.ports import Ports
from functions.cases.statistics.month_totals import published_months
from functions.web.response import problem_details
from functions.web.routing.threads import run_in_threadpool

_CACHED = {"Cache-Control": "public, max-age=3600"}
"""The figures change once a night."""


class StatisticsRoutes:
    """Reads what was counted at night; nothing is counted while somebody waits."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the route of the published figures."""
        return [Route("/cases/{organisation}/statistics.json", self.statistics)]

    async def statistics(self, request: Request) -> Response:
        """Returns the figures of the last night; 404 if there are none, or they are not public."""
        return await run_in_threadpool(self._statistics, request.path_params["organisation"])

    def _statistics(self, address: str) -> Response:
        contracts = self._ports.contracts
        current = contracts.current()
        organisation = current.organisation_at(address)
        known = organisation in current.organisations
        directory = contracts.directory(organisation) if known else None
        if directory is None or not directory.publishes_statistics:
            return problem_details(404, "Not found", "this organisation publishes no figures")
        found = published_months(organisation, self._ports)
        if found is None:
            detail = "nothing was counted yet; the first figures come at night"
            return problem_details(404, "Not found", detail)
        named = found.model_copy(update={"organisation": current.address_of(organisation)})
        content = named.model_dump_json()
        return Response(content, media_type="application/json", headers=_CACHED)

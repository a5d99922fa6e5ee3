"""Lists the cases of a member of staff."""

from starlette.responses import Response
from starlette.routing import Route

from functions.cases.ports.ports import Ports
from functions.web.desk.visit import Visit, staff_route


class ListRoutes:
    """The lists: what is due today, what is overdue, and so on."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of the lists."""
        return [staff_route("", self.show, self._ports)]

    def show(self, visit: Visit) -> Response:
        """Shows one list."""
        return visit.page("list.html")

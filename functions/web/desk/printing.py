"""The whole file of a case on paper: everything that is known of it, for the archive or a court."""

from starlette.responses import Response
from starlette.routing import Route

from functions.cases.ports.ports import Ports
from functions.model.desk.chain import first_broken, is_cut_off
from functions.views.desk.case.act_words import ACT_PAGES, DONE, HAPPENED, OUTCOMES
from functions.views.desk.case.record import event_rows, recorded_limits
from functions.views.desk.log_words import LOGGED_EVENTS, LOGGED_MAILS
from functions.web.desk.case import case_page
from functions.web.desk.opened import opened
from functions.web.desk.visit import Visit, staff_route


class PrintRoutes:
    """Prints a case for those who may open it."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the one route."""
        return [staff_route("/{reference}/print", self.show, self._ports)]

    def show(self, visit: Visit) -> Response:
        """Shows everything on one page: thread, limits, log, and whether the log is whole."""
        ports = self._ports
        # Read before the log: an act between both would seem to be gone from it.
        known = ports.lists.summary(visit.request.path_params["reference"])
        case = opened(visit)
        file = case.file
        broken = first_broken(ports.keys, file.case.reference, case.events)
        case.note("print")
        return visit.page(
            "case/print.html",
            case=case_page(case),
            path=case.path,
            limits=recorded_limits(file),
            events=event_rows(file, case.events),
            broken=file.pages.words.moment(file.local(broken.at)) if broken else "",
            cut_off=is_cut_off(case.events, known.head if known else ""),
            chained=any(event.link for event in case.events),
            printed=file.dates.moment(file.local(file.now)),
            person=visit.person.member.name,
            done=DONE,
            logged=LOGGED_EVENTS,
            mails=LOGGED_MAILS,
            happened=HAPPENED,
            outcomes=OUTCOMES,
            pages=ACT_PAGES,
        )

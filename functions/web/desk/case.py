"""The page of one case at the desk."""

from starlette.responses import Response
from starlette.routing import Route

from functions.cases.desk.acts.consenters import lacks_consenter
from functions.cases.desk.enter import filed_before
from functions.cases.desk.offers import offers
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import case_acts, case_state, is_waiting
from functions.views.desk.case.act_words import (
    ACT_NOTICES,
    ACT_PAGES,
    BUTTON,
    DONE,
    HAPPENED,
    OUTCOMES,
)
from functions.views.desk.case.limits import open_limits
from functions.views.desk.case.page import (
    CasePage,
    EarlierCase,
    HeldBy,
    LookRow,
    category_words,
    contact,
    heading,
)
from functions.views.desk.case.people import kept_away
from functions.views.desk.case.thread import thread
from functions.views.desk.case.turn import Offered, step_row, turn
from functions.views.wording.sentences import midway
from functions.web.desk.opened import OF_FILE, OpenedCase, opened, opens
from functions.web.desk.visit import Visit, staff_route
from functions.web.response import security_headers

_MOST_EARLIER = 20
"""How many other cases of a filer are read: each of them is opened to see who may see it."""

_SHOWN = 4
"""How many of the other acts have a button at once; the rest are behind "something else"."""

_POLICY = "Content-Security-Policy"


class CaseRoutes:
    """Shows a case to those who may open it, and notes in its access log that they did."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the route of the page."""
        return [staff_route("/{reference}", self.show, self._ports)]

    def show(self, visit: Visit) -> Response:
        """Shows the case; `?did` says above it what has just been recorded."""
        case = opened(visit)
        did = visit.request.query_params.get("did", "")
        answer = visit.page(
            "case/case.html",
            case=case_page(case),
            path=case.path,
            receipt=case.receipt,
            notice=did if did in ACT_NOTICES else "",
            done=DONE,
            happened=HAPPENED,
            button=BUTTON,
            outcomes=OUTCOMES,
            pages=ACT_PAGES,
            notices=ACT_NOTICES,
            shown=_SHOWN,
        )
        # Recordings play in the page; where the file storage hands them out, from its origin.
        media = f"media-src 'self' {self._ports.shelf.origin}".strip()
        answer.headers[_POLICY] = f"{security_headers('')[_POLICY]}; {media}"
        case.note("case")
        return answer


def case_page(case: OpenedCase) -> CasePage:
    """Everything that the page shows of a case."""
    file, visit, people = case.file, case.visit, case.people
    happened, roles = file.progress.happened, visit.person.member.roles
    offered = tuple(
        Offered(offer.act, offer.steps, offer.limits, offer.is_next)
        for offer in offers(case.work, visit.person, visit.ports)
        # Each entry that can be taken back has its own way there, which says which entry it is.
        if offer.act != "corrected"
    )
    answer, words = file.progress.answer, file.pages.words
    return CasePage(
        heading=heading(file, case.channel),
        contact=contact(file),
        held=_held_by(case),
        turn=turn(file, people, roles, offered, is_waiting(happened)),
        thread=thread(file, case.events, people, case.reader, case.has_scanner),
        limits=open_limits(file),
        latest_answer=midway(words, file.dates.latest_answer(answer)) if answer else "",
        steps=tuple(step_row(file, people, roles, step) for step in case.steps),
        kept_away=kept_away(file.case, happened, people, case.sees_names),
        earlier=_earlier(case),
        looks=_looks(case) if case.sees_log else None,
        lacks_consenter=lacks_consenter(case.work, visit.person, visit.ports),
        mentioned=tuple(case.staff[own].name for own in case.mentioned),
        may_recuse=case.sees_names and any(each.act == "recused" for each in offered),
    )


def _held_by(case: OpenedCase) -> HeldBy:
    held, file = case.held, case.file
    return HeldBy(
        roles=case.people.list_roles(held.roles),
        person=case.people.person(held.person) or "" if held.person else "",
        since=file.pages.words.moment(file.local(held.since.at)) if held.since else "",
    )


def _earlier(case: OpenedCase) -> tuple[EarlierCase, ...]:
    """Other cases of the same filer that the visitor may open, the latest first."""
    visit, own = case.visit, case.file.case
    references = filed_before(own, visit.ports)[:_MOST_EARLIER]
    cases = (visit.ports.store.case(reference) for reference in references)
    return tuple(_earlier_row(case, other) for other in cases if other and opens(visit, other))


def _earlier_row(case: OpenedCase, other: Case) -> EarlierCase:
    kind = case.visit.ports.contracts.contract(other.contract).kinds[other.kind]
    words = case.file.pages.words
    happened = case_acts(case.visit.ports.store.events(other.reference))
    return EarlierCase(
        reference=other.reference,
        kind=kind.name.words(words.language),
        about=category_words(kind, other.submission.category, words.language),
        when=words.day(case.file.local(other.received_at).date()),
        state=words.say(f"state_{case_state(happened)}"),
    )


def _looks(case: OpenedCase) -> tuple[LookRow, ...]:
    """Who opened the case, the latest first; of a file, its name."""
    file, ports = case.file, case.visit.ports
    names = {evidence.id: evidence.name for evidence in case.evidence}
    return tuple(
        LookRow(
            when=file.pages.words.moment(file.local(look.at)),
            person=look.person,
            page="" if look.what.startswith(OF_FILE) else look.what,
            file=names.get(look.what.removeprefix(OF_FILE), ""),
        )
        for look in reversed(ports.lists.looks(file.case.reference))
    )

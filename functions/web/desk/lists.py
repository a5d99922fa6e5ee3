"""Lists the cases of a member of staff, and finds one by its reference."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from functions.cases.desk.holding import ORGANISATION
from functions.cases.desk.lists import (
    LIST_NAMES,
    MOST_COUNTED,
    ListChoice,
    ListName,
    list_cases,
    office_of_desk,
)
from functions.cases.ports.ports import Ports
from functions.cases.statistics.report_readers import may_read_reports
from functions.model.contract.contract import Contract
from functions.model.contract.limit import Limit
from functions.model.desk.summary import CaseSummary
from functions.model.language import chosen
from functions.model.pages.vocabulary import Vocabulary
from functions.model.reference import LONGEST_TYPED, read_reference
from functions.views.desk.case.act_words import ACT_NOTICES
from functions.views.desk.case_rows import CaseRow, RowWords
from functions.views.desk.filters import STATES, Filter, filters
from functions.views.desk.words import _
from functions.web.desk.session import PATH
from functions.web.desk.visit import Visit, staff_route

_NAMES: dict[ListName, str] = {
    "today": _("Today"),
    "overdue": _("Overdue"),
    "soon": _("Next five working days"),
    "open": _("All open"),
    "waiting": _("Waiting for the filer"),
    "answered": _("Answered"),
    "mine": _("Mine"),
    "over": _("Closed"),
}

_NONE: dict[ListName, str] = {
    "today": _("Nothing is due today, and nothing is overdue."),
    "overdue": _("Nothing is overdue."),
    "soon": _("Nothing is due in the next five working days after today."),
    "open": _("No case is open."),
    "waiting": _("No case waits for the filer."),
    "answered": _("No answered case is waiting to be closed."),
    "mine": _("No case was handed on to you by name. Those of your roles are under “All open”."),
    "over": _("No case is closed."),
}

_FILTERS = ("kind", "category", "role", "state")


@dataclass(frozen=True)
class Tab:
    """A list that can be chosen; `count` is its length, as far as it was counted."""

    label: str
    href: str
    count: str
    current: bool


class ListRoutes:
    """The lists: what is due today, what is overdue, and so on; and the search."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of the lists and of the search."""
        return [
            staff_route("", self.show, self._ports),
            staff_route("/find", self.find, self._ports),
        ]

    def show(self, visit: Visit) -> Response:
        """Shows one page of a list."""
        return self._show(visit)

    def _show(self, visit: Visit, typed: str = "", status: int = 200) -> Response:
        """Shows one page of a list; with 422, `typed` is no reference."""
        choice = _read_choice(visit.request)
        office = office_of_desk(visit.directory, self._ports)
        listing = list_cases(visit.person, choice, office, self._ports)
        words = self._words(visit)
        rows = RowWords(
            words,
            visit.frame.words,
            office,
            self._ports.now(),
            _role_names(visit),
            visit.person.member.roles,
            visit.person.marks,
        )
        more = replace(choice, after=listing.after or "")
        return visit.page(
            "list.html",
            status,
            title=visit.frame.words.say(_NAMES[choice.name]),
            tabs=[self._tab(visit, choice, name, listing.counts) for name in LIST_NAMES],
            rows=[self._row(summary, rows) for summary in listing.found],
            choice=choice,
            empty=visit.frame.words.say(_NONE[choice.name]),
            open_count=_counted(listing.counts["open"]),
            more=_address(more) if listing.after else "",
            first=_address(replace(choice, after="")) if choice.after else "",
            unfiltered=_address(ListChoice(choice.name)),
            all_open=_address(ListChoice("open")),
            filters=self._filters(visit, choice, words),
            reads_reports=may_read_reports(visit.person, visit.directory, self._ports),
            notice=ACT_NOTICES.get(visit.request.query_params.get("did", ""), ""),
            typed=typed,
            is_found=status == 200,
        )

    def find(self, visit: Visit) -> Response:
        """Leads to the case of a reference; what is none leads back to the list, which says so."""
        typed = visit.request.query_params.get("reference", "").strip()
        reference = read_reference(typed)
        if reference is None:
            return self._show(visit, typed[:LONGEST_TYPED], 422)
        return visit.turn_to(f"{PATH}/{reference}")

    def _row(self, summary: CaseSummary, words: RowWords) -> CaseRow:
        contract = self._ports.contracts.contract(summary.contract)
        return words.row(summary, contract, self._limits(summary, contract))

    def _limits(self, summary: CaseSummary, contract: Contract) -> dict[str, Limit]:
        limits = {limit.id: limit for limit in contract.kinds[summary.kind].limits}
        if contract.procedure is not None:
            procedure = self._ports.contracts.procedure(contract.procedure).kinds[summary.kind]
            for some in procedure.channel_limits.values():
                limits |= {limit.id: limit for limit in some}
        return limits

    def _words(self, visit: Visit) -> Vocabulary:
        current = self._ports.contracts.current()
        language = chosen((visit.directory.language,), current.site, current.language)
        return self._ports.contracts.site(current.site[language]).words

    def _tab(
        self, visit: Visit, choice: ListChoice, name: ListName, counts: dict[ListName, int]
    ) -> Tab:
        return Tab(
            visit.frame.words.say(_NAMES[name]),
            _address(replace(choice, name=name, after="")),
            _counted(counts[name]) if name in counts else "",
            name == choice.name,
        )

    def _filters(self, visit: Visit, choice: ListChoice, words: Vocabulary) -> tuple[Filter, ...]:
        digest = visit.directory.contract
        kinds = self._ports.contracts.contract(digest).kinds if digest else {}
        names = _role_names(visit)
        roles = {role: names.get(role, role) for role in visit.person.member.roles}
        chosen_values = {name: getattr(choice, name) for name in _FILTERS}
        return filters(kinds, roles, chosen_values, words, visit.frame.words)


def _read_choice(request: Request) -> ListChoice:
    asked = request.query_params
    return ListChoice(
        name=next((name for name in LIST_NAMES if name == asked.get("list")), "today"),
        kind=asked.get("kind", ""),
        category=asked.get("category", ""),
        role=asked.get("role", ""),
        state=next((state for state in STATES if state == asked.get("state")), ""),
        after=asked.get("after", ""),
    )


def _address(choice: ListChoice) -> str:
    query = {"list": "" if choice.name == "today" else choice.name}
    query |= {name: getattr(choice, name) for name in (*_FILTERS, "after")}
    said = urlencode({name: value for name, value in query.items() if value})
    return f"{PATH}?{said}" if said else PATH


def _counted(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def _role_names(visit: Visit) -> dict[str, str]:
    language, say = visit.directory.language, visit.frame.words.say
    names = {
        role: texts[-1].words(language) for role, texts in visit.directory.roles.items() if texts
    }
    return names | {ORGANISATION: say(_("everybody"))}

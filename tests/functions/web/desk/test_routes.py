"""Every route of the desk, walked by those who must get nowhere.

A route that nobody classified fails; so does one that is classified and gone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import pytest
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.desk.staff import mark
from functions.web.body import URLENCODED
from functions.web.desk.app import create_desk
from functions.web.routing.late_routes import LateRoutes
from tests.conftest import StoppedClock
from tests.functions.web.desk.conftest import LogIn
from tests.helpers.desk.desk_cases import file_case, staff_does
from tests.helpers.desk.staff_directory import BANKER, HANDLER, SUPERIOR, TELLER
from tests.helpers.sample_files import PDF

Access = Literal["anybody", "staff", "case"]
"""`staff` shows whoever is logged in what is theirs; `case` shows one case to those who may."""


ACCESS: dict[tuple[str, str], Access] = {
    ("GET", "/cases/desk/style/*.css"): "anybody",
    ("GET", "/cases/desk/login"): "anybody",
    ("POST", "/cases/desk/login"): "anybody",
    ("GET", "/cases/desk/login/code"): "anybody",
    ("POST", "/cases/desk/login/code"): "anybody",
    ("GET", "/cases/desk/link"): "anybody",
    ("POST", "/cases/desk/link"): "anybody",
    ("POST", "/cases/desk/logout"): "anybody",
    ("GET", "/cases/desk"): "staff",
    ("GET", "/cases/desk/find"): "staff",
    ("GET", "/cases/desk/report"): "staff",
    ("POST", "/cases/desk/report"): "staff",
    ("GET", "/cases/desk/report.csv"): "staff",
    ("GET", "/cases/desk/enter"): "staff",
    ("GET", "/cases/desk/enter/{kind}"): "staff",
    ("POST", "/cases/desk/enter/{kind}"): "staff",
    ("GET", "/cases/desk/{reference}"): "case",
    ("GET", "/cases/desk/{reference}/print"): "case",
    ("GET", "/cases/desk/{reference}/files/{id}"): "case",
    ("GET", "/cases/desk/{reference}/{act}"): "case",
    ("POST", "/cases/desk/{reference}/{act}"): "case",
}
"""Who may use each route. `{reference}` in a path makes it one of a case."""

UNKNOWN = "BNK-22222-22222"
SECRET = "银行卡被锁，找谁都没用。"


@dataclass(frozen=True)
class Walk:
    """A request to a route, in place of whose parameters stand those of a case."""

    method: str
    path: str

    def of(self, case: Case | str) -> "Walk":
        """The same request about a case, or about a reference that no case has."""
        names = {"reference": case, "id": "0" * 32}
        if isinstance(case, Case):
            names = {"reference": case.reference, "id": case.attachments[0].id}
        names |= {"act": "note", "kind": "complaint"}
        return Walk(self.method, self.path.format(**names))

    def send(self, client: TestClient) -> tuple[int, str]:
        """The status, and what the page says without the id of its request."""
        headers = {"content-type": URLENCODED} if self.method == "POST" else {}
        answer = client.request(self.method, self.path, headers=headers)
        return answer.status_code, answer.text


def routes(ports: Ports) -> dict[tuple[str, str], Route]:
    """Every route of the application, by method and path."""
    found = {}
    for route in chain.from_iterable(map(_all_of, create_desk(ports).routes)):
        assert isinstance(route, Route), f"{route} is no plain route: classify its kind here"
        path = re.sub(r"(?<=/style/)\w+", "*", route.path)
        for method in (route.methods or set()) - {"HEAD"}:
            found[method, path] = route
    return found


def _all_of(route: BaseRoute) -> Iterable[BaseRoute]:
    return route.routes if isinstance(route, LateRoutes) else [route]


def walks(*access: Access) -> list[Walk]:
    """The classified routes of these kinds."""
    return [Walk(*key) for key, kind in ACCESS.items() if kind in access]


@pytest.fixture
def case(staffed: Ports) -> Case:
    """A case of the bank that the complaints department has, and whose filer names BANKER."""
    answers = {"category": "other", "account": SECRET, "involved": "潘越"}
    return file_case(staffed, "commercial-bank", answers, files={"statement": PDF})


def test_every_route_is_classified(staffed: Ports) -> None:
    """Who adds a route says who may use it; what has a reference is a route of a case."""
    assert set(routes(staffed)) == set(ACCESS)
    for (_, path), access in ACCESS.items():
        assert ("{reference}" in path) == (access == "case")


@pytest.mark.parametrize("walk", walks("staff", "case"), ids=str)
def test_strangers_get_nowhere(stranger: TestClient, case: Case, walk: Walk) -> None:
    """Who is not logged in is sent to the login, and a form is not taken."""
    status, page = walk.of(case).send(stranger)
    assert status == (303 if walk.method == "GET" else 401)
    assert SECRET not in page


@pytest.mark.parametrize("walk", walks("staff", "case"), ids=str)
def test_revoked_people_are_strangers(
    staffed: Ports, log_in: LogIn, case: Case, clock: StoppedClock, walk: Walk
) -> None:
    """A revocation holds on the next request, on every route."""
    client = log_in(SUPERIOR, "commercial-bank")
    own = mark(staffed.key, "commercial-bank", SUPERIOR)
    staffed.lists.revoke("commercial-bank", own, clock())
    status, page = walk.of(case).send(client)
    assert status == (303 if walk.method == "GET" else 401)
    assert SECRET not in page


@pytest.mark.parametrize("walk", walks("case"), ids=str)
@pytest.mark.parametrize(
    ("address", "organisation"),
    [(HANDLER, "car-dealer"), (BANKER, "commercial-bank"), (TELLER, "commercial-bank")],
    ids=["another organisation's", "named by the filer", "another role's"],
)
def test_who_may_not_open_a_case_learns_nothing(
    log_in: LogIn, case: Case, walk: Walk, address: str, organisation: str
) -> None:
    """A case that is another's, or that names the reader, answers as one that does not exist."""
    client = log_in(address, organisation)
    kept, unknown = (walk.of(each).send(client) for each in (case, UNKNOWN))
    assert kept[0] == unknown[0] == 404
    assert _without_id(kept[1]) == _without_id(unknown[1])


@pytest.mark.parametrize("walk", walks("case"), ids=str)
def test_recused_people_learn_nothing(staffed: Ports, log_in: LogIn, walk: Walk) -> None:
    """Who is recused is kept out from then on, also by an address that worked before."""
    answers = {"category": "customer-service"}
    case = file_case(staffed, "car-dealer", answers, files={"bill": PDF})
    staff_does(case, "recused", staffed, barred=mark(staffed.key, "car-dealer", HANDLER))
    assert walk.of(case).send(log_in(HANDLER))[0] == 404


@pytest.mark.parametrize("walk", walks("staff", "case", "anybody"), ids=str)
def test_no_answer_is_kept(staffed: Ports, log_in: LogIn, case: Case, walk: Walk) -> None:
    """No answer but the style sheet may be stored, indexed or framed."""
    if "style" in walk.path:
        pytest.skip("it is the same for everybody")
    client = log_in(HANDLER)
    headers = {"content-type": URLENCODED} if walk.method == "POST" else {}
    answer = client.request(walk.method, walk.of(case).path, headers=headers)
    # A form may stay in the browser that shows it: Back must not lose what was written.
    assert answer.headers["cache-control"] in ("no-store", "private, no-cache")
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("walk", [each for each in walks("anybody", "staff", "case")
                                  if each.method == "POST"], ids=str)  # fmt: skip
def test_no_form_of_another_site_is_taken(log_in: LogIn, case: Case, walk: Walk) -> None:
    """Each POST checks its origin."""
    headers = {"content-type": URLENCODED, "origin": "https://evil.example.com"}
    answer = log_in(HANDLER).post(walk.of(case).path, headers=headers)
    assert answer.status_code == 400


def test_style_sheet_is_kept_by_browsers(stranger: TestClient) -> None:
    """Its address changes with its content; it needs no login and names no other host."""
    page = stranger.get("/cases/desk/login").text
    (address,) = re.findall(r'href="(/cases/desk/style/[^"]+)"', page)
    sheet = stranger.get(address)
    assert sheet.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sheet.headers["content-type"].startswith("text/css")
    assert "//" not in re.sub(r"/\*.*?\*/", "", sheet.text)


def _without_id(page: str) -> str:
    return re.sub(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", "", page)

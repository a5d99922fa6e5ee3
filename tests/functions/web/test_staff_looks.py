"""Who opens a case by the sealed link in a mail stands in its access log, as at the desk."""

from pathlib import Path

from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.cases.staff.links import handling_token
from functions.model.case import Case
from functions.model.desk.staff import mark
from functions.web.app import create_app
from tests.conftest import SITE_URL
from tests.helpers.desk.desk_cases import file_case
from tests.helpers.desk.staff_directory import HANDLER, SALES, with_staff


def opened_by(ports: Ports, case: Case) -> list[tuple[str, str]]:
    """Who opened the case, and what of it."""
    return [(look.person, look.what) for look in ports.lists.looks(case.reference)]


def site(ports: Ports) -> TestClient:
    """A browser at the site."""
    return TestClient(create_app(ports), base_url=SITE_URL)


def test_member_of_staff_who_opens_a_link_is_noted(
    ports: Ports, built: Path, tmp_path: Path
) -> None:
    """By name: for the page, for a form that is given back, and for the page after an act."""
    staffed = with_staff(ports, built, tmp_path / "contracts")
    case, client = file_case(staffed, "car-dealer", {"category": "customer-service"}), site(staffed)
    token = handling_token(case, HANDLER, staffed)
    assert client.get("/cases/handle", params={"token": token}).status_code == 200
    assert opened_by(staffed, case) == [("顾安", "link")]
    (look,) = staffed.lists.looks(case.reference)
    assert look.mark == mark(staffed.key, "car-dealer", HANDLER)
    sent = {"handling": token, "act": "message", "text": ""}
    assert client.post("/cases/handle", data=sent).status_code == 422
    assert client.post("/cases/handle", data=sent | {"text": "您好"}).status_code == 200
    assert opened_by(staffed, case) == [("顾安", "link")] * 3


def test_mailbox_whose_link_is_opened_is_noted(ports: Ports, built: Path, tmp_path: Path) -> None:
    """Where nobody of staff has the address, the log says which mailbox the link went to."""
    nobody = with_staff(ports, built, tmp_path / "contracts", {})
    case = file_case(nobody, "commercial-bank", {"category": "other"})
    directory = nobody.contracts.directory("commercial-bank")
    assert directory is not None
    mailbox = directory.address("complaints")
    token = handling_token(case, mailbox, nobody)
    assert site(nobody).get("/cases/handle", params={"token": token}).status_code == 200
    assert opened_by(nobody, case) == [(mailbox, "link")]


def test_link_that_opens_nothing_is_not_noted(ports: Ports, built: Path, tmp_path: Path) -> None:
    """A link to somebody who does not have the case leaves no trace of an opening."""
    staffed = with_staff(ports, built, tmp_path / "contracts")
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    token = handling_token(case, SALES, staffed)
    assert site(staffed).get("/cases/handle", params={"token": token}).status_code == 410
    assert opened_by(staffed, case) == []

"""A desk with staff of the tests' own, and what logs them in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.cases.desk.access import DESK
from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from functions.web.desk.app import create_desk
from tests.conftest import SITE_URL
from tests.helpers.desk.staff_directory import person_with, with_staff

LogIn = Callable[..., TestClient]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of contracts whose directories a test may change."""
    return tmp_path / "contracts"


@pytest.fixture
def staffed(ports: Ports, built: Path, folder: Path) -> Ports:
    """The ports, with the staff of `tests.helpers.desk.staff_directory`."""
    return with_staff(ports, built, folder)


@pytest.fixture
def stranger(staffed: Ports) -> Iterator[TestClient]:
    """A browser that nobody is logged in with; it follows no redirect by itself."""
    desk = create_desk(staffed)
    with TestClient(desk, base_url=SITE_URL, follow_redirects=False) as client:
        yield client


@pytest.fixture
def log_in(staffed: Ports) -> LogIn:
    """Logs a member of staff in with a browser of their own, which it returns."""

    def logged_in(address: str, organisation: str = "car-dealer") -> TestClient:
        client = TestClient(create_desk(staffed), base_url=SITE_URL, follow_redirects=False)
        address_of_link = link_for(person_with(address, organisation, staffed), DESK, staffed)
        token = address_of_link.partition("token=")[2]
        answer = client.post("/cases/desk/link", data={"token": token})
        assert answer.status_code == 303
        return client

    return logged_in

"""Lists every type of page in both languages: static ones by path, others as answered."""

import re
from dataclasses import dataclass, replace

from httpx2 import Response
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.helpers.filings import APPEAL, GRIEVANCE

STATIC = {
    "index": "/",
    "start": "/accreditation-body/",
    "disclosure": "/accreditation-body/procedure/",
    "guide": "/testing-company/guide/",
    "version": "/accreditation-body/versions/1/",
    "form": "/accreditation-body/appeal/",
    "print": "/securities-brokerage/complaint/print/",
    "poster": "/factory-staff/poster/",
    "track": "/track/",
    "verify": "/verify/",
    "missing": "/no-such-page/",
}
"""The Chinese path of each static type; the English one is the same below `/en`."""

APPEALS = "/cases/accreditation-body/appeal"
GRIEVANCES = "/cases/factory-staff/grievance"
STATUS = "/cases/status"


@dataclass(frozen=True)
class Asker:
    """A browser without script that reads one language, and the ports of the application."""

    client: TestClient
    ports: Ports
    mailbox: Mailbox
    clock: StoppedClock
    language: str

    def post(self, path: str, status: int, **fields: str) -> Response:
        """Returns the answer to a form, and asserts its status."""
        answer = self.client.post(
            path, data=fields | {"language": self.language}, headers=self.headers
        )
        assert answer.status_code == status, answer.text
        return answer

    def get(self, path: str, status: int) -> Response:
        """Returns the page at an address of the function, and asserts its status."""
        answer = self.client.get(path, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer

    @property
    def headers(self) -> dict[str, str]:
        """Headers that ask for a page in the language."""
        return {"accept-language": self.language, "accept": "text/html"}


def answered(asker: Asker) -> dict[str, Response]:
    """Returns the function's answers, by type of page."""
    contract = asker.ports.contracts.current().organisations["accreditation-body"]
    appeal = APPEAL | {"contract": contract}
    pages = {
        "errors": asker.post(APPEALS, 422, contract=contract, email="zhang@example"),
        "renewed": asker.post(APPEALS, 422, **APPEAL | {"contract": "0" * 32}),
        "check": asker.post(APPEALS, 200, **appeal, step="check"),
        "receipt": asker.post(APPEALS, 200, **appeal),
        "look-up-wrong": asker.post(STATUS, 404, reference="AC-00000-00000", access_code="0"),
        "gone": asker.get("/cases/receipt?token=forged", 410),
        "too-long": asker.post(APPEALS, 413, account="x" * 1_100_000),
        "nobody": asker.post("/cases/nobody/appeal", 404),
        "unavailable": _unavailable(asker),
    }
    return pages | _case_pages(asker)


def _case_pages(asker: Asker) -> dict[str, Response]:
    """Returns the pages of an overdue grievance, as its filer and staff see them."""
    filed = asker.client.post(GRIEVANCES, json=GRIEVANCE | {"language": asker.language}).json()
    pair = {name: filed[name] for name in ("reference", "access_code")}
    drain(asker.ports)
    status = asker.post(STATUS, 200, **pair)
    fields = {"session": _hidden_value("session", status.text), "text": "照片在人事部。"}
    asker.post(f"{STATUS}/information", 200, **fields)
    asker.clock.forward(days=30)
    overdue = asker.post(STATUS, 200, **pair)
    fields["session"] = _hidden_value("session", overdue.text)
    pages = {
        "status": status,
        "overdue": overdue,
        "follow-up-error": asker.post(f"{STATUS}/withdraw", 422, **fields),
        "staff": asker.get(_staff_link(asker), 200),
    }
    token = _staff_link(asker).partition("=")[2]
    return pages | {"staff-error": asker.post("/cases/handle", 422, handling=token, act="reply")}


def _unavailable(asker: Asker) -> Response:
    """Returns the page that is shown while no contract can be read."""
    broken = replace(asker.ports, contracts=FolderContracts("no such folder"))
    with TestClient(create_app(broken), base_url=SITE_URL) as client:
        return replace(asker, client=client).post(APPEALS, 503, **APPEAL)


def _hidden_value(name: str, page: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert match
    return match[1]


def _staff_link(asker: Asker) -> str:
    for message in reversed(asker.mailbox.messages):
        body = message.get_body(("plain",))
        assert body is not None
        if link := re.search(r"/cases/handle\?token=\S+", body.get_content()):
            return link[0]
    raise AssertionError("no mail has a staff link")

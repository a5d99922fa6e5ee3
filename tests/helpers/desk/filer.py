"""A filer over HTTP without script: files, looks the case up, acts on it, reads mails."""

import re
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.case_log import recorded_acts
from tests.conftest import Mailbox

STATUS = "/cases/status"

Part = tuple[str, tuple[str, bytes]]


class Filer:
    """A filer with reference and code of one case."""

    def __init__(self, client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
        self.client, self.ports, self.mailbox = client, ports, mailbox
        self.pair: dict[str, str] = {}

    def file(self, path: str, answers: dict[str, str]) -> dict[str, Any]:
        """Files, and sends the mails; the answer to a program."""
        filed = self.client.post(f"/cases/{path}", json=answers)
        assert filed.status_code == 201, filed.text
        content: dict[str, Any] = filed.json()
        self.pair = {name: content[name] for name in ("reference", "access_code")}
        drain(self.ports)
        return content

    @property
    def reference(self) -> str:
        """The reference of the case."""
        return self.pair["reference"]

    def json(self, **fields: Any) -> dict[str, Any]:
        """The case as a program is told of it."""
        answer = self.client.post(STATUS, json=self.pair | fields)
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def page(self, **fields: str) -> str:
        """The page of the case, with its entities replaced."""
        answer = self.client.post(STATUS, data=self.pair | fields)
        assert answer.status_code == 200
        return unescape(answer.text)

    def session(self) -> str:
        """The token that the forms of the page carry."""
        found = re.search(r'name="session" value="([^"]+)"', self.page())
        assert found
        return found[1]

    def post(self, path: str, *files: tuple[str, bytes], **fields: str) -> Any:
        """What a form of the page sends; with files, as a browser without script sends them."""
        sent = {"session": self.session()} | fields
        parts: list[Part] = [("files", file) for file in files]
        return self.client.post(
            f"{STATUS}/{path}", data=sent, files=parts or None, follow_redirects=False
        )

    def act(self, path: str, *files: tuple[str, bytes], status: int = 200, **fields: str) -> str:
        """The same, and the page that comes back."""
        answer = self.post(path, *files, **fields)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def acts(self) -> list[str]:
        """What is on the case, also what was taken back."""
        return [act.act for act in recorded_acts(self.ports.store.events(self.reference))]

    def mails(self, recipient: str) -> list[str]:
        """The mails to somebody, subject and body."""
        drain(self.ports)
        found = []
        for message in self.mailbox.messages:
            if message["To"] == recipient:
                body = message.get_body(("plain",))
                assert body is not None
                found.append(f"{message['Subject']}\n{body.get_content()}")
        return found

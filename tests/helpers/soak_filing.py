"""Makes and sends the filings of the soak test."""

import json
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.helpers.filings import APPEAL, COMPLAINT, GRIEVANCE

_KINDS = (
    ("accreditation-body", "appeal", APPEAL, "office@accreditation.example.com"),
    ("securities-brokerage", "complaint", COMPLAINT, "consultant@brokerage.example.com"),
    ("factory-staff", "grievance", GRIEVANCE, "hr@factory.example.com"),
)


@dataclass(frozen=True)
class Errand:
    """A filing, how it is sent, and the recipients of its mails."""

    organisation: str
    kind: str
    answers: dict[str, str]
    key: str | None
    form: bool
    recipients: tuple[str, ...]


def errand(number: int) -> Errand:
    """Returns the filing of a number, which determines its content and how it is sent."""
    organisation, kind, answers, office = _KINDS[number % len(_KINDS)]
    answers = answers | {"account": f"{answers['account']} {number}"}
    recipients: tuple[str, ...] = (office,)
    if "phone" in answers:
        answers["phone"] = "400 000 0000"  # as the store normalises it, for comparison
    if "email" in answers:
        answers["email"] = f"filer{number}@example.com"
        recipients = (answers["email"], office)
    way = number // len(_KINDS) % 3
    key = f"key-{number}" if way == 0 else None
    return Errand(organisation, kind, answers, key, way == 2, recipients)


@dataclass(frozen=True)
class Answer:
    """The answer to a filing."""

    status: int
    headers: Message
    content: str

    @property
    def reference(self) -> str | None:
        """The reference of the receipt; None if the filing was refused."""
        match self.status:
            case 201:
                return str(json.loads(self.content)["reference"])
            case 303:
                query = parse_qs(urlsplit(self.headers["Location"]).query)
                return query["token"][0].partition(".")[0]
        return None


NO_ANSWER = Answer(503, Message(), "")


def send(errand: Errand, port: int) -> Answer:
    """Sends the filing once. Raises OSError or HTTPException if no answer arrives."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Content-Type": "application/json"}
    body = json.dumps(errand.answers)
    if errand.form:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(errand.answers)
    if errand.key:
        headers["Idempotency-Key"] = errand.key
    with closing(connection):
        connection.request("POST", f"/cases/{errand.organisation}/{errand.kind}", body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())

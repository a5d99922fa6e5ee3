"""Event files for the Lambda entries, and a stored filing that they are about."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette

from functions.cases.ports.case_store import Idempotency
from functions.cases.ports.ports import Ports
from functions.model.answers.submission import Submission
from functions.model.case import Case
from functions.model.mail import OutboxMail
from functions.web.app import create_app
from functions.web.gateway import Gateway
from tests.helpers.places import EVENTS
from tests.helpers.servers.runtime_api import read_body

REFERENCE = "ACB-22222-22223"
ACKNOWLEDGEMENT = "<177241680000.17.1234567890@ombud.example.com>"
NOTICE = "<177241680000.17.9876543210@ombud.example.com>"
FILER = "zhang@example.com"
OFFICE = "office@accreditation.example.com"


def event(name: str) -> dict[str, Any]:
    """Returns an event file, as Lambda passes it to a function."""
    content: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return content


def message(name: str) -> dict[str, Any]:
    """Returns the SES event inside an SNS event file."""
    content: dict[str, Any] = json.loads(event(name)["Records"][0]["Sns"]["Message"])
    return content


def answered(
    event_: dict[str, Any],
    ports: Ports,
    context: object = None,
    create: Callable[[Ports], Starlette] = create_app,
) -> dict[str, Any]:
    """Returns the answer of an application, intake by default, to an event."""
    with event_loop():
        answer: dict[str, Any] = read_body(Gateway(create(ports))(event_, context))
        return answer


@contextmanager
def event_loop() -> Iterator[None]:
    """Gives this thread an event loop and closes it.

    Mangum runs an application in the thread's event loop and creates one if there is none. On
    Lambda that loop ends with the process; here it would remain for a later test.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def store_filing(ports: Ports, phone: str | None = "400-000-0000") -> Case:
    """Stores the filing that the event files are about, with its two mails."""
    now = ports.now()
    case = Case(
        reference=REFERENCE,
        organisation="accreditation-body",
        kind="appeal",
        contract=ports.contracts.current().organisations["accreditation-body"],
        language="zh-CN",
        received_at=now,
        retained_until=now + timedelta(days=1096),
        submission=Submission(account="XYZZY", name="张三", email=FILER, phone=phone),
    )
    mails = (
        owed(ACKNOWLEDGEMENT, "acknowledgement", FILER),
        owed(NOTICE, "notice", OFFICE),
    )
    key = Idempotency(key="k", fingerprint="f", expires_at=now)
    ports.store.accept(case, mails, key)
    return case


def owed(message_id: str, type_: str, recipient: str) -> OutboxMail:
    """Returns a mail that the stored filing owes."""
    return OutboxMail.model_validate(
        {
            "message_id": message_id,
            "reference": REFERENCE,
            "type": type_,
            "recipient": recipient,
            "language": "zh-CN",
        }
    )

"""A clock that jumps a year ahead and back: nothing is lost, and nothing waits a year."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from functions.cases.delivery import LEASE, drain
from functions.cases.ports.outbox import LONGEST_PAUSE
from functions.cases.ports.ports import Ports
from functions.model.errors import MailRetryable
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.filings import APPEAL, GRIEVANCE

APPEALS = "/cases/accreditation-body/appeal"

Before = Callable[[Ports, Mailbox], None]
"""What befell the mails before the jump."""


def owed(ports: Ports, mailbox: Mailbox) -> None:
    """Nothing yet."""


def leased(ports: Ports, mailbox: Mailbox) -> None:
    """A worker took them and was killed."""
    assert len(ports.outbox.lease_mails(ports.now(), ports.now() + LEASE, 20)) == 2


def deferred(ports: Ports, mailbox: Mailbox) -> None:
    """The mail server was busy."""
    mailbox.failures = [MailRetryable("SMTP 450")] * 2
    assert drain(ports) == 2


@pytest.mark.parametrize("before", [owed, leased, deferred])
@pytest.mark.parametrize("days", [365, -365])
def test_mails_go_out_after_a_jump(
    client: TestClient,
    ports: Ports,
    mailbox: Mailbox,
    clock: StoppedClock,
    before: Before,
    days: int,
) -> None:
    """Whatever they wait for, after a jump they go out at once and once."""
    client.post(APPEALS, json=APPEAL)
    before(ports, mailbox)
    clock.forward(days=days)
    assert drain(ports) == 2
    assert drain(ports) == 0
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == len(mailbox.messages) == 2


def test_longest_pause_is_kept(client: TestClient, ports: Ports, clock: StoppedClock) -> None:
    """A mail that was put off for as long as any is waits, to the second."""
    client.post(APPEALS, json=APPEAL)
    now = ports.now()
    mails = ports.outbox.lease_mails(now, now + LEASE, 20)
    for mail in mails:
        ports.outbox.mail_deferred(mail, now + LONGEST_PAUSE, "busy")
    assert drain(ports) == 0
    clock.at = now + LONGEST_PAUSE - timedelta(seconds=1)
    assert drain(ports) == 0
    clock.forward(seconds=1)
    assert drain(ports) == 2


def test_same_filing_after_a_jump(client: TestClient, clock: StoppedClock) -> None:
    """Put back, the clock makes no second case of a retry; put on by more than a day, it does."""

    def file() -> str:
        sent = client.post("/cases/factory-staff/grievance", json=GRIEVANCE)
        return str(sent.json()["reference"])

    first = file()
    clock.forward(days=-365)
    assert file() == first
    clock.forward(days=365, hours=23)
    assert file() == first
    clock.forward(hours=1)
    assert file() != first

"""Bounces, complaints and refusals: on the case once, and staff are told to call once."""

import json
import re
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from functions import feedback
from functions.adapters.contracts.folder import FolderContracts
from functions.bootstrap import cold_start
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.feedback import take
from functions.model.errors import MailRetryable
from functions.model.reference import access_code
from functions.web.app import create_app
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.lambdas import FILER, OFFICE, REFERENCE, event, message, store_filing
from tests.helpers.mails.reading import plain


@pytest.fixture
def delivered(ports: Ports, mailbox: Mailbox) -> Ports:
    """Ports over a filing whose mails have been handed over."""
    store_filing(ports)
    drain(ports)
    mailbox.messages.clear()
    return ports


def recorded(ports: Ports) -> list[tuple[str, str]]:
    """What came back, as the case has it."""
    return [
        (entry.type, entry.detail)
        for entry in ports.store.events(REFERENCE)
        if entry.type in ("mail_bounced", "mail_complained")
    ]


def text(mail: EmailMessage) -> str:
    """A mail's words."""
    content = plain(mail)
    assert isinstance(content, str)
    return content


@pytest.mark.usefixtures("wired")
def test_bounce_by_the_handler(delivered: Ports) -> None:
    """The entry takes SNS events, wired by its first call."""
    for _ in range(2):
        feedback.handler(event("ses_bounce"), object())
    assert cold_start.cache_info().misses == 1
    assert recorded(delivered) == [("mail_bounced", "acknowledgement: Permanent General 5.1.1")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ses_bounce", ("mail_bounced", "acknowledgement: Permanent General 5.1.1")),
        ("ses_complaint", ("mail_complained", "acknowledgement: abuse")),
        ("ses_reject", ("mail_bounced", "update: Reject")),
    ],
)
def test_staff_are_told_once(
    name: str, expected: tuple[str, str], delivered: Ports, mailbox: Mailbox
) -> None:
    """SNS delivers at least once; the case has one event, the route's mailbox one mail."""
    for _ in range(3):
        take(json.dumps(message(name)), delivered)
    assert recorded(delivered) == [expected]
    assert drain(delivered) == 1
    (mail,) = mailbox.messages
    assert mail["To"] == OFFICE
    assert mail["Subject"] == f"邮件未送达，请致电提出人 {REFERENCE}"
    assert "未能送达" in text(mail)
    assert "/cases/handle?token=" in text(mail)
    assert "400-000-0000" not in text(mail)
    assert REFERENCE in text(mail)
    assert FILER not in text(mail)


def test_bounce_and_complaint_are_two_events_and_one_mail(
    delivered: Ports, mailbox: Mailbox
) -> None:
    """Whatever else comes back, staff have been told to call."""
    for name in ("ses_bounce", "ses_complaint"):
        take(json.dumps(message(name)), delivered)
        drain(delivered)
    assert [type_ for type_, _ in recorded(delivered)] == ["mail_bounced", "mail_complained"]
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("type_", ["notice", "undelivered"])
def test_staff_mail_that_bounces_tells_no_staff(
    type_: str, delivered: Ports, mailbox: Mailbox
) -> None:
    """The bounce of a staff mail is on the case and makes no further mail: no loops."""
    bounced = message("ses_bounce")
    bounced["mail"]["tags"]["type"] = [type_]
    take(json.dumps(bounced), delivered)
    assert recorded(delivered) == [("mail_bounced", f"{type_}: Permanent General 5.1.1")]
    assert drain(delivered) == 0


def with_bounce(**changed: str) -> dict[str, Any]:
    """The bounce, changed."""
    made = message("ses_bounce")
    made["bounce"] |= changed
    return made


def with_complaint(kind: str) -> dict[str, Any]:
    """The complaint, of another kind."""
    made = message("ses_complaint")
    made["complaint"]["complaintFeedbackType"] = kind
    return made


@pytest.mark.parametrize(
    "came",
    [
        message("ses_delivery_delay"),
        with_bounce(bounceType="Transient", bounceSubType="General"),
        with_complaint("not-spam"),
        message("ses_delivery_delay") | {"eventType": "Delivery"},
    ],
)
def test_what_is_not_final_is_not_recorded(came: dict[str, Any], delivered: Ports) -> None:
    """A delay, an automatic reply, a complaint taken back: nobody need call."""
    take(json.dumps(came), delivered)
    assert recorded(delivered) == []
    assert drain(delivered) == 0


def test_transient_bounce_that_ses_has_given_up(delivered: Ports) -> None:
    """A full mailbox is not tried again by SES, so it counts as not delivered."""
    take(json.dumps(with_bounce(bounceType="Transient", bounceSubType="MailboxFull")), delivered)
    assert recorded(delivered) == [("mail_bounced", "acknowledgement: Transient MailboxFull 5.1.1")]
    assert drain(delivered) == 1


def test_bounce_of_any_mail_to_the_filer(delivered: Ports, mailbox: Mailbox) -> None:
    """News that come back, however unclear the server's answer, make staff call: once in all."""
    for name, type_ in (("Undetermined", "update"), ("Permanent", "acknowledgement")):
        bounced = with_bounce(bounceType=name, bounceSubType=name, feedbackId=name)
        bounced["mail"]["tags"]["type"] = [type_]
        take(json.dumps(bounced), delivered)
    assert recorded(delivered) == [
        ("mail_bounced", "update: Undetermined Undetermined 5.1.1"),
        ("mail_bounced", "acknowledgement: Permanent Permanent 5.1.1"),
    ]
    assert drain(delivered) == 1
    assert [mail["To"] for mail in mailbox.messages] == [OFFICE]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ses_bounce", "发给提出人的邮件被拒收或者退回"),
        ("ses_complaint", "把一封邮件举报为垃圾邮件"),
        ("ses_reject", "发给提出人的邮件被拒收或者退回"),
    ],
)
def test_case_page_of_staff_shows_it(
    name: str, said: str, delivered: Ports, mailbox: Mailbox
) -> None:
    """Staff read on the case that a mail did not reach the filer; the filer's page has no such."""
    take(json.dumps(message(name)), delivered)
    drain(delivered)
    link = re.search(r"/cases/handle\?token=\S+", text(mailbox.messages[0]))
    assert link is not None
    client = TestClient(create_app(delivered), base_url="https://ombud.example.com")
    page = client.get(link[0]).text
    assert "邮件未送达" in page
    assert said in page
    pair = {"reference": REFERENCE, "access_code": access_code(delivered.key, REFERENCE)}
    assert "邮件未送达" not in client.post("/cases/status", data=pair).text


def test_words_of_strangers_are_not_kept(delivered: Ports) -> None:
    """What a receiving server writes where a code belongs is left out."""
    bounced, complained = message("ses_bounce"), with_complaint(f"by {FILER}")
    bounced["bounce"]["bouncedRecipients"][0]["status"] = f"5.1.1 {FILER}"
    take(json.dumps(bounced), delivered)
    take(json.dumps(complained), delivered)
    assert recorded(delivered) == [
        ("mail_bounced", "acknowledgement: Permanent General"),
        ("mail_complained", "acknowledgement: unknown"),
    ]


@pytest.mark.usefixtures("wired")
def test_greeting_of_a_topic(delivered: Ports) -> None:
    """The sentence that SES sends to a new topic is no event and no error."""
    feedback.handler(event("ses_greeting"), object())
    assert recorded(delivered) == []


@pytest.mark.parametrize("tags", [{}, {"reference": ["ACB-33333-33333"], "type": ["notice"]}])
def test_mail_of_no_case_here(tags: dict[str, list[str]], delivered: Ports) -> None:
    """Feedback without a case, be it expired or another sender's, is let go."""
    bounced = message("ses_bounce")
    bounced["mail"]["tags"] = tags
    take(json.dumps(bounced), delivered)
    assert recorded(delivered) == []


@pytest.mark.parametrize("broken", ["bounce", "mail"])
def test_unreadable_event_is_an_error(broken: str, delivered: Ports) -> None:
    """An event without its parts goes to the dead letters, and its error quotes nobody."""
    bounced = message("ses_bounce")
    del bounced[broken]
    with pytest.raises(ValidationError) as raised:
        take(json.dumps(bounced), delivered)
    assert FILER not in str(raised.value)


def test_refused_acknowledgement_tells_staff(ports: Ports, mailbox: Mailbox) -> None:
    """A mail server that refuses the filer's mail for good leads to one mail, bounces included."""
    store_filing(ports)
    mailbox.refused = {FILER}
    assert drain(ports) == 3
    take(json.dumps(message("ses_bounce")), ports)
    assert drain(ports) == 0
    assert [mail["To"] for mail in mailbox.messages] == [OFFICE, OFFICE]
    assert sum("请致电" in mail["Subject"] for mail in mailbox.messages) == 1


def test_acknowledgement_given_up_tells_staff(
    ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """So does a server that was away for days."""
    store_filing(ports)
    mailbox.failures = [MailRetryable("SMTP 421")] * 40
    for _ in range(200):
        drain(ports)
        clock.forward(hours=1)
    assert [mail["To"] for mail in mailbox.messages] == [OFFICE]
    assert mailbox.messages[0]["Subject"] == f"邮件未送达，请致电提出人 {REFERENCE}"


def test_office_that_refuses_everything_ends_it(ports: Ports, mailbox: Mailbox) -> None:
    """A refused staff mail is recorded and leads to nothing."""
    store_filing(ports)
    mailbox.refused = {FILER, OFFICE}
    assert drain(ports) == 3
    failed = [
        event.detail for event in ports.store.events(REFERENCE) if event.type == "mail_failed"
    ]
    assert sorted(failed) == [
        "acknowledgement: SMTP 550 5.1.1",
        "notice: SMTP 550 5.1.1",
        "undelivered: SMTP 550 5.1.1",
    ]
    assert mailbox.messages == []


def test_contract_gone(tmp_path: Path, ports: Ports, mailbox: Mailbox, clock: StoppedClock) -> None:
    """Without its contract a case names nobody to tell; the failures are recorded all the same."""
    store_filing(ports)
    bare = replace(ports, contracts=FolderContracts(str(tmp_path)))
    for _ in range(200):
        drain(bare)
        clock.forward(hours=1)
    failed = [entry.type for entry in ports.store.events(REFERENCE)]
    assert failed == ["received", "mail_failed", "mail_failed"]
    assert mailbox.messages == []

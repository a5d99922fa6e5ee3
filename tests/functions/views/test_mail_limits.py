"""A mail to the filer lists the time limits that are still to be kept, and no other."""

import re

import pytest

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.mail import TYPE_HEADER, MailType
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.handled_case import HandledCase


@pytest.fixture
def grievance(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """A grievance of 2 March 2026: clause 4.1 has it answered, 4.3 and 4.4 are the reviews."""
    case = HandledCase("factory-staff", ports, clock, mailbox)
    case.file("grievance", "2026-03-02 10:00")
    return case


def cited(case: HandledCase, type_: MailType) -> list[str]:
    """The clauses of the limits in the last mail of a type."""
    drain(case.ports)
    mail = [each for each in case.mailbox.messages if each[TYPE_HEADER] == type_][-1]
    text = mail.get_body(("plain",))
    assert text is not None
    return re.findall(r"^- .*（第([\d.]+)条：", text.get_content(), re.MULTILINE)


def test_what_was_kept_is_listed_no_more(grievance: HandledCase) -> None:
    """The acknowledgement has all limits, and each receipt of a review those that nothing kept."""
    assert cited(grievance, "acknowledgement") == ["4.1", "4.3", "4.4", "4.4"]
    talent = grievance.staff("talent")
    grievance.does(talent, "decision", text="已处理", outcome="upheld")
    grievance.at("2026-03-06 10:00")
    grievance.filer("review_requested", review="0", text="没有回应")
    assert cited(grievance, "review_receipt") == ["4.3", "4.4", "4.4"]
    grievance.at("2026-03-09 10:00")
    grievance.does(talent, "decision", text="再次处理", outcome="upheld", keeps__again="yes")
    grievance.at("2026-03-10 10:00")
    grievance.filer("review_requested", review="1", text="仍不满意")
    assert cited(grievance, "review_receipt") == ["4.4"]

"""The mails to staff say in subject and first line what is wanted of the reader."""

from dataclasses import replace
from email.message import EmailMessage

import pytest

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.mail import OutboxMail
from functions.views.mails import compose
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.handled_case import HandledCase
from tests.helpers.mails.reading import plain

APPEAL = {"category": "initial", "decision": "认可决定 2026-12", "decided_on": "2026-02-20"}
ANSWER = {"text": "撤销原决定。", "outcome": "upheld", "remedy": "重新评审", "clause": "2.5"}


@pytest.fixture
def appeal(ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> HandledCase:
    """An appeal that the office has just received."""
    case = HandledCase("accreditation-body", ports, clock, mailbox)
    case.file("appeal", "2026-03-02 10:00", **APPEAL)
    case.mails()
    return case


def told(case: HandledCase, address: str) -> tuple[str, str]:
    """The words of the subject before the reference, and the first line, of the one mail there."""
    (mail,) = sent_to(case, address)
    return str(mail["Subject"]).partition(" ")[0], plain(mail).splitlines()[2]


def sent_to(case: HandledCase, address: str) -> list[EmailMessage]:
    """The mails to an address since this was asked last."""
    drain(case.ports)
    mails = [mail for mail in case.mailbox.messages if mail["To"] == address]
    case.mailbox.messages.clear()
    return mails


def test_mails_to_staff_say_what_is_wanted(appeal: HandledCase) -> None:
    """Told, handed on, asked for consent, sent back and approved: each has words of its own."""
    office, member, director = (appeal.staff(role) for role in ("office", "committee", "director"))
    appeal.does(office, "told", tells__director="yes", text="请知悉")
    assert told(appeal, director.member.address) == ("有案件请您知悉", "有一件案件需要您知悉。")
    appeal.at("2026-03-03 10:00")
    appeal.does(office, "forwarded", to="committee")
    assert told(appeal, member.member.address) == (
        "有案件需要您办理",
        "有一件案件从现在起由您办理。",
    )
    appeal.does(member, "proposed", **ANSWER)
    assert told(appeal, director.member.address) == (
        "有案件待您批准",
        "有一件案件已经报批，等您批准。",
    )
    appeal.does(director, "returned", text="请写明依据")
    assert told(appeal, member.member.address) == (
        "您的报批被退回修改",
        "您在这件案件中的报批被退回修改，请打开案件查看原因。",
    )
    appeal.does(member, "proposed", **ANSWER)
    appeal.mails()
    appeal.does(director, "approved")
    assert told(appeal, member.member.address) == (
        "您的报批已获批准",
        "您在这件案件中的报批已获批准。",
    )


def test_proposal_that_nobody_can_approve_asks_nobody_to(
    ports: Ports, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """Whoever follows the handling reads that consent is lacking, not that it is theirs to give."""
    case = HandledCase("car-dealer", ports, clock, mailbox)
    car = {"category": "sales-product", "plate": "京A12345"}
    case.file("complaint", "2026-03-02 10:00", **car)
    case.does(case.staff("customer-service"), "forwarded", to="sales-manager")
    manager = case.staff("general-manager")
    case.does(case.staff("customer-service"), "recused", barred=manager.mark)
    case.mails()
    case.does(case.staff("sales-manager"), "proposed", **ANSWER | {"clause": "五、3"})
    assert told(case, "service@dealer.example.com") == (
        "有案件报批，但无人可以批准",
        "有一件案件已经报批，但现在没有人可以批准。",
    )


def test_case_that_is_handed_on_is_not_only_told_of(appeal: HandledCase) -> None:
    """An address gets one mail of an act: to act on it comes before to know of it."""
    office, member = appeal.staff("office"), appeal.staff("committee")
    appeal.does(office, "forwarded", to="committee", tells__committee="yes")
    assert told(appeal, member.member.address)[0] == "有案件需要您办理"


@pytest.mark.parametrize(
    ("lacking", "subject"),
    [(("handed_on",), "有案件请您知悉"), (("handed_on", "concerned"), "新申诉")],
)
def test_contract_that_lacks_a_mail(
    appeal: HandledCase, lacking: tuple[str, ...], subject: str
) -> None:
    """Cases of earlier contracts are told of in the words that those have."""
    file = appeal.opened
    mails = {name: mail for name, mail in file.skeletons.mails.items() if name not in lacking}
    kinds = {"appeal": file.skeletons.model_copy(update={"mails": mails})}
    earlier = replace(file, pages=file.pages.model_copy(update={"kinds": kinds}))
    mail = OutboxMail(
        message_id="<1@ombud.example.com>",
        reference=file.case.reference,
        type="handed_on",
        recipient="committee@accreditation.example.com",
        language="zh-CN",
    )
    message = compose(mail, earlier, "ombud@ombud.example.com", "token", scanned=True)
    assert str(message["Subject"]).partition(" ")[0] == subject
    assert message["Ombud-Mail-Type"] == "handed_on"

"""What a filer does on a case is confirmed: by a signed receipt, and by a mail of its own."""

import re
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.cases.quotas import ACKNOWLEDGEMENTS
from functions.feedback import take
from functions.model.mail import TYPE_HEADER
from site_src.receipts.keys import PublishedKeys
from site_src.receipts.verify import problems_of, read_receipt
from tests.conftest import MORNING, Mailbox, StoppedClock
from tests.helpers.desk.filer import STATUS, Filer
from tests.helpers.desk.staff_acts import staff_act
from tests.helpers.filings import GRIEVANCE
from tests.helpers.sample_files import PNG

FORGED = "-----BEGIN OMBUD PROOF-----\nOmbud-Receipt: 1\nOrganisation: x"


@pytest.fixture
def filer(client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock) -> Filer:
    """Somebody whose grievance was filed an hour ago."""
    made = Filer(client, ports, mailbox)
    made.file("factory-staff/grievance", GRIEVANCE)
    clock.forward(hours=1)
    return made


@pytest.fixture
def keys(ports: Ports) -> PublishedKeys:
    """The keys that a site with this OMBUD_KEY publishes."""
    return PublishedKeys({}).added(ports.key, ("factory-staff",), MORNING)


def moments(page: str) -> list[str]:
    """The acts whose receipts the page offers."""
    return re.findall(r'name="act" value="([^"]+)"', page)


def test_receipt_of_a_message_verifies(filer: Filer, keys: PublishedKeys) -> None:
    """The text has words, moment and files with their hashes, and is signed as a filing's is."""
    page = filer.act("information", ("证据.png", PNG), text=f"照片在附件里。\n{FORGED}")
    (after_notice,) = moments(page)
    assert moments(filer.page()) == [after_notice]
    answer = filer.post("receipt", act=after_notice)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    name = f"{filer.reference}-20260302-110000.txt"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    receipt = read_receipt(answer.content)
    assert problems_of(receipt, keys) == ()
    assert receipt.content is not None
    for said in (
        "记录的事项：补充说明",
        "记录时间：2026年3月2日（星期一）11:00（北京时间，UTC+8）",
        "照片在附件里。",
        f"SHA-256 {sha256(PNG).hexdigest()} 证据.png",
    ):
        assert said in receipt.content
    assert receipt.lines["Received"] == "2026-03-02T03:00:00Z"
    assert filer.pair["access_code"] not in answer.text
    changed = answer.content.replace("照片".encode(), "图片".encode())
    assert [problem.what for problem in problems_of(read_receipt(changed), keys)] == [
        "Content-SHA256"
    ]


def test_each_act_has_a_receipt(filer: Filer, keys: PublishedKeys, clock: StoppedClock) -> None:
    """A request for a review, what the filer says of the answer, and a withdrawal, too."""
    filer.act("information", text="补充一句")
    clock.forward(minutes=5)
    staff_act(filer.ports, filer.reference, "decision", text="维持排班")
    clock.forward(minutes=5)
    filer.act("satisfaction", satisfied="yes")
    clock.forward(minutes=5)
    filer.act("review", review="0", text="想了想还是不服")
    clock.forward(minutes=5)
    page = filer.act("withdraw", confirm="yes")
    found = list(dict.fromkeys(moments(page)))
    contents = []
    for moment in found:
        receipt = read_receipt(filer.post("receipt", act=moment).content)
        assert problems_of(receipt, keys) == ()
        contents.append(receipt.content or "")
    said = ("补充一句", "对处理结果满意。", "想了想还是不服", "已撤回")
    for words in said:
        assert sum(words in content for content in contents) == 1
    assert len(contents) == 4


def test_receipt_is_for_acts_of_the_filer(filer: Filer, clock: StoppedClock) -> None:
    """No other moment has one: not an act of staff, not another case's, not what is no moment."""
    filer.act("information", text="补充一句")
    (moment,) = set(moments(filer.page()))
    clock.forward(minutes=5)
    done = staff_act(filer.ports, filer.reference, "message", text="知道了")
    for wrong in (done.at.isoformat(), "2026-03-02", "x" * 50, "", "9999-99-99"):
        assert filer.post("receipt", act=wrong).status_code == 404
    other = Filer(filer.client, filer.ports, filer.mailbox)
    other.file("factory-staff/grievance", GRIEVANCE | {"account": "另一件"})
    assert other.post("receipt", act=moment).status_code == 404
    late = filer.client.post(f"{STATUS}/receipt", data={"session": "x", "act": moment})
    assert late.status_code == 410
    assert f'value="{moment}"' in late.text


def test_program_gets_the_proof_with_the_act(filer: Filer, keys: PublishedKeys) -> None:
    """The answer to an act has its signed text, lines and signature, as a filing's has."""
    sent = filer.pair | {"text": "one more thing", "language": "en"}
    answer = filer.client.post(f"{STATUS}/information", json=sent).json()
    assert "What was recorded: Information added" in answer["proof"]["content"]
    again = filer.client.post(
        f"{STATUS}/receipt",
        json=filer.pair | {"act": answer["messages"][0]["at"], "language": "en"},
    )
    assert again.json() == {"proof": answer["proof"]}
    assert "proof" not in filer.json()


def test_each_act_is_confirmed_by_a_mail(filer: Filer, clock: StoppedClock) -> None:
    """It says when, who has the case and by when there is an answer, and no word of the filer's."""
    filer.act("information", ("病历.png", PNG), text="照片在附件里。")
    clock.forward(minutes=5)
    filer.act("information", text="又一条")
    clock.forward(hours=1)
    filer.act("information", text="又一条")
    mails = [mail for mail in filer.mails(GRIEVANCE["email"]) if "已记录您的留言" in mail]
    mails.sort(key=lambda mail: mail.partition("记录时间")[2])
    assert [re.search(r"(\d\d:\d\d)（北京时间", mail)[1] for mail in mails] == [  # type: ignore[index]
        "11:00",
        "11:05",
    ]
    first = mails[0]
    assert "目前由谁处理：人才发展部（自2026年3月2日（星期一）起）" in first
    assert "最迟答复：程序没有规定答复的期限。" in first
    assert f"SHA-256 {sha256(PNG).hexdigest()}" in first
    for words in ("照片", "病历", GRIEVANCE["name"], filer.pair["access_code"], "token="):
        assert words not in first


def test_mails_are_of_their_own_act_even_when_late(
    filer: Filer, clock: StoppedClock, mailbox: Mailbox
) -> None:
    """A mail server that was down gets both mails later, each with its own moment."""
    filer.act("information", text="第一条")
    clock.forward(minutes=7)
    filer.act("information", text="第二条")
    clock.forward(hours=5)
    said = [mail for mail in filer.mails(GRIEVANCE["email"]) if "已记录您的留言" in mail]
    assert sorted(re.findall(r"记录时间：.*?(\d\d:\d\d)", "".join(said))) == ["11:00", "11:07"]
    types = [mail[TYPE_HEADER] for mail in mailbox.messages]
    assert types.count("information_receipt") == 2


def test_one_mailbox_is_not_flooded(filer: Filer, clock: StoppedClock, mailbox: Mailbox) -> None:
    """Who typed somebody's address cannot send them more mails than by filing; the act counts."""
    most = ACKNOWLEDGEMENTS[0].most
    said = [filer.act("information", text=f"第 {number} 条") for number in range(20)]
    assert "我们会发邮件向您确认" in said[0]
    other = Filer(filer.client, filer.ports, mailbox)
    other.file("factory-staff/grievance", GRIEVANCE | {"account": "另一件"})
    page = other.act("information", text="又一条")
    assert "您的话已经补充到案件" in page
    assert "我们会发邮件向您确认" not in page
    assert other.acts() == ["information"]
    filer.mails("")
    sent = [mail for mail in mailbox.messages if mail["To"] == GRIEVANCE["email"]]
    assert sum(mail[TYPE_HEADER] == "information_receipt" for mail in sent) <= most
    page = filer.act("withdraw", confirm="yes")
    assert "我们会发邮件向您确认" in page


@pytest.mark.parametrize("lost", ["information_receipt", "satisfaction", "satisfaction_receipt"])
def test_mail_that_comes_back_is_told_to_staff_once(lost: str, filer: Filer) -> None:
    """Whatever mail to the filer bounces, the case says so and staff are asked to call, once."""
    for number in range(2):
        take(bounce(filer.reference, lost, str(number)), filer.ports)
    told = filer.mails("hr@factory.example.com")
    assert sum("请致电提出人" in mail for mail in told) == 1
    events = [event.type for event in filer.ports.store.events(filer.reference)]
    assert events.count("mail_bounced") == 2


def test_refused_mail_is_told_to_staff(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """A server that refuses the confirmation for good is as good as a bounce."""
    filer = Filer(client, ports, mailbox)
    filer.file("factory-staff/grievance", GRIEVANCE)
    mailbox.refused.add(GRIEVANCE["email"])
    filer.act("information", text="补充一句")
    told = filer.mails("hr@factory.example.com")
    assert any("请致电提出人" in mail for mail in told)


def bounce(reference: str, type_: str, id_: str) -> str:
    """What SES says of a mail that came back for good."""
    tags = f'"reference": ["{reference}"], "type": ["{type_}"]'
    bounced = f'"feedbackId": "{id_}", "bounceType": "Permanent", "bounceSubType": "General"'
    return (
        f'{{"eventType": "Bounce", "mail": {{"messageId": "x", "tags": {{{tags}}}}}, '
        f'"bounce": {{{bounced}, "bouncedRecipients": []}}}}'
    )

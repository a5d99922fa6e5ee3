"""After the answer: whether it satisfies, what follows if not, and the two questions."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.cases.watch.watching import watch
from functions.model.case_log import recorded_acts
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.filer import STATUS, Filer
from tests.helpers.desk.staff_acts import staff_act
from tests.helpers.filings import COMPLAINT, GRIEVANCE

QUALITY = COMPLAINT | {"category": "product-quality", "email": "li@example.com"}
MAIL = "您收到答复已有一周。您对处理结果、对处理过程是否满意？"
LEAD = '<input type="hidden" name="satisfied" value="yes">'


def section(page: str) -> str:
    """The part of the page that asks; empty while it is hidden."""
    start = page.index('<section class="act" id="satisfaction"')
    found = page[start : page.index("</section>", start)]
    return "" if found.partition(">")[0].endswith(" hidden") else found


def shown(page: str) -> list[str]:
    """Which parts of it are shown."""
    parts = re.split(r"<div( hidden)?>", section(page))[1:]
    shown_parts = [part for hidden, part in zip(parts[::2], parts[1::2], strict=True) if not hidden]
    return ["lead" if LEAD in part else "questions" for part in shown_parts]


@pytest.fixture
def asked(client: TestClient, ports: Ports, mailbox: Mailbox) -> Filer:
    """A filer with an organisation whose procedure has somebody ask (四、3)."""
    made = Filer(client, ports, mailbox)
    made.file("qa-operations/complaint", QUALITY)
    return made


@pytest.fixture
def unasked(client: TestClient, ports: Ports, mailbox: Mailbox) -> Filer:
    """A filer with one whose procedure is silent about it, and has an internal review."""
    made = Filer(client, ports, mailbox)
    made.file("factory-staff/grievance", GRIEVANCE)
    return made


def test_nothing_is_asked_before_the_answer(asked: Filer) -> None:
    """Nor can anybody say it: a program is told why."""
    assert section(asked.page()) == ""
    answer = asked.client.post(f"{STATUS}/satisfaction", json=asked.pair | {"satisfied": True})
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json()["errors"]] == ["no_answer"]
    assert asked.acts() == []


def test_unsatisfied_is_led_to_the_review(unasked: Filer, clock: StoppedClock) -> None:
    """With its last day and clause, where the procedure says them; "yes" is recorded."""
    staff_act(unasked.ports, unasked.reference, "decision", text="维持排班")
    page = unasked.page()
    assert shown(page) == ["lead"]
    assert '<a href="#reviews">不满意的，可以申请复核：申诉处理部门再次处理。</a>' in section(page)
    unasked.act("review", review="0")
    assert section(unasked.page()) == ""
    clock.forward(days=1)
    staff_act(unasked.ports, unasked.reference, "decision", text="再次维持")
    page = unasked.page()
    assert "总经理。</a> 提出期限：2026年3月13日（星期五）24:00前" in section(page)
    assert "第4.4条" in section(page)
    said = unasked.act("satisfaction", satisfied="yes")
    assert "记录您的满意情况" in said
    assert shown(said) == []
    assert "对处理结果满意。" in section(said)
    assert "不满意的" not in section(said).partition("<p hidden>")[0]
    assert unasked.acts() == ["decision", "review_requested", "decision", "satisfaction"]


def test_unsatisfied_without_review_is_led_outside(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Where the procedure names only bodies outside, it is they; where none, the contacts."""
    outside = Filer(client, ports, mailbox)
    outside.file("securities-brokerage/complaint", COMPLAINT)
    staff_act(ports, outside.reference, "decision", text="已改进")
    assert "不满意的，可以找：" in section(outside.page())
    nobody = Filer(client, ports, mailbox)
    nobody.file("qa-operations/complaint", QUALITY)
    staff_act(ports, nobody.reference, "decision", text="已换货")
    said = section(nobody.page())
    assert '程序没有写明下一步可以找谁。 <a href="#reach">' in said


def test_procedure_asks_two_questions_a_week_later(asked: Filer, clock: StoppedClock) -> None:
    """By a mail and on the page, by its clause; both want an answer, words are optional."""
    staff_act(asked.ports, asked.reference, "decision", text="已换货")
    clock.forward(days=6)
    watch(asked.ports, lambda: True)
    assert shown(asked.page()) == ["lead"]
    assert not any("满意" in mail for mail in asked.mails("li@example.com"))
    clock.forward(days=2)
    watch(asked.ports, lambda: True)
    (mail,) = [mail for mail in asked.mails("li@example.com") if MAIL in mail]
    assert "按照程序，就此向您了解一次（四、3）。" in mail
    assert "已换货" not in mail
    page = asked.page()
    assert shown(page) == ["questions"]
    assert "按照程序，就此向您了解一次（四、3）。" in section(page)
    page = asked.act("satisfaction", status=422, satisfied="no", text="没有说明<原因>")
    assert '<a href="#fairly">' in page
    assert 'name="satisfied" value="no" required checked' in page
    assert ">没有说明<原因></textarea>" in page
    assert asked.acts() == ["decision"]
    page = asked.act("satisfaction", satisfied="no", fairly="yes", text="没有说明<原因>")
    assert "对处理结果不满意。对处理过程满意。" in section(page)
    assert shown(page) == []
    assert "没有说明<原因>" in page
    assert "<原因>" not in asked.client.post(STATUS, data=asked.pair).text
    act = recorded_acts(asked.ports.store.events(asked.reference))[-1]
    assert (act.entry.satisfied, act.entry.fairly) == (False, True)


def test_it_is_said_once_for_an_answer(asked: Filer, clock: StoppedClock) -> None:
    """A second click, and a second thought, change nothing; a mail confirms, staff are told."""
    staff_act(asked.ports, asked.reference, "decision", text="已换货")
    clock.forward(days=8)
    for answer in ("yes", "yes", "no"):
        asked.act("satisfaction", satisfied=answer, fairly=answer)
    assert asked.acts() == ["decision", "satisfaction"]
    assert [m["satisfied"] for m in asked.json()["messages"]] == [None, True]
    watch(asked.ports, lambda: True)
    mails = asked.mails("li@example.com")
    assert sum("已记录您的满意情况" in mail for mail in mails) == 1
    assert not any(MAIL in mail for mail in mails)
    to_staff = [
        message for message in asked.mailbox.messages if "满意情况" in str(message["Subject"])
    ]
    assert len(to_staff) == 2  # to the filer, and to whoever has the case


def test_silent_procedure_asks_nothing(unasked: Filer, clock: StoppedClock) -> None:
    """No mail and no questions, however long it takes."""
    staff_act(unasked.ports, unasked.reference, "decision", text="维持排班")
    clock.forward(days=60)
    watch(unasked.ports, lambda: True)
    assert shown(unasked.page()) == ["lead"]
    assert not any(MAIL in mail for mail in unasked.mails(GRIEVANCE["email"]))


def test_withdrawn_case_asks_nothing(asked: Filer, clock: StoppedClock) -> None:
    """Whoever withdrew is left alone; a closed case still asks about its answer."""
    staff_act(asked.ports, asked.reference, "decision", text="已换货")
    clock.forward(minutes=1)
    staff_act(asked.ports, asked.reference, "closed")
    clock.forward(days=8)
    assert shown(asked.page()) == ["questions"]
    asked.act("withdraw", confirm="yes")
    assert section(asked.page()) == ""


def test_words_survive_a_session_that_is_over(asked: Filer, clock: StoppedClock) -> None:
    """Both answers and the words are sent again with reference and code."""
    staff_act(asked.ports, asked.reference, "decision", text="已换货")
    clock.forward(days=8)
    sent = {"session": asked.session(), "satisfied": "no", "fairly": "no", "text": "太慢"}
    clock.forward(hours=2)
    answer = asked.client.post(f"{STATUS}/satisfaction", data=sent)
    assert answer.status_code == 410
    for name, value in (("satisfied", "no"), ("fairly", "no"), ("text", "太慢")):
        assert f'name="{name}" value="{value}"' in unescape(answer.text)


def test_no_can_be_said_where_nothing_follows(asked: Filer, unasked: Filer) -> None:
    """Where the procedure names no review, "no" is a button, too; where it does, the review is."""
    for filer in (asked, unasked):
        staff_act(filer.ports, filer.reference, "decision", text="维持")
    said_no = '<input type="hidden" name="satisfied" value="no">'
    assert said_no in section(asked.page())
    assert said_no not in section(unasked.page())
    page = asked.act("satisfaction", satisfied="no")
    assert "对处理结果不满意。" in section(page)
    assert "程序没有写明下一步可以找谁。" in section(page)
    assert asked.acts() == ["decision", "satisfaction"]


def test_box_for_messages_is_the_answer_to_a_question(asked: Filer) -> None:
    """While a question is open, the box below says that it answers it."""
    answering = "<span>回答该单位的问题</span><span hidden>给该单位留言</span>"
    assert answering not in asked.page()
    staff_act(asked.ports, asked.reference, "asked", text="请补充发票。")
    assert answering in asked.page()
    asked.act("information", text="发票已附。")
    assert answering not in asked.page()

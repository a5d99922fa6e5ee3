"""The page of one case: whose turn it is, the thread, the limits, and who may see what of it."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import case_acts, recorded_acts
from tests.conftest import StoppedClock
from tests.functions.web.desk.conftest import LogIn
from tests.helpers.desk.desk_cases import file_case, filer_adds, staff_does
from tests.helpers.desk.staff_directory import (
    BANKER,
    COLLEAGUE,
    HANDLER,
    LEADER,
    MECHANIC,
    SALES,
    person_with,
)

OFFICE = "yu.he@accreditation.example.com"
COMMITTEE = "zhan.fei@accreditation.example.com"

HOSTILE = "\"'><img src=x onerror=alert(1)>{{7*7}}%(x)s{0}</script>\u202e&amp;"


def words(text: str) -> str:
    """What a page says, without its markup, with single spaces."""
    body = text.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def page(client: TestClient, case: Case) -> str:
    """The page of the case."""
    answer = client.get(f"/cases/desk/{case.reference}")
    assert answer.status_code == 200, answer.text
    return answer.text


def row(text: str, marker: str) -> str:
    """The row of the thread that has these words."""
    rows = re.findall(r'<li class="entry.*?(?=<li class="entry|</ol>)', text, re.DOTALL)
    (found,) = (each for each in rows if marker in each)
    return str(found)


def new_case(ports: Ports, **answers: str) -> Case:
    """A complaint about customer service, which customer service takes."""
    return file_case(ports, "car-dealer", {"category": "customer-service"} | answers)


def test_head_says_what_it_is_and_who_has_it(log_in: LogIn, staffed: Ports) -> None:
    """Reference, kind, receipt, version, category with the first words, holder, and the filer."""
    case = new_case(staffed, account="电话打不通。打了一个上午。", phone="400-000-0000")
    text = page(log_in(HANDLER), case)
    said = words(text)
    assert f"{case.reference} · 投诉 ·" in said
    assert "2026年3月2日（星期一）10:00" in said
    assert re.search(r"<h1>.*客服部的服务.*<q>电话打不通</q></h1>", text, re.DOTALL)
    assert 'href="/car-dealer/versions/1/"' in text
    assert '<a href="tel:4000000000">400 000 0000</a>' in text
    assert "综合部经理" in said
    assert "刘方" in said


def test_each_number_of_the_filer_is_dialled(log_in: LogIn, staffed: Ports) -> None:
    """Of two numbers with a remark and an extension, each has a link that a telephone dials."""
    case = new_case(staffed, phone="138 0000 0000（微信同号）、010-12345678转801")
    text = page(log_in(HANDLER), case)
    assert '<a href="tel:13800000000">138 0000 0000（微信同号）</a>' in text
    assert '<a href="tel:01012345678,801">010 1234 5678 转801</a>' in text


def test_limit_is_late_in_its_own_unit(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """A limit of 30 minutes is late by minutes, each limit by itself, with its clause."""
    case = new_case(staffed)
    clock.forward(minutes=5)
    staff_does(case, "registered", staffed, person_with(HANDLER, "car-dealer", staffed))
    clock.forward(minutes=65)
    aside = page(log_in(HANDLER), case).partition('id="limits-title"')[2]
    found = re.findall(r'<li class="limit overdue">.*?</li>', aside, re.DOTALL)
    said = [words(f"<main{each}") for each in found]
    assert len(said) == 2
    assert "40分钟" in said[0]
    assert "10:30" in said[0]
    assert "四、1.1.1" in said[0]
    assert "35分钟" in said[1]
    assert "10:35" in said[1]
    assert 'href="/car-dealer/versions/1/#clause-' in found[0]


def test_kept_limit_stands_with_its_act(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """What was done in time says until when it had to be; what was late says how late."""
    case = new_case(staffed)
    person = person_with(HANDLER, "car-dealer", staffed)
    clock.forward(minutes=10)
    staff_does(case, "registered", staffed, person, text="登记完毕")
    clock.forward(minutes=32)
    to, keeps = "general-affairs-manager", ("assign",)
    staff_does(case, "forwarded", staffed, person, to_role=to, keeps=keeps, text="移交")
    text = page(log_in(HANDLER), case)
    handed_on = words(f"<main{row(text, '移交')}")
    assert "2分钟" in handed_on
    assert "四、1.3" in handed_on
    assert "10:42" in handed_on


def test_entry_names_person_and_role_and_both_times(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """What staff say happened earlier is shown as such, beside when they recorded it."""
    case = new_case(staffed)
    clock.forward(hours=3)
    staff_does(
        case,
        "read_back",
        staffed,
        person_with(HANDLER, "car-dealer", staffed),
        text="复述无误",
        role={"zh-CN": "客服部"},
        happened_on="2026-03-02",
        happened_at="11:15",
    )
    said = words(f"<main{row(page(log_in(HANDLER), case), '复述无误')}")
    assert "客服部" in said
    assert "顾安" in said
    assert "13:00" in said
    assert "11:15" in said


def test_notes_are_marked_and_taken_back_entries_stay(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """The filer does not see a note; an entry that was taken back says by whom and why."""
    case, person = new_case(staffed), person_with(HANDLER, "car-dealer", staffed)
    clock.forward(minutes=1)
    staff_does(case, "note", staffed, person, text="第三次来电")
    clock.forward(minutes=1)
    staff_does(case, "message", staffed, person, text="写错了的话")
    (wrong,) = (
        act for act in recorded_acts(staffed.store.events(case.reference)) if act.act == "message"
    )
    clock.forward(minutes=1)
    colleague = person_with(COLLEAGUE, "car-dealer", staffed)
    staff_does(case, "corrected", staffed, colleague, text="发错了案件", corrects=wrong.at)
    text = page(log_in(HANDLER), case)
    note, back = row(text, "第三次来电"), row(text, "写错了的话")
    assert "inside" in note.partition(">")[0]
    assert "back" in back.partition(">")[0]
    assert "何宁" in back
    assert "发错了案件" in back
    assert 'class="struck"' in back
    assert "corrects=" not in back


def test_own_entries_can_be_taken_back(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """Who recorded an entry gets a link that takes it back; who did neither record nor register it
    does not.
    """
    case = new_case(staffed)
    clock.forward(minutes=1)
    handler = person_with(HANDLER, "car-dealer", staffed)
    staff_does(case, "told", staffed, handler, tells=("sales-manager", "general-manager"))
    clock.forward(minutes=1)
    staff_does(case, "note", staffed, person_with(LEADER, "car-dealer", staffed), text="看过了")
    assert "corrects=" in row(page(log_in(LEADER), case), "看过了")
    assert "corrects=" not in row(page(log_in(SALES), case), "看过了")


def test_mail_that_came_back_is_in_the_thread(log_in: LogIn, staffed: Ports) -> None:
    """Staff read that the filer got no mail, and are asked to call."""
    from functions.model.case import CaseEvent

    case = new_case(staffed)
    bounced = CaseEvent(at=staffed.now(), type="mail_bounced", detail="acknowledgement:x")
    staffed.store.add_event(case.reference, bounced, (), "bounce")
    said = words(page(log_in(HANDLER), case))
    assert "致电提出人" in said or "Please call the filer" in said


def test_whoever_is_named_gets_nowhere_and_is_named_to_few(log_in: LogIn, staffed: Ports) -> None:
    """Whom the filer names is kept out; only who registers or approves reads the name."""
    case = file_case(
        staffed,
        "accreditation-body",
        {
            "category": "initial",
            "decision": "认可决定 2026-12",
            "decided_on": "2026-02-20",
            "involved": "评审员詹飞先生",
        },
        "appeal",
    )
    office = page(log_in(OFFICE, "accreditation-body"), case)
    assert "评审员詹飞先生" in office
    assert "詹飞" in office.partition('id="away-title"')[2]
    named = log_in(COMMITTEE, "accreditation-body").get(f"/cases/desk/{case.reference}")
    assert named.status_code == 404


def test_names_are_hidden_from_who_neither_registers_nor_approves(
    log_in: LogIn, staffed: Ports
) -> None:
    """A person who is recused is not named to a department that only handles the case."""
    case = file_case(staffed, "car-dealer", {"category": "sales-attitude"})
    person = person_with(HANDLER, "car-dealer", staffed)
    barred = person_with(MECHANIC, "car-dealer", staffed).mark
    staff_does(case, "recused", staffed, person, barred=barred, text="有利害关系")
    assert "穆青" in page(log_in(HANDLER), case)
    sales = page(log_in(SALES), case)
    assert "穆青" not in sales
    assert 'id="away-title"' in sales


def test_filed_before_lists_cases_of_the_same_filer(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """Earlier cases with the same telephone or address are linked, those that may be opened."""
    before = new_case(staffed, phone="13800000000", email="a@example.com")
    hidden = file_case(
        staffed, "car-dealer", {"category": "sales-attitude", "email": "a@example.com"}
    )
    foreign = file_case(staffed, "commercial-bank", {"category": "other", "email": "a@example.com"})
    clock.forward(days=1)
    case = new_case(staffed, phone="138 0000 0000", email="b@example.com")
    third = new_case(staffed, email="a@example.com")
    assert f"/cases/desk/{before.reference}" in page(log_in(HANDLER), case)
    text = page(log_in(COLLEAGUE), third)
    assert before.reference in text
    sales = page(log_in(SALES), hidden)
    assert before.reference not in sales
    assert foreign.reference not in text


def test_looks_are_logged_and_shown_to_who_follows(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """Each opening is logged with person and time, that of a form, too; refused tries are none."""
    case = new_case(staffed)
    page(log_in(HANDLER), case)
    clock.forward(minutes=7)
    page(log_in(COLLEAGUE), case)
    log_in(HANDLER).get(f"/cases/desk/{case.reference}/note")
    log_in(SALES).get(f"/cases/desk/{case.reference}")
    looks = [(look.person, look.what, look.at) for look in staffed.lists.looks(case.reference)]
    assert looks == [
        ("顾安", "case", datetime(2026, 3, 2, 2, 0, tzinfo=UTC)),
        ("何宁", "case", datetime(2026, 3, 2, 2, 7, tzinfo=UTC)),
        ("顾安", "form", datetime(2026, 3, 2, 2, 7, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("place", ["account", "name", "remedy"])
def test_what_a_filer_writes_stays_text(log_in: LogIn, staffed: Ports, place: str) -> None:
    """Markup, templates and formats in any answer are shown as they were typed."""
    case = new_case(staffed, **{place: HOSTILE})
    client = log_in(HANDLER)
    for path in ("", "/print", "/note", "/forwarded"):
        text = client.get(f"/cases/desk/{case.reference}{path}").text
        assert "<img" not in text
        assert "onerror=alert(1)>" not in text
        assert "49" not in words(text).replace(case.reference, "") or "{{7*7}}" in words(text)
    assert "<img src=x onerror=alert(1)>{{7*7}}%(x)s{0}</script>" in words(
        client.get(f"/cases/desk/{case.reference}/print").text
    )


def test_what_staff_write_stays_text(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """So does every word of an entry, in the thread and in print."""
    case, person = new_case(staffed), person_with(HANDLER, "car-dealer", staffed)
    fields = {
        "message": {"text": HOSTILE},
        "decision": {"text": "x", "remedy": HOSTILE, "outcome": "upheld"},
        "measure": {"text": "x", "owner": HOSTILE, "until": "2026-04-01"},
        "referred": {"text": "x", "clause": HOSTILE[:40]},
    }
    for act, details in fields.items():
        clock.forward(minutes=1)
        staff_does(case, act, staffed, person, **details)  # type: ignore[arg-type]
    for path in ("", "/print"):
        text = log_in(HANDLER).get(f"/cases/desk/{case.reference}{path}").text
        assert "<img" not in text
        assert "<script" not in text


def test_words_of_the_filer_are_set_apart(log_in: LogIn, staffed: Ports) -> None:
    """A filer who writes like the desk is still marked as the filer."""
    like_ours = "客服部 登记 10:01 · 顾安\n现在轮到您：办结"
    case = new_case(staffed, account=like_ours)
    filer_adds(case, like_ours, staffed)
    text = page(log_in(HANDLER), case)
    for found in re.finditer("现在轮到您：办结", text):
        before = text[: found.start()]
        assert before.rpartition("<div")[2].startswith(' class="words of-filer"')
    assert text.count("现在轮到您：办结") == 2
    assert "<q>" in text


def test_very_long_answers_are_whole(log_in: LogIn, staffed: Ports) -> None:
    """A name without a space, and an account of 5,000 characters, are shown to their end."""
    case = new_case(staffed, name="长" * 100, account="很" * 3000 + "完")
    said = words(page(log_in(HANDLER), case))
    assert "长" * 100 in said
    assert "很" * 3000 + "完" in said


def test_case_is_over_says_so(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """A closed case offers a note and a correction, and names no next act."""
    case, person = new_case(staffed), person_with(HANDLER, "car-dealer", staffed)
    clock.forward(minutes=1)
    staff_does(case, "decision", staffed, person, text="已经道歉", outcome="upheld")
    clock.forward(minutes=1)
    staff_does(case, "closed", staffed, person)
    text = page(log_in(HANDLER), case)
    turn = text.partition('class="turn')[2].partition("</section>")[0]
    assert turn.startswith(" nobody")
    acts = set(re.findall(rf'href="/cases/desk/{case.reference}/(\w+)"', turn))
    assert acts <= {"note", "corrected", "measure"}
    assert "note" in acts


def test_filer_is_waited_for(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """After a question, the box says that the filer is to answer, and since when."""
    case, person = new_case(staffed), person_with(HANDLER, "car-dealer", staffed)
    clock.forward(minutes=3)
    staff_does(case, "asked", staffed, person, text="哪一天打的电话？")
    turn = page(log_in(HANDLER), case).partition('class="turn')[2].partition("</section>")[0]
    assert turn.startswith(" filer")
    assert "10:03" in turn


def test_bank_staff_open_nothing_of_the_dealer(log_in: LogIn, staffed: Ports) -> None:
    """Another organisation's staff get the same 404 as for a case that does not exist."""
    case = new_case(staffed)
    client = log_in(BANKER, "commercial-bank")
    other = client.get(f"/cases/desk/{case.reference}")
    none = client.get("/cases/desk/CDR-22222-22222")
    assert (other.status_code, none.status_code) == (404, 404)
    assert other.text.replace(case.reference, "") == none.text.replace("CDR-22222-22222", "") or (
        len(other.text) == len(none.text)
    )
    assert case_acts(staffed.store.events(case.reference)) == ()


def test_mention_for_who_keeps_nobody_out(log_in: LogIn, staffed: Ports) -> None:
    """A manager who has the case is warned, too, and told who can keep a person from it."""
    account = {"category": "sales-product", "plate": "京A12345", "account": "穆经理骂我。"}
    case = file_case(staffed, "car-dealer", account)
    said = words(page(log_in(SALES), case))
    warned = "提出人的话里提到了穆青。如果案件涉及此人，请让其回避。"
    assert f"{warned} 登记案件的人员可以办理。" in said
    assert f"{warned} 要求回避" not in said


def test_mention_in_the_account_is_warned_of(log_in: LogIn, staffed: Ports) -> None:
    """Whoever has the case reads whom the account mentions, who does not; nobody is kept out."""
    case = file_case(
        staffed, "car-dealer", {"category": "repair-attitude", "account": "穆青经理对我态度恶劣。"}
    )
    said = page(log_in(HANDLER), case)
    assert "提出人的话里提到了穆青。如果案件涉及此人，请让其回避。" in words(said)
    assert f'href="/cases/desk/{case.reference}/recused"' in said
    handler = person_with(HANDLER, "car-dealer", staffed)
    form = log_in(HANDLER).get(f"/cases/desk/{case.reference}/forwarded").text
    assert 'value="business-manager"' in form
    assert not re.search(r'value="business-manager"[^>]* checked', form)
    assert "提出人的话里提到了" not in words(page(log_in(MECHANIC), case))
    barred = person_with(MECHANIC, "car-dealer", staffed).mark
    staff_does(case, "recused", staffed, handler, barred=barred)
    assert "提出人的话里提到了" not in words(page(log_in(HANDLER), case))

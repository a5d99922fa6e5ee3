"""What staff record: each form asks what its act needs, and a POST is one act, however often."""

import re
from html import unescape
from typing import Any, get_args
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct, case_acts, recorded_acts
from functions.model.contract.terms import StaffAct
from functions.model.errors import StoreUncertain
from functions.views.desk.case.act_questions import ACT_QUESTIONS
from functions.views.desk.case.act_words import BUTTON, DONE
from tests.conftest import SITE_URL, StoppedClock
from tests.functions.web.desk.conftest import LogIn
from tests.functions.web.desk.test_case_page import HOSTILE, new_case, page, words
from tests.helpers.desk.desk_cases import file_case, staff_does
from tests.helpers.desk.staff_directory import (
    COLLEAGUE,
    HANDLER,
    LEADER,
    MECHANIC,
    SALES,
    person_with,
)
from tests.helpers.sample_files import PDF


def form(client: TestClient, case: Case, act: str, query: str = "") -> str:
    """The form of an act."""
    answer = client.get(f"/cases/desk/{case.reference}/{act}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def filled(text: str) -> dict[str, str]:
    """What a browser would send of a form that nobody has touched."""
    body = text.partition('<form method="post" action="/cases/desk/')[2]
    body = body[body.index(">") :].partition("</form>")[0]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        kind = re.search(r'type="(\w+)"', tag)
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        boxes = kind is not None and kind[1] in ("radio", "checkbox")
        if name and (kind is None or kind[1] != "file") and (not boxes or " checked" in tag):
            fields[name[1]] = value[1] if value else ""
    for name, value in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.S
    ):
        fields[name] = value
    return fields


def send(client: TestClient, case: Case, act: str, status: int = 303, **fields: str) -> str:
    """Sends the form of an act with these answers; where it leads, or the page of a refusal."""
    sent = filled(form(client, case, act)) | fields
    answer = client.post(f"/cases/desk/{case.reference}/{act}", data=sent)
    assert answer.status_code == status, words(answer.text)
    return answer.headers["location"] if status == 303 else answer.text


def last(ports: Ports, case: Case) -> CaseAct:
    """The act that was recorded last."""
    return recorded_acts(ports.store.events(case.reference))[-1]


def test_every_act_has_a_form_and_words() -> None:
    """No act of staff lacks its questions, its button or its name in the thread."""
    acts = set(get_args(StaffAct))
    assert acts == set(ACT_QUESTIONS)
    assert acts == set(BUTTON)
    assert acts <= set(DONE)


def test_offered_acts_open_and_others_do_not(log_in: LogIn, staffed: Ports) -> None:
    """Each button of the case leads to a form; what is not offered is 404, like what never is.

    An entry is taken back from where it stands, so that the form knows which one.
    """
    case, client = new_case(staffed), log_in(HANDLER)
    send(client, case, "note", text="第三次来电")
    text = page(client, case)
    offered = set(re.findall(rf'href="/cases/desk/{case.reference}/(\w+)"', text))
    assert {"registered", "forwarded", "note", "asked"} <= offered
    for act in get_args(StaffAct):
        answer = client.get(f"/cases/desk/{case.reference}/{act}")
        assert answer.status_code == (200 if act in offered else 404), act
    assert client.get(f"/cases/desk/{case.reference}/nonsense").status_code == 404


def test_note_is_recorded_with_who_wrote_it(log_in: LogIn, staffed: Ports) -> None:
    """POST answers 303 to the case, which says so; the entry has person and role, and is inside."""
    case, client = new_case(staffed), log_in(HANDLER)
    where = send(client, case, "note", text="第三次来电")
    assert where == f"/cases/desk/{case.reference}?did=recorded"
    shown = client.get(where)
    assert 'role="status"' in shown.text
    act = last(staffed, case)
    assert (act.act, act.entry.text, act.entry.person) == ("note", "第三次来电", "顾安")
    assert act.is_inside


def test_repeated_post_is_one_act(log_in: LogIn, staffed: Ports) -> None:
    """A form that is sent twice counts once, also from the other browser of the same person."""
    case, client = new_case(staffed), log_in(HANDLER)
    sent = filled(form(client, case, "message")) | {"text": "我们会尽快回复。"}
    path = f"/cases/desk/{case.reference}/message"
    first, second = (client.post(path, data=sent) for _ in range(2))
    third = log_in(HANDLER).post(path, data=sent)
    led = [answer.headers["location"].partition("did=")[2] for answer in (first, second, third)]
    assert led == ["recorded", "repeated", "repeated"]
    assert len(case_acts(staffed.store.events(case.reference))) == 1
    again = send(client, case, "message", text="我们会尽快回复。")
    assert again.endswith("did=recorded")
    assert len(case_acts(staffed.store.events(case.reference))) == 2


def test_refused_form_gives_every_word_back(log_in: LogIn, staffed: Ports) -> None:
    """422 with the remedy beside the field, in the summary, and everything that was sent."""
    case, client = new_case(staffed), log_in(HANDLER)
    text = send(
        client,
        case,
        "registered",
        422,
        text=HOSTILE,
        happened_on="2026-02-01",
        happened_at="25:00",
    )
    assert 'id="problems"' in text
    assert '<a href="#happened_on">' in text
    assert 'id="happened_on-problem"' in text
    assert 'value="2026-02-01"' in text
    assert "<img" not in text
    assert "<img src=x onerror=alert(1)>{{7*7}}%(x)s{0}</script>" in words(text)
    assert re.search(r'<details class="field more" id="when" open>', text)
    assert recorded_acts(staffed.store.events(case.reference)) == ()


def test_form_is_an_opening(log_in: LogIn, staffed: Ports) -> None:
    """It shows what was said in the case; so does one that is given back, but not a redirect."""
    case, client = new_case(staffed), log_in(HANDLER)
    text = form(client, case, "note")
    assert [look.what for look in staffed.lists.looks(case.reference)] == ["form"]
    path = f"/cases/desk/{case.reference}/note"
    assert client.post(path, data=filled(text) | {"text": ""}).status_code == 422
    assert client.post(path, data=filled(text) | {"text": "内部的话"}).status_code == 303
    assert client.get(f"/cases/desk/{case.reference}/nonsense").status_code == 404
    looks = [(look.person, look.what) for look in staffed.lists.looks(case.reference)]
    assert looks == [("顾安", "form"), ("顾安", "form")]


def test_empty_text_is_refused_where_the_act_says_nothing_without(
    log_in: LogIn, staffed: Ports
) -> None:
    """A note or a question needs words; a registration does not."""
    case, client = new_case(staffed), log_in(HANDLER)
    for act in ("note", "asked", "message"):
        assert 'id="text-problem"' in send(client, case, act, 422)
    send(client, case, "registered")
    assert last(staffed, case).act == "registered"


def test_handing_on_is_prefilled_by_the_procedure(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """The role that handles such a complaint is chosen, the limits that it keeps are ticked."""
    case = file_case(staffed, "car-dealer", {"category": "sales-attitude"})
    client = log_in(HANDLER)
    clock.forward(minutes=2)
    send(client, case, "registered")
    clock.forward(minutes=3)
    fields = filled(form(client, case, "forwarded"))
    assert fields["to"] == "sales-manager"
    assert fields["keeps.assign"] == "yes"
    send(client, case, "forwarded")
    act = last(staffed, case)
    assert (act.entry.to_role, act.entry.keeps) == ("sales-manager", ("assign",))
    assert "30分钟" in words(page(client, case))


def test_handing_on_to_a_person_who_is_kept_out_is_not_offered(
    log_in: LogIn, staffed: Ports
) -> None:
    """Whoever is recused is no choice, and a form that names them all the same is refused."""
    case, client = new_case(staffed), log_in(HANDLER)
    mechanic = person_with(MECHANIC, "car-dealer", staffed)
    send(client, case, "recused", barred=mechanic.mark, text="与客户有亲属关系")
    text = form(client, case, "forwarded")
    assert mechanic.mark not in text
    assert person_with(COLLEAGUE, "car-dealer", staffed).mark in text
    send(client, case, "forwarded", 422, to=f"person.{mechanic.mark}")
    assert 'value="business-manager"' not in text
    refused = send(client, case, "forwarded", 422, to="business-manager")
    assert '<a href="#to">这个岗位没有可以承办本案的人员' in refused
    assert "请改正以下内容" in refused


def test_handing_on_to_a_person_whose_access_was_revoked_is_not_offered(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """The form lists who can get in now, and a form that names others is refused."""
    case, client = new_case(staffed), log_in(HANDLER)
    seller = person_with(SALES, "car-dealer", staffed)
    assert seller.mark in form(client, case, "forwarded")
    staffed.lists.revoke("car-dealer", seller.mark, clock())
    assert seller.mark not in form(client, case, "forwarded")
    send(client, case, "forwarded", 422, to=f"person.{seller.mark}")


def test_who_recuses_themselves_is_out(log_in: LogIn, staffed: Ports) -> None:
    """After it, the case does not open for them any more, and they are led to their list."""
    case, client = new_case(staffed), log_in(HANDLER)
    where = send(client, case, "recused", text="投诉的是我")
    assert where == "/cases/desk?did=recorded"
    assert 'role="status">' in client.get(where).text
    assert client.get(f"/cases/desk/{case.reference}").status_code == 404


def test_entry_is_taken_back_with_a_reason(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """The form shows the entry; without a reason it stays; afterwards it counts for nothing."""
    case, client = new_case(staffed), log_in(HANDLER)
    send(client, case, "registered")
    at = last(staffed, case).at
    clock.forward(minutes=1)
    query = f"?corrects={quote(at.isoformat())}"
    text = form(client, case, "corrected", query)
    fields = filled(text)
    assert fields["corrects"] == at.isoformat()
    path = f"/cases/desk/{case.reference}/corrected"
    assert client.post(path, data=fields).status_code == 422
    assert client.post(path, data=fields | {"text": "登记错了案件"}).status_code == 303
    standing = case_acts(staffed.store.events(case.reference))
    assert [act.act for act in standing] == ["corrected"]
    assert "登记错了案件" in page(client, case)


def test_only_entries_of_ones_own_can_be_taken_back(log_in: LogIn, staffed: Ports) -> None:
    """The form of another's entry, of none, and of the filing itself is 404."""
    case = new_case(staffed)
    person = person_with(HANDLER, "car-dealer", staffed)
    staff_does(case, "told", staffed, person, tells=("general-manager",))
    at = last(staffed, case).at
    for corrects in (at.isoformat(), "", "2026-03-02", case.received_at.isoformat()):
        path = f"/cases/desk/{case.reference}/corrected?corrects={quote(corrects)}"
        assert log_in(LEADER).get(path).status_code == 404


@pytest.mark.parametrize("act", ["message", "decision", "closed", "recused", "corrected"])
def test_nobody_else_records_anything(
    log_in: LogIn, staffed: Ports, stranger: TestClient, act: str
) -> None:
    """A POST by staff who may not open the case, and by a stranger, changes nothing."""
    case = new_case(staffed)
    fields = {"text": "不应当出现", "outcome": "upheld", "once": "x"}
    path = f"/cases/desk/{case.reference}/{act}"
    assert log_in(SALES).post(path, data=fields).status_code == 404
    refused = stranger.post(path, data=fields)
    assert (refused.status_code, "不应当出现" in refused.text) == (401, True)
    assert recorded_acts(staffed.store.events(case.reference)) == ()


def test_act_of_another_site_is_refused(log_in: LogIn, staffed: Ports) -> None:
    """A form that another origin has sent records nothing."""
    case, client = new_case(staffed), log_in(HANDLER)
    sent = filled(form(client, case, "note")) | {"text": "伪造"}
    path = f"/cases/desk/{case.reference}/note"
    assert (
        client.post(path, data=sent, headers={"origin": "https://evil.example.com"}).status_code
        == 400
    )
    assert recorded_acts(staffed.store.events(case.reference)) == ()
    assert client.post(path, data=sent, headers={"origin": SITE_URL}).status_code == 303


def test_act_that_is_not_offered_any_more_keeps_the_words(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """Who wrote while somebody else closed the case reads why, and has their words."""
    case, client = new_case(staffed), log_in(HANDLER)
    sent = filled(form(client, case, "message")) | {"text": "写了很久的一段话"}
    clock.forward(minutes=1)
    staff_does(case, "closed", staffed, person_with(COLLEAGUE, "car-dealer", staffed))
    answer = client.post(f"/cases/desk/{case.reference}/message", data=sent)
    assert answer.status_code == 422
    assert "写了很久的一段话" in answer.text
    assert 'href="#act"' in answer.text


@pytest.mark.parametrize("length", [5_001, 30_000, 100_000])
def test_text_that_is_too_long_is_given_back_once(
    log_in: LogIn, staffed: Ports, length: int
) -> None:
    """The form says how much it takes; a longer text comes back: in the form, or by itself."""
    case, client = new_case(staffed), log_in(HANDLER)
    shown = form(client, case, "note")
    assert "最多5000个字。" in words(shown)
    sent = filled(shown) | {"text": "长" * length}
    answer = client.post(f"/cases/desk/{case.reference}/note", data=sent)
    assert answer.status_code == (422 if length <= 20_000 else 413)
    assert answer.text.count("长" * length) == 1
    assert recorded_acts(staffed.store.events(case.reference)) == ()


def test_files_go_with_an_act(log_in: LogIn, staffed: Ports) -> None:
    """What staff send is evidence of the case; what is refused leaves the words and the others."""
    case, client = new_case(staffed), log_in(HANDLER)
    sent = filled(form(client, case, "message")) | {"text": "请见附件。"}
    path = f"/cases/desk/{case.reference}/message"
    refused = client.post(path, data=sent, files=[("files", ("a.html", b"<html><script>"))])
    assert (refused.status_code, '<a href="#files">' in refused.text) == (422, True)
    assert '<p class="hint">最多 5 个文件，合计不超过 4 MB。</p>' in refused.text
    assert 'accept=".jpg,.jpeg,' in refused.text
    assert "请见附件。" in refused.text
    files = [("files", ("答复.pdf", PDF))]
    words_missing = client.post(path, data=sent | {"text": ""}, files=files)
    assert words_missing.status_code == 422
    again = filled(words_missing.text) | {"text": "请见附件。"}
    assert client.post(path, data=again).status_code == 303
    (file,) = last(staffed, case).entry.files
    assert file.name == "答复.pdf"
    assert client.get(f"/cases/desk/{case.reference}/files/{file.id}").content == PDF
    assert f"/files/{file.id}" in page(client, case)


def test_measure_is_said_to_be_carried_out(log_in: LogIn, staffed: Ports) -> None:
    """The form offers a measure that is open, with its owner and day, until it was done."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    client = log_in(HANDLER)
    assert 'name="carried_out"' not in form(client, case, "measure")
    send(client, case, "measure", text="重新培训", owner="销售部", until="2026-04-30")
    shown = form(client, case, "measure")
    assert "销售部·2026年4月30日" in "".join(shown.split())
    (value,) = re.findall(r'name="carried_out" value="([^"]+)"', shown)
    send(client, case, "measure", text="培训过了", carried_out=value)
    assert last(staffed, case).entry.owner == "销售部"
    assert 'name="carried_out"' not in form(client, case, "measure")
    entry = words(page(client, case)).rpartition("注明措施已落实")[2]
    assert "培训过了 整改措施 重新培训 负责人 销售部" in entry
    log = client.get(f"/cases/desk/{case.reference}/print").text.partition('id="log-title"')[2]
    assert "注明措施已落实" in log


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-03-01", "这一天已经过去。请填写今天或者以后的日期，例如 2026-04-01。"),
        ("三月底", "请填写最迟完成的日期，例如 2026-04-01。"),
    ],
)
def test_measure_is_due_from_today_on(log_in: LogIn, staffed: Ports, until: str, said: str) -> None:
    """On 2 March, a day before and what is no day are refused, each in its own words."""
    case, client = new_case(staffed), log_in(HANDLER)
    refused = send(client, case, "measure", 422, text="重新培训", owner="销售部", until=until)
    assert f'<a href="#until">{said}</a>' in refused
    send(client, case, "measure", text="重新培训", owner="销售部", until="2026-03-02")


def test_measure_is_carried_out_after_the_case_is_closed(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """A closed case takes no new measure, and says of each open one that it was carried out."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    client, path = log_in(HANDLER), f"/cases/desk/{case.reference}/measure"
    for text in ("重新培训", "更换设备"):
        send(client, case, "measure", text=text, owner="销售部", until="2026-04-30")
        clock.forward(minutes=1)
    staff_does(case, "closed", staffed)
    clock.forward(minutes=1)
    shown = form(client, case, "measure")
    assert 'name="owner"' not in shown
    assert f'href="{path}">提出措施或注明已落实' in page(client, case)
    new = {"text": "又一项", "owner": "销售部", "until": "2026-04-30"}
    refused = client.post(path, data=filled(shown) | new)
    assert refused.status_code == 422
    assert '<a href="#carried_out">请选择已经落实的措施。</a>' in refused.text
    first, second = re.findall(r'name="carried_out" value="([^"]+)"', shown)
    send(client, case, "measure", text="换好了", carried_out=second)
    assert "换好了 整改措施 更换设备" in words(page(client, case))
    assert re.findall(r'name="carried_out" value="([^"]+)"', form(client, case, "measure")) == [
        first
    ]
    send(client, case, "measure", text="培训过了", carried_out=first)
    assert client.get(path).status_code == 404


def test_ready_reply_begins_the_text(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """A reply is filled in below what was written; nothing is recorded, and all else stays."""
    case, client = new_case(staffed), log_in(HANDLER)
    address = f"/cases/desk/{case.reference}/message"
    sent = filled(form(client, case, "message"))
    begun = client.post(
        address, data=sent | {"text": "您好！", "insert": "yes", "reply": "apology"}
    )
    assert begun.status_code == 200
    text = unescape(filled(begun.text)["text"])
    assert text.startswith("您好！\n\n您好！您在 ")
    assert f"（编号 {case.reference}）" in text
    assert "{" not in text
    assert filled(begun.text)["once"] == sent["once"]
    assert not recorded_acts(staffed.store.events(case.reference))

    again = client.post(address, data=sent | {"text": text, "insert": "yes", "reply": "no-such"})
    assert unescape(filled(again.text)["text"]) == text
    recorded = client.post(address, data=filled(again.text) | {"text": text})
    assert recorded.status_code == 303
    assert last(staffed, case).entry.text == text


def test_ready_reply_keeps_files_and_ticks(log_in: LogIn, staffed: Ports) -> None:
    """A file that was chosen before the reply goes with the act, and a choice stays made."""
    case, client = new_case(staffed), log_in(HANDLER)
    address = f"/cases/desk/{case.reference}/decision"
    fields = {"once": "1" * 32, "outcome": "upheld", "insert": "yes", "reply": "apology"}
    begun = client.post(address, data=fields, files={"files": ("a.pdf", PDF, "application/pdf")})
    assert re.search(r'value="upheld" checked', begun.text)
    assert re.search(r'name="upload" value="[^"]+" checked><span>a\.pdf', begun.text)


def test_replies_are_offered_where_the_filer_reads(log_in: LogIn, staffed: Ports) -> None:
    """A note inside and a hand-over have none; neither has an organisation without replies."""
    case, client = new_case(staffed), log_in(HANDLER)
    assert 'name="reply"' in form(client, case, "message")
    for act in ("note", "forwarded"):
        assert 'name="reply"' not in form(client, case, act)


def test_act_whose_reply_was_lost_is_not_said_to_be_lost(
    log_in: LogIn, staffed: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the store gave no answer, the page says that the act may be recorded; again is once."""
    case, client = new_case(staffed), log_in(HANDLER)
    sent = filled(form(client, case, "message")) | {"text": "请稍候。"}
    address = f"/cases/desk/{case.reference}/message"
    record = type(staffed.store).add_event

    def lost(*given: Any, **named: Any) -> None:
        record(*given, **named)
        raise StoreUncertain("no reply")

    with monkeypatch.context() as broken:
        broken.setattr(type(staffed.store), "add_event", lost)
        answer = client.post(address, data=sent)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert "可能已经收到" in answer.text
    for _ in range(2):
        assert client.post(address, data=sent).status_code == 303
    assert len(recorded_acts(staffed.store.events(case.reference))) == 1

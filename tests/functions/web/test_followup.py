"""A case that goes on over HTTP: the filer with reference and code, staff by their link."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.acts import LONGEST_TEXT, MOST_WORDS
from functions.model.case_log import ActDetails, case_acts
from functions.web.app import create_app
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.mailbox_staff import with_mailbox_staff
from tests.helpers.filings import APPEAL, COMPLAINT, GRIEVANCE
from tests.helpers.log_leaks import HEARD
from tests.releases.whole_pages import put, whole_contract

STATUS = "/cases/status"


class Desk:
    """A case, with what filer and staff hold of it."""

    def __init__(self, client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
        self.client, self.ports, self.mailbox = client, ports, mailbox
        self.pair: dict[str, str] = {}

    def file(self, path: str = "factory-staff/grievance", **answers: str) -> None:
        """Files, and sends the mails."""
        filing = {"factory-staff/grievance": GRIEVANCE, "accreditation-body/appeal": APPEAL}
        filed = self.client.post(f"/cases/{path}", json=filing.get(path, COMPLAINT) | answers)
        assert filed.status_code == 201, filed.text
        self.pair = {name: filed.json()[name] for name in ("reference", "access_code")}
        drain(self.ports)

    def mails(self, recipient: str) -> list[str]:
        """The mails to somebody, subject and body."""
        drain(self.ports)
        found = []
        for message in self.mailbox.messages:
            if message["To"] == recipient:
                body = message.get_body(("plain",))
                assert body is not None
                found.append(f"{message['Subject']}\n{body.get_content()}")
        return found

    @property
    def link(self) -> str:
        """The staff link of the last mail that has one."""
        drain(self.ports)
        for message in reversed(self.mailbox.messages):
            body = message.get_body(("plain",))
            assert body is not None
            if found := re.search(r"/cases/handle\?token=\S+", body.get_content()):
                return found[0]
        raise AssertionError("no mail has a staff link")

    def handle(
        self,
        act: str,
        text: str = "",
        status: int = 200,
        happened_on: str = "",
        keeps: tuple[str, ...] = (),
        **stated: str,
    ) -> str:
        """What staff record; the page that comes back."""
        sent = {"handling": self.link.partition("=")[2], "act": act, "text": text}
        sent |= {"happened_on": happened_on} | stated | {f"keeps.{limit}": "yes" for limit in keeps}
        answer = self.client.post("/cases/handle", data=sent)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def look_up(self, **fields: str) -> str:
        """The status page."""
        answer = self.client.post(STATUS, data=self.pair | fields)
        assert answer.status_code == 200
        return unescape(answer.text)

    def session(self) -> str:
        """The token that the forms of the status page carry."""
        found = re.search(r'name="session" value="([^"]+)"', self.look_up())
        assert found
        return found[1]

    def act(self, path: str, status: int = 200, **fields: str) -> str:
        """What the filer does on the status page; the page that comes back."""
        sent = {"session": self.session()} | fields
        answer = self.client.post(f"{STATUS}/{path}", data=sent)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def state(self) -> str:
        """The state that a program is told."""
        found: str = self.client.post(STATUS, json=self.pair).json()["state"]
        return found

    def acts(self) -> list[str]:
        """What is on the case."""
        return [one.act for one in case_acts(self.ports.store.events(self.pair["reference"]))]


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """Members of staff read the mailboxes, each their own."""
    return with_mailbox_staff(ports)


@pytest.fixture
def desk(client: TestClient, ports: Ports, mailbox: Mailbox) -> Desk:
    """A grievance that was just filed."""
    made = Desk(client, ports, mailbox)
    made.file()
    return made


def test_both_sides_read_each_other(desk: Desk, clock: StoppedClock) -> None:
    """The filer adds, staff answer by their link, and each reads the other's words."""
    page = desk.act("information", text="照片在人事部。\n<b>第二行</b>")
    assert "照片在人事部。\n<b>第二行</b>" in page
    assert "您的话已经补充到案件" in page
    assert "照片在人事部。" in unescape(desk.client.get(desk.link).text)
    clock.forward(hours=1)
    assert "已经记录" in desk.handle("message", "已收到照片，下周答复。")
    page = desk.look_up()
    assert page.index("照片在人事部") < page.index("已收到照片")
    found = desk.client.post(STATUS, json=desk.pair).json()["messages"]
    assert [(one["type"], one["by"], one["text"][:4]) for one in found] == [
        ("information", "filer", "照片在人"),
        ("message", "organisation", "已收到照"),
    ]


def test_mails_say_that_there_is_news_and_no_more(desk: Desk) -> None:
    """Neither side's words are in any mail; staff get a link, the filer none."""
    desk.act("information", text="照片在人事部")
    desk.handle("message", "下周答复")
    to_filer, to_staff = (
        desk.mails(GRIEVANCE["email"])[-1],
        desk.mails("hr@factory.example.com")[-1],
    )
    for mail in (to_filer, to_staff):
        assert desk.pair["reference"] in mail.splitlines()[0]
        for words in ("照片在人事部", "下周答复", GRIEVANCE["name"], GRIEVANCE["account"]):
            assert words not in mail
    assert "您的案件有新的内容" in to_filer
    assert "https://ombud.example.com/track/" in to_filer
    assert "token=" not in to_filer
    assert desk.pair["access_code"] not in to_filer
    assert "提出人补充了内容" in to_staff


def test_no_mail_where_no_address_was_given(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Who gave a telephone number only is told nothing by mail, and reads it all the same."""
    desk = Desk(client, ports, mailbox)
    desk.file("securities-brokerage/complaint")
    desk.handle("forwarded", to="supervisor")
    assert desk.mails("operations@brokerage.example.com")
    sent = len(mailbox.messages)
    desk.handle("decision", "已经改进排队")
    drain(ports)
    assert len(mailbox.messages) == sent
    assert "已经改进排队" in desk.look_up()


def test_one_update_an_hour_and_none_lost(desk: Desk, clock: StoppedClock) -> None:
    """What follows within the hour is told when the next begins, once, and not forgotten."""

    def told() -> int:
        return sum("新的内容" in mail for mail in desk.mails(GRIEVANCE["email"]))

    clock.forward(minutes=5)
    desk.handle("acknowledged")
    assert told() == 1
    for number in range(3):
        clock.forward(minutes=10)
        desk.handle("message", f"第 {number} 条")
    assert told() == 1
    clock.forward(minutes=25)
    assert told() == 2


def test_what_starts_a_time_is_told_at_once(desk: Desk, clock: StoppedClock) -> None:
    """A question and an answer have a mail each, at once, whose subject says what it is."""
    reference = desk.pair["reference"]

    def told() -> list[str]:
        mails = desk.mails(GRIEVANCE["email"])
        return [mail.splitlines()[0] for mail in mails][1:]

    desk.handle("acknowledged")
    assert told() == [f"示例工厂：您的案件有新内容 {reference}"]
    clock.forward(seconds=6)
    desk.handle("asked", "哪一天？")
    clock.forward(seconds=6)
    desk.handle("message", "另外，照片收到了")
    clock.forward(seconds=6)
    desk.handle("decision", "维持排班")
    assert told()[1:] == [
        f"示例工厂：有问题请您回答 {reference}",
        f"示例工厂：已作出答复 {reference}",
    ]
    question = desk.mails(GRIEVANCE["email"])[2]
    assert "该单位有问题请您回答，正等您的答复。" in question
    assert "哪一天" not in question
    clock.forward(hours=1)
    assert told()[3:] == [f"示例工厂：您的案件有新内容 {reference}"]


def test_second_click_is_one_entry(desk: Desk) -> None:
    """Reload and double click add nothing, on either side, and owe no second mail."""
    for _ in range(2):
        desk.act("information", text="照片在人事部")
        desk.handle("message", "下周答复")
    assert desk.acts() == ["information", "message"]
    assert len(desk.mails("hr@factory.example.com")) == 2


def test_overdue_is_said_with_where_to_go(desk: Desk, clock: StoppedClock) -> None:
    """A limit that passed without a record is overdue in words, with the reviews at hand."""
    page = desk.look_up()
    assert '<p class="notice warn" hidden>' in page
    assert '<li class="overdue">' not in page
    desk.handle("forwarded", to="supervisor")
    clock.forward(days=9)
    page = desk.look_up()
    row = page[page.index('<li class="overdue">') :].partition("</li>")[0]
    assert "应在2026年3月9日（星期一）24:00前（北京时间，UTC+8）完成，已经逾期" in row
    assert "clause-4.1" in row
    assert '<a href="#reviews">您不必再等，可以找：申诉处理部门再次处理、总经理</a>' in row
    assert '<section id="reviews"' in page
    assert '<p class="notice warn"><strong>该单位处理您的案件已经逾期。' in page
    found = desk.client.post(STATUS, json=desk.pair).json()
    assert found["milestones"][0]["overdue"] is True
    assert found["milestones"][0]["days_late"] == 2
    assert [one["open"] for one in found["reviews"]] == [True, False]
    desk.handle("decision", "维持排班", happened_on="2026-03-09", keeps=("answer",))
    found = desk.client.post(STATUS, json=desk.pair).json()["milestones"]
    assert (found[0]["overdue"], found[0]["done"]) == (False, "2026-03-09")


def test_review_is_asked_for_when_it_opens(desk: Desk, clock: StoppedClock) -> None:
    """Not before the answer; then once, and staff are told."""
    assert "目前不能提出这项复核" in desk.act("review", 422, review="0", text="不满意")
    clock.forward(hours=2)
    desk.handle("decision", "维持排班")
    page = desk.look_up()
    assert page.count("现在可以提出") - page.count('<div class="act" hidden>') == 1
    assert "提出复核，该单位会收到通知。我们会发邮件向您确认。" in desk.act(
        "review", review="0", text="理由没有回应"
    )
    assert desk.state() == "review"
    assert "state" not in desk.mails("hr@factory.example.com")[-1]
    assert "已提出复核" in desk.mails("hr@factory.example.com")[-1]
    assert "理由没有回应" in unescape(desk.client.get(desk.link).text)
    desk.act("review", 422, review="0", text="再次")
    assert desk.acts() == ["decision", "review_requested"]


def test_late_request_is_taken_and_flagged(desk: Desk, clock: StoppedClock) -> None:
    """After its last day a review can still be asked for; everybody is told that it is late."""
    desk.handle("decision", "维持排班")
    desk.act("review", review="0")
    desk.handle("decision", "再次维持")
    assert (
        "提出期限：2026年3月12日（星期四）24:00前（北京时间，UTC+8）（第4.4条）" in desk.look_up()
    )
    clock.forward(days=30)
    assert "提出期限已过：2026年3月12日" in desk.look_up()
    desk.act("review", review="1", text="出差在外")
    assert "提出时期限已过；是否算数由工作人员判断" in desk.look_up()
    assert "提出时期限已过" in unescape(desk.client.get(desk.link).text)
    last = case_acts(desk.ports.store.events(desk.pair["reference"]))[-1]
    assert last.entry.calendar is not None
    details = last.entry.model_copy(update={"calendar": None})
    assert details == ActDetails(text="出差在外", review=1, late=True)


def test_withdrawing_takes_two_steps(desk: Desk) -> None:
    """Without the tick nothing is withdrawn and every word is kept; with it, once for all."""
    page = desk.act("withdraw", 422, text="已经解决")
    assert "请勾选确认" in page
    assert re.search(
        r'<details class="act" id="withdraw" open>.*>已经解决</textarea>', page, re.DOTALL
    )
    assert desk.acts() == []
    assert "撤回，该单位会收到通知。我们会发邮件向您确认。" in desk.act(
        "withdraw", text="已经解决", confirm="yes"
    )
    desk.act("withdraw", confirm="yes")
    assert desk.acts() == ["withdrawn"]
    assert desk.state() == "withdrawn"
    assert "状态：已撤回" in desk.mails("hr@factory.example.com")[-1]
    assert '<details class="act" id="withdraw" hidden>' in desk.look_up()
    desk.act("information", text="谢谢")
    assert desk.acts() == ["withdrawn", "information"]


@pytest.mark.parametrize(
    ("text", "said"), [(" \n ", "请先写下内容"), ("长" * 5001, "最多可写 5000 个字")]
)
def test_words_that_cannot_be_taken_come_back(desk: Desk, text: str, said: str) -> None:
    """Nothing and too much are refused on the same page, with every word."""
    page = desk.act("information", 422, text=text)
    assert said in page
    assert '<a href="#information-text">' in page
    assert f'aria-describedby="information-text-problem">{text}</textarea>' in page
    assert page.index("有误：") < page.index("</title>")
    assert desk.acts() == []


@pytest.mark.parametrize("nothing", ["\u2800", "\u3164\u200b", "\ufeff"])
def test_words_that_nobody_can_see_are_none(desk: Desk, nothing: str) -> None:
    """Neither the filer nor staff can record nothing with characters that show nothing."""
    assert "请先写下内容" in desk.act("information", 422, text=nothing)
    assert "请先写下内容" in desk.handle("message", nothing, 422)
    assert desk.acts() == []


def test_flood_is_held_off(desk: Desk, clock: StoppedClock) -> None:
    """Twenty entries in 24 hours, and the next one the day after."""
    token = desk.session()
    for number in range(20):
        sent = {"session": token, "text": f"第 {number} 条"}
        assert desk.client.post(f"{STATUS}/information", data=sent).status_code == 200
    assert "24 小时内已有 20 条记录" in desk.act("information", 422, text="又一条")
    clock.forward(hours=24)
    desk.act("information", text="又一条")


def test_page_that_stood_open_keeps_every_word(desk: Desk, clock: StoppedClock) -> None:
    """After an hour reference and code are asked for, and the words are sent along."""
    token = desk.session()
    clock.forward(hours=1, seconds=1)
    for session in (token, "forged"):
        sent = {"session": session, "text": '三行\n"引号"', "language": "zh-CN"}
        answer = desk.client.post(f"{STATUS}/information", data=sent)
        assert answer.status_code == 410
        assert "您写的内容没有丢失" in answer.text
        assert 'action="/cases/status/information"' in answer.text
        kept = re.findall(r'name="text" value="([^"]+)"', answer.text)
        assert [unescape(words) for words in kept] == [sent["text"]]
    again = desk.client.post(f"{STATUS}/information", data=desk.pair | {"text": sent["text"]})
    assert again.status_code == 200
    assert desk.acts() == ["information"]


def test_program_acts_with_reference_and_code(desk: Desk) -> None:
    """JSON in, JSON out; a wrong code opens nothing, a problem names its field."""
    path = f"{STATUS}/information"
    answer = desk.client.post(path, json=desk.pair | {"text": "补充", "language": "en"})
    assert answer.status_code == 200
    assert [one["text"] for one in answer.json()["messages"]] == ["补充"]
    wrong = desk.client.post(path, json=desk.pair | {"access_code": "2" * 13, "text": "x"})
    assert wrong.status_code == 404
    empty = desk.client.post(path, json=desk.pair | {"language": "en"})
    assert empty.status_code == 422
    assert empty.json()["errors"] == [
        {"field": "text", "code": "words", "detail": "Please write something first."}
    ]
    assert desk.acts() == ["information"]


def test_sixty_entries_at_once_are_twenty(desk: Desk) -> None:
    """However fast a script is, a party adds twenty entries a day; all others are told so."""
    pair = desk.pair | {"language": "en"}

    def add(number: int) -> int:
        sent = pair | {"text": f"entry {number}"}
        return desk.client.post(f"{STATUS}/information", json=sent).status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(add, range(60)))
    assert (statuses.count(200), statuses.count(422)) == (20, 40)
    assert desk.acts() == ["information"] * 20
    answer = desk.client.post(f"{STATUS}/information", json=pair | {"text": "one more"})
    assert [one["code"] for one in answer.json()["errors"]] == ["too_many"]
    page = desk.act("information", 422, text="又一条")
    assert "24 小时内已有 20 条记录" in page
    assert ">又一条</textarea>" in page


def test_limit_keeps_nobody_from_a_review_or_a_withdrawal(desk: Desk, clock: StoppedClock) -> None:
    """What comes once and may have a last day is taken after any number of entries."""
    for number in range(21):
        status = 200 if number < 20 else 422
        desk.act("information", status, text=f"第 {number} 条")
    clock.forward(hours=1)
    desk.handle("decision", "维持排班")
    desk.act("review", review="0", text="理由没有回应")
    desk.act("withdraw", text="已经解决", confirm="yes")
    assert desk.acts()[-3:] == ["decision", "review_requested", "withdrawn"]
    assert desk.state() == "withdrawn"
    clock.forward(days=1)
    assert "补充" in desk.act("information", text="次日又可以补充")


def test_case_stays_small_enough_to_be_shown(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it goes on, the page of a case does not outgrow what Lambda may answer."""
    assert 2 * MOST_WORDS * len("&quot;") < 6_000_000
    monkeypatch.setattr("functions.cases.filer_acts.MOST_WORDS", 3 * LONGEST_TEXT)
    for number in range(3):
        desk.act("information", text=f"{number}" + "字" * (LONGEST_TEXT - 1))
        desk.handle("message", f"{number}" + "字" * (LONGEST_TEXT - 1))
    assert "请改用电话或者信函" in desk.act("information", 422, text="再来一条")
    assert "请改用电话或者信函" in desk.handle("message", "再来一条", 422)
    desk.handle("acknowledged")
    desk.act("withdraw", text="已经解决", confirm="yes")
    assert desk.state() == "withdrawn"


def test_staff_add_twenty_entries_a_day(desk: Desk) -> None:
    """A leaked link floods nobody; the words of the entry that is refused come back."""
    for number in range(20):
        desk.handle("message", f"第 {number} 条")
    page = desk.handle("message", "又一条", 422)
    assert "24 小时内已有 20 条记录" in page
    assert "又一条" in page


def test_following_the_link_changes_nothing(desk: Desk) -> None:
    """A mail scanner may open the link as often as it likes; the page is not kept or indexed."""
    for method in ("GET", "HEAD", "GET"):
        answer = desk.client.request(method, desk.link + "&act=closed&text=x")
        assert answer.status_code == 200
    assert desk.acts() == []
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]


def test_link_is_for_its_case_and_time(desk: Desk, clock: StoppedClock) -> None:
    """A forged, foreign or old link opens nothing, nor does a filer's token; no word is lost."""
    link = desk.link
    token = link.partition("=")[2]
    forged = token.replace(desk.pair["reference"], "FAC-22222-22222")
    for wrong in (forged, token[:-1], desk.session(), ""):
        assert desk.client.get(f"/cases/handle?token={wrong}").status_code == 410
        sent = {"handling": wrong, "act": "closed", "text": "写了很久的<答复>"}
        refused = desk.client.post("/cases/handle", data=sent)
        assert refused.status_code == 410
        assert "写了很久的&lt;答复&gt;</textarea>" in refused.text
    assert desk.client.post(f"{STATUS}/information", data={"session": token}).status_code == 410
    clock.forward(days=180)
    assert desk.client.get(link).status_code == 200
    clock.forward(seconds=1)
    late = desk.client.get(link)
    assert late.status_code == 410
    assert "这个工作人员链接已经失效" in late.text
    assert desk.acts() == []


def test_staff_problems_keep_every_word(desk: Desk) -> None:
    """An answer needs words, a day of the case and an act; what was entered stays."""
    page = desk.handle("", "很长的答复", 422, "2026-03-01", ("answer",))
    for said in ("请选择是什么事项", "请填写收到之日至今天之间的日期"):
        assert said in page
    assert ">很长的答复</textarea>" in page
    assert 'value="2026-03-01"' in page
    assert re.search(r'name="keeps.answer" value="yes" checked', page)
    assert "请先写下内容" in desk.handle("decision", "", 422)
    assert "请勾选按哪一项期限完成" in desk.handle("done", "", 422)
    assert desk.acts() == []


def test_entry_about_the_past_says_so(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """What staff say was done before is told with the day on which they recorded it."""
    desk = Desk(client, ports, mailbox)
    desk.file("accreditation-body/appeal")
    clock.forward(days=14)
    desk.handle("done", happened_on="2026-03-04", keeps=("forward",))
    page = desk.look_up(language="en")
    assert "On Wednesday 4 March 2026, according to an entry of Monday 16 March 2026." in page


def test_lateness_in_minutes_needs_the_time_of_day(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """For a limit in minutes staff give the time; the page tells hours, minutes and time zone."""
    desk = Desk(client, ports, mailbox)
    desk.file("car-dealer/complaint", category="sales-product", plate="京A12345")
    clock.forward(days=3)
    assert "请填写发生的时刻" in desk.handle("done", "", 422, "2026-03-02", ("hand-over",))
    desk.handle("done", happened_on="2026-03-02", keeps=("hand-over",), happened_at="18:00")
    page = desk.look_up(language="en")
    at = "on Monday 2 March 2026, 18:00, China time (UTC+8)"
    assert f"According to this entry, it happened {at}." in page
    assert f"O{at[1:]}, 7 hours and 30 minutes after it was due." in page


def test_person_complained_of_is_warned(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """Who is named as involved reads first that the case is not theirs to handle."""
    desk = Desk(client, ports, mailbox)
    desk.file("accreditation-body/appeal", involved="评审组长赵六")
    page = unescape(client.get(desk.link).text)
    warning = page.index("被列为涉及的人员：评审组长赵六")
    assert page.index("<h1>") < warning < page.index("收到的内容")
    desk.file("accreditation-body/appeal", account="另一件事")
    assert '<p class="notice warn" hidden>' in client.get(desk.link).text


def test_question_is_to_the_filer(desk: Desk) -> None:
    """Who reads the page of staff is not asked anything; the filer is addressed."""
    page = desk.handle("asked", "请补充排班表。")
    assert page.count("向提出人询问") == 3
    assert "向您询问" not in page
    assert "向您询问" in desk.look_up()


def test_link_shows_what_comes_next_by_which_clause(desk: Desk) -> None:
    """The acts that the steps have come next stand first, with their clauses."""
    page = unescape(desk.client.get(desk.link).text)
    acts = re.findall(r'name="act" value="(\w+)"', page)
    assert acts[0] == "registered"
    assert "decision" in acts
    assert "approved" not in acts
    assert re.search(r'value="registered".*?第4.2条', page)


def test_nothing_personal_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """What people write on a case is in no log line, sent mails included."""
    with caplog.at_level("DEBUG"):
        desk.act("information", text="照片在人事部")
        desk.handle("decision", "维持排班")
        desk.act("review", review="0", text="理由没有回应")
        drain(desk.ports)
    for words in ("照片在人事部", "维持排班", "理由没有回应", GRIEVANCE["email"]):
        assert words not in caplog.text
    assert any(desk.pair["reference"] in line for _, line in HEARD.lines)


def test_contract_of_before_still_answers(
    ports: Ports, built: Path, tmp_path: Path, mailbox: Mailbox
) -> None:
    """A case under a contract without these pages is looked up as ever, and takes no more."""
    folder = tmp_path / "contracts"
    shutil.copytree(built / "contracts", folder)
    current = json.loads((folder / "current.json").read_text())

    old = whole_contract(folder, current["organisations"]["factory-staff"])
    for kind in old["kinds"].values():
        for limit in kind["limits"]:
            del limit["kept_by"]
        for review in kind["reviews"]:
            del review["limits"]
    for language, pages in old["pages"].items():
        content = json.loads((folder / f"{pages}.json").read_text())
        for part in ("history", "keep"):
            del content["fragments"][part]
        for kind in content["kinds"].values():
            kind["status"] = ["<h1>", "reference", "</h1><p>", "state", "</p>", "milestones", ""]
            kind.pop("handling", None)
            for mail in ("update", "added"):
                del kind["mails"][mail]
        for message in [one for one in content["words"]["messages"] if "act_" in one]:
            del content["words"]["messages"][message]
        old["pages"][language] = put(folder, content)
    current["organisations"]["factory-staff"] = put(folder, old)
    (folder / "current.json").write_text(json.dumps(current))
    before = Ports(**(vars(ports) | {"contracts": FolderContracts(str(folder))}))
    with TestClient(create_app(before), base_url="https://ombud.example.com") as client:
        desk = Desk(client, before, mailbox)
        desk.file()
        assert "上诉至总经理" in desk.look_up()
        assert client.post(STATUS, json=desk.pair).json()["state"] == "received"
        answer = client.post(f"{STATUS}/information", json=desk.pair | {"text": "补充"})
        assert answer.status_code == 404
        assert desk.acts() == []


def test_acts_of_the_filer_are_confirmed_and_named(desk: Desk, clock: StoppedClock) -> None:
    """The filer gets a mail with the moment of the act, and staff read which act it was."""
    desk.handle("decision", "不成立")
    clock.forward(hours=1)
    desk.act("review", review="0", text="理由没有回应")
    clock.forward(hours=1)
    desk.act("withdraw", confirm="yes")
    desk.act("withdraw", confirm="yes")
    (review,) = [mail for mail in desk.mails(GRIEVANCE["email"]) if "复核请求" in mail]
    (withdrawal,) = [mail for mail in desk.mails(GRIEVANCE["email"]) if "记录您的撤回" in mail]
    assert "已收到您的复核请求" in review
    assert "记录时间：2026年3月2日（星期一）11:00" in review
    assert "已记录您的撤回" in withdrawal
    assert "记录时间：2026年3月2日（星期一）12:00" in withdrawal
    assert "理由没有回应" not in review
    to_staff = desk.mails("hr@factory.example.com")
    for subject, said in (("已提出复核", "提出人提出了复核。"), ("已撤回", "提出人已经撤回")):
        (mail,) = [mail for mail in to_staff if mail.startswith(subject)]
        assert said in mail
    desk.act("information", text="再补充一句")
    assert "提出人补充了内容。" in desk.mails("hr@factory.example.com")[-1]

"""Events, extensions and stopped clocks of a policy, from the form to every view of a case."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from site_src.publish.build import build
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.helpers.desk.mailbox_staff import with_mailbox_staff
from tests.helpers.mails.reading import plain
from tests.helpers.sample_policies import IDENTITY, prefix_of

MAILBOX = "mailbox: own@{id}.example.com"
BERLIN = ", timezone: Europe/Berlin, calendar: DE-BE, counting: eu-1182-71"
FACTS = """\
kinds: [{id: complaint, name: {zh-CN: 投诉, en: Complaint}, clause: "1.1"}]
filers: [{id: client, who: 客户, clause: "1.1"}]
channels:
  - {id: hotline, type: telephone, name: 热线, value: 400-000-0000, clause: "1.1"}
roles:
  - {id: service, name: {zh-CN: 客服部, en: Service}, duty: 登记投诉, clause: "1.2"}
events:
  - {id: asked, name: {zh-CN: 要求补充材料之日, en: the request for papers}, recorded_by: staff,
     clause: "1.5"}
  - {id: came, name: {zh-CN: 材料收到之日, en: the receipt of the papers}, recorded_by: staff,
     clause: "1.5"}
  - {id: hearing, name: {zh-CN: 听证会召开之日, en: the hearing}, recorded_by: staff, clause: "1.6"}
  - {id: happened, name: {zh-CN: 事情发生之日, en: the event complained of}, recorded_by: filer,
     clause: "1.7"}
steps:
  - {id: register, role: service, acts: [register], action: 登记, clause: "1.2"}
limits:
  - {id: answer, value: 1, unit: month, from: received, role: service, acts: [answer], action:
     {zh-CN: 答复, en: Answer}, clause: "1.3"}
  - {id: longer, value: 2, unit: month, extends: answer, role: service, action: {zh-CN: 答复,
     en: Answer}, when: {condition: {zh-CN: 情况复杂的, en: it is complex}}, clause: "1.4"}
  - {id: summon, value: 5, unit: working_day, before: hearing, role: service, action: {zh-CN:
     通知投诉人, en: Tell the complainant}, clause: "1.6"}
  - {id: window, value: 12, unit: month, from: happened, party: filer, action: {zh-CN: 提出投诉,
     en: Complain}, clause: "1.7"}
  - {id: supervisor, value: 90, unit: day, from: received, party: authority, action: {zh-CN:
     答复, en: Answer}, clause: "1.8"}
suspensions:
  - {limits: [answer, longer], from: asked, until: came, text: {zh-CN: 等待补充材料, en: waiting for
     papers}, clause: "1.5"}
"""
TEXT = """\
1.1 客户可以投诉，热线 400-000-0000。

1.2 客服部登记投诉。

1.3 客服部在收到之日起一个月内答复。

1.4 情况复杂的，客服部可以将答复的期限再延长两个月。

1.5 要求补充材料的，自要求补充材料之日至材料收到之日，答复的期限停止计算。

1.6 客服部至迟在听证会召开之日前 5 个工作日通知投诉人。

1.7 投诉应当在事情发生之日起 12 个月内提出。

1.8 监管机构在收到之日起 90 日内答复。
"""
PATH = "/cases/made/complaint"
ANSWERS: dict[str, Any] = {
    "name": "张三",
    "email": "zhang@example.com",
    "account": "没有人答复。",
    "consent": True,
}
NOON = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)


def policy_text(facts: str) -> str:
    """A policy of Berlin with these facts."""
    return (
        IDENTITY.replace(MAILBOX, MAILBOX + BERLIN).format(id="made", prefix=prefix_of("made"))
        + facts
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one policy, built once."""
    folder = tmp_path_factory.mktemp("made")
    policy = folder / "policies" / "made"
    policy.mkdir(parents=True)
    (policy / "policy.yaml").write_text(policy_text(FACTS), encoding="utf-8")
    (policy / "procedure.md").write_text(TEXT, encoding="utf-8")
    build(folder / "policies", folder / "out", site_url=SITE_URL)
    return folder / "out"


@pytest.fixture
def there(made: Path, ports: Ports, clock: StoppedClock) -> Ports:
    """The functions over that site, on 28 November 2026."""
    clock.at = NOON
    return with_mailbox_staff(replace(ports, contracts=FolderContracts(str(made / "contracts"))))


@pytest.fixture
def intake(there: Ports) -> Iterator[TestClient]:
    """A client of the functions."""
    with TestClient(create_app(there), base_url=SITE_URL) as client:
        yield client


def filed(intake: TestClient, **more: object) -> dict[str, Any]:
    """A case that was filed, in English."""
    answer = intake.post(PATH, json=ANSWERS | {"language": "en"} | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def status(intake: TestClient, case: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """The milestones of a case by clause, as a program sees them."""
    pair = {name: case[name] for name in ("reference", "access_code")}
    answer = intake.post("/cases/status", json=pair | {"language": language})
    return {each["clause"]: each for each in answer.json()["milestones"]}


def page(intake: TestClient, case: dict[str, Any], language: str = "en") -> str:
    """The status page of a case."""
    pair = {name: case[name] for name in ("reference", "access_code")}
    return intake.post("/cases/status", data=pair | {"language": language}).text


def staff_token(mailbox: Mailbox, there: Ports) -> str:
    """The token of the link in the notice to staff."""
    drain(there)
    notice = next(mail for mail in mailbox.messages if mail["To"] != ANSWERS["email"])
    content: str = plain(notice)
    return content.partition("/cases/handle?token=")[2].split()[0]


def test_extension_is_apart_everywhere(intake: TestClient) -> None:
    """1 month is 28 December; extended by 2 it is 1 March, with its condition, after the others."""
    case = filed(intake)
    found = status(intake, case)
    assert (found["1.3"]["last_day"], found["1.4"]["last_day"]) == ("2026-12-28", "2027-03-01")
    assert [found[clause]["conditional"] for clause in ("1.3", "1.4")] == [False, True]
    assert (found["1.4"]["extends"], found["1.4"]["condition"]) == ("answer", "it is complex")
    said = "If extended (it is complex): at the latest by the end of Monday 1 March 2027"
    assert said in page(intake, case)
    assert "延长的（情况复杂的），最迟2027年3月1日（星期一）24:00前" in page(intake, case, "zh-CN")


def test_receipt_mail_and_calendar_file(intake: TestClient, there: Ports, mailbox: Mailbox) -> None:
    """Receipt, saved receipt, mail and calendar file say that it is conditional."""
    answer = intake.post(PATH, json=ANSWERS | {"language": "en"})
    location = answer.headers["location"]
    said = "If extended (it is complex): at the latest by the end of Monday 1 March 2027"
    receipt = intake.get(location).text
    until = "Monday 1 March 2027, Central European Time (UTC+1)</time>, to answer"
    assert re.search(
        "If (it|your [a-z]+) is complex, .* has until <time[^>]+>the end of " + re.escape(until),
        receipt,
    )
    assert receipt.index("28 December 2026") < receipt.index("1 March 2027")
    text = intake.get(location.replace("receipt?", "receipt.txt?")).text
    assert "Monday 1 March 2027, Central European Time (UTC+1), to answer" in text
    agenda = Calendar.from_ical(intake.get(location.replace("receipt?", "receipt.ics?")).content)
    (event,) = agenda.walk("VEVENT")
    assert str(event.decoded("dtstart")) == "2026-12-28"
    assert said in str(event["description"])
    drain(there)
    mail = next(mail for mail in mailbox.messages if mail["To"] == ANSWERS["email"])
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Monday 1 March 2027, Central European Time (UTC+1), to answer" in body.get_content()


def test_stopped_clock_in_words(
    intake: TestClient, there: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """Staff record by name what stops the clock; until it goes on there is no date."""
    case = filed(intake)
    token = staff_token(mailbox, there)
    shown = intake.get(f"/cases/handle?token={token}").text
    assert '<option value="asked">要求补充材料之日</option>' in shown
    clock.forward(days=3)
    sent = {"handling": token, "act": "event"}
    refused = intake.post("/cases/handle", data=sent)
    assert refused.status_code == 422
    assert "请选择事项。" in refused.text
    assert intake.post("/cases/handle", data=sent | {"event": "asked"}).status_code == 200
    found = status(intake, case)["1.3"]
    assert (found["last_day"], found["overdue"]) == (None, False)
    assert found["stopped"] == {
        "since": "2026-12-01T12:00:00+01:00",
        "reason": "waiting for papers",
        "clause": "1.5",
    }
    said = (
        "The clock has stood still since Tuesday 1 December 2026: waiting for papers (clause 1.5)"
    )
    assert said in page(intake, case)
    assert "自2026年12月1日（星期二）起停止计算期限：等待补充材料（第1.5条）" in page(
        intake, case, "zh-CN"
    )
    assert "Event of the procedure: the request for papers" in page(intake, case)
    clock.forward(days=60)
    assert not status(intake, case)["1.3"]["overdue"]
    resumed = sent | {"event": "came", "happened_on": "2026-12-11"}
    assert intake.post("/cases/handle", data=resumed).status_code == 200
    assert status(intake, case)["1.3"]["last_day"] == "2027-01-07"
    assert status(intake, case)["1.4"]["last_day"] == "2027-03-10"
    stood = (
        "The clock stood still from Tuesday 1 December 2026 to Friday 11 December 2026: "
        "waiting for papers (clause 1.5)."
    )
    assert stood in page(intake, case)


def test_hearing_lies_ahead(intake: TestClient, there: Ports, mailbox: Mailbox) -> None:
    """What a limit ends before can be recorded ahead; other events cannot, nor before receipt."""
    case = filed(intake)
    token = staff_token(mailbox, there)
    sent = {"handling": token, "act": "event"}
    hearing = sent | {"event": "hearing", "happened_on": "2027-01-13", "happened_at": "10:00"}
    assert intake.post("/cases/handle", data=hearing).status_code == 200
    found = status(intake, case)["1.6"]
    assert (found["last_day"], found["before"]) == ("2027-01-06", "hearing")
    for id, day in (("asked", "2027-01-13"), ("asked", "2026-11-27"), ("hearing", "2026-11-27")):
        refused = intake.post("/cases/handle", data=sent | {"event": id, "happened_on": day})
        assert refused.status_code == 422
        assert "请填写该事项发生的日期" in refused.text


@pytest.mark.parametrize(("day", "late"), [("2025-11-28", False), ("2025-11-21", True)])
def test_eligibility_window(intake: TestClient, day: str, late: bool) -> None:
    """The form asks when it happened; what is older is flagged and received all the same."""
    case = filed(intake, **{"event.happened": day})
    assert status(intake, case)["1.7"]["late"] is late
    assert ("Late: it could be filed until" in page(intake, case)) is late
    assert "the event complained of" in page(intake, case) or not late


def test_event_dates_are_validated(intake: TestClient) -> None:
    """A date that is none, or lies ahead, is refused with its question; nothing is stored."""
    for day, code in (("soon", "not_date"), ("2027-01-01", "future")):
        answer = intake.post(PATH, json=ANSWERS | {"event.happened": day})
        assert answer.status_code == 422
        assert [(e["field"], e["code"]) for e in answer.json()["errors"]] == [
            ("event.happened", code)
        ]
    unknown = intake.post(PATH, json=ANSWERS | {"event.hearing": "2026-11-01"})
    assert unknown.json()["errors"][0]["code"] == "unknown"


def test_staff_may_record_what_the_filer_knows(
    intake: TestClient, there: Ports, mailbox: Mailbox
) -> None:
    """Staff give the date that the filer left out, before the filing, and the window is judged."""
    case = filed(intake)
    assert status(intake, case)["1.7"]["last_day"] is None
    sent = {"handling": staff_token(mailbox, there), "act": "event", "event": "happened"}
    assert (
        intake.post("/cases/handle", data=sent | {"happened_on": "2025-10-01"}).status_code == 200
    )
    found = status(intake, case)["1.7"]
    assert (found["last_day"], found["late"]) == ("2026-10-01", True)


def test_authority_is_never_overdue(intake: TestClient, clock: StoppedClock) -> None:
    """What the supervisor owes is shown as its own."""
    case = filed(intake)
    clock.forward(days=200)
    found = status(intake, case)["1.8"]
    assert (found["party"], found["overdue"]) == ("authority", False)
    assert status(intake, case)["1.3"]["overdue"] is True


def test_api_names_what_is_answered(made: Path, intake: TestClient) -> None:
    """Every key of a milestone, a message and a review is in openapi.json, and no other."""
    schemas = json.loads((made / "made" / "openapi.json").read_text("utf-8"))["components"]
    case = schemas["schemas"]["Case"]["properties"]
    answer = filed(intake)
    assert set(answer["milestones"][0]) == set(case["milestones"]["items"]["properties"])

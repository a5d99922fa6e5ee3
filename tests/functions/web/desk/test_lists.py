"""The lists of the desk: what stands in which, in which order, and for whom."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from functions.adapters.dynamodb.store import DynamoStore
from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.desk.staff import mark
from functions.web.desk.app import create_desk
from tests.conftest import SITE_URL, StoppedClock, codec, on_store
from tests.functions.web.desk.conftest import LogIn
from tests.helpers.desk.desk_cases import BANK, DAY, Filed, file_case, filer_adds, fill, staff_does
from tests.helpers.desk.staff_directory import (
    BANKER,
    COLLEAGUE,
    HANDLER,
    MECHANIC,
    SALES,
    TELLER,
    person_with,
)
from tests.helpers.servers.dynamodb_local import client_at

DESK = "/cases/desk"
BEFORE_HOLIDAY = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
"""Wednesday 30 September 2026, ten o'clock in Shanghai: 1 to 7 October are off, 10 October is
worked, and 9 October is a Friday."""


def references(client: TestClient, query: str = "") -> list[str]:
    """The references in a list, in its order."""
    answer = client.get(DESK + query)
    assert answer.status_code == 200
    return re.findall(r'href="/cases/desk/([A-Z0-9-]+)"', answer.text)


def counts(client: TestClient) -> dict[str, str]:
    """What each tab counts."""
    found = re.findall(
        r'href="/cases/desk(?:\?list=(\w+))?"[^>]*>[^<]*<b>(\d+\+?)</b>', client.get(DESK).text
    )
    return {name or "today": count for name, count in found}


def words(client: TestClient, query: str = "") -> str:
    """What a page says, without its markup."""
    main = client.get(DESK + query).text.partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def decided_by(ports: Ports, clock: StoppedClock, last_day: datetime) -> Case:
    """A case of the bank that must be decided by the end of that day: 15 days after receipt."""
    moment = last_day - timedelta(days=15)
    then = replace(ports, now=lambda: moment)
    case = file_case(then, "commercial-bank", {"category": "other"})
    staff_does(case, "classified", then, level="simple")
    return case


def test_five_working_days_span_weekend_and_holiday(
    staffed: Ports, log_in: LogIn, clock: StoppedClock
) -> None:
    """After 30 September come 8, 9, 10, 12 and 13 October: the tenth is a Saturday that is worked.

    By the Civil Code a last day off moves to the next working day, so none ends on 1 to 7 October.
    """
    clock.at = BEFORE_HOLIDAY
    dated = {
        day: decided_by(staffed, clock, datetime(2026, month, day, 3, tzinfo=UTC)).reference
        for month, days in ((9, (29, 30)), (10, (8, 9, 10, 12, 13, 14)))
        for day in days
    }
    client = log_in(BANKER, "commercial-bank")
    assert references(client) == [dated[29], dated[30]]
    assert references(client, "?list=overdue") == [dated[29]]
    assert references(client, "?list=soon") == [dated[day] for day in (8, 9, 10, 12, 13)]
    assert references(client, "?list=open") == list(dated.values())
    assert counts(client) == {
        "today": "2", "overdue": "1", "soon": "5", "open": "8",
        "waiting": "0", "answered": "0", "mine": "0",
    }  # fmt: skip


def test_last_day_is_late_from_midnight(staffed: Ports, log_in: LogIn, clock: StoppedClock) -> None:
    """A limit in days is due on its last day until 24:00, and late from then on."""
    clock.at = BEFORE_HOLIDAY
    case = decided_by(staffed, clock, BEFORE_HOLIDAY)
    clock.at = datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)
    client = log_in(BANKER, "commercial-bank")
    assert (references(client), references(client, "?list=overdue")) == ([case.reference], [])
    assert "今天之内 作出处理决定并告知投诉人 自收到之日起15天内 第九条 投诉管理部" in words(client)
    clock.forward(seconds=1)
    assert references(client, "?list=overdue") == [case.reference]
    assert "逾期1天 作出处理决定并告知投诉人" in words(client)
    clock.forward(days=1)
    assert "逾期2天" in words(log_in(BANKER, "commercial-bank"))


def test_lateness_is_in_the_unit_of_the_limit(
    staffed: Ports, log_in: LogIn, clock: StoppedClock
) -> None:
    """Limits in minutes are late by minutes; each limit is shown by itself, the first one first."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    client = log_in(HANDLER)
    assert "今天 10:30 前 把投诉交给客服部 自收到之时起30分钟内 四、1.1.1 任何员工" in words(client)
    clock.forward(minutes=21)
    assert "今天 10:30 前 （还剩9分钟） 把投诉交给客服部" in words(client)
    staff_does(case, "registered", staffed, person_with(HANDLER, "car-dealer", staffed))
    clock.forward(minutes=39)
    said = words(client)
    assert "逾期30分钟 把投诉交给客服部" in said
    assert "逾期9分钟 把投诉分给负责的经理 自登记之时起30分钟内 四、1.3 客服部" in said
    assert said.index("逾期30分钟") < said.index("客服部的服务") < said.index("逾期9分钟")


def test_urgency_is_said_in_words_and_drawn(
    staffed: Ports, log_in: LogIn, clock: StoppedClock
) -> None:
    """Late and near rows differ in words and signs, not by colour alone."""
    file_case(staffed, "car-dealer", {"category": "customer-service"})
    client, seen = log_in(HANDLER), []
    for minutes in (0, 20, 10):
        clock.forward(minutes=minutes)
        page = client.get(DESK).text
        seen.append((re.findall(r"desk-row is-(\w+)", page)[0], page.count('class="sign"')))
    assert seen == [("calm", 0), ("near", 1), ("late", 1)]


def test_each_role_sees_its_own_and_each_case_once(staffed: Ports, log_in: LogIn) -> None:
    """A case stands in the lists of all roles that have it, once, whoever has two of them."""
    cases = [
        file_case(staffed, "car-dealer", {"category": category}).reference
        for category in ("sales-attitude", "parts-staff")
    ]
    assert sorted(references(log_in(HANDLER))) == sorted(cases)
    assert references(log_in(SALES)) == cases[:1]
    assert references(log_in(MECHANIC)) == []
    assert references(log_in(BANKER, "commercial-bank")) == []


def test_case_for_one_person_leaves_the_lists_of_the_role(staffed: Ports, log_in: LogIn) -> None:
    """What is handed on to a person by name is theirs, and only theirs."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    colleague = mark(staffed.key, "car-dealer", COLLEAGUE)
    staff_does(case, "forwarded", staffed, to_role="customer-service", to_person=colleague)
    assert references(log_in(HANDLER)) == []
    theirs = log_in(COLLEAGUE)
    assert references(theirs) == references(theirs, "?list=mine") == [case.reference]
    assert "交给您" in words(theirs)
    assert "没有指名交给您的案件" in words(log_in(HANDLER), "?list=mine")


def test_waiting_answered_and_closed(staffed: Ports, log_in: LogIn, clock: StoppedClock) -> None:
    """A case that waits for the filer stays among the open ones until the filer writes."""
    client = log_in(BANKER, "commercial-bank")
    cases = [file_case(staffed, "commercial-bank", {"category": "other"}) for _ in range(3)]
    waiting, answered, closed = cases
    staff_does(waiting, "asked", staffed, text="?")
    for case in (answered, closed):
        clock.forward(hours=1)
        staff_does(case, "decision", staffed, text="!", outcome="upheld")
    staff_does(closed, "closed", staffed)
    assert references(client, "?list=waiting") == [waiting.reference]
    assert references(client, "?list=open") == [waiting.reference]
    assert references(client, "?list=answered") == [answered.reference]
    assert references(client, "?list=over") == [closed.reference]
    assert "等提出人 今天 10:00 收到 投诉管理部" in words(client, "?list=waiting")
    assert "3月2日答复" in words(client, "?list=answered")
    filer_adds(waiting, "给你们。", staffed)
    assert references(client, "?list=waiting") == []
    assert references(client, "?list=open") == [waiting.reference]


def test_named_person_finds_nothing_of_the_case(staffed: Ports, log_in: LogIn) -> None:
    """Who is named by the filer, in any spelling, does not see the case, nor that there is one."""
    case = file_case(staffed, "commercial-bank", {"category": "other", "involved": "潘 越经理"})
    named = log_in(BANKER, "commercial-bank")
    assert references(named, "?list=open") == []
    assert set(counts(named).values()) == {"0"}
    assert case.reference not in named.get(f"{DESK}/{case.reference}").text
    summary = staffed.lists.summary(case.reference)
    assert summary is not None
    assert summary.involved == "潘 越经理"


def test_recused_person_finds_nothing_of_the_case(staffed: Ports, log_in: LogIn) -> None:
    """Who is recused does not see the case from then on; the others do."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    barred = mark(staffed.key, "car-dealer", HANDLER)
    recused, other = log_in(HANDLER), log_in(COLLEAGUE)
    assert references(recused) == [case.reference]
    staff_does(case, "recused", staffed, barred=barred)
    assert (references(recused), references(other)) == ([], [case.reference])


def test_filters_leave_out_and_say_so(staffed: Ports, log_in: LogIn) -> None:
    """Filters add up; an empty result says that the filter is why, and leads back."""
    sales, parts = (
        file_case(staffed, "car-dealer", {"category": category})
        for category in ("sales-attitude", "parts-staff")
    )
    client = log_in(HANDLER)
    assert references(client, "?category=parts-staff") == [parts.reference]
    assert len(references(client, "?role=customer-service")) == 2
    assert references(client, "?role=sales-manager") == []
    assert references(client, "?state=received&category=sales-attitude") == [sales.reference]
    assert references(client, "?kind=appeal") == []
    staff_does(parts, "registered", staffed)
    assert references(client, "?state=handling") == [parts.reference]
    page = client.get(f"{DESK}?state=answered").text
    assert "本列表没有符合筛选条件的案件" in page
    assert '<a href="/cases/desk">全部显示</a>' in page
    assert '<option value="answered" selected>' in page


def test_tabs_keep_the_filter(staffed: Ports, log_in: LogIn) -> None:
    """Who filters by a category goes on with it from list to list."""
    page = log_in(HANDLER).get(f"{DESK}?list=soon&category=finance").text
    assert 'href="/cases/desk?list=overdue&amp;category=finance"' in page
    assert 'href="/cases/desk?list=soon&amp;category=finance" aria-current="page"' in page
    assert '<input type="hidden" name="list" value="soon">' in page


def test_pages_follow_each_other_without_gap(staffed: Ports, log_in: LogIn) -> None:
    """A list goes on behind its last row, whatever roles its cases have, also if many are equal."""
    filed = [
        file_case(staffed, "car-dealer", {"category": category}).reference
        for _ in range(60)
        for category in ("parts-staff", "finance")
    ]
    client = log_in(HANDLER)
    seen, page = [], ""
    for expected in (50, 50, 20):
        found = references(client, page)
        assert len(found) == expected
        seen += found
        link = re.search(r'rel="next" href="/cases/desk([^"]*)"', client.get(DESK + page).text)
        page = unescape(link[1]) if link else ""
    assert page == ""
    assert sorted(seen) == sorted(filed)
    assert counts(client)["today"] == "99+"


def test_newest_come_first_where_all_is_done(
    staffed: Ports, log_in: LogIn, clock: StoppedClock
) -> None:
    """Answered cases are in the order of their answers, the latest first, over several pages."""
    cases = [file_case(staffed, "commercial-bank", {"category": "other"}) for _ in range(55)]
    for case in cases:
        clock.forward(seconds=1)
        staff_does(case, "decision", staffed, text="!", outcome="upheld")
    client = log_in(BANKER, "commercial-bank")
    page = client.get(f"{DESK}?list=answered").text
    link = re.search(r'rel="next" href="/cases/desk([^"]*)"', page)
    assert link is not None
    found = references(client, "?list=answered") + references(client, unescape(link[1]))
    assert found == [case.reference for case in reversed(cases)]


def test_rows_are_in_the_order_of_their_first_limit(staffed: Ports, log_in: LogIn) -> None:
    """Cases of several roles are merged by when something is due; those without a date are last."""
    fill(staffed, BANK)
    found = references(log_in(BANKER, "commercial-bank"), "?list=open")
    summaries = [staffed.lists.summary(reference) for reference in found]
    dues = [summary.due for summary in summaries if summary]
    assert len(dues) == 5
    assert all(a is not None and (b is None or a <= b) for a, b in pairwise(dues))
    assert dues[-1] is None


def test_provisional_date_is_never_late(staffed: Ports, log_in: LogIn, clock: StoppedClock) -> None:
    """A date past the known calendar is “not before”, and does not count as overdue."""
    clock.at = datetime(2027, 12, 1, 2, tzinfo=UTC)
    case = file_case(staffed, "commercial-bank", {"category": "urgent-loss"})
    client = log_in(TELLER, "commercial-bank")
    assert "不早于" in words(client, "?list=open")
    clock.forward(days=30)
    summary = staffed.lists.summary(case.reference)
    assert summary is not None
    provisional = [limit.limit for limit in summary.limits if limit.provisional]
    assert provisional == ["first-answer"]
    staff_does(case, "done", staffed, keeps=("stop-payment",))
    client = log_in(TELLER, "commercial-bank")
    assert references(client, "?list=overdue") == []
    assert references(client) == [case.reference]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "今天没有到期的案件，也没有逾期的。"),
        ("?list=overdue", "没有逾期的案件。"),
        ("?list=soon", "今天之后五个工作日内，没有到期的案件。"),
        ("?list=open", "没有未结的案件。"),
        ("?list=waiting", "没有在等提出人的案件。"),
        ("?list=answered", "没有已答复、待结案的案件。"),
        ("?list=over", "没有已结案的案件。"),
    ],
)
def test_empty_list_says_what_is_empty(log_in: LogIn, query: str, said: str) -> None:
    """An empty list is a sentence, not a blank."""
    assert said in words(log_in(HANDLER), query)


def test_empty_day_points_to_what_is_open(staffed: Ports, log_in: LogIn) -> None:
    """Where nothing is due, cases without a date must not be forgotten."""
    fill(staffed, (Filed("commercial-bank", DAY, {"category": "other"}),))
    assert "全部未结的案件：1 件" in words(log_in(BANKER, "commercial-bank"))


def test_reference_leads_to_its_case(staffed: Ports, log_in: LogIn) -> None:
    """The search takes a reference as people type it."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    client = log_in(HANDLER)
    typed = case.reference.lower().replace("-", " ")
    found = client.get(f"{DESK}/find", params={"reference": typed})
    assert (found.status_code, found.headers["location"]) == (303, f"{DESK}/{case.reference}")


@pytest.mark.parametrize("typed", ["", "  ", "刘方", "CDR", "<b>" * 50])
def test_what_is_no_reference_leads_back_to_the_list(
    staffed: Ports, log_in: LogIn, typed: str
) -> None:
    """The list says beside the field what a reference looks like, and has what was typed."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"})
    answer = log_in(HANDLER).get(f"{DESK}/find", params={"reference": typed})
    assert answer.status_code == 422
    assert case.reference in answer.text
    assert 'id="reference-problem" role="alert">这不是受理编号。' in answer.text
    assert f'name="reference" value="{escape(typed.strip()[:100])}"' in answer.text


@pytest.mark.parametrize("query", ["?list=x", "?after=x", "?state=x", "?after=~~~", "?role=%00"])
def test_odd_addresses_show_a_list(log_in: LogIn, query: str) -> None:
    """Whatever an address says, the answer is a list."""
    assert log_in(HANDLER).get(DESK + query).status_code == 200


def test_dynamodb_lists_the_same(
    staffed: Ports, log_in: LogIn, clock: StoppedClock, dynamodb: str, table: str
) -> None:
    """Pages of equal and of different places follow each other without gap on DynamoDB, too."""
    store = DynamoStore(table, client_at(dynamodb), codec(clock))
    there = on_store(staffed, store)
    filed = []
    for minutes in (0, 0, 1):
        clock.forward(minutes=minutes)
        filed += [
            file_case(there, "car-dealer", {"category": "finance"}).reference for _ in range(20)
        ]
    with TestClient(create_desk(there), base_url=SITE_URL, follow_redirects=False) as client:
        link = link_for(person_with(HANDLER, "car-dealer", there), DESK, there)
        client.post(f"{DESK}/link", data={"token": link.partition("token=")[2]})
        page = client.get(DESK).text
        after = re.search(r'rel="next" href="/cases/desk([^"]*)"', page)
        assert after is not None
        found = references(client) + references(client, unescape(after[1]))
        assert counts(client)["today"] == "60"
    assert sorted(found) == sorted(filed)
    assert sorted(found[:40]) == sorted(filed[:40])

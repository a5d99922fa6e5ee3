"""The dates of a case as a calendar file, read back: what concerns the filer, and nothing else."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from icalendar import Event as CalendarEvent
from starlette.testclient import TestClient

from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.tokens import RECEIPT_LINK, Tokens
from functions.model.contract.contract import Contract
from functions.model.text import Text
from functions.views.calendar_file import calendar_file
from tests.conftest import KEY, MORNING, Mailbox, StoppedClock
from tests.helpers.desk.filer import Filer
from tests.helpers.desk.staff_acts import staff_act
from tests.helpers.filings import APPEAL, COMPLAINT

APPEALS = "/cases/accreditation-body/appeal"
SERVICE = {"account": "The data is late.", "name": "Ann Other", "email": "ann@example.com"}
HOUSING = SERVICE | {"account": "The lift is out of order."}


@pytest.fixture
def filer(client: TestClient, ports: Ports, mailbox: Mailbox) -> Filer:
    """Somebody who has not filed yet."""
    return Filer(client, ports, mailbox)


def file_of(client: TestClient, answers: dict[str, str], path: str = APPEALS) -> Calendar:
    """Files and reads the calendar file that the receipt links to."""
    answer = client.post(path, data=answers, follow_redirects=False)
    link = answer.headers["location"].replace("receipt?", "receipt.ics?")
    assert f'href="{link}"' in client.get(answer.headers["location"]).text
    file = client.get(link)
    assert file.status_code == 200
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    reference = link.partition("=")[2].partition(".")[0]
    assert file.headers["content-disposition"] == f'attachment; filename="{reference}.ics"'
    return read(file.content)


def read(content: bytes) -> Calendar:
    """The calendar, whose lines are as RFC 5545 wants them."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # No character is cut in two.
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar


def later(filer: Filer, **fields: str) -> Calendar:
    """The file that the page of the case hands out."""
    answer = filer.post("calendar", **fields)
    assert answer.status_code == 200
    return read(answer.content)


def named(calendar: Calendar) -> dict[str, CalendarEvent]:
    """The events by the name in their UID, behind the reference."""
    found = {}
    for event in calendar.events:
        name = re.fullmatch(r"[A-Z]+-\w{5}-\w{5}-([\w-]+)@[\w-]+", str(event["uid"]))
        assert name, event["uid"]
        found[name[1]] = event
    return found


def alarm(event: CalendarEvent) -> timedelta | None:
    """How long before its start an event reminds."""
    alarms = list(event.walk("VALARM"))
    if not alarms:
        return None
    (only,) = alarms
    assert str(only["action"]) == "DISPLAY"
    assert str(only["description"]) == str(event["summary"])
    ahead: timedelta = only.decoded("trigger")
    return ahead


def test_what_is_owed_next_is_a_day(client: TestClient) -> None:
    """An all-day event on the last day; what staff owe one another later is none."""
    calendar = file_of(client, APPEAL | {"language": "en"})
    assert str(calendar["prodid"]) == "-//Ombud//Dates of a case//EN"
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")
    (event,) = named(calendar).values()
    reference = str(event["uid"]).partition("-next@")[0]
    assert str(event["summary"]) == (
        f"Sample accreditation body: The office must pass the appeal on ({reference})"
    )
    assert event.decoded("dtstart") == date(2026, 3, 5)
    assert event.duration == timedelta(days=1)
    assert event.DTSTAMP == MORNING
    assert [str(event[name]) for name in ("transp", "class", "status")] == [
        "TRANSPARENT",
        "PRIVATE",
        "CONFIRMED",
    ]
    assert str(event["url"]) == "https://ombud.example.com/en/track/"
    assert str(event["description"]).splitlines() == [
        "The office must pass your appeal on by the end of Thursday 5 March 2026, "
        "China time (UTC+8).",
        "3 days from the day the filing is received, clause 2.5.",
        "Latest answer: The procedure sets no time for an answer.",
        f"Reference: {reference}",
        "https://ombud.example.com/en/track/",
    ]


def test_in_the_language_of_the_case(client: TestClient) -> None:
    """A Chinese filing gives a Chinese calendar."""
    (event,) = file_of(client, COMPLAINT, "/cases/securities-brokerage/complaint").events
    assert re.fullmatch(r"示例证券公司：答复期限届满（SEC-\w{5}-\w{5}）", str(event["summary"]))
    duty, limit, note, reference, page = str(event["description"]).splitlines()
    assert duty == (
        "该单位当场解决不了的，应当在北京时间2026年3月5日（星期四）24:00前按承诺的时间反馈。"
    )
    assert limit == "3天内（程序未写明起算时间，这里自收到之日起算），第七条第1项。"
    assert note == "承诺的时间一般不超过此限"
    assert reference.startswith("受理编号：SEC-")
    assert page == "https://ombud.example.com/track/"


def test_latest_answer_and_what_comes_before(filer: Filer) -> None:
    """The answer is an event though its time runs only from the acknowledgement."""
    filer.file("housing-association/complaint", HOUSING | {"language": "en"})
    events = named(later(filer, language="en"))
    assert {name: event.start for name, event in events.items()} == {
        "answer": date(2026, 3, 23),
        "next": date(2026, 3, 9),
    }
    assert str(events["answer"]["summary"]).startswith(
        "Sample housing association: the time for an answer ends (HSG-"
    )
    assert "If extended" in str(events["answer"]["description"])


def test_nothing_typed_is_in_it(client: TestClient) -> None:
    """Calendars are shared: no name, no account, no access code."""
    typed = {"account": "XYZZY-1", "name": "XYZZY-2", "decision": "XYZZY-3", "remedy": "XYZZY-4"}
    answer = client.post(APPEALS, json=APPEAL | typed)
    content = client.get(answer.headers["location"].replace("receipt?", "receipt.ics?")).text
    unfolded = content.replace("\r\n ", "")
    assert "XYZZY" not in unfolded
    assert APPEAL["email"] not in unfolded
    assert answer.json()["access_code"] not in unfolded
    assert answer.json()["reference"] in unfolded


def test_a_second_import_changes_nothing(client: TestClient, clock: StoppedClock) -> None:
    """The same case gives the same file, but for when it was made; each event has its own UID."""
    first = file_of(client, APPEAL)
    clock.forward(minutes=30)
    again = file_of(client, APPEAL)
    for calendar in (first, again):
        for event in calendar.events:
            del event["dtstamp"]
    assert again.to_ical() == first.to_ical()


def test_a_later_file_moves_the_events(filer: Filer, clock: StoppedClock) -> None:
    """Once it is acknowledged, the answer keeps its UID, has an earlier day and a newer number."""
    filer.file("housing-association/complaint", HOUSING | {"language": "en"})
    before = later(filer, language="en")
    clock.forward(days=1)
    staff_act(filer.ports, filer.reference, "acknowledged")
    after = later(filer, language="en")
    first, second = named(before)["answer"], named(after)["answer"]
    assert str(first["uid"]) == str(second["uid"])
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second.decoded("dtstamp") - first.decoded("dtstamp") == timedelta(days=1)
    assert (first.start, second.start) == (date(2026, 3, 23), date(2026, 3, 17))
    assert list(named(after)) == ["answer"]


def test_the_filers_own_time(filer: Filer, clock: StoppedClock) -> None:
    """After the answer it is what the filer may do and until when, and nothing of the past."""
    filer.file("housing-association/complaint", HOUSING | {"language": "en"})
    staff_act(filer.ports, filer.reference, "acknowledged")
    staff_act(filer.ports, filer.reference, "decision", text="No.", outcome="not_upheld")
    events = named(later(filer, language="en"))
    window = events["limit-ask-stage-2"]
    assert "answer" not in events
    assert "last day – You can ask for stage 2 (HSG-" in str(window["summary"])
    assert window.decoded("dtstart") == date(2026, 3, 30)
    clock.forward(days=300)
    assert filer.post("calendar").status_code == 404


def test_a_case_that_is_over_has_no_calendar(filer: Filer) -> None:
    """Withdrawn, nothing is ahead: its page offers no file, and there is none."""
    filer.file("housing-association/complaint", HOUSING | {"language": "en"})
    assert "Add the dates to your calendar" in filer.page(language="en")
    page = filer.act("withdraw", confirm="yes", language="en")
    assert (
        '<form class="fetch no-print" method="post" action="/cases/status/calendar" hidden' in page
    )
    assert filer.post("calendar").status_code == 404


def test_reminded_on_the_working_day_before(client: TestClient, clock: StoppedClock) -> None:
    """At nine on the working day before: for Thursday on Wednesday, for Monday on Friday."""
    (event,) = file_of(client, APPEAL).events
    assert alarm(event) == timedelta(hours=-15)
    clock.at = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # 3 days end on Saturday, so on Monday.
    (event,) = file_of(client, APPEAL).events
    assert event.decoded("dtstart") == date(2026, 3, 9)
    assert alarm(event) == -timedelta(days=3) + timedelta(hours=9)


def test_weekend_that_is_worked_counts(client: TestClient, clock: StoppedClock) -> None:
    """By the calendar of the organisation: Saturday 9 May 2026 is worked (调休)."""
    clock.at = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
    (event,) = file_of(client, APPEAL | {"decided_on": "2026-05-01"}).events
    assert event.decoded("dtstart") == date(2026, 5, 11)
    assert alarm(event) == -timedelta(days=2) + timedelta(hours=9)


def test_limit_in_hours_is_a_moment(filer: Filer) -> None:
    """A confirmation within 4 business hours is a moment in UTC, and rings an hour before."""
    answers = SERVICE | {"language": "en", "category": "other", "relation": "premium-customer"}
    filer.file("data-service/complaint", answers)
    content = filer.post("calendar", language="en").content
    (event,) = [
        each for each in named(read(content)).values() if "4 hours" in str(each["description"])
    ]
    assert event.decoded("dtstart") == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert b"DTSTART:20260302T120000Z" in content
    assert alarm(event) == timedelta(hours=-1)


def test_what_offices_owe_each_other_at_once_is_none(client: TestClient) -> None:
    """To hand a complaint on within 30 minutes is no date of the filer's."""
    answers = COMPLAINT | {"plate": "京A12345", "category": "repair-quality"}
    filed = client.post("/cases/car-dealer/complaint", data=answers, follow_redirects=False)
    location = filed.headers["location"]
    assert client.get(location.replace("receipt?", "receipt.ics?")).status_code == 404


def test_a_provisional_day_says_so(client: TestClient, clock: StoppedClock) -> None:
    """Past the known calendar it is tentative, and the title says that it may move."""
    clock.at = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
    (event,) = file_of(client, APPEAL | {"decided_on": "2026-12-20", "language": "en"}).events
    assert str(event["status"]) == "TENTATIVE"
    assert " (this day may still move) (ACB-" in str(event["summary"])


@pytest.mark.parametrize(
    "name",
    [
        "Smith, Jones; Sons \\ Partners",
        "Line\nBreak\r\nATTACH:http://evil.example/",
        "Lone\rreturn\rBEGIN:VALARM",
        '"Quoted": colon=equals',
        "很长的名称" * 60,
        "🙂" * 120,
        "A" * 500,
    ],
    ids=["marks", "lines", "returns", "quotes", "long", "wide", "unbroken"],
)
def test_hostile_names_stay_text(
    client: TestClient, ports: Ports, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commas, semicolons, backslashes, line ends and great length change no line but their own."""
    reference = client.post(APPEALS, json=APPEAL).json()["reference"]
    case = ports.store.case(reference)
    assert case is not None
    contract = ports.contracts.contract(case.contract)
    renamed: Contract = contract.model_copy(update={"name": Text({"zh-CN": name, "en": name})})
    monkeypatch.setattr(ports.contracts, "contract", lambda _: renamed)
    content = calendar_file(open_case(case, ports))
    calendar = read(content)
    (event,) = calendar.events
    assert str(event["summary"]).startswith(name.replace("\r\n", "\n").replace("\r", "\n"))
    assert "attach" not in event
    assert len(list(event.walk("VALARM"))) == 1
    unfolded = content.decode().replace("\r\n ", "")
    assert sorted(line.partition(":")[0] for line in unfolded.split("\r\n")) == sorted(NAMES)


NAMES = [
    *("BEGIN", "PRODID", "VERSION", "CALSCALE", "METHOD", "BEGIN"),
    *("SUMMARY", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "DTSTAMP", "UID", "SEQUENCE", "CLASS"),
    *("DESCRIPTION", "STATUS", "TRANSP", "URL"),
    *("BEGIN", "ACTION", "DESCRIPTION", "TRIGGER", "END", "END", "END", ""),
]
"""The properties of a calendar with one all-day event."""


def test_skipped_days_are_told(client: TestClient, clock: StoppedClock) -> None:
    """The event of a last day that moved says why; the window that was used is no event."""
    clock.at = datetime(2026, 4, 29, 2, 0, tzinfo=UTC)
    answers: dict[str, Any] = APPEAL | {"language": "en", "decided_on": "2026-04-20"}
    (event,) = file_of(client, answers).events
    assert event.decoded("dtstart") == date(2026, 5, 6)
    assert "because of: 2 May to 5 May (Labour Day)." in str(event["description"])


@pytest.mark.parametrize("kind", ["complaint", "dispute"])
def test_no_dates_no_calendar(client: TestClient, kind: str) -> None:
    """Where nothing has a date the receipt offers no calendar, and there is none."""
    answers = {name: APPEAL[name] for name in ("account", "name", "email", "consent")}
    answers |= {"category": "other"} if kind == "complaint" else {}
    answer = client.post(f"/cases/accreditation-body/{kind}", data=answers, follow_redirects=False)
    location = answer.headers["location"]
    assert '<li hidden><a href="/cases/receipt.ics' in client.get(location).text
    assert client.get(location.replace("receipt?", "receipt.ics?")).status_code == 404


def test_a_sealed_link_is_needed(client: TestClient) -> None:
    """A forged link or session, or one of a case that is not there, opens nothing."""
    assert client.get("/cases/receipt.ics?token=forged").status_code == 410
    token = Tokens((KEY,)).seal("receipt", "ACB-22222-22222", MORNING + RECEIPT_LINK)
    assert client.get(f"/cases/receipt.ics?token={token}").status_code == 410
    forged = client.post("/cases/status/calendar", data={"session": "forged"})
    assert forged.status_code == 410

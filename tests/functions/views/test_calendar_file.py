"""The receipt's dates as a calendar file, read back."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from functions.cases.tokens import RECEIPT_LINK, Tokens
from tests.conftest import KEY, MORNING, StoppedClock
from tests.helpers.filings import APPEAL, COMPLAINT

APPEALS = "/cases/accreditation-body/appeal"


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
    read = Calendar.from_ical(file.content)
    assert isinstance(read, Calendar)
    return read


def test_every_dated_milestone_is_a_day(client: TestClient) -> None:
    """Each date of the case is an all-day event on its last day; what has none is left out."""
    read = file_of(client, APPEAL | {"language": "en"})
    assert str(read["prodid"]) == "-//Ombud//Dates of a case//EN"
    events = {str(event["summary"]): event for event in read.events}
    organisation = "Sample accreditation body"
    assert {name: event.start for name, event in events.items()} == {
        f"{organisation}: The office must pass the appeal on": date(2026, 3, 5),
        f"{organisation}: The special committee must propose a ruling on the appeal": date(
            2026, 5, 6
        ),
    }
    for event in events.values():
        assert event.duration == timedelta(days=1)
        assert event.DTSTAMP == MORNING
        assert str(event["transp"]) == "TRANSPARENT"
    described = str(events[f"{organisation}: The office must pass the appeal on"]["description"])
    assert described.splitlines()[:-1] == [
        "The office must pass the appeal on by the end of Thursday 5 March 2026, "
        "China time (UTC+8).",
        "3 days from the day the filing is received, clause 2.5.",
        "Latest answer: The procedure sets no time for an answer.",
    ]
    assert described.splitlines()[-1].startswith("Reference: ACB-")


def test_in_the_language_of_the_case(client: TestClient) -> None:
    """A Chinese filing gives a Chinese calendar."""
    (event,) = file_of(client, COMPLAINT, "/cases/securities-brokerage/complaint").events
    assert str(event["summary"]) == "示例证券公司：该单位当场解决不了的，应当按承诺的时间反馈"
    duty, limit, note, answer, reference = str(event["description"]).splitlines()
    assert duty == (
        "2026年3月5日（星期四）24:00前（北京时间，UTC+8），"
        "该单位当场解决不了的，应当按承诺的时间反馈。"
    )
    assert limit == "3天内（程序未写明起算时间，这里自收到之日起算），第七条第1项。"
    assert note == "承诺的时间一般不超过此限"
    assert answer == "最迟答复：2026年3月5日（星期四）24:00前（北京时间，UTC+8）"
    assert reference.startswith("受理编号：SEC-")


def test_nothing_typed_is_in_it(client: TestClient) -> None:
    """Calendars are shared: no name, no account, no access code."""
    typed = {"account": "XYZZY-1", "name": "XYZZY-2", "decision": "XYZZY-3", "remedy": "XYZZY-4"}
    content = file_of(client, APPEAL | typed).to_ical().decode()
    assert "XYZZY" not in content
    assert APPEAL["email"] not in content
    assert "ACB-" in content


def test_a_second_import_changes_nothing(client: TestClient, clock: StoppedClock) -> None:
    """The same case gives the same file whenever it is asked for; each event has its own UID."""
    first = file_of(client, APPEAL)
    clock.forward(minutes=30)
    assert file_of(client, APPEAL).to_ical() == first.to_ical()
    uids = [str(event["uid"]) for event in first.events]
    assert len(set(uids)) == 2


def test_skipped_days_are_told(client: TestClient) -> None:
    """The event of a last day that moved says why; the window that was used is no event."""
    events = file_of(client, APPEAL | {"language": "en"}).events
    assert len(events) == 2
    assert "because of: 2 May to 5 May (Labour Day)." in str(events[1]["description"])


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
    """A forged link, or one of a case that is not there, opens nothing."""
    assert client.get("/cases/receipt.ics?token=forged").status_code == 410
    token = Tokens((KEY,)).seal("receipt", "ACB-22222-22222", MORNING + RECEIPT_LINK)
    assert client.get(f"/cases/receipt.ics?token={token}").status_code == 410


def test_limit_in_minutes_is_a_moment(client: TestClient) -> None:
    """A duty of 30 minutes is a moment, not a whole day."""
    answers = COMPLAINT | {"language": "en", "plate": "京A12345", "category": "repair-quality"}
    events = file_of(client, answers, "/cases/car-dealer/complaint").events
    moments = [event for event in events if "30 minutes" in str(event["description"])]
    assert moments
    for event in moments:
        assert event.start == MORNING + timedelta(minutes=30)


def test_only_the_filers_own_days_ring(client: TestClient) -> None:
    """Nobody is woken for a date on which somebody else must act."""
    for event in file_of(client, APPEAL).events:
        assert not list(event.walk("VALARM"))

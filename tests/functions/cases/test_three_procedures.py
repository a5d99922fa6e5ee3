"""A case of each kind that the procedures of other organisations know, and all of its dates.

Every last day is written down by hand, with what it is counted from, and worked out a second time
by the oracles.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.contract.terms import Unit
from functions.model.deadlines.counting import Counting
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.deadlines.oracle import oracle
from tests.helpers.deadlines.period_oracle import last_day
from tests.helpers.deadlines.random_periods import PeriodCase
from tests.helpers.desk.mailbox_staff import with_mailbox_staff
from tests.helpers.mails.reading import plain

Row = dict[str, Any]
Length = tuple[int, Unit]


@dataclass(frozen=True)
class Place:
    """Where an organisation is, and the law by which its time is counted."""

    zone: str
    calendar: str
    law: Counting

    def at(self, moment: str) -> datetime:
        """A moment there, `2026-11-28 12:00`."""
        return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(self.zone))


PLACES = {
    "data-service": Place("Europe/Berlin", "DE-BE", "eu-1182-71"),
    "housing-association": Place("Europe/London", "GB-ENG", "plain"),
    "commercial-bank": Place("Asia/Shanghai", "CN", "cn-civil-code"),
}
ANSWERS = {
    "account": "Nobody answered.",
    "name": "Sam Sample",
    "email": "sam@example.com",
    "decision": "Notice 7",
    "consent": "yes",
}


class Story:
    """One case, with what its filer and staff do."""

    def __init__(
        self, organisation: str, client: TestClient, ports: Ports, clock: StoppedClock, box: Mailbox
    ) -> None:
        self.organisation, self.place = organisation, PLACES[organisation]
        self.client, self.ports, self.clock, self.box = client, ports, clock, box
        self.pair: dict[str, str] = {}
        self.token = ""

    def file(self, kind: str, moment: str, **answers: str) -> None:
        """Files a case at a moment of the place, in process and over HTTP."""
        self.clock.at = self.place.at(moment).astimezone(UTC)
        sent = ANSWERS | {"language": "en"} | answers
        if kind != "objection":
            del sent["decision"]
        answer = self.client.post(f"/cases/{self.organisation}/{kind}", json=sent)
        assert answer.status_code == 201, answer.text
        self.pair = {name: answer.json()[name] for name in ("reference", "access_code")}
        drain(self.ports)
        notice = next(mail for mail in self.box.messages if mail["To"] != ANSWERS["email"])
        content: str = plain(notice)
        self.token = content.partition("/cases/handle?token=")[2].split()[0]

    def staff(self, moment: str, act: str, **fields: str) -> None:
        """Records an act of staff at a moment of the place."""
        self.clock.at = self.place.at(moment).astimezone(UTC)
        sent = {"handling": self.token, "act": act} | fields
        answer = self.client.post("/cases/handle", data=sent)
        assert answer.status_code == 200, answer.text

    def happen(self, moment: str, event: str) -> None:
        """Records an event that the policy names."""
        self.staff(moment, "event", event=event)

    def ask_review(self, moment: str) -> None:
        """Asks for the review inside."""
        self.clock.at = self.place.at(moment).astimezone(UTC)
        sent = self.pair | {"review": "0", "text": "Still not satisfied.", "language": "en"}
        answer = self.client.post("/cases/status/review", data=sent)
        assert answer.status_code == 200, answer.text

    def milestone(self, clause: str, length: Length) -> Row:
        """The milestone of a clause with this length."""
        answer = self.client.post("/cases/status", json=self.pair | {"language": "en"})
        found: list[Row] = [
            one
            for one in answer.json()["milestones"]
            if one["clause"] == clause and (one["value"], one["unit"]) == length
        ]
        assert len(found) == 1, (clause, length, answer.json()["milestones"])
        return found[0]

    def due(
        self,
        clause: str,
        length: Length,
        start: str,
        expected: str,
        base: tuple[Length, ...] = (),
        stopped: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """A limit ends on the day written here, and both oracles say the same."""
        shown = self.milestone(clause, length)["last_day"]
        pauses = tuple((self.place.at(a), self.place.at(b)) for a, b in stopped)
        begins, place = self.place.at(start), self.place
        period = PeriodCase(begins, (*base, length), place.calendar, place.law, place.zone, pauses)
        assert (shown, last_day(period).isoformat()) == (expected, expected)
        if not base and not stopped:
            plain = oracle(begins, *length, place.calendar, place.law, place.zone)
            assert plain.last_day == date.fromisoformat(expected)

    def moment(self, clause: str, length: Length, expected: str) -> None:
        """A limit ends at this moment of the place."""
        due = datetime.fromisoformat(self.milestone(clause, length)["due"])
        assert due == self.place.at(expected)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """Members of staff read the mailboxes, each their own."""
    return with_mailbox_staff(ports)


@pytest.fixture
def data_service(client: TestClient, ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> Story:
    """A case in Berlin."""
    return Story("data-service", client, ports, clock, mailbox)


@pytest.fixture
def housing(client: TestClient, ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> Story:
    """A case in England."""
    return Story("housing-association", client, ports, clock, mailbox)


@pytest.fixture
def bank(client: TestClient, ports: Ports, clock: StoppedClock, mailbox: Mailbox) -> Story:
    """A case in China."""
    return Story("commercial-bank", client, ports, clock, mailbox)


def test_data_protection_request(data_service: Story) -> None:
    """One month is 28 December, two more are 28 February, a Sunday: 1 March."""
    case = data_service
    case.file("request", "2026-11-28 12:00")
    received = "2026-11-28 12:00"
    case.due("5.1", (1, "month"), received, "2026-12-28")
    case.due("5.2", (1, "month"), received, "2026-12-28")
    case.due("5.2", (2, "month"), received, "2027-03-01", base=((1, "month"),))
    extended = case.milestone("5.2", (2, "month"))
    assert (extended["conditional"], extended["condition"]) == (True, "the request is complex")


def test_proof_of_identity_starts_the_month_anew(data_service: Story) -> None:
    """While it is awaited there is no date; then the month and its extension run from it."""
    case = data_service
    case.file("request", "2026-11-28 12:00")
    case.happen("2026-12-02 10:00", "identity-asked")
    assert case.milestone("5.1", (1, "month"))["last_day"] is None
    proved = "2026-12-10 09:00"
    case.happen(proved, "identity-proved")
    case.due("5.1", (1, "month"), proved, "2027-01-11")  # 10 January is a Sunday
    case.due("5.2", (1, "month"), proved, "2027-01-11")
    case.due("5.2", (2, "month"), proved, "2027-03-10", base=((1, "month"),))


def test_support_complaint_of_a_customer(data_service: Story) -> None:
    """One and five business days, a stopped clock, silence and reopening."""
    case = data_service
    received, asked, replied = "2026-11-27 16:00", "2026-11-30 10:00", "2026-12-03 15:00"
    case.file("complaint", received, relation="customer", category="other")
    case.due("3.1", (1, "working_day"), received, "2026-11-30")
    case.due("3.1", (5, "working_day"), received, "2026-12-04")
    case.happen(asked, "asked")
    assert case.milestone("3.1", (5, "working_day"))["stopped"]["clause"] == "3.4"
    case.due("3.5", (14, "day"), asked, "2026-12-14")
    case.happen(replied, "replied")
    case.due("3.1", (5, "working_day"), received, "2026-12-09", stopped=((asked, replied),))
    closing = "2026-12-15 10:00"
    case.happen(closing, "closing")
    case.due("3.5", (30, "day"), closing, "2027-01-14")


def test_premium_customer_and_severity_1(data_service: Story) -> None:
    """Four business hours run over the weekend; thirty minutes run at night."""
    case = data_service
    case.file("complaint", "2026-11-27 16:00", relation="premium-customer", category="other")
    case.moment("3.2", (4, "hour"), "2026-11-30 11:00")
    case.file("complaint", "2026-11-28 03:00", relation="customer", category="outage")
    case.moment("3.3", (30, "minute"), "2026-11-28 03:30")


def test_objection(data_service: Story) -> None:
    """Six months from the notice, fourteen days to decide, and what the outside body owes."""
    case = data_service
    case.file("objection", "2026-11-28 12:00", decided_on="2026-08-31", relation="user")
    case.due("4.1", (6, "month"), "2026-08-31 00:00", "2027-03-01")
    assert not case.milestone("4.1", (6, "month"))["late"]
    case.due("4.2", (14, "day"), "2026-11-28 12:00", "2026-12-14")
    body = "2027-01-05 10:00"
    assert case.milestone("6.2", (90, "day"))["last_day"] is None
    case.happen(body, "dispute-received")
    case.due("6.2", (90, "day"), body, "2027-04-05")
    case.due("6.2", (180, "day"), body, "2027-07-05")
    assert case.milestone("6.2", (90, "day"))["party"] == "authority"
    case.file("objection", "2026-11-28 12:00", decided_on="2026-05-27", relation="user")
    assert case.milestone("4.1", (6, "month"))["late"]


def test_housing_complaint(housing: Story) -> None:
    """Both stages, each from its own acknowledgement; Christmas and Easter are days off."""
    case, received = housing, "2026-12-18 10:00"
    case.file("complaint", received, **{"event.incident": "2025-12-18"})
    case.due("1.5", (12, "month"), "2025-12-18 00:00", "2026-12-18")
    assert not case.milestone("1.5", (12, "month"))["late"]
    case.due("3.1", (5, "working_day"), received, "2026-12-29")
    assert case.milestone("3.2", (10, "working_day"))["last_day"] is None
    acknowledged = "2026-12-29 09:00"
    case.staff(acknowledged, "acknowledged")
    case.due("3.2", (10, "working_day"), acknowledged, "2027-01-13")
    case.due("3.3", (10, "working_day"), acknowledged, "2027-01-27", base=((10, "working_day"),))
    response = "2027-01-13 15:00"
    case.staff(response, "decision", text="We will mend the roof.")
    case.due("3.5", (3, "month"), response, "2027-04-13")
    case.due("4.1", (20, "working_day"), response, "2027-02-10")
    asked = "2027-02-01 11:00"
    case.ask_review(asked)
    case.due("4.2", (5, "working_day"), asked, "2027-02-08")
    again = "2027-02-03 09:00"
    case.staff(again, "acknowledged")
    case.due("4.3", (20, "working_day"), again, "2027-03-03")
    case.due("4.4", (20, "working_day"), again, "2027-04-02", base=((20, "working_day"),))
    final = "2027-03-03 12:00"
    case.staff(final, "decision", text="We stand by it.")
    case.due("5.2", (12, "month"), final, "2028-03-03")


def test_housing_complaint_about_something_old(housing: Story) -> None:
    """What happened more than twelve months ago is taken, and flagged."""
    housing.file("complaint", "2026-12-18 10:00", **{"event.incident": "2025-12-17"})
    housing.due("1.5", (12, "month"), "2025-12-17 00:00", "2026-12-17")
    assert housing.milestone("1.5", (12, "month"))["late"]


def test_lost_card_at_night(bank: Story) -> None:
    """Payment is stopped within an hour, at any hour; a first answer in two working days."""
    bank.file("complaint", "2026-11-28 02:30", category="urgent-loss")
    bank.moment("第十四条", (1, "hour"), "2026-11-28 03:30")
    bank.due("第十四条", (2, "working_day"), "2026-11-28 02:30", "2026-12-01")


@pytest.mark.parametrize(
    ("level", "clause", "length", "days"),
    [
        ("simple", "第九条", (15, "day"), ("2026-12-14", "2026-12-21", "2026-12-22")),
        ("complex", "第十条", (30, "day"), ("2026-12-28", "2027-01-04", "2027-01-06")),
    ],
)
def test_bank_decides(
    bank: Story, level: str, clause: str, length: Length, days: tuple[str, str, str]
) -> None:
    """Fifteen or thirty days; missing papers and expert opinion stop the clock."""
    received = "2026-11-28 10:00"
    bank.file("complaint", received, category="other")
    bank.due("第八条", (7, "working_day"), received, "2026-12-08")
    bank.staff("2026-11-28 11:00", "classified", level=level)
    bank.due(clause, length, received, days[0])
    missing, complete = "2026-12-02 10:00", "2026-12-09 10:00"
    bank.happen(missing, "papers-missing")
    assert bank.milestone(clause, length)["last_day"] is None
    assert bank.milestone(clause, length)["stopped"]["clause"] == "第八条"
    bank.happen(complete, "papers-complete")
    bank.due(clause, length, received, days[1], stopped=((missing, complete),))
    ordered, result = "2026-12-10 10:00", "2026-12-12 10:00"
    bank.happen(ordered, "opinion-ordered")
    bank.happen(result, "opinion-received")
    stopped = ((missing, complete), (ordered, result))
    bank.due(clause, length, received, days[2], stopped=stopped)


def test_bank_extends_and_reviews(bank: Story) -> None:
    """Thirty more days where it is very complex; thirty to ask for a review, thirty to decide."""
    received = "2026-11-28 10:00"
    bank.file("complaint", received, category="other")
    bank.staff("2026-11-28 11:00", "classified", level="complex")
    bank.due("第十一条", (30, "day"), received, "2027-01-27", base=((30, "day"),))
    decided = "2026-12-14 10:00"
    bank.staff(decided, "decision", text="不退费。")
    bank.due("第十六条", (30, "day"), decided, "2027-01-13")
    asked = "2027-01-05 10:00"
    bank.ask_review(asked)
    bank.due("第十七条", (30, "day"), asked, "2027-02-04")


def test_case_says_how_to_reach_other_bodies(housing: Story) -> None:
    """The page of a case names who may go where, at any time or not, with address and numbers."""
    housing.file("complaint", "2026-12-18 10:00")
    page = housing.client.post("/cases/status", data=housing.pair | {"language": "en"}).text
    said = page.partition('id="reviews"')[2]
    for words in ("2 Sample Square, Sampleton", "020 7946 0200", "ombudsman@example.com"):
        assert words in said
    assert '<span class="tag">at any time</span>' in said
    assert '<span class="tag">Shared owner</span>' in said


def test_form_says_whom_a_limit_is_for(built: Path) -> None:
    """Payment is stopped for a lost card only; premium customers are confirmed sooner."""
    form = (built / "en" / "commercial-bank" / "complaint" / "index.html").read_text("utf-8")
    stop = form.partition("must stop payment")[2].partition("</p>")[0]
    assert '<span class="tag">Urgent loss of a bank card or an account</span>' in stop
    form = (built / "en" / "data-service" / "complaint" / "index.html").read_text("utf-8")
    premium = form.partition("must confirm a premium customer")[2].partition("</p>")[0]
    assert '<span class="tag">Premium customer</span>' in premium
    assert "Support complaint</span>" not in premium

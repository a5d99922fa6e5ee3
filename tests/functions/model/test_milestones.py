"""The dates of a case: which limits hold for it, and a filing after its time is flagged."""

from datetime import UTC, date, datetime, time

import pytest
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.answers.submission import Submission
from functions.model.contract.form import Choice, FormField
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Party
from functions.model.deadlines.calendar import BusinessHours
from functions.model.deadlines.milestones import Calendars, milestones
from functions.model.text import Text
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.deadlines.counting_cases import CALENDAR
from tests.helpers.filings import APPEAL

CALENDARS = Calendars(CALENDAR, CALENDAR)
APPEALS = "/cases/accreditation-body/appeal"
LAST_DAY = date(2026, 2, 24)
"""Thirty days from 20 January lie in Spring Festival, so they end on the first day after it."""
LATE = APPEAL | {"decided_on": "2026-01-20"}
LATE_WORDS = {
    "zh-CN": "逾期提出：期限为2026年2月24日（星期二）24:00前（北京时间，UTC+8）（第2.3条）。"
    "仍予收下，如何处理由工作人员依照条款决定。",
    "en": "Late: it could be filed until the end of Tuesday 24 February 2026, China time (UTC+8) "
    "(clause 2.3). It has been taken in all the same; staff decide by the clause what follows.",
}


def limit(id: str, level: str | None = None, recurring: bool = False) -> Limit:
    """A limit of three days from receipt."""
    return Limit(
        id=id,
        value=3,
        unit="day",
        starts="received",
        party="organisation",
        action=Text({"zh-CN": "答复"}),
        role=None,
        clause="1",
        level=level,
        recurring=recurring,
    )


@pytest.mark.parametrize(
    ("category", "ids"),
    [
        ("grave", ["all", "of-major"]),
        ("light", ["all", "of-minor"]),
        ("plain", ["all"]),
        (None, ["all"]),
    ],
)
def test_limits_of_the_categorys_level(category: str | None, ids: list[str]) -> None:
    """A limit of another level, and a frequency, are no milestones of the case."""
    words = Text({"zh-CN": "类别"})
    levels = {"grave": "major", "light": "minor", "plain": None}
    choices = tuple(Choice(value=key, label=words, level=one) for key, one in levels.items())
    filers = (Choice(value="plain", label=words, level="major"),)
    relation = FormField(
        name="relation", input="choice", label=words, required=False, choices=filers
    )
    about = FormField(name="category", input="choice", label=words, required=True, choices=choices)
    kind = Kind(
        name=words,
        fields=(relation, about),
        limits=(
            limit("all"),
            limit("of-major", level="major"),
            limit("of-minor", level="minor"),
            limit("survey", recurring=True),
        ),
        reviews=(),
        routes=(),
    )
    assert [one.id for one in kind.limits_for(category, kind.level_of(category))] == ids


def test_policys_levels_reach_the_contract(ports: Ports) -> None:
    """A category's level is on its choice."""
    digest = ports.contracts.current().organisations["online-lender"]
    fields = ports.contracts.contract(digest).kinds["complaint"].fields
    category = next(field for field in fields if field.name == "category")
    levels = {choice.value: choice.level for choice in category.choices}
    assert [levels[id] for id in ("use", "skill", "system")] == ["level-1", "level-2", "level-3"]
    assert levels["other"] is None


@pytest.mark.parametrize(
    ("received", "late"),
    [
        (datetime(2026, 2, 24, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 2, 24, 16, 0, tzinfo=UTC), True),
    ],
    ids=["23:59:59 in Shanghai", "24:00 in Shanghai"],
)
def test_late_from_midnight_on(
    client: TestClient, clock: StoppedClock, received: datetime, late: bool
) -> None:
    """The last day counts whole, in the organisation's time zone; then the filing is late."""
    clock.at = received
    answer = client.post(APPEALS, json=LATE)
    assert answer.status_code == 201
    window = answer.json()["milestones"][0]
    assert window["last_day"] == LAST_DAY.isoformat()
    assert window["due"] == "2026-02-25T00:00:00+08:00"
    assert len(window["skipped"]) == 5
    assert window["late"] is late
    assert [one["late"] for one in answer.json()["milestones"][1:]] == [False, False, False]


@pytest.mark.parametrize(("hour", "late"), [(16, False), (17, True)])
def test_late_from_closing_time_on(ports: Ports, hour: int, late: bool) -> None:
    """Where there are business hours the time to file ends with those of its last day."""
    contract = ports.contracts.contract(
        ports.contracts.current().organisations["accreditation-body"]
    ).model_copy(update={"hours": BusinessHours(opens=time(9), closes=time(17))})
    submission = Submission(decided_on=date(2026, 1, 20))
    received = datetime(2026, 2, 24, hour - 8, tzinfo=UTC)
    dated = milestones(contract, contract.kinds["appeal"], submission, received, CALENDARS)
    assert dated[0].late is late


@pytest.mark.parametrize(
    ("party", "in_review", "last_day", "is_window"),
    [
        ("organisation", False, date(2026, 3, 5), False),
        ("filer", False, None, True),
        ("filer", True, None, False),
    ],
    ids=["the organisation's", "to file", "to ask for a review"],
)
def test_a_limit_without_a_start(
    ports: Ports, party: Party, in_review: bool, last_day: date | None, is_window: bool
) -> None:
    """The organisation's is counted from receipt; a filer's has no last day, nothing is late."""
    contract = ports.contracts.contract(
        ports.contracts.current().organisations["accreditation-body"]
    )
    unstated = limit("unstated").model_copy(
        update={"starts": "unstated", "party": party, "in_review": in_review}
    )
    kind = contract.kinds["appeal"].model_copy(update={"limits": (unstated,)})
    given = Submission(decided_on=date(2020, 1, 20))
    (dated,) = milestones(contract, kind, given, datetime(2026, 3, 2, 2, 0, tzinfo=UTC), CALENDARS)
    assert (dated.due and dated.due.day) == last_day
    assert dated.late is False
    assert unstated.is_window is is_window


def test_only_the_filers_own_window_is_late(client: TestClient, clock: StoppedClock) -> None:
    """What the organisation lets pass is not flagged as the filer's lateness."""
    filed = client.post(APPEALS, json=APPEAL).json()
    clock.forward(days=200)
    pair = {"reference": filed["reference"], "access_code": filed["access_code"]}
    found = client.post("/cases/status", json=pair).json()
    assert not any(one["late"] for one in found["milestones"])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_late_filing_is_taken_and_flagged_everywhere(
    client: TestClient, ports: Ports, mailbox: Mailbox, language: str
) -> None:
    """Receipt, saved receipt, status page and acknowledgement say it; so does the notice."""
    answer = client.post(APPEALS, data=LATE | {"language": language}, follow_redirects=False)
    assert answer.status_code == 303
    location = answer.headers["location"]
    receipt = client.get(location).text
    words = LATE_WORDS[language if language == "en" else "zh-CN"]
    assert words in receipt
    assert words in client.get(location.replace("receipt?", "receipt.txt?")).text
    codes = [part.split("</code>")[0] for part in receipt.split("<code>")[1:3]]
    status = {"reference": codes[0], "access_code": codes[1], "language": language}
    assert words in client.post("/cases/status", data=status).text
    drain(ports)
    for mail in mailbox.messages:
        filer = mail["To"] == APPEAL["email"]
        for type in ("plain", "html"):
            body = mail.get_body((type,))
            assert body is not None
            assert (words if filer else LATE_WORDS["zh-CN"]) in body.get_content()
    assert len(mailbox.messages) == 2


def test_filing_in_time_has_no_flag(client: TestClient) -> None:
    """Nothing speaks of lateness where there is none."""
    answer = client.post(APPEALS, data=APPEAL)
    assert "逾期提出" not in answer.text
    assert "在期限内提出：期限为2026年3月23日（星期一）24:00前（北京时间，UTC+8）" in answer.text
    assert "您 提出申诉" not in answer.text


def test_window_of_unknown_years_is_not_judged(client: TestClient) -> None:
    """Where days off are unknown the window is provisional, and nothing says that it was missed."""
    answer = client.post(APPEALS, json=APPEAL | {"decided_on": "1999-09-01"}).json()
    assert (answer["milestones"][0]["provisional"], answer["milestones"][0]["late"]) == (
        True,
        False,
    )

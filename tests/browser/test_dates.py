"""The dates on a form, by the script in a real Chromium: the same clock, the same words."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from functions.cases.ports.ports import Ports
from functions.model.deadlines.counting import Due, Length, Rules, due_after, due_by
from functions.model.language import Language
from site_src.publish.build import build
from site_src.render.pages.scripted_limits import opening_minutes
from tests.conftest import MORNING
from tests.helpers.chromium import choose, text_of
from tests.helpers.deadlines.calendars import calendar
from tests.helpers.deadlines.counting_cases import BY_HAND, CALENDAR, ZONE, ClockCase, read_cases
from tests.helpers.deadlines.one_length import due
from tests.helpers.deadlines.oracle import oracle
from tests.helpers.deadlines.period_oracle import last_day, last_day_by, moment
from tests.helpers.deadlines.random_cases import EDGES, DueCase, drawn_cases, rules_of
from tests.helpers.deadlines.random_periods import PeriodCase, drawn_hours, drawn_periods
from tests.helpers.filings import APPEAL
from tests.helpers.places import EXAMPLES
from tests.helpers.servers.site_server import served_here

GOOD = EXAMPLES / "good" / "sample"
APPEAL_FORM = "/accreditation-body/appeal/"
CHINA_TIME = "China time (UTC+8)"
DATES_SCRIPT = re.compile(r'data-later="/assets/ombud\.\w+\.js"')

COUNT = """([cases, calendars]) => cases.map((one) => {
  const spans = (minutes) => minutes.map((span) => span.map((at) => at * 60_000));
  const days = Object.entries(one.hours?.own ?? {}).map(([day, own]) => [day, spans(own)]);
  const hours = one.hours && { usual: spans(one.hours.usual), own: Object.fromEntries(days) };
  const rules = { calendar: calendars[one.calendar], hours, law: one.law, timeZone: one.zone };
  const ends = one.by
    ? ombud.dueBy(one.start, one.by, rules)
    : ombud.dueAfter(one.start, one.lengths, rules, one.moves ?? true);
  const said = (day) => new Date(day).toISOString().slice(0, 10);
  return {
    at: ends.at,
    day: said(ends.day),
    provisional: ends.provisional,
    moved: ends.moved,
    skipped: ends.skipped.map(({ day, reason }) => [said(day), reason]),
  };
})"""
"""Counts every case in the page; moments go in and come out as milliseconds since 1970."""

COME = """new Promise((come) => {
  const look = () => (globalThis.ombud ? come() : setTimeout(look, 10));
  look();
})"""
"""Waits for the script. (Playwright's own wait evaluates words, which the page forbids.)"""


@contextmanager
def page_at(browser: Browser, at: datetime, script: bool = True) -> Iterator[Page]:
    """A page whose device is far from Shanghai and whose clock stands at `at`; no errors."""
    context = browser.new_context(
        java_script_enabled=script, timezone_id="America/Los_Angeles", locale="en-US"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.set_fixed_time(at)
    yield page
    assert errors == []
    context.close()


def send(page: Page) -> None:
    """From the form past the check of the answers to the receipt."""
    page.click("button[value=check]")
    page.click("button[value=send]")


def shanghai(local: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


def milliseconds(at: datetime) -> int:
    """A moment as a page knows it."""
    return round(at.timestamp() * 1000)


def sent(case: ClockCase | DueCase) -> dict[str, Any]:
    """A case as the page takes it."""
    return {
        "start": milliseconds(case.start),
        "lengths": [[case.value, case.unit, case.within_hours]],
        "calendar": case.calendar,
        "law": case.law,
        "zone": case.zone,
        "hours": case.hours and opening_minutes(case.hours),
    }


def told(due: Due) -> dict[str, Any]:
    """An end as the page gives it back."""
    return {
        "at": milliseconds(due.at),
        "day": due.day.isoformat(),
        "provisional": due.provisional,
        "moved": due.moved,
        "skipped": [[skip.day.isoformat(), skip.reason] for skip in due.skipped],
    }


def counted_by_script(
    page: Page, cases: Sequence[ClockCase] | Sequence[DueCase]
) -> list[dict[str, Any]]:
    """What `ombud.js` makes of the cases, in one call."""
    return evaluated(page, [sent(one) for one in cases])


def evaluated(page: Page, cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the script makes of cases as the page takes them."""
    codes = {one["calendar"] for one in cases} - {BY_HAND}
    calendars = {code: calendar(code).model_dump(mode="json") for code in codes}
    calendars[BY_HAND] = CALENDAR.model_dump(mode="json")
    page.evaluate(COME)
    found: list[dict[str, Any]] = page.evaluate(COUNT, [list(cases), calendars])
    return found


def composed(case: PeriodCase, **more: object) -> dict[str, Any]:
    """A composed period as the page takes it."""
    return {
        "start": milliseconds(case.start),
        "lengths": case.lengths,
        "calendar": case.calendar,
        "law": case.law,
        "zone": case.zone,
        **more,
    }


def test_script_counts_as_the_table_says(browser: Browser, address: str) -> None:
    """Every case counted by hand comes out of the script as out of the function."""
    cases = list(read_cases())
    with page_at(browser, MORNING) as page:
        page.goto(address + APPEAL_FORM)
        found = counted_by_script(page, cases)
    for case, ends in zip(cases, found, strict=True):
        assert ends == told(case.expected), case


def test_script_counts_as_the_oracle_does(browser: Browser, address: str) -> None:
    """20,000 periods under every law and calendar end as the oracle says, for the same reasons."""
    cases = [*drawn_cases(20_000), *(case for case, *_ in EDGES)]
    with page_at(browser, MORNING) as page:
        page.goto(address + APPEAL_FORM)
        found = counted_by_script(page, cases)
    for case, ends in zip(cases, found, strict=True):
        right = oracle(case.start, case.value, case.unit, case.calendar, case.law, case.zone)
        end = (right.last_day.isoformat(), milliseconds(right.at), right.provisional)
        assert (ends["day"], ends["at"], ends["provisional"]) == end, case
        counted = due(case.start, case.value, case.unit, rules_of(case))
        assert ends == told(counted), case


def test_script_counts_composed_periods(browser: Browser, address: str) -> None:
    """Extensions, days of the year and hours with breaks end as oracle and function say."""
    periods = drawn_periods(1_200, pauses=False)
    hours = drawn_hours(150, pauses=False)
    asked = [composed(case) for case in periods]
    asked += [composed(case, moves=False) for case in periods]
    asked += [composed(case, by="09-30") for case in periods]
    asked += [
        composed(case, lengths=[[*case.lengths[0], True]], hours=opening_minutes(week.hours))
        for case, week in hours
    ]
    with page_at(browser, MORNING) as page:
        page.goto(address + APPEAL_FORM)
        found = iter(evaluated(page, asked))
    for case in periods:
        ends = next(found)
        assert ends["day"] == last_day(case).isoformat(), case
        assert ends == told(due_after(case.start, case.parts, case.rules)), case
    for case in periods:
        counted = due_after(case.start, case.parts, case.rules, moves=False)
        assert next(found) == told(counted), case
    for case in periods:
        ends = next(found)
        right = last_day_by(case.start.date(), 9, 30, case.calendar, case.law)
        assert ends["day"] == right.isoformat(), case
        assert ends == told(due_by(case.start, "09-30", case.rules)), case
    for case, week in hours:
        ends = next(found)
        assert ends["at"] == milliseconds(moment(case, week)), case
        within = Rules(calendar(case.calendar), week.hours, case.law)
        length = Length(*case.lengths[0], within_hours=True)
        assert ends == told(due_after(case.start, (length,), within)), case


@pytest.mark.parametrize(
    ("language", "at", "dates"),
    [
        (
            "zh-CN",
            "2026-03-20T23:59",
            [
                "如果现在提交：2026年3月23日（星期一）24:00前（北京时间，UTC+8）",
                "如果现在提交：2026年5月20日（星期三）24:00前（北京时间，UTC+8）",
            ],
        ),
        (
            "zh-CN",
            "2026-03-21T00:00",
            [
                "如果现在提交：2026年3月24日（星期二）24:00前（北京时间，UTC+8）",
                "如果现在提交：2026年5月21日（星期四）24:00前（北京时间，UTC+8）",
            ],
        ),
        (
            "en",
            "2026-09-28T12:00",
            [
                f"If you file now: by the end of Thursday 8 October 2026, {CHINA_TIME}",
                f"If you file now: by the end of Monday 30 November 2026, {CHINA_TIME}",
            ],
        ),
    ],
)
def test_dates_if_filed_today(
    browser: Browser, address: str, language: Language, at: str, dates: list[str]
) -> None:
    """Today is today in Shanghai, wherever the device is; days skipped are told with reasons."""
    prefix = "" if language == "zh-CN" else f"/{language}"
    with page_at(browser, shanghai(at)) as page:
        page.goto(address + prefix + APPEAL_FORM)
        expect(page.locator("#after .due:not(:empty)")).to_have_text(dates)
        if language == "en":
            expect(page.locator("#after .skipped").nth(1)).to_have_text(
                "The last day moves to the next working day, because of: "
                "1 October to 7 October (National Day)."
            )


def test_date_past_the_calendar_is_provisional(browser: Browser, address: str) -> None:
    """A date that an unpublished holiday could move says so."""
    with page_at(browser, shanghai("2026-11-10T09:00")) as page:
        page.goto(f"{address}/en{APPEAL_FORM}")
        expect(page.locator("#after .skipped").nth(2)).to_have_text(
            "The last day moves to the next working day, because of: 10 January (weekend). "
            "Provisional: this site does not yet know how days off are arranged in 2027."
        )


def test_dates_follow_the_clock_over_midnight(browser: Browser, address: str) -> None:
    """A page that is left open does not keep yesterday's dates."""
    with page_at(browser, MORNING) as page:
        page.clock.install(time=shanghai("2026-03-02T23:59:30"))
        page.goto(f"{address}/en{APPEAL_FORM}")
        due = page.locator("#after .due:not(:empty)").first
        expect(due).to_have_text(
            f"If you file now: by the end of Thursday 5 March 2026, {CHINA_TIME}"
        )
        page.clock.run_for(61_000)
        expect(due).to_have_text(
            f"If you file now: by the end of Friday 6 March 2026, {CHINA_TIME}"
        )


_DAY = re.compile(r"\d{4}年\d+月\d+日（星期.）24:00|the end of [A-Z][a-z]+ \d+ [A-Z][a-z]+ \d{4}")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_receipt_keeps_what_the_form_said(
    browser: Browser, address: str, language: Language
) -> None:
    """The days that the form works out for today are those that the receipt then promises."""
    prefix = "" if language == "zh-CN" else f"/{language}"
    with page_at(browser, MORNING) as page:
        page.goto(address + prefix + APPEAL_FORM)
        expect(page.locator("#after .due:not(:empty)")).to_have_count(2)
        said = [_DAY.findall(text) for text in page.locator("#after .due").all_inner_texts()]
        choose(page, APPEAL["category"])
        for name in ("decision", "decided_on", "account", "name", "email"):
            page.fill(f"#{name}", APPEAL[name])
        last_day = page.locator("#decided_on-window").inner_text()
        page.check("#consent")
        send(page)
        received = text_of(page)
        promised = [
            _DAY.findall(text) for text in page.locator(".milestones time").all_inner_texts()
        ]
        assert promised[:2] == said[1:3]
        assert all(promised[:2])
        until = re.search(r"(until .* China time \(UTC\+8\)|在.*前（北京时间，UTC\+8）)", last_day)
        assert until
        assert until[1].removeprefix("在") in received


def test_window_is_checked_live(browser: Browser, address: str) -> None:
    """The day of the decision shows the last day to file, and that it has passed, with why."""
    with page_at(browser, MORNING) as page:
        page.goto(f"{address}/en{APPEAL_FORM}")
        box = page.locator("#decided_on-window")
        expect(box).to_have_attribute("aria-live", "polite")
        expect(page.locator("#after .due:not(:empty)")).to_have_count(2)
        expect(box).to_be_empty()
        page.fill("#decided_on", "2026-02-20")
        expect(box).to_have_text(
            "You can file until the end of Monday 23 March 2026, China time (UTC+8). Reason: "
            "30 days from the day of the decision or notice, clause 2.3. "
            "The last day moves to the next working day, because of: 22 March (weekend)."
        )
        page.fill("#decided_on", "2026-01-20")
        expect(box).to_have_text(
            "The time to file ended on Tuesday 24 February 2026 (6 days ago). You may still send "
            "your filing, and it is taken in; staff decide by the clause what follows. "
            "Reason: 30 days from the day of the decision or notice, clause 2.3. "
            "The last day moves to the next working day, because of: "
            "19 February to 23 February (Spring Festival)."
        )
        for nothing in ("2026-03-03", "0026-01-20", ""):
            page.fill("#decided_on", nothing)
            expect(box).to_be_empty()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-02-24T23:59", "请在2026年2月24日（星期二）24:00前（北京时间，UTC+8）提出。"),
        ("2026-02-25T00:00", "提出的期限已于2026年2月24日（星期二）届满（1天前）；您仍然可以提交"),
        ("2026-03-26T08:00", "届满（30天前）"),
    ],
)
def test_window_ends_at_midnight(browser: Browser, address: str, at: str, said: str) -> None:
    """The last day counts whole; from midnight in Shanghai on it has passed."""
    with page_at(browser, shanghai(at)) as page:
        page.goto(address + APPEAL_FORM)
        page.fill("#decided_on", "2026-01-20")
        expect(page.locator("#decided_on-window")).to_contain_text(said)


def test_late_form_is_sent_all_the_same(browser: Browser, address: str) -> None:
    """The notice blocks nothing: an error keeps it, by the day that is filled in; then it goes."""
    with page_at(browser, MORNING) as page:
        page.goto(f"{address}/en{APPEAL_FORM}")
        choose(page, APPEAL["category"])
        for name in ("decision", "account", "name"):
            page.fill(f"#{name}", APPEAL[name])
        page.fill("#decided_on", "2026-01-20")
        page.fill("#email", "zhang@")
        page.check("#consent")
        page.click("button[value=check]")
        expect(page.get_by_role("alert").first).to_contain_text("e-mail address")
        expect(page.locator("#decided_on-window")).to_contain_text("(6 days ago)")
        page.fill("#email", APPEAL["email"])
        send(page)
        expect(page.locator("h1")).to_have_text("We have received your appeal")
        expect(page.locator(".notice.warn")).to_contain_text("Late: it could be filed until")


def test_without_script_the_list_stands(browser: Browser, address: str) -> None:
    """Every limit of the kind with who, what, how long and clause; no date, nothing missing."""
    with page_at(browser, MORNING, script=False) as page:
        page.goto(f"{address}/en{APPEAL_FORM}")
        rows = page.locator("#after li")
        lines = [
            "You can file an appeal within 30 days of the decision or notice. clause 2.3",
            "The office must pass your appeal on within 3 days of receiving it. clause 2.5",
            "The special committee must propose a ruling on your appeal within 2 months of "
            "receipt. clause 2.5",
            "The office must carry the decision out and tell you within 10 working days of receipt "
            "of the notice of the decision. clause 2.5",
        ]
        expect(rows).to_have_text(lines, use_inner_text=True)
        expect(rows.first.locator(".clause-ref")).to_have_attribute(
            "href", "/en/accreditation-body/procedure/#clause-2.3"
        )


def test_without_calendar_the_list_stands(browser: Browser, address: str) -> None:
    """A calendar that does not come leaves the page as it is."""
    with page_at(browser, MORNING) as page:
        page.route("**/assets/calendar-*.json", lambda route: route.abort())
        with page.expect_event("requestfailed"):
            page.goto(address + APPEAL_FORM)
        page.fill("#decided_on", "2026-01-20")
        expect(page.locator("#after .due:not(:empty)")).to_have_count(0)
        expect(page.locator("#after li")).to_have_count(4)


FRAMES_BY_HAND = """
const waiting = [];
globalThis.requestAnimationFrame = (act) => waiting.push(act);
globalThis.draw = () => waiting.splice(0).forEach((act) => act(performance.now()));
"""


def test_dates_wait_for_the_first_paint(browser: Browser, address: str) -> None:
    """Their script is asked for in the second frame, and counts what was typed until then."""
    with page_at(browser, MORNING) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script(FRAMES_BY_HAND)
        page.goto(address + APPEAL_FORM, wait_until="networkidle")
        page.fill("#decided_on", "2026-01-20")
        page.evaluate("draw()")
        assert [url for url in asked if re.search(r"/(ombud\.\w+\.js|calendar-)", url)] == []
        with page.expect_request("**/assets/ombud.*.js"):
            page.evaluate("draw()")
        page.evaluate(COME)
        page.evaluate("draw()")
        with page.expect_request("**/assets/calendar-*.json"):
            page.evaluate("draw()")
        expect(page.locator("#decided_on-window")).to_contain_text("2026年2月24日")
        expect(page.locator("#decided_on")).to_have_value("2026-01-20")


def test_no_script_where_nothing_is_dated(built: Path) -> None:
    """A form without dates loads no script for them, and says that there are no limits."""
    page = (built / "en" / "accreditation-body" / "dispute" / "index.html").read_text("utf-8")
    assert not DATES_SCRIPT.search(page)
    assert "The procedure sets no time limits." in page
    for form in ("accreditation-body/appeal", "car-dealer/complaint"):
        assert DATES_SCRIPT.search((built / form / "index.html").read_text("utf-8"))


PROCEDURE = """# 申诉办法

1.1 申诉，是指客户对决定不满意而提出的意见。

2.1 可以拨打 400-000-0000，也可以写信到 help@sample.example.com。

2.2 客户自决定作出之日起 5 天内可以申诉。
客服部在收到申诉后 2 个小时内答复，重大的在收到申诉后 3 天内答复。
客服部每年至少进行四次回访。

2.3 经理复核答复。
"""


def appeals_sample(folder: Path) -> None:
    """Writes the sample policy as one of appeals: business hours, a level, a frequency."""
    data = yaml.safe_load((GOOD / "policy.yaml").read_text("utf-8"))
    data["kinds"] = [{"id": "appeal", "name": {"zh-CN": "申诉", "en": "Appeal"}, "clause": "1.1"}]
    data["organisation"]["hours"] = {"opens": "09:00", "closes": "17:00"}
    name = {"zh-CN": "重大", "en": "Major"}
    data["levels"] = [{"id": "major", "name": name, "definition": "重大的申诉", "clause": "2.2"}]
    window = {"value": 5, "unit": "day", "from": "decision", "party": "filer", "action": "申诉"}
    answer = {"from": "received", "action": "答复"}
    limits: list[dict[str, Any]] = [
        window,
        window | {"level": "major"},
        answer | {"value": 2, "unit": "hour", "within_hours": True},
        answer | {"value": 3, "unit": "day", "level": "major"},
        {"value": 4, "unit": "year", "from": "each_period", "recurring": True, "action": "回访"},
    ]
    data["limits"] = [
        {"id": f"limit-{n}", "clause": "2.2"} | limit for n, limit in enumerate(limits)
    ]
    data["reviews"] = []
    folder.mkdir(parents=True)
    (folder / "policy.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    (folder / "procedure.md").write_text(PROCEDURE, "utf-8")


def test_business_hours_levels_and_frequencies(
    browser: Browser, ports: Ports, tmp_path: Path
) -> None:
    """Hours reach the script, a level is a tag, and a frequency is no limit of a filing."""
    appeals_sample(tmp_path / "policies" / "sample")
    build(tmp_path / "policies", tmp_path / "out")
    at = shanghai("2026-02-14T16:00")
    with served_here(ports, tmp_path / "out") as address, page_at(browser, at) as page:
        page.goto(f"{address}/en/sample/appeal/")
        expect(page.locator("#after .due:not(:empty)")).to_have_text(
            [
                f"If you file now: by 10:00 on Tuesday 24 February 2026, {CHINA_TIME}",
                f"If you file now: by 17:00 on Tuesday 24 February 2026, {CHINA_TIME}",
            ]
        )
        expect(page.locator("#after li")).to_have_count(4)
        expect(page.locator("#after .tag")).to_have_text(["Major", "Major"])
        box = page.locator("#decided_on-window")
        page.fill("#decided_on", "2026-02-09")
        expect(box).to_contain_text(
            f"You can file until 17:00 on Saturday 14 February 2026, {CHINA_TIME}."
        )
        page.clock.set_fixed_time(shanghai("2026-02-14T17:00"))
        page.dispatch_event("#decided_on", "change")
        expect(box).to_contain_text("ended on Saturday 14 February 2026 (earlier today).")
        expect(box.locator("p")).to_have_count(1)


def test_calendar_is_written_once(built: Path) -> None:
    """One file holds a calendar, and the functions read the same content."""
    (file,) = (built / "assets").glob("calendar-CN.*.json")
    form = (built / "accreditation-body" / "appeal" / "index.html").read_text("utf-8")
    assert f'data-calendar="/assets/{file.name}"' in form
    current = json.loads((built / "contracts" / "current.json").read_text("utf-8"))
    stored = built / "contracts" / f"{current['calendars']['CN']}.json"
    assert stored.read_bytes() == file.read_bytes()

"""The sentence of a time limit: before filing, after filing and for staff, in both languages.

`tests/golden/sentences/` has all of them, so that a reader can go through every one at once;
`pytest --update-golden` rewrites them.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from functions.cases.current_calendar import current_calendar
from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId
from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Milestone
from functions.model.text import Text
from functions.views.wording.citations import cite
from functions.views.wording.date_words import DateWords
from functions.views.wording.limits.sentence import after_filing, before_filing, for_staff
from functions.views.wording.sentences import bold
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_languages
from tests.helpers.places import GOLDEN
from tests.helpers.sample_policies import ORGANISATIONS

SPOKEN = {tongue.language: words(tongue) for tongue in site_languages()}
BOTH = ("en", "zh-CN")
DAY, TIME = date(2026, 12, 2), time(10, 18)


def contract_of(ports: Ports, organisation: str) -> Contract:
    """The current contract of a sample."""
    return ports.contracts.contract(ports.contracts.current().organisations[organisation])


def dated(contract: Contract, limit: Limit, provisional: bool = False) -> Milestone:
    """The limit, ending on a Wednesday; one in minutes or hours at 10:18."""
    zone = ZoneInfo(contract.timezone)
    end = datetime.combine(DAY + timedelta(days=1), time(), zone)
    at = datetime.combine(DAY, TIME, zone) if limit.is_exact else end
    return Milestone(limit, Due(at, DAY, provisional))


def dates_of(ports: Ports, contract: Contract, kind: Kind, language: str) -> DateWords:
    """What says the dates of a kind of filing."""
    return DateWords(SPOKEN[language], contract, current_calendar(contract, ports)[1], kind.events)


def limit_of(ports: Ports, organisation: str, id: str) -> tuple[Contract, Kind, Limit]:
    """A limit of a sample, with the kind of filing that has it."""
    contract = contract_of(ports, organisation)
    return next(
        (contract, kind, limit)
        for kind in contract.kinds.values()
        for limit in kind.limits
        if limit.id == id
    )


def kind_of(contract: Contract, kind: Kind) -> KindId:
    """The id of a kind of filing."""
    return next(id for id, each in contract.kinds.items() if each is kind)


def said(ports: Ports, organisation: str, id: str, language: str) -> tuple[str, str, str]:
    """The three sentences of a limit: before filing, after filing, to staff."""
    contract, kind, limit = limit_of(ports, organisation, id)
    dates, milestone = dates_of(ports, contract, kind, language), dated(contract, limit)
    return (
        before_filing(dates.words, limit, kind.events, kind_of(contract, kind)),
        after_filing(dates, milestone),
        for_staff(dates, milestone, DAY.year),
    )


def all_sentences(ports: Ports, organisation: str) -> Iterator[str]:
    """Every limit of a sample in every voice, once where several kinds of filing have it."""
    found: set[str] = set()
    for kind in contract_of(ports, organisation).kinds.values():
        for limit in kind.limits:
            if limit.id in found:
                continue
            found.add(limit.id)
            yield f"{limit.id} · {cite(SPOKEN['en'], limit.clause)}"
            for language in SPOKEN:
                for voice, sentence in zip(
                    ("before", "after", "staff"),
                    said(ports, organisation, limit.id, language),
                    strict=True,
                ):
                    yield f"  {voice:6} {sentence}"
            yield ""


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_all_sentences(ports: Ports, organisation: str, request: pytest.FixtureRequest) -> None:
    """Every sentence of every limit is one that somebody has read."""
    path = GOLDEN / "sentences" / f"{organisation}.txt"
    made = "\n".join(all_sentences(ports, organisation))
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


def test_three_readers_of_one_limit(ports: Ports) -> None:
    """A duty of the office is told to a filer before filing and after it, and asked of staff."""
    assert said(ports, "accreditation-body", "forward", "en") == (
        "The office must pass your appeal on within 3 days of receiving it",
        "The office must pass your appeal on by the end of Wednesday 2 December 2026, "
        "China time (UTC+8)",
        "Pass the appeal on by Wednesday 2 December",
    )
    assert said(ports, "accreditation-body", "forward", "zh-CN") == (
        "办公室应当在收到申诉之日起3天内转呈",
        "办公室应当在北京时间2026年12月2日（星期三）24:00前转呈您的申诉",
        "请在12月2日（星期三）前转呈",
    )


def test_a_filers_own_day_says_when_it_ends(ports: Ports) -> None:
    """Who may act until a day is told that the whole day is theirs."""
    _, english, _ = said(ports, "commercial-bank", "ask-review", "en")
    _, chinese, _ = said(ports, "commercial-bank", "ask-review", "zh-CN")
    assert english == (
        "You can ask the superior body for a review until the end of Wednesday 2 December 2026, "
        "China time (UTC+8)"
    )
    assert chinese == "您可以在北京时间2026年12月2日（星期三）24:00前向上级机构申请核查"


def test_condition_comes_first_and_its_subject_once(ports: Ports) -> None:
    """What a limit depends on begins the sentence; who is named there is not named again."""
    before, _, staff = said(ports, "car-dealer-24h", "pass-on", "en")
    assert before == (
        "If another department received your complaint, they must pass it to the department "
        "responsible within 30 minutes of receiving it"
    )
    assert staff == (
        "If another department received the complaint, pass it to the department responsible by "
        "10:18 on Wednesday 2 December"
    )
    before, _, _ = said(ports, "car-dealer-24h", "pass-on", "zh-CN")
    assert before == "其他部门接到投诉的，应当在收到投诉之时起30分钟内转给责任部门"


def test_extension_adds_to_the_time_somebody_has(ports: Ports) -> None:
    """More time is no duty of its own."""
    before, after, _ = said(ports, "data-service", "answer-request-longer", "en")
    assert before == (
        "If your request is complex, the data protection officer has 2 months more to answer it"
    )
    assert after == (
        "If your request is complex, the data protection officer has until the end of Wednesday "
        "2 December 2026, Central European Time (UTC+1), to answer it"
    )


@pytest.mark.parametrize(
    ("language", "filer", "staff"),
    [
        (
            "en",
            "The office must pass your appeal on; the last day is not before "
            "Wednesday 2 December 2026, China time (UTC+8)",
            "Pass the appeal on; the last day is not before Wednesday 2 December",
        ),
        (
            "zh-CN",
            "办公室应当转呈您的申诉，最后一天不早于北京时间2026年12月2日（星期三）",
            "请转呈，最后一天不早于12月2日（星期三）",
        ),
    ],
)
def test_provisional_date_is_no_end(ports: Ports, language: str, filer: str, staff: str) -> None:
    """A date that days off may still move is one before which the time does not end."""
    contract, kind, limit = limit_of(ports, "accreditation-body", "forward")
    dates, milestone = dates_of(ports, contract, kind, language), dated(contract, limit, True)
    assert after_filing(dates, milestone) == filer
    assert for_staff(dates, milestone, DAY.year) == staff


def test_without_a_date_it_says_what_it_runs_from(ports: Ports) -> None:
    """What has not begun has its length, also after filing."""
    contract, kind, limit = limit_of(ports, "commercial-bank", "ask-review")
    dates = dates_of(ports, contract, kind, "en")
    assert after_filing(dates, Milestone(limit, None)) == (
        "You can ask the superior body for a review within 30 days of receiving the notice of the "
        "decision"
    )


def test_other_year_is_said_to_staff(ports: Ports) -> None:
    """The year of a day is left out only where it is this one."""
    contract, kind, limit = limit_of(ports, "accreditation-body", "forward")
    dates = dates_of(ports, contract, kind, "zh-CN")
    assert for_staff(dates, dated(contract, limit), 2025) == "请在2026年12月2日（星期三）前转呈"


def test_same_day_minimum_and_day_before(ports: Ports) -> None:
    """Limits that no sample has: 当日, at least so long, and so long before an event."""
    _, kind, limit = limit_of(ports, "accreditation-body", "forward")

    def both(**changes: object) -> tuple[str, str]:
        changed = limit.model_copy(update=changes)
        english, chinese = (
            before_filing(SPOKEN[each], changed, kind.events, "appeal") for each in BOTH
        )
        return english, chinese

    assert both(value=0, unit="day") == (
        "The office must pass your appeal on by the end of the day of receiving it",
        "办公室应当在收到申诉的当日转呈",
    )
    assert both(not_before=True) == (
        "The office must pass your appeal on no earlier than 3 days after receiving it",
        "办公室应当在收到申诉之日起满3天之后转呈",
    )
    assert both(before="decision", starts=None) == (
        "The office must pass your appeal on at least 3 days before the decision or notice",
        "办公室应当至少在决定或者通知发出之日之前3天转呈您的申诉",
    )


def test_marks_who_must_act_on_a_page(ports: Ports) -> None:
    """On a page who must act is bold, and what the policy says is escaped."""
    _, kind, limit = limit_of(ports, "accreditation-body", "forward")
    hostile = limit.model_copy(update={"action": Text({"en": "Pass <it> on"})})
    made = before_filing(SPOKEN["en"], hostile, kind.events, None, Text.marked, bold)
    assert isinstance(made, Markup)
    assert made == (
        '<b class="who">The office</b> must pass &lt;it&gt; on within 3 days of receipt'
    )


def test_words_in_another_language_stay_a_label(ports: Ports) -> None:
    """An act that the policy words in one language only is no half of an English sentence."""
    _, kind, limit = limit_of(ports, "accreditation-body", "forward")
    chinese = limit.model_copy(update={"action": Text({"zh-CN": "转呈申诉"})})
    made = before_filing(SPOKEN["en"], chinese, kind.events)
    assert made == "Office: 转呈申诉 (within 3 days of receipt)"

"""How a case stands, in sentences on top of its page: one for each state, in both languages."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.filer import Filer
from tests.helpers.desk.staff_acts import staff_act
from tests.helpers.filings import APPEAL, COMPLAINT

HOUSING = {"account": "The lift is out of order.", "name": "Ann Other", "email": "ann@example.com"}


@pytest.fixture
def filer(client: TestClient, ports: Ports, mailbox: Mailbox) -> Filer:
    """Somebody who appealed in time."""
    made = Filer(client, ports, mailbox)
    made.file("accreditation-body/appeal", APPEAL)
    return made


def standing(filer: Filer, language: str = "en") -> tuple[str, str]:
    """The sentence that the page of the case opens with, and what follows it."""
    page = re.sub(
        r'<(span|b) class="(?:date|who)">(.*?)</\1>', r"\2", filer.page(language=language)
    )
    found = re.search(r'<p class="standing">(.*?)</p>\n<p(?: hidden)?>(.*?)</p>', page, re.DOTALL)
    assert found
    return found[1], found[2]


def test_received(filer: Filer) -> None:
    """Who has had it since when, what comes next until when, and that no time for an answer is."""
    assert standing(filer) == (
        "The office has had your appeal since Monday 2 March 2026.",
        "The office must pass your appeal on by the end of Thursday 5 March 2026, "
        "China time (UTC+8). The procedure sets no time for an answer.",
    )
    assert standing(filer, "zh-CN") == (
        "办公室已于2026年3月2日（星期一）收到您的申诉。",
        "办公室应当在北京时间2026年3月5日（星期四）24:00前转呈您的申诉。程序没有规定答复的期限。",
    )


@pytest.mark.parametrize(
    ("act", "english", "chinese"),
    [
        (
            "registered",
            "Your appeal has been with the office since Monday 2 March 2026.",
            "您的申诉自2026年3月2日（星期一）起由办公室办理。",
        ),
        (
            "accepted",
            "Your appeal was accepted on Tuesday 3 March 2026.",
            "您的申诉已于2026年3月3日（星期二）受理。",
        ),
        (
            "not_accepted",
            "The organisation decided on Tuesday 3 March 2026 not to accept your appeal.",
            "该单位已于2026年3月3日（星期二）决定不予受理您的申诉。",
        ),
        (
            "asked",
            "The organisation asked you something on Tuesday 3 March 2026 and is waiting for your "
            "answer.",
            "该单位已于2026年3月3日（星期二）向您提问，正在等您答复。",
        ),
        (
            "referred",
            "Your appeal was referred to another body on Tuesday 3 March 2026.",
            "您的申诉已于2026年3月3日（星期二）转交其他机构。",
        ),
        (
            "decision",
            "The organisation answered your appeal on Tuesday 3 March 2026.",
            "该单位已于2026年3月3日（星期二）答复您的申诉。",
        ),
        (
            "closed",
            "The case was closed on Tuesday 3 March 2026.",
            "本案已于2026年3月3日（星期二）结案。",
        ),
        (
            "proposed",
            "The office has had your appeal since Monday 2 March 2026.",
            "办公室已于2026年3月2日（星期一）收到您的申诉。",
        ),
    ],
)
def test_each_act_of_staff(
    filer: Filer, clock: StoppedClock, act: str, english: str, chinese: str
) -> None:
    """The last act that changes how the case stands comes first; what is inside changes nothing."""
    clock.forward(days=1)
    staff_act(filer.ports, filer.reference, act, text="Because.")  # type: ignore[arg-type]
    assert standing(filer)[0] == english
    assert standing(filer, "zh-CN")[0] == chinese


def test_withdrawn(filer: Filer) -> None:
    """Nothing is said of who has it or of what was due."""
    filer.act("withdraw", confirm="yes")
    assert standing(filer) == ("You withdrew your appeal on Monday 2 March 2026.", "")
    assert standing(filer, "zh-CN") == ("您已于2026年3月2日（星期一）撤回申诉。", "")


def test_receipt_of_what_was_withdrawn(filer: Filer, clock: StoppedClock) -> None:
    """Opened again, the receipt promises nothing more; what was signed at filing stays."""
    token = filer.ports.tokens.seal("receipt", filer.reference, clock.at + timedelta(hours=1))
    filer.act("withdraw", confirm="yes")
    page, text, agenda = (
        filer.client.get(f"/cases/receipt{suffix}", params={"token": token})
        for suffix in ("", ".txt", ".ics")
    )
    assert "您已于2026年3月2日（星期一）撤回申诉。" in unescape(re.sub("<[^>]+>", "", page.text))
    assert "案件已经了结，没有还要办的事。" in page.text
    assert "转呈您的申诉" not in page.text
    assert "转呈您的申诉" in text.text
    assert agenda.status_code == 404


def test_overdue(filer: Filer, clock: StoppedClock) -> None:
    """What is overdue is said with how late it is, in Chinese as a sentence."""
    clock.forward(days=5)
    assert standing(filer)[1].startswith(
        "The office must pass your appeal on by the end of Thursday 5 March 2026, China time "
        "(UTC+8). That was 2 days ago, and nothing records that it was done."
    )
    assert "转呈您的申诉；现已逾期2天，尚无完成的记录。" in standing(filer, "zh-CN")[1]


def test_extension_that_may_still_move(filer: Filer, clock: StoppedClock) -> None:
    """An extension whose last day may still move is said as more time."""
    clock.at = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
    filer.file("commercial-bank/complaint", COMPLAINT | {"category": "urgent-loss"})
    english, chinese = (standing(filer, language)[1] for language in ("en", "zh-CN"))
    assert "has more time to decide; the last day is not before" in english
    assert "作出处理决定的期限延长，最后一天不早于" in chinese


def test_provisional(filer: Filer, clock: StoppedClock) -> None:
    """A day that may still move is "not before"."""
    clock.at = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
    filer.file("accreditation-body/appeal", APPEAL | {"decided_on": "2026-12-20"})
    assert "the last day is not before Monday 4 January 2027" in standing(filer)[1]


def test_latest_answer_and_its_extension(filer: Filer) -> None:
    """The answer has a sentence of its own, and what an extension makes of it."""
    filer.file("housing-association/complaint", HOUSING | {"language": "en"})
    said = standing(filer)[1]
    assert "You must have an answer by the end of Monday 23 March 2026" in said
    assert "complex, the complaints team has until the end of Wednesday 8 April 2026" in said
    assert "最迟应当在2026年3月23日（星期一）24:00前" in standing(filer, "zh-CN")[1]


def test_answer_that_is_next_is_said_once(filer: Filer) -> None:
    """Where the answer is what is owed next, one sentence says it."""
    filer.file("securities-brokerage/complaint", COMPLAINT)
    assert standing(filer, "zh-CN")[1] == (
        "该单位当场解决不了的，应当在北京时间2026年3月5日（星期四）24:00前按承诺的时间反馈。"
    )


def test_hour_of_who_has_it_comes_first(filer: Filer) -> None:
    """An hour that binds whoever has the case is next, with its time; its answer may be later."""
    filer.file("commercial-bank/complaint", COMPLAINT | {"category": "urgent-loss"})
    said = standing(filer)[1]
    assert said.startswith(
        "The service centre must stop payment by 11:00 on Monday 2 March 2026, China time (UTC+8)."
    )
    assert (
        "If it is classed as “Complex” and the case is very complex, with the approval of the head "
        "of the superior body, the complaints department has until the end of" in said
    )
    assert "经认定属于“情况复杂”，情况特别复杂，经上级机构" in standing(filer, "zh-CN")[1]


def test_time_to_file_is_past(filer: Filer) -> None:
    """Who filed in time is told so once, on the timeline, and not to file."""
    page = filer.page(language="en")
    assert page.count("In time: it could be filed until") == 1
    assert "can file the appeal" not in page


def test_late_is_told_once(filer: Filer) -> None:
    """A late filing is a notice below the sentences, and no row of the timeline."""
    filer.file("accreditation-body/appeal", APPEAL | {"decided_on": "2026-01-05"})
    page = filer.page(language="en")
    assert page.count("Late: it could be filed until") == 1
    assert page.index('<p class="standing">') < page.index("Late: it could be filed until")


def test_what_was_added_is_said_once(filer: Filer) -> None:
    """The notice comes with the receipt; the row has the words and neither name nor receipt."""
    page = filer.act("information", text="补充一句。", language="zh-CN")
    assert page.count("保存签名回执") + page.count('action="/cases/status/receipt"') <= 2
    assert page.count('action="/cases/status/receipt"') == 1
    assert '<strong class="mark">您的补充</strong>' in page
    assert '<b class="who">您</b>' not in page

"""How time limits are said, in both languages."""

import pytest

from functions.model.contract.kind import NamedEvent
from functions.model.contract.limit import Limit
from functions.model.text import Text
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_languages

ZH, EN = (words(tongue) for tongue in site_languages()[:2])
EVENTS = (
    NamedEvent(
        id="accepted",
        name=Text({"zh-CN": "受理通知发出之日", "en": "the acknowledgement"}),
        recorded_by="staff",
    ),
    NamedEvent(
        id="later", name=Text({"zh-CN": "听证会召开之日", "en": "the hearing"}), recorded_by="staff"
    ),
)


@pytest.mark.parametrize(
    ("more", "chinese", "english"),
    [
        (
            {"value": 2, "unit": "week", "starts": "received"},
            "自收到之日起2周内",
            "2 weeks from the day the filing is received",
        ),
        (
            {"value": 10, "unit": "working_day", "starts": "accepted"},
            "自受理通知发出之日起10个工作日内",
            "10 working days from the acknowledgement",
        ),
        (
            {"value": 1, "unit": "month", "later_of": ("received", "accepted")},
            "自收到之日和受理通知发出之日中较晚的日期起1个月内",
            "1 month from the receipt of the filing and the acknowledgement, whichever is later",
        ),
        (
            {"value": 5, "unit": "working_day", "before": "later"},
            "至少在听证会召开之日之前5个工作日",
            "at least 5 working days before the hearing",
        ),
        (
            {"value": 3, "unit": "day", "starts": "later", "not_before": True},
            "自听证会召开之日起满3天之后",
            "not before 3 days have passed, counted from the hearing",
        ),
        ({"value": 2, "unit": "month", "extends": "answer"}, "再延长2个月", "2 months more"),
        (
            {"value": 1, "unit": "week", "every": 4, "recurring": True, "starts": "each_period"},
            "每4周至少1次",
            "once in every 4 weeks",
        ),
        (
            {"value": 1, "unit": "term", "recurring": True, "starts": "each_period"},
            "每学期至少1次",
            "once a term",
        ),
        (
            {"value": 0, "unit": "day", "starts": "received"},
            "当日（自收到之日起）",
            "on the same day (from the day the filing is received)",
        ),
        ({"by": "09-30", "starts": "received"}, "最迟9月30日", "by 30 September"),
    ],
)
def test_limits_in_words(more: dict[str, object], chinese: str, english: str) -> None:
    """Length, start and end as a person would say them."""
    limit = Limit.model_validate(
        {"id": "it", "party": "organisation", "action": "办理", "role": None, "clause": "1"} | more
    )
    assert (ZH.limit(limit, EVENTS), EN.limit(limit, EVENTS)) == (chinese, english)

"""What a time limit runs from, or comes before."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.one_clause import codes_on, findings_on


def event(name: str) -> list[dict[str, Any]]:
    """An event of the policy's own."""
    return [{"id": "own", "name": name, "recorded_by": "staff"}]


def limit(**more: Any) -> list[dict[str, Any]]:
    """A time limit of five working days to answer."""
    fact = {"id": "one", "value": 5, "unit": "working_day", "action": "answer"}
    return [{**fact, **{key.rstrip("_"): value for key, value in more.items()}}]


@pytest.mark.parametrize(
    ("start", "name", "said"),
    [
        ("the request", "the request for further papers", True),
        ("being told of the appointment", "being told of the appointment of the officer", True),
        ("the request", "the appointment of the officer", False),
        ("the moon rises", "the appointment of the officer", False),
    ],
)
def test_events_may_say_more(tmp_path: Path, start: str, name: str, said: bool) -> None:
    """An event's name may add to its start what the clause says elsewhere."""
    text = (
        "The Case Manager may ask for further papers, and tells of the appointment of the officer. "
        f"The Case Manager must answer within 5 working days after {start}."
    )
    found = findings_on(tmp_path, text, {"events": event(name), "limits": limit(from_="own")})
    codes = {one.code for one in found}
    assert (codes & {"start-not-in-text", "start-lacks-event"} == set()) == said
    assert not any("none of the built-in" in one.message.en for one in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answer and give at least 5 working days' notice", True),
        ("answer with 5 working days' advance notice of the hearing", True),
        ("answer with notice of the hearing of not less than 5 working days", True),
        ("answer at least 5 working days beforehand, that is the hearing", True),
        ("have 5 working days in which to answer before the hearing", True),
        ("answer within 5 working days of the hearing", False),
    ],
)
def test_notice_comes_before(tmp_path: Path, text: str, said: bool) -> None:
    """Notice of something is given before it; a limit that follows it is not before it."""
    facts = {"events": event("the hearing"), "limits": limit(before="own")}
    codes = codes_on(tmp_path, f"The Case Manager must {text}.", facts)
    assert ("marker-not-in-text" not in codes) == said


def test_advance_notice_needs_before(tmp_path: Path) -> None:
    """A limit that runs from the hearing is wrong where its advance notice is said."""
    text = "The Case Manager must answer with 5 working days' advance notice of the hearing."
    facts = {"events": event("the hearing"), "limits": limit(from_="own")}
    assert "marker-unclaimed" in codes_on(tmp_path, text, facts)


@pytest.mark.parametrize(
    ("start", "said"), [("decision", True), ("answered_again", True), ("received", False)]
)
def test_a_final_answer_may_be_the_first(tmp_path: Path, start: str, said: bool) -> None:
    """The final response is the decision, or one after an earlier decision."""
    text = "A customer may complain to the court within 5 working days of our final response."
    facts = {"limits": limit(from_=start, party="filer")}
    assert ("start-not-in-text" not in codes_on(tmp_path, text, facts)) == said


@pytest.mark.parametrize(
    ("before", "start", "said"),
    [
        ("", "received", True),
        ("", "registered", False),
        ("专员登记后，决定是否受理。", "received", False),
        ("专员登记后，决定是否受理。", "registered", False),
        ("专员登记后，决定是否受理。", "own", True),
    ],
)
def test_acceptance_is_not_registration(
    tmp_path: Path, before: str, start: str, said: bool
) -> None:
    """受理 is no 登记, nor 收到 where somebody decides on it; an event of its own says it."""
    text = f"{before}投诉专员自受理之日起 5 个工作日内答复。"
    own = event("受理之日") if before else []
    facts = {"events": own, "limits": limit(from_=start, action="答复")}
    codes = codes_on(tmp_path, text, facts, language="zh-CN")
    assert (codes & {"start-not-in-text", "start-lacks-event"} == set()) == said

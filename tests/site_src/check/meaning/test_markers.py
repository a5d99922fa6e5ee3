"""How a length is meant is said beside it."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

MARKER = "marker-not-in-text"


def limit(id: str, value: int, **keys: Any) -> dict[str, Any]:
    """A limit of the client if it has no role, in days."""
    party = {} if "role" in keys else {"party": "filer"}
    return {"id": id, "value": value, "unit": "day", "action": "complaint 投诉", **party, **keys}


@pytest.mark.parametrize(
    ("clause", "keys", "found"),
    [
        ("客户对答复不满意的，可以自收到答复之日起15日内投诉。", {"from": "ruling"}, True),
        ("客户投诉满15日后方可再次投诉。", {"from": "received"}, False),
        ("客户收到答复后不少于15日方可投诉。", {"from": "ruling"}, False),
        ("A client may file a complaint 15 days after receipt.", {"from": "received"}, True),
        ("A client must wait at least 15 days before another complaint.", {"from": "other"}, False),
        (
            "A client must file a complaint not less than 15 days before the hearing.",
            {"before": "hearing"},
            True,
        ),
        (
            "A client must file a complaint not earlier than 15 days before the hearing.",
            {"before": "hearing"},
            False,
        ),
    ],
)
def test_minimum(tmp_path: Path, clause: str, keys: dict[str, Any], found: bool) -> None:
    """满意 is no minimum, and 'not less than … before' is a latest day."""
    events = {"id": "hearing", "name": "the hearing", "recorded_by": "staff"}
    facts = {"limits": [limit("a", 15, not_before=True, **keys)]}
    if "before" in keys:
        facts["events"] = [events]
    assert (MARKER in codes_of(tmp_path, clause, facts)) == found


@pytest.mark.parametrize(
    ("event", "found"), [("opening", False), ("hearing", True), ("decision", True)]
)
def test_event_before_which(tmp_path: Path, event: str, found: bool) -> None:
    """The event that a limit ends before is named in its sentence."""
    clause = "A client must file a complaint 5 days before bid opening. A hearing may follow."
    events = [
        {"id": "opening", "name": "bid opening", "recorded_by": "staff"},
        {"id": "hearing", "name": "the hearing of the parties", "recorded_by": "staff"},
    ]
    facts = {"limits": [limit("a", 5, before=event)], "events": events}
    assert (MARKER in codes_of(tmp_path, clause, facts)) == found


CLAUSES = {
    "zh-CN": "客服部应当在收到投诉后5日内答复；情况复杂的，经理可以延长10日。"
    "经理应当在30日内复核。",
    "en": "The Officer answers within 5 days of receipt. The Chief Officer may extend the time by "
    "10 days. The Chief Officer reviews it within 30 days.",
}


@pytest.mark.parametrize("language", CLAUSES)
@pytest.mark.parametrize(("base", "found"), [("answer", False), ("review", True)])
def test_extended_limit(tmp_path: Path, language: str, base: str, found: bool) -> None:
    """What is extended stands before the extension."""
    limits = [
        limit("answer", 5, role="service", **{"from": "received"}),
        limit("longer", 10, role="manager", extends=base),
        limit("review", 30, role="manager", **{"from": "unstated"}),
    ]
    assert (MARKER in codes_of(tmp_path, CLAUSES[language], {"limits": limits})) == found

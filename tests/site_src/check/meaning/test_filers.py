"""Who may file: the items of an English list, with the modifiers that they share."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.one_clause import codes_on

LIST = "Any actual or prospective bidder, offeror or contractor may file a complaint."
AGENTS = "A customer may be represented by an attorney or another agent."


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (["Any actual or prospective " + one for one in ("bidder", "offeror", "contractor")], True),
        (["Actual or prospective bidder", "offeror", "contractor"], True),
        (["Actual or prospective bidder, offeror or contractor"], True),
        (["Any actual or prospective bidder", "Any actual or prospective offeror"], False),
    ],
)
def test_modifiers_of_a_list_hold_for_each(tmp_path: Path, who: list[str], said: bool) -> None:
    """A filer may say the first item's modifiers; one that is missing is found."""
    filers = [{"id": f"filer-{number}", "who": one} for number, one in enumerate(who)]
    assert ("filer-unclaimed" not in codes_on(tmp_path, LIST, {"filers": filers})) == said


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (["An attorney", "another agent"], True),
        (["attorney", "agent"], True),
        (["attorney"], False),
    ],
)
def test_another_is_nobody(tmp_path: Path, who: list[str], said: bool) -> None:
    """Words that only end like those for people name nobody; an agent is somebody."""
    people = [{"id": f"one-{at}", "who": one, "requires": "none"} for at, one in enumerate(who)]
    filers = [{"id": "customer", "who": "customer", "clause": "1"}]
    codes = codes_on(tmp_path, AGENTS, {"filers": filers, "representatives": people})
    assert ("filer-unclaimed" not in codes) == said


@pytest.mark.parametrize(
    "text",
    [
        "A customer may, within 30 days after the decision, ask the Case Manager.",
        "Following the meeting, the customer will be sent a decision.",
    ],
)
def test_times_are_nobody(tmp_path: Path, text: str) -> None:
    """What stands between commas to say when is no list of people."""
    filers = [{"id": "customer", "who": "customer"}]
    assert "filer-unclaimed" not in codes_on(tmp_path, text, {"filers": filers})

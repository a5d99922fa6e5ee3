"""Whom an English time limit binds: who acts, not who is told or where one files."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.one_clause import codes_on

COURT = [{"inside": False, "body": "Superior Court", "text": "The Superior Court"}]


def limit(value: int, unit: str, party: str, action: str) -> dict[str, Any]:
    """A time limit of that party, whose start the text leaves open."""
    fact = {"id": "one", "value": value, "unit": unit, "party": party, "action": action}
    return {**fact, "from": "unstated"}


@pytest.mark.parametrize(
    ("party", "value", "unit", "text", "action"),
    [
        (
            "organisation",
            1,
            "day",
            "The customer shall be told of the ruling within 1 day.",
            "told",
        ),
        (
            "organisation",
            5,
            "day",
            "Customers will normally be informed within 5 days.",
            "informed",
        ),
        ("organisation", 5, "day", "The customer shall, within 5 days, be notified.", "notified"),
        (
            "organisation",
            2,
            "day",
            "The customer will be contacted by the Case Manager within 2 days.",
            "contact the customer",
        ),
        (
            "organisation",
            2,
            "day",
            "Receipt of the complaint shall be acknowledged in writing within 2 days.",
            "acknowledge the complaint",
        ),
        (
            "organisation",
            8,
            "week",
            "A final response will be provided no later than eight weeks.",
            "provide a final response",
        ),
        ("organisation", 3, "day", "You should hear from us within 3 days.", "hear from us"),
        ("organisation", 3, "day", "You can expect a reply within 3 days.", "a reply"),
        ("organisation", 3, "day", "Customers shall receive an apology within 3 days.", "apology"),
        (
            "filer",
            20,
            "day",
            "Customers can ask again by contacting the Case Manager within 20 days.",
            "ask again",
        ),
        ("filer", 10, "day", "The customer will be given 10 days to respond.", "respond"),
        (
            "filer",
            5,
            "week",
            "Customers will be notified and invited to submit comments within five weeks.",
            "submit comments",
        ),
        (
            "filer",
            30,
            "day",
            "A customer may seek review in the Superior Court within 30 days.",
            "seek review",
        ),
        (
            "filer",
            30,
            "day",
            "A customer may, within 30 days, seek review in the Superior Court.",
            "seek review",
        ),
        (
            "filer",
            30,
            "day",
            "The request must be received by the Case Manager within 30 days.",
            "the request must be received",
        ),
        (
            "filer",
            2,
            "day",
            "A customer may object to a hearing officer for bias within 2 days.",
            "object to a hearing officer",
        ),
        (
            "filer",
            7,
            "day",
            "The customer’s submissions shall be served on the respondent within 7 days.",
            "serve submissions",
        ),
        (
            "authority",
            30,
            "day",
            "The complaint shall be decided by the Superior Court within 30 days.",
            "decide the complaint",
        ),
    ],
)
def test_who_acts_is_bound(
    tmp_path: Path, party: str, value: int, unit: str, text: str, action: str
) -> None:
    """The party that the sentence lets act is right, and every other one is wrong."""
    for other in ("organisation", "filer", "authority", "respondent"):
        facts = {"limits": [limit(value, unit, other, action)], "reviews": COURT}
        wrong = "party-not-in-text" in codes_on(tmp_path / other, text, facts)
        assert wrong == (other != party), other

"""Where a filer can go next is what the clause says, by its own name and in its own time."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

COURT = (
    "Within 30 days of the decision, a client aggrieved by it may bring an action for review in "
    "the Superior Court of Tamarack."
)
HEALTH = "对答复不满意的，可以向临澜市卫生健康委员会申请行政调解，也可以向人民法院提起诉讼。"
ANY_TIME = HEALTH + "客户选择上述途径，不以先向本院投诉为前提。"
REFUSED = "人民法院、仲裁机构已经受理的，不予受理。"


def review(body: str, **keys: Any) -> dict[str, Any]:
    """A review outside by this body."""
    return {"body": body, "inside": False, "text": "review 申请", **keys}


@pytest.mark.parametrize(
    ("clause", "fact", "found"),
    [
        (COURT, review("Superior Court of Tamarack"), False),
        (COURT, review("Superior Court"), False),
        (COURT, review("Supreme Court of Tamarack"), True),
        (COURT, review("Superior Court of Tamarack", any_time=True), True),
        (HEALTH, review("临澜市卫生健康委员会"), False),
        (HEALTH, review("省卫生健康委员会"), True),
        (HEALTH, review("人民法院", any_time=True), True),
        (ANY_TIME, review("人民法院", any_time=True), False),
        (ANY_TIME, review("人民法院"), True),
        (REFUSED, review("仲裁机构"), True),
        (
            "The Officer reports every year to the Board of Commissioners.",
            review("Board of Commissioners"),
            True,
        ),
    ],
)
def test_bodies(tmp_path: Path, clause: str, fact: dict[str, Any], found: bool) -> None:
    """Another body of the same sort, one named in passing and one open at no time are found."""
    assert ("review-not-in-text" in codes_of(tmp_path, clause, {"reviews": [fact]})) == found


def test_court_without_a_review(tmp_path: Path) -> None:
    """An action in a court is a way to go next."""
    assert "review-unclaimed" in codes_of(tmp_path, COURT, {})
    assert "review-unclaimed" not in codes_of(tmp_path / "other", REFUSED, {})

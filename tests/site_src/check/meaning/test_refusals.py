"""What a clause refuses is no channel and no filer."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

FAX = {"id": "fax", "type": "fax", "name": "Fax"}
FAX_CHINESE = {"id": "fax", "type": "fax", "name": "传真"}
VISIT = {"id": "visit", "type": "in_person", "name": "来访"}


@pytest.mark.parametrize(
    ("clause", "name", "fact"),
    [
        ("Complaints sent by fax are not accepted.", "channels", FAX),
        ("We do not accept faxes sent by fax.", "channels", FAX),
        ("A complaint may be made by letter but may not be made by fax.", "channels", FAX),
        ("投诉应当来信提出，不接受传真。", "channels", FAX_CHINESE),
        ("以传真方式提出的投诉不予受理。", "channels", FAX_CHINESE),
        (
            "A client may complain. A subcontractor or supplier has no standing to complain.",
            "filers",
            {"id": "sub", "who": "A subcontractor or supplier"},
        ),
        ("客户可以投诉。供应商不得投诉。", "filers", {"id": "sub", "who": "供应商"}),
    ],
)
def test_what_is_refused(tmp_path: Path, clause: str, name: str, fact: dict[str, Any]) -> None:
    """A fact of what the clause names only to refuse it is found."""
    assert "negation-differs" in codes_of(tmp_path, clause, {name: [fact]})


@pytest.mark.parametrize(
    ("clause", "name", "fact"),
    [
        ("A complaint may not only be made by letter but also by fax.", "channels", FAX),
        ("Complaints by fax are accepted, those by telephone are not accepted.", "channels", FAX),
        ("不能来访的，可以来信。客户也可以来访。", "channels", VISIT),
        ("客户可以来访；来访时不得喧哗的，请遵守秩序。", "channels", VISIT),
        ("客户可以投诉，不得捏造事实。", "filers", {"id": "c", "who": "客户"}),
    ],
)
def test_what_is_not_refused(tmp_path: Path, clause: str, name: str, fact: dict[str, Any]) -> None:
    """A refusal of something else, or on a condition, refuses nothing."""
    assert "negation-differs" not in codes_of(tmp_path, clause, {name: [fact]})

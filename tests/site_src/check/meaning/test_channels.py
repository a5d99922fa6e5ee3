"""Ways to file in English: what comes in, not what goes out or only names an office."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.one_clause import codes_on

EMAIL = {"id": "email", "type": "email", "name": "Email", "value": "help@shop.example"}
FILED = "A complaint may be filed by email to help@shop.example"


@pytest.mark.parametrize(
    "way",
    [
        "by hand at the same address",
        "by hand delivery to the clerk",
        "hand-delivered to the clerk",
        "by personal delivery",
        "in person",
    ],
)
def test_hand_delivery_is_in_person(tmp_path: Path, way: str) -> None:
    """A channel in person is said by each of these words, and they claim one."""
    hand = {"id": "hand", "type": "in_person", "name": way.capitalize()}
    text = f"{FILED}, or {way}."
    assert codes_on(tmp_path / "both", text, {"channels": [EMAIL, hand]}) == set()
    assert codes_on(tmp_path / "one", text, {"channels": [EMAIL]}) == {"channel-unclaimed"}


@pytest.mark.parametrize(
    "more",
    [
        "to the Office of Complaints",
        "to the Complaints Office",
        "and must include the customer's address. The decision is mailed to the customer",
        "A customer may appeal in writing to the Case Manager",
        "The reply is sent by post",
        "We will call the customer",
        "An appeal may be made after the date of the decision letter",
        "The complaint must state the name, address and telephone number",
        "The Case Manager may hold an oral hearing of the complaint and call witnesses",
    ],
)
def test_what_goes_out_is_no_way_in(tmp_path: Path, more: str) -> None:
    """Outgoing acts, names of offices and what a filing contains claim no channel."""
    text = f"{FILED}{' ' if more[0].islower() else '. '}{more}."
    assert "channel-unclaimed" not in codes_on(tmp_path, text, {"channels": [EMAIL]})


@pytest.mark.parametrize(
    "more", ["or mailed to 4 High Street", "or at the office in Town", "or by calling 400"]
)
def test_ways_in_are_still_claimed(tmp_path: Path, more: str) -> None:
    """A way in that no channel says is found beside one that a channel says."""
    codes = codes_on(tmp_path, f"{FILED} {more}.", {"channels": [EMAIL]})
    assert "channel-unclaimed" in codes


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("委托他人投诉的，应当提交书面委托书", False),
        ("代理人应当提交书面的授权材料", False),
        ("代理人须凭书面授权提交投诉", False),
        ("客户应当提交书面材料", True),
        ("客户应当提交书面投诉", True),
    ],
)
def test_written_authority_is_no_way_in(tmp_path: Path, more: str, found: bool) -> None:
    """A document that lets somebody act for a filer is no way to file in writing."""
    text = f"客户可以发电子邮件投诉。{more}。"
    email = {"id": "mail", "type": "email", "name": "电子邮件"}
    codes = codes_on(tmp_path, text, {"channels": [email]}, language="zh-CN")
    assert ("channel-unclaimed" in codes) == found

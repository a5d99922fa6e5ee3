"""Clauses pasted with ASCII punctuation are read like those with Chinese punctuation."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.third_clause import clause_codes

HOTLINE = """\
channels:
  - {id: hotline, type: telephone, name: 投诉热线, value: 0000-6120055, hours: 24小时接听,
     clause: 第三条}
"""
LETTER = """\
channels:
  - {id: letter, type: letter, name: 来信, value: "柳堤路88号本店，邮编000000", clause: 第三条}
"""


@pytest.mark.parametrize(
    ("clause", "facts"),
    [
        ("投诉热线:0000-6120055,24小时接听;", HOTLINE),
        ("投诉热线(0000-6120055),24小时接听.", HOTLINE),
        ("来信:柳堤路88号本店,邮编000000.", LETTER),
        ("逾期有正当理由的,经客服部主任同意可以受理.", ""),
    ],
)
def test_ascii_punctuation(tmp_path: Path, clause: str, facts: str) -> None:
    """Numbers, addresses and the word 由 of 理由 are read as with Chinese punctuation."""
    assert clause_codes(tmp_path, clause, facts) == []


def test_another_address_is_found(tmp_path: Path) -> None:
    """Only punctuation may differ."""
    found = clause_codes(tmp_path, "来信:柳堤路89号本店,邮编000000.", LETTER)
    assert found[0] == "contact-not-in-text"

"""Long hostile texts are read in a time that grows with their length, not with its square."""

from pathlib import Path
from time import process_time

import pytest

from site_src.numbers.numbers import find_numbers, grammar_of
from site_src.policy.clauses import raw_lines, read_clauses
from site_src.policy.yaml.reading import read_yaml

PIECES = (
    "1.", "1-", "11 ", "一", "五（", "每一", "five (", "one hundred and ", "a ", "1,000", "8:3",
    "至三", "£ ", "1 to ", "every ", "2026年", "a@", "a.", "within 5. ", "目录\n", "**", "{，",
    "(a)\n",
)  # fmt: skip
LENGTH = 100_000
SECONDS = 20.0
"""Some ten times what the slowest takes; a square of the length takes minutes."""


@pytest.mark.parametrize("piece", PIECES)
def test_long_text(piece: str, tmp_path: Path) -> None:
    """A hundred thousand characters of one piece are read in seconds."""
    text = piece * (LENGTH // len(piece))
    started = process_time()
    for language in ("zh-CN", "en"):
        find_numbers(text, grammar_of(language))
    read_clauses(raw_lines(Path("procedure.md"), text))
    if "\n" not in piece:
        (tmp_path / "policy.yaml").write_text(f"a: b\n c: {text}\n", encoding="utf-8")
        read_yaml(tmp_path / "policy.yaml")
    assert process_time() - started < SECONDS

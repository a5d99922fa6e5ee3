"""How the benchmarks word their figures and where they write them."""

from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.figure import Figure, table
from benchmarks.serving.load import posted

_SHARE = Figure("share", "share of a peer", 0.65, "%", least=0.7)
_GROWTH = Figure("growth", "growth", 1.02, "times", most=1.1)


def test_reach_is_told() -> None:
    """A figure states its number, the target, and whether the target is met."""
    assert table([_SHARE, _GROWTH, Figure("rate", "rate", 1234.5, "a second")]).splitlines() == [
        "| what | measured | reach |",
        "|---|---|---|",
        "| share of a peer | 65% | at least 70%: not met |",
        "| growth | 1.02 times | at most 1.1 times: met |",
        "| rate | 1,234 a second |  |",
    ]


def test_only_the_part_is_rewritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report replaces the text between its own markers and refuses a page without them."""
    page = tmp_path / "performance.md"
    page.write_text("before <!-- intake -->old<!-- /intake --> after", encoding="utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    report.write("intake", [_GROWTH], ["- a note"])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before <!-- intake -->\n\nMeasured ")
    assert text.endswith("| at most 1.1 times: met |\n\n- a note\n\n<!-- /intake --> after")
    assert "old" not in text
    with pytest.raises(ValueError, match="build"):
        report.write("build", [_GROWTH], [])


@pytest.mark.parametrize("part", ["intake", "pages", "publishing", "samples"])
def test_page_has_the_markers(part: str) -> None:
    """The page has the markers for the figures of each benchmark that writes them."""
    text = report.PAGE.read_text(encoding="utf-8")
    assert text.index(f"<!-- {part} -->") < text.index(f"<!-- /{part} -->")


def test_load_sends_whole_requests() -> None:
    """Each request of the load test states the length of its body in bytes."""
    head, _, body = posted("/cases/a/appeal", {"name": "张三"}, form=False).partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head

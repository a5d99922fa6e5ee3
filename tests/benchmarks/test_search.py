"""The benchmark of the search runs, over a short list."""

from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import search
from benchmarks.names import names
from tests.helpers.chromium import page_of

COUNT = 40


def test_search_is_measured(browser: Browser, tmp_path: Path) -> None:
    """Each key of a word has its time; a library that is not installed is named."""
    lines = [" / ".join(row) for row in names(COUNT)]
    with search.served(search.many(COUNT)) as address:
        times = search.typed(search.slowed(browser), f"{address}/", "检验中心")
        costs = search.worked(page_of(browser), f"{address}/", "检验")
    assert (len(times), len(costs)) == (4, 2)
    assert search.said([times, costs]).startswith("first key, including loading the list, ")
    first, *others = search.peers(browser, tmp_path, lines)
    assert first.startswith("  includes: 0.0 kB, index ")
    assert [other.split(": ")[1][:12] for other in others] == ["not measured"] * 3

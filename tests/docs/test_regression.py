"""The check for a slower build."""

from benchmarks.regression import slower


def test_slower_figures_are_named() -> None:
    """A figure fails above 1.5 times what it was; a new one has nothing to be compared with."""
    before = {"cold": 2.0, "same": 0.2, "one": 1.0}
    assert slower(before, {"cold": 3.0, "same": 0.31, "one": 0.5, "new": 9.0}) == ["same"]

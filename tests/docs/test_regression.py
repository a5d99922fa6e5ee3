"""The check that the build has not become slower."""

from benchmarks.regression import slower


def test_slower_figures_are_named() -> None:
    """A figure fails above 1.5 times its last value; a new figure has no last value and passes."""
    before = {"cold": 2.0, "same": 0.2, "one": 1.0}
    assert slower(before, {"cold": 3.0, "same": 0.31, "one": 0.5, "new": 9.0}) == ["same"]

"""Differences can be told of every kind of fact that the samples have."""

from itertools import pairwise

from site_src.authoring.diff import diff_sources
from site_src.places import POLICIES
from site_src.policy.edition import Edition
from tests.helpers.sample_policies import ORGANISATIONS, loaded


def test_no_difference_from_itself() -> None:
    """Each sample is compared whole, and nothing of it differs from itself."""
    for name in ORGANISATIONS:
        edition = newest(name)
        assert diff_sources(edition, edition, "zh-CN") == (), name


def test_any_fact_may_come_and_go() -> None:
    """From one sample to another every fact goes and others come: each is called something."""
    editions = [newest(name) for name in ORGANISATIONS]
    for old, new in pairwise([*editions, editions[0]]):
        changes = diff_sources(old, new, "en")
        assert changes
        for change in changes:
            assert change.what, change
            assert "" not in (change.old, change.new), change


def newest(name: str) -> Edition:
    """The newest edition of a sample."""
    return loaded(POLICIES / name)

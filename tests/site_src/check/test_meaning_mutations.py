"""The checker finds wrong facts of samples and of other procedures, and nothing else."""

import pytest

from tests.commands.mutations import MUTATIONS, shown, tables
from tests.helpers.mutations.mutated_policies import (
    MutationCounts,
    count_mutations,
    findings_of,
    foreign,
    samples,
)

ENOUGH = 0.979
"""The share that must be found; docs/mutations.md lists each miss."""


@pytest.fixture(scope="module")
def of_samples() -> MutationCounts:
    """The mutations of all samples."""
    return count_mutations(samples())


@pytest.fixture(scope="module")
def of_foreign() -> MutationCounts:
    """The mutations of the procedures that are no samples."""
    return count_mutations(foreign())


def test_right_policies_have_no_finding() -> None:
    """Neither a sample nor another procedure has a finding as it is."""
    assert findings_of((*samples(), *foreign())) == []


def test_wrong_facts_are_found(of_samples: MutationCounts, of_foreign: MutationCounts) -> None:
    """At least 97.9 of 100 wrong policies have a finding, in samples and elsewhere."""
    assert of_samples.share >= ENOUGH
    assert of_foreign.share >= ENOUGH


def test_the_tables_are_current(of_samples: MutationCounts, of_foreign: MutationCounts) -> None:
    """docs/mutations.md has what `python -m tests.commands.mutations` would write."""
    text = MUTATIONS.read_text(encoding="utf-8")
    assert tables(of_samples) in text
    assert tables(of_foreign) in text
    for counts in (of_samples, of_foreign):
        for _, _, where in counts.missed:
            assert f"`{shown(where)}`" in text

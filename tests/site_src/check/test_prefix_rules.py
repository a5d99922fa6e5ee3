"""No two organisations share a prefix or an id, whichever of them is looked at."""

from pathlib import Path

import pytest

from site_src.authoring.rename import rename
from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected
from site_src.publish.build import build
from tests.helpers.sample_policies import copied, mend, prefix_of


@pytest.fixture
def two(policies: Path) -> Path:
    """Two organisations with prefixes of their own."""
    copied(policies / "sample", "other")
    return policies


def test_shared_prefix_is_found_from_either_side(two: Path) -> None:
    """`check` of one organisation names the other, too."""
    assert read_all(two)[1] == ()
    mend(two / "other" / "policy.yaml", prefix_of("other"), "SM")
    for chosen, other in (("sample", "other"), ("other", "sample")):
        (finding,) = read_all(two, (chosen,))[1]
        assert finding.code == "prefix-taken"
        assert finding.organisation == chosen
        assert finding.message.en == f"{other} has the prefix SM, too"


def test_build_that_reads_one_of_them_finds_it(two: Path, tmp_path: Path) -> None:
    """A build that reads only what changed compares it with what it read before."""
    build(two, tmp_path / "dist")
    mend(two / "other" / "policy.yaml", prefix_of("other"), "SM")
    for _ in range(2):
        with pytest.raises(PoliciesRejected) as rejected:
            build(two, tmp_path / "dist")
        assert {found.code for found in rejected.value.findings} == {"prefix-taken"}


def test_id_of_before_is_found_from_either_side(two: Path) -> None:
    """`check` of one organisation names the other, whichever of them lists the id."""
    copied(two / "sample", "third")
    rename(two, "sample", "northern")
    for name in ("other", "third"):
        mend(two / name / "policy.yaml", f"id: {name}\n", f"id: {name}\nrenamed_from: [sample]\n")
    for chosen in ("northern", "other", "third"):
        (finding,) = read_all(two, (chosen,))[1]
        assert (finding.code, finding.organisation) == ("id-taken", chosen)
        assert finding.field == "renamed_from"
        assert all(name in finding.message.en for name in {"northern", "other", "third"} - {chosen})


def test_build_finds_an_id_of_before(two: Path, tmp_path: Path) -> None:
    """A new organisation cannot have an id of one that was built before and is not read now."""
    copied(two / "sample", "late").rename(two.with_name("late"))
    rename(two, "other", "northern")
    build(two, tmp_path / "dist")
    mend(two.with_name("late") / "policy.yaml", "id: late", "id: other")
    two.with_name("late").rename(two / "other")
    with pytest.raises(PoliciesRejected) as rejected:
        build(two, tmp_path / "dist")
    found = {(each.organisation, each.code) for each in rejected.value.findings}
    assert found == {("northern", "id-taken"), ("other", "id-taken")}

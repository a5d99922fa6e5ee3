"""Good policies have no findings, and each broken twin has exactly the expected one."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from site_src.check.organisation import read_all
from site_src.places import POLICIES
from site_src.policy.finding import Finding, FindingCode
from tests.helpers.places import EXAMPLES

BROKEN = sorted(path for path in (EXAMPLES / "broken").iterdir() if path.is_dir())


def place(finding: Finding) -> str:
    """A finding in the format of `expects.txt`: code, place, field and clause."""
    where = f"{finding.file.name}:{finding.line}:{finding.column}"
    return " ".join(filter(None, (finding.code, where, finding.field, finding.clause)))


def test_good_example_has_no_findings() -> None:
    """The example from which all twins are made has no findings."""
    assert read_all(EXAMPLES / "good")[1] == ()


def test_published_policies_have_no_findings() -> None:
    """The facts of every policy in the repository agree with its text."""
    assert [place(finding) for finding in read_all(POLICIES)[1]] == []


@pytest.mark.parametrize("twin", BROKEN, ids=lambda path: path.name)
def test_broken_twin_names_its_finding(twin: Path) -> None:
    """Each twin gives exactly its expected findings, with file, line, column and field."""
    _, findings = read_all(twin)
    expected = (twin / "expects.txt").read_text(encoding="utf-8").splitlines()
    assert [place(finding) for finding in findings] == expected
    assert all(finding.message and finding.remedy for finding in findings)


def test_every_code_has_a_twin() -> None:
    """Every finding code has a broken twin."""
    assert {path.name for path in BROKEN} == set(get_args(FindingCode))


def test_impossible_date_is_a_finding(tmp_path: Path) -> None:
    """An impossible date is a wrong value at its place."""
    shutil.copytree(EXAMPLES / "good", tmp_path / "policies")
    file = tmp_path / "policies" / "sample" / "policy.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2026-01-01", "2026-14-01"), encoding="utf-8")
    _, findings = read_all(tmp_path / "policies")
    assert [place(finding) for finding in findings] == [
        "wrong-value policy.yaml:3:1 effective_from"
    ]

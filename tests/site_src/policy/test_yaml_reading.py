"""Reading policy.yaml: values that YAML would silently change are kept or found."""

from datetime import time
from pathlib import Path

import pytest

from site_src.check.rules import check_edition
from site_src.policy.finding import Finding
from site_src.policy.load import load
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import read_yaml
from tests.helpers.sample_policies import loaded, mend


def found(policies: Path) -> tuple[Finding, ...]:
    """The findings that prevent reading the sample."""
    findings = load(policies / "sample")
    assert isinstance(findings, tuple)
    return findings


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("2026-01-01", "2026-02-30", "effective_from", "2026-02-30"),
        ('version: "1"', "version: 1", "version", "write quotes, as in"),
        (
            '电话, value: 400-000-0000, clause: "2.1"',
            "电话, value: 400-000-0000, clause: 2.10",
            "channels[0].clause",
            "The value is 2.1 without quotes",
        ),
        ("retention_years: 3", "retention_years: 31", "privacy.retention_years", "31"),
        ("id: sample", "id: track", "id", "'track'"),
    ],
)
def test_wrong_value(policies: Path, old: str, new: str, field: str, words: str) -> None:
    """A wrong value is a finding at its place, and the finding quotes the value."""
    mend(policies / "sample" / "policy.yaml", old, new)
    (one,) = found(policies)
    assert (one.code, one.field) == ("wrong-value", field)
    assert words in one.remedy.en


def test_many_wrong_values_are_told_alone(policies: Path) -> None:
    """A list whose only item is wrong is not also reported as too short."""
    mend(policies / "sample" / "policy.yaml", "{id: client, who: {zh-CN: 客户, en: Client}, ", "{")
    assert [(one.code, one.field) for one in found(policies)] == [
        ("missing-key", "filers[0].id"),
        ("missing-key", "filers[0].who"),
    ]


@pytest.mark.parametrize("text", ["a: \x07", "a: [", "a: *b", "- a", ""])
def test_no_yaml(tmp_path: Path, text: str) -> None:
    """Anything that YAML cannot read is a finding, even an unprintable character."""
    file = tmp_path / "policy.yaml"
    file.write_text(text)
    read = read_yaml(file)
    assert not isinstance(read, YamlDocument)
    assert [one.code for one in read] == ["yaml-syntax"]


@pytest.mark.parametrize("closes", ["17:30", '"17:30"'])
def test_times_need_no_quotes(policies: Path, closes: str) -> None:
    """17:30 is a time with and without quotes, although YAML 1.1 would read it as 1050."""
    hours = f"prefix: SM, hours: {{opens: 09:00, closes: {closes}}}"
    mend(policies / "sample" / "policy.yaml", "prefix: SM", hours)
    read = loaded(policies / "sample").policy.organisation.hours
    assert read is not None
    assert (read.opens, read.closes) == (time(9), time(17, 30))


def test_bare_hour_is_refused(policies: Path) -> None:
    """A bare 9 is refused, because it would mean nine seconds past midnight."""
    hours = "prefix: SM, hours: {opens: 9, closes: 17}"
    mend(policies / "sample" / "policy.yaml", "prefix: SM", hours)
    assert {one.message.en for one in found(policies)} == {
        'needs hours and minutes, such as "09:00"'
    }


def test_limit_within_hours_needs_hours(policies: Path) -> None:
    """A limit within business hours needs the hours, or it would run through the night."""
    mend(
        policies / "sample" / "policy.yaml",
        "unit: working_day, ",
        "unit: working_day, within_hours: true, ",
    )
    (one,) = check_edition(loaded(policies / "sample"))
    assert (one.code, one.field) == ("reference-unknown", "limits[0].within_hours")

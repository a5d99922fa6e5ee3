"""A policy that would exhaust a reader is a finding, within seconds, and the next one is read."""

import time
from pathlib import Path

import pytest

from site_src.check.organisation import read_all
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import read_yaml
from tests.helpers.hostile.yaml_files import TEXTS, YAML
from tests.helpers.sample_policies import copied

_SECONDS = 5


@pytest.mark.parametrize("content", YAML.values(), ids=YAML.keys())
def test_hostile_yaml(policies: Path, content: str) -> None:
    """No content takes seconds, ends the process or raises; the organisation beside it is read."""
    copied(policies / "sample", "other")
    (policies / "sample" / "policy.yaml").write_text(content, encoding="utf-8")
    begun = time.process_time()
    organisations, findings = read_all(policies)
    assert time.process_time() - begun < _SECONDS
    assert [one.id for one in organisations] == ["other"]
    assert findings
    assert {finding.organisation for finding in findings} == {"sample"}


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS.keys())
def test_hostile_text(policies: Path, content: str) -> None:
    """200 kB of digits and dots in a clause are read or refused within seconds."""
    for name in ("procedure.md", "procedure.en.md"):
        (policies / "sample" / name).write_text(content, encoding="utf-8")
    begun = time.process_time()
    _, findings = read_all(policies)
    assert time.process_time() - begun < _SECONDS
    assert findings


def test_alias_is_no_fault(tmp_path: Path) -> None:
    """What an operator writes once and names twice is read as if written twice."""
    file = tmp_path / "policy.yaml"
    file.write_text("a: &a {b: [1, 2]}\nc: *a\n", encoding="utf-8")
    reading = read_yaml(file)
    assert isinstance(reading, YamlDocument)
    assert reading.data == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}}


@pytest.mark.parametrize("base", ["../other", "..", "/etc", "sample/revisions", ""])
def test_base_is_no_path(policies: Path, base: str) -> None:
    """`extends` names an organisation beside, never a folder elsewhere."""
    file = policies / "sample" / "policy.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f'extends: {{policy: "{base}", version: "../1"}}\n{text}', encoding="utf-8")
    assert "base-unknown" in {finding.code for finding in read_all(policies)[1]}


def test_unreadable_file_is_a_finding(policies: Path) -> None:
    """A file that leads nowhere, or to itself, is named."""
    (policies / "sample" / "procedure.en.md").unlink(missing_ok=True)
    (policies / "sample" / "procedure.en.md").symlink_to("procedure.en.md")
    (finding,) = read_all(policies)[1]
    assert (finding.code, finding.file.name) == ("file-missing", "procedure.en.md")

"""`migrate` moves what has a better key now, and leaves every other byte as it is."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from site_src import places
from site_src.authoring.migrate import migration
from site_src.check.organisation import read_all
from site_src.places import POLICIES, ROOT
from site_src.policy.edition import Edition
from site_src.policy.load import load
from tests.helpers.places import EXAMPLES
from tests.helpers.sample_policies import loaded, mend

OLD = ROOT / "tests" / "releases" / "0.1.0" / "policies"
WORDS = (
    "\n9.1 两周内提出补充材料。\n\n9.2 投诉档案保存三年。\n\n"
    "9.3 对处理不满意的，可以向市消费者协会反映，电话 010-00000000。\n"
)
LIMITS = """  # asked for by the auditors
  - {id: more, value: 14, unit: day, from: received, party: filer, action: 补充材料, clause: "9.1"}
  - {id: keep, value: 3, unit: year, from: received, action: 投诉档案保存, clause: "9.2"}
"""
CHANNELS = (
    '  - {id: body, type: telephone, name: 消费者协会, value: "010-00000000", clause: "9.3"}\n'
)
REVIEWS = '  - {body: 市消费者协会, inside: false, text: 对处理不满意的，可以反映, clause: "9.3"}\n'


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """The good example with three facts for which there were no keys."""
    shutil.copytree(EXAMPLES / "good", tmp_path / "policies")
    folder = tmp_path / "policies" / "sample"
    with (folder / "procedure.md").open("a", encoding="utf-8") as text:
        text.write(WORDS)
    mend(folder / "policy.yaml", "limits:\n", f"limits:\n{LIMITS}")
    mend(folder / "policy.yaml", "channels:\n", f"channels:\n{CHANNELS}")
    mend(folder / "policy.yaml", "reviews:\n", f"reviews:\n{REVIEWS}")
    return tmp_path / "policies"


def test_each_fact_gets_its_key(policies: Path) -> None:
    """Weeks, how long records are kept, and another body's telephone; nothing else changes."""
    folder = policies / "sample"
    before = (folder / "policy.yaml").read_text(encoding="utf-8")
    migrated = migration(loaded(folder))
    assert [(move.made, move.words.en.partition(":")[0]) for move in migrated.moves] == [
        (True, "limits[0] (more)"),
        (True, "limits[1] (keep) → durations"),
        (True, "channels[0] (body) → reviews[0].contacts"),
    ]
    for line in before.splitlines():
        if "id: keep" not in line and "id: body" not in line and "id: more" not in line:
            assert line in migrated.text or "body: 市消费者协会" in line
    assert "value: 2, unit: week, from: received" in migrated.text
    assert '- {says: 三年, of: retention, text: 投诉档案保存, clause: "9.2"}' in migrated.text
    assert "contacts: [{type: telephone, value: " in migrated.text
    assert "  # asked for by the auditors\n" in migrated.text


def test_migrated_policy_is_migrated(policies: Path) -> None:
    """What is written is read, and there is nothing left to move."""
    folder = policies / "sample"
    (folder / "policy.yaml").write_text(migration(loaded(folder)).text, encoding="utf-8")
    source = loaded(folder)
    assert migration(source).moves == ()
    assert [limit.unit for limit in source.policy.limits if limit.id == "more"] == ["week"]
    assert [fact.says for fact in source.policy.durations] == ["三年"]
    assert [contact.value for contact in source.policy.reviews[0].contacts] == ["010-00000000"]


def test_no_comment_is_lost(policies: Path) -> None:
    """A comment on the line of a fact that moves stays, so that fact is left to its author."""
    file = policies / "sample" / "policy.yaml"
    mend(file, '保存, clause: "9.2"}', '保存, clause: "9.2"}  # law of 2020')
    migrated = migration(loaded(file.parent))
    assert [move.made for move in migrated.moves] == [True, False, True]
    assert '保存, clause: "9.2"}  # law of 2020' in migrated.text


def test_command(policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--check only says what would change, with exit 1; the command writes it."""
    monkeypatch.setattr(places, "POLICIES", policies)
    file = policies / "sample" / "policy.yaml"
    before = file.read_bytes()
    checked = CliRunner().invoke(app, ["migrate", "sample", "--check", "--language", "zh-CN"])
    assert checked.exit_code == 1
    assert "写的是“两周”" in checked.output
    assert file.read_bytes() == before
    assert CliRunner().invoke(app, ["migrate", "--language", "en"]).exit_code == 0
    assert file.read_bytes() != before
    assert CliRunner().invoke(app, ["migrate", "--check"]).exit_code == 0
    assert CliRunner().invoke(app, ["migrate", "nobody"]).exit_code == 2


@pytest.mark.parametrize(
    "folder",
    [*sorted(OLD.iterdir()), *sorted(path.parent for path in POLICIES.glob("*/policy.yaml"))],
    ids=lambda path: f"{path.parent.parent.name}-{path.name}",
)
def test_policies_of_today(folder: Path, tmp_path: Path) -> None:
    """Each is read as before or is told what to write, and keeps its bytes but for the moves."""
    shutil.copytree(folder.parent, tmp_path / "policies")
    source = load(tmp_path / "policies" / folder.name)
    assert isinstance(source, Edition)
    migrated = migration(source)
    if not migrated.moves:
        assert migrated.text == migrated.file.read_text(encoding="utf-8")
    _, findings = read_all(tmp_path / "policies", (folder.name,))
    assert all(finding.remedy.en and finding.remedy.zh for finding in findings)

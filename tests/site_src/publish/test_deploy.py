"""`deploy` writes only what changed, in a safe order, alone, and never a changed version."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.errors import PoliciesRejected, WrongTarget
from site_src.file_names import JOURNAL, PUBLISHED_RECORD
from site_src.places import ROOT
from site_src.publish.build import build
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.target import Target
from tests.conftest import SITE_URL
from tests.helpers.places import EXAMPLES
from tests.helpers.publishing.checkouts import DAY, deploy, files_at, missing, next_version
from tests.helpers.sample_policies import copied, tree


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A folder with one good policy."""
    folder = tmp_path / "policies"
    shutil.copytree(EXAMPLES / "good", folder)
    return folder


def test_first_deploy_writes_all_and_the_second_nothing(policies: Path, tmp_path: Path) -> None:
    """The first deploy writes everything, the second nothing."""
    target = FolderTarget(tmp_path / "www")
    first = deploy(policies, target, DAY, SITE_URL)
    assert set(first.files) == files_at(target).keys()
    assert first.files[-1].endswith("index.html")
    assert deploy(policies, target, DAY, SITE_URL).files == ()


def test_nothing_changed_costs_what_a_build_costs(
    policies: Path, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a change no policy is read and nothing is rendered (P11): as `build` does."""
    deploy(policies, target)

    def touched(*_: object, **__: object) -> None:
        raise AssertionError("a policy was read or rendered")

    for name in (
        "site_src.publish.prepare.Prepared.__init__",
        "site_src.policy.load.load_editions",
        "site_src.policy.yaml.reading.read_yaml",
        "site_src.render.site_renderer.Renderer.__init__",
    ):
        monkeypatch.setattr(name, touched)
    reads: list[str] = []
    read = target.read

    def noted(name: str) -> bytes | None:
        reads.append(name)
        return read(name)

    monkeypatch.setattr(target, "read", noted)
    assert deploy(policies, target).is_anything is False
    assert reads == [PUBLISHED_RECORD, JOURNAL]


def test_processor_time_of_nothing(policies: Path, tmp_path: Path) -> None:
    """A deploy of five unchanged organisations takes no longer than a build of them (P11)."""
    for number in range(4):
        copied(policies / "sample", f"branch-{number}")
    build(policies, tmp_path / "dist", DAY, SITE_URL)
    deploy(policies, FolderTarget(tmp_path / "www"))

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    built = [seconds(lambda: build(policies, tmp_path / "dist", DAY, SITE_URL)) for _ in range(5)]
    deployed = [seconds(lambda: deploy(policies, FolderTarget(tmp_path / "www"))) for _ in range(5)]
    assert min(deployed) < 1.5 * min(built)


def test_unchanged_target_needs_no_libraries(policies: Path, tmp_path: Path) -> None:
    """A deploy without changes does not load YAML, templates or models."""
    deploy(policies, FolderTarget(tmp_path / "www"))
    ask = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from site_src.publish.options import PublishOptions;"
        "from site_src.publish.publish import publish;"
        "from site_src.publish.targets.folder import FolderTarget;"
        "options = PublishOptions(Path(sys.argv[1]), date(2026, 3, 2), sys.argv[3]);"
        "print(publish(options, FolderTarget(Path(sys.argv[2]))).files,"
        "sorted({'yaml', 'jinja2', 'markdown', 'babel', 'pydantic'} & set(sys.modules)))"
    )
    arguments = [str(policies), str(tmp_path / "www"), SITE_URL]
    said = subprocess.run(
        [sys.executable, "-c", ask, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "() []\n"


def test_redeploy_says_what_changed_and_keeps_old_contracts(policies: Path, tmp_path: Path) -> None:
    """Deploying a new version prints its differences in words and keeps the old contract."""
    folder = tmp_path / "www"
    deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    old = {path.name for path in (folder / "contracts").glob("*.json")}
    next_version(policies)
    made = deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    words = [change.words for change in made.changes]
    assert "limit “答复”: 5 working days → 7 working days, clause 2.2" in words
    assert old <= {path.name for path in (folder / "contracts").glob("*.json")}
    assert all(not name.startswith("assets/") for name in made.files)
    assert missing(tree(folder)) == set()


def test_pages_that_are_gone_are_removed(policies: Path, tmp_path: Path) -> None:
    """Old pages and their empty folders are removed on purpose; contracts are kept."""
    folder = tmp_path / "www"
    shutil.copytree(policies / "sample", policies / "other")
    for name, old, new in (("policy.yaml", "id: sample", "id: other"), ("policy.yaml", "SM", "XY")):
        path = policies / "other" / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    contracts = sorted((folder / "contracts").glob("?" * 32 + ".json"))
    shutil.rmtree(policies / "other")
    made = deploy(policies, FolderTarget(folder), DAY, SITE_URL, removed=("other",))
    assert "other/index.html" in made.gone
    assert not (folder / "other").exists()
    assert contracts == sorted((folder / "contracts").glob("?" * 32 + ".json"))


def test_changed_published_version_is_refused(policies: Path, tmp_path: Path) -> None:
    """Changed content under a published version is refused, and nothing is written."""
    folder = tmp_path / "www"
    deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    path = policies / "sample" / "procedure.md"
    path.write_text(path.read_text("utf-8").replace("不满意而提出", "不满而提出"), "utf-8")
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    with pytest.raises(PoliciesRejected) as raised:
        deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    assert [finding.code for finding in raised.value.findings] == ["published-changed"]
    assert before == {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_dry_run_writes_nothing(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--dry-run` shows the plan in order and touches nothing."""
    monkeypatch.setattr("site_src.places.POLICIES", policies)
    folder = tmp_path / "www"
    arguments = ["deploy", "--to", str(folder), "--site-url", SITE_URL, "--dry-run"]
    result = CliRunner().invoke(cli.app, arguments)
    assert result.exit_code == 0
    assert "write sample/index.html" in result.output
    assert not folder.exists()
    assert not (policies / "published.json").exists()


def test_s3_without_contracts_bucket_is_wrong_use() -> None:
    """A site on S3 requires a private bucket for its contracts."""
    result = CliRunner().invoke(cli.app, ["deploy", "--to", "s3://site"])
    assert result.exit_code == 2
    assert "--contracts" in result.output


def test_linked_folder_is_not_written_through(policies: Path, tmp_path: Path) -> None:
    """A folder of the target that is a link stays as it is; the target itself may be one."""
    folder, victim = tmp_path / "www", tmp_path / "victim"
    victim.mkdir()
    folder.mkdir()
    (folder / "sample").symlink_to(victim)
    with pytest.raises(WrongTarget, match="remove the link"):
        deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    assert list(victim.iterdir()) == []
    (folder / "sample").unlink()
    (tmp_path / "link").symlink_to(folder)
    deploy(policies, FolderTarget(tmp_path / "link"), DAY, SITE_URL)
    assert (folder / "sample" / "index.html").is_file()

"""`deploy` writes only what changed, in a safe order, alone, and never a changed version."""

import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.errors import DeployRunning, PoliciesRejected, WrongTarget
from site_src.file_names import MANIFEST, address, cache_control, content_type
from site_src.publish.deploy import deploy, plan
from site_src.publish.target import FolderTarget
from tests.conftest import SITE_URL
from tests.helpers.places import EXAMPLES

DAY = date(2026, 3, 2)


class Failing(FolderTarget):
    """A folder that fails after a number of writes, like a lost connection."""

    def __init__(self, folder: Path, writes: int) -> None:
        super().__init__(folder)
        self.left = writes

    def put(self, name: str, content: bytes) -> None:
        """See Target."""
        if self.left == 0:
            raise ConnectionError("lost")
        self.left -= 1
        super().put(name, content)


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A folder with one good policy."""
    folder = tmp_path / "policies"
    shutil.copytree(EXAMPLES / "good", folder)
    return folder


def next_version(policies: Path) -> None:
    """Starts version 2 with a longer limit."""
    from site_src.authoring.revise import revise

    revise(policies / "sample", date(2026, 3, 1))
    for name, old, new in (
        ("policy.yaml", "value: 5", "value: 7"),
        ("procedure.md", "5 个工作日", "7 个工作日"),
    ):
        path = policies / "sample" / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def missing(folder: Path) -> set[str]:
    """Every missing asset and contract that a page in the folder needs."""
    pointed: set[str] = set()
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        pointed |= {one.lstrip("/") for one in re.findall(r'(?:href|src)="(/assets/[^"]+)"', text)}
        digests = re.findall(r'name="contract" value="(\w+)"', text)
        pointed |= {f"contracts/{one}.json" for one in digests}
    current = folder / "contracts" / "current.json"
    if current.exists():
        found = json.loads(current.read_text("utf-8"))
        digests = [*found["organisations"].values(), *found["site"].values()]
        pointed |= {f"contracts/{one}.json" for one in digests}
    return {name for name in pointed if not (folder / name).exists()}


def test_first_deploy_writes_all_and_the_second_nothing(policies: Path, tmp_path: Path) -> None:
    """The first deploy writes everything, the second nothing."""
    target = FolderTarget(tmp_path / "www")
    first = deploy(policies, target, DAY, SITE_URL)
    assert len(first.files) == len(first.site.files)
    assert first.files[-1].endswith("index.html")
    assert deploy(policies, target, DAY, SITE_URL).files == ()


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
    assert missing(folder) == set()


@pytest.mark.parametrize("writes", [0, 1, 2, 3, 5, 8, 12, 16])
def test_interrupted_deploy_leaves_a_working_site(
    policies: Path, tmp_path: Path, writes: int
) -> None:
    """Wherever a deploy stops, no page needs a missing file, and the next deploy finishes."""
    folder = tmp_path / "www"
    deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    next_version(policies)
    with pytest.raises(ConnectionError):
        deploy(policies, Failing(folder, writes), DAY, SITE_URL)
    assert missing(folder) == set()
    deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    assert missing(folder) == set()
    assert plan(policies, FolderTarget(folder), DAY, SITE_URL).files == ()


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


def test_two_deploys_do_not_interleave(policies: Path, tmp_path: Path) -> None:
    """While one deploy holds the lock, another is refused; the lock of a dead deploy expires."""
    folder = tmp_path / "www"
    target = FolderTarget(folder)
    with target.lock(), pytest.raises(DeployRunning):
        deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    lock = folder / "contracts" / "deploy.lock"
    past = datetime.now(UTC) - timedelta(minutes=1)
    lock.write_text(json.dumps({"until": past.isoformat()}), "utf-8")
    deploy(policies, target, DAY, SITE_URL)
    assert not lock.exists()


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


@pytest.mark.parametrize(
    ("name", "type_", "cache", "served"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache", "/"),
        ("en/track/index.html", "text/html; charset=utf-8", "no-cache", "/en/track/"),
        ("a/policy.json", "application/json; charset=utf-8", "no-cache", "/a/policy.json"),
        ("assets/ombud.0.css", "text/css; charset=utf-8", "for good", "/assets/ombud.0.css"),
        ("assets/icon.0.svg", "image/svg+xml; charset=utf-8", "for good", "/assets/icon.0.svg"),
        ("contracts/0.json", "application/json; charset=utf-8", "for good", "/contracts/0.json"),
        ("contracts/current.json", "application/json; charset=utf-8", "no-cache", None),
    ],
)
def test_headers(name: str, type_: str, cache: str, served: str | None) -> None:
    """Each file has its media type; hashed files are cached for good, others revalidated."""
    assert content_type(name) == type_
    wanted = {"for good": "immutable", "no-cache": "must-revalidate"}[cache]
    assert wanted in cache_control(name)
    assert served is None or address(name) == served


@pytest.mark.parametrize(
    "name",
    ["../victim/file", "/victim", "a/../../victim/file", "a//b", "..", "a\\b", "a\0", "x" * 2000],
)
def test_manifest_is_not_believed(policies: Path, tmp_path: Path, name: str) -> None:
    """A name that leads out of the target is refused before anything is written or removed."""
    folder, victim = tmp_path / "www", tmp_path / "victim" / "file"
    victim.parent.mkdir()
    victim.write_text("x")
    deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    digests = json.loads((folder / MANIFEST).read_bytes())
    (folder / MANIFEST).write_text(json.dumps(digests | {name: "0"}))
    with pytest.raises(WrongTarget, match="cannot be read"):
        deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    assert victim.read_text() == "x"


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"null", b"{", b'{"a": 1}', b"[" * 9999])
def test_damaged_manifest_is_one_line(policies: Path, tmp_path: Path, content: bytes) -> None:
    """A manifest that cannot be read is named; nothing is written."""
    folder = tmp_path / "www"
    deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    (folder / MANIFEST).write_bytes(content)
    next_version(policies)
    before = (folder / "sample" / "index.html").read_bytes()
    with pytest.raises(WrongTarget, match="cannot be read"):
        deploy(policies, FolderTarget(folder), DAY, SITE_URL)
    assert (folder / "sample" / "index.html").read_bytes() == before


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


@pytest.mark.parametrize("lock", [b"\xff", b"[]", b'{"until": "2020-01-01T00:00"}'])
def test_damaged_lock_is_a_lock(policies: Path, tmp_path: Path, lock: bytes) -> None:
    """A lock that cannot be read keeps others out, and says how to remove it."""
    path = tmp_path / "www" / "contracts" / "deploy.lock"
    path.parent.mkdir(parents=True)
    path.write_bytes(lock)
    with pytest.raises(DeployRunning, match="remove"):
        deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)

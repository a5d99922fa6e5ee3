"""The behaviour of every target: a folder, and S3 behind CloudFront on an emulator."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.errors import DeployRunning, WrongTarget
from site_src.file_names import PUBLISHED_RECORD, address, cache_control, content_type
from site_src.publish.stage import StagedFiles
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.named import target_at
from site_src.publish.targets.s3 import S3Target
from site_src.publish.targets.target import Target
from site_src.publish.write_order import FIRST_RANKS, LEADING_RANKS
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import deploy, files_at, next_version, plan, write_to
from tests.helpers.sample_policies import tree

NAMES = ("index.html", "en/track/index.html", "contracts/current.json", "contracts/0.json")


def test_files_come_and_go(target: Target) -> None:
    """A file that was put is read back; a missing or removed file is None."""
    with target.writer("ana", print) as writer:
        writer.expect((*NAMES, PUBLISHED_RECORD))
        for name in NAMES:
            assert writer.read(name) is None
            writer.put(name, name.encode())
            writer.put(name, b"again")
            assert target.read(name) == b"again"
        assert set(NAMES) <= set(target.names())
        for name in NAMES:
            writer.remove(name)
            assert target.read(name) is None
        writer.remove("index.html")
        writer.put(PUBLISHED_RECORD, b"")
        writer.finish(NAMES)


def test_staged_files_are_placed(target: Target, tmp_path: Path) -> None:
    """Ranks go into place when they are asked for; what is there already is replaced."""
    stage = StagedFiles(tmp_path / "stage")
    stage.add(dict.fromkeys(NAMES, b"first"), {})
    with target.writer("ana", print) as writer:
        writer.expect(NAMES)
        writer.place(stage, FIRST_RANKS)
        assert target.read("en/track/index.html") == b"first"
        assert target.read("index.html") is None
        writer.place(stage, LEADING_RANKS)
    again = StagedFiles(tmp_path / "again")
    digests = again.add({"index.html": b"second", "contracts/0.json": b"first"}, {})
    with target.writer("ana", print) as writer:
        writer.expect(digests)
        writer.place(again, (*FIRST_RANKS, *LEADING_RANKS))
    assert files_at(target) == dict.fromkeys(NAMES, b"first") | {"index.html": b"second"}


def test_deploy_twice_and_after_a_change(target: Target, policies: Path) -> None:
    """The first deploy writes all, the second nothing, a third only what a new version changes."""
    first = deploy(policies, target)
    assert set(first.files) == files_at(target).keys()
    assert deploy(policies, target).files == ()
    next_version(policies)
    changed = deploy(policies, target)
    assert "sample/index.html" in changed.files
    assert not any(name.startswith("assets/") for name in changed.files)
    assert plan(policies, target).files == ()
    assert target.read("sample/versions/2/index.html") is not None


@pytest.mark.parametrize(
    "name", ["../victim", "/victim", "a/../../victim", "a//b", "a\0", "x" * 300]
)
def test_folder_is_not_left(tmp_path: Path, name: str) -> None:
    """Whatever name a record has, nothing outside the folder is written or removed."""
    (tmp_path / "victim").write_text("kept")
    target = FolderTarget(tmp_path / "www")
    with target.writer("ana", print) as writer:
        with pytest.raises(WrongTarget):
            writer.put(name, b"")
        with pytest.raises(WrongTarget):
            writer.remove(name)
        with pytest.raises(WrongTarget):
            writer.expect([name])
    assert (tmp_path / "victim").read_text() == "kept"


def test_folder_of_something_else(tmp_path: Path, policies: Path) -> None:
    """Neither a file nor a folder with other files becomes a site: what is there is not touched."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "index.html").write_text("own", encoding="utf-8")
    (tmp_path / "file").touch()
    for place in ("own", "file", "policies"):
        before = tree(tmp_path)
        arguments = ["--to", str(tmp_path / place), "--site-url", SITE_URL]
        for command in ("deploy", "plan"):
            done = CliRunner().invoke(cli.app, [command, *arguments, "--policies", str(policies)])
            assert (done.exit_code, "contains something else" in done.output) == (2, True)
        assert tree(tmp_path) == before
    (tmp_path / "empty").mkdir()
    assert deploy(policies, target_at(str(tmp_path / "empty"))).files


@pytest.mark.parametrize("place", ["s3://", "s3://b", "s3://bucket/path", "s3://Bucket"])
def test_name_that_is_no_bucket(place: str) -> None:
    """It is wrong use, and AWS is not asked."""
    for site, contracts in ((place, "s3://contracts"), ("s3://site", place)):
        with pytest.raises(WrongTarget, match=f"{place} names no bucket"):
            target_at(site, contracts)
    target_at("s3://site/", "s3://contracts")


def test_s3_objects_carry_their_headers(s3_target: S3Target) -> None:
    """Pages and contracts are in separate buckets, with media type and cache rules."""
    s3 = s3_target.s3
    with s3_target.writer("ana", print) as writer:
        writer.expect(["en/track/index.html", PUBLISHED_RECORD])
        writer.put("en/track/index.html", b"x")
        writer.put(PUBLISHED_RECORD, b"{}")
    page = s3.head_object(Bucket="site", Key="en/track/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "public, max-age=0, must-revalidate"
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket="contracts")["Contents"]]
    assert keys == ["deploy.lock", "published.json"]


def test_nothing_is_written_over_what_another_wrote(s3_target: S3Target) -> None:
    """A file that changed since this publication surely held the lock stays as it is (P3)."""
    target = s3_target
    write_to(target, "old.html", b"before")
    with target.writer("ana", print) as writer:
        writer.expect(["index.html", "old.html"])
        for name in ("index.html", "old.html"):
            write_to(target, name, b"of the next owner")
            with pytest.raises(DeployRunning, match="another publication"):
                writer.put(name, b"late")
        with pytest.raises(DeployRunning, match="another publication"):
            writer.remove("old.html")
        writer.remove("index.html")
    for name in ("index.html", "old.html"):
        assert target.read(name) == b"of the next owner"


@dataclass
class Distribution:
    """Replaces CloudFront, because no emulator here supports invalidation."""

    asked: list[dict[str, Any]] = field(default_factory=list)

    def create_invalidation(self, **request: Any) -> None:
        """Records the request."""
        self.asked.append(request)


@pytest.mark.usefixtures("s3_target")
def test_one_invalidation_of_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One request invalidates changed pages by address and by file, and no hashed files."""
    distribution = Distribution()
    with S3Target("site", "contracts", "E2EXAMPLE").writer("ana", print) as writer:
        monkeypatch.setattr(boto3, "client", lambda service: distribution)
        names = ("contracts/0.json", "assets/a.0.css", "index.html", "en/track/index.html")
        writer.finish(names)
        writer.finish(("contracts/0.json",))
        (asked,) = distribution.asked
        assert asked["DistributionId"] == "E2EXAMPLE"
        paths = asked["InvalidationBatch"]["Paths"]
        assert paths["Items"] == ["/", "/en/track/", "/en/track/index.html", "/index.html"]
        assert paths["Quantity"] == 4
        writer.finish(tuple(f"{number}/index.html" for number in range(600)))
        assert distribution.asked[-1]["InvalidationBatch"]["Paths"]["Items"] == ["/*"]


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
        ("contracts/published.json", "application/json; charset=utf-8", "no-cache", None),
    ],
)
def test_headers(name: str, type_: str, cache: str, served: str | None) -> None:
    """Each file has its media type; hashed files are cached for good, others revalidated."""
    assert content_type(name) == type_
    wanted = {"for good": "immutable", "no-cache": "must-revalidate"}[cache]
    assert wanted in cache_control(name)
    assert served is None or address(name) == served

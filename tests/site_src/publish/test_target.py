"""The behaviour of every target: a folder, and S3 behind CloudFront on an emulator."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest

from site_src.file_names import MANIFEST
from site_src.publish.deploy import deploy, plan
from site_src.publish.target import S3Target, Target
from tests.conftest import SITE_URL
from tests.site_src.publish.test_deploy import DAY, next_version


def test_files_come_and_go(target: Target) -> None:
    """A file that was put is read back; a missing or removed file is None."""
    for name in ("index.html", "en/track/index.html", "contracts/0.json"):
        assert target.read(name) is None
        target.put(name, name.encode())
        target.put(name, b"again")
        assert target.read(name) == b"again"
        target.remove(name)
        assert target.read(name) is None
    target.remove("index.html")


def test_deploy_twice_and_after_a_change(target: Target, policies: Path) -> None:
    """The first deploy writes all, the second nothing, a third only what a new version changes."""
    first = deploy(policies, target, DAY, SITE_URL)
    assert set(first.files) == set(first.site.files)
    assert deploy(policies, target, DAY, SITE_URL).files == ()
    next_version(policies)
    changed = deploy(policies, target, DAY, SITE_URL)
    assert "sample/index.html" in changed.files
    assert not any(name.startswith("assets/") for name in changed.files)
    assert plan(policies, target, DAY, SITE_URL).files == ()
    assert target.read("sample/versions/2/index.html") is not None


@pytest.mark.usefixtures("ministack")
def test_s3_objects_carry_their_headers() -> None:
    """Pages and contracts are in separate buckets, with media type and cache rules."""
    s3 = boto3.client("s3", region_name="us-east-1")
    for bucket in ("site", "contracts"):
        s3.create_bucket(Bucket=bucket)
    target = S3Target("site", "contracts", None)
    target.put("en/track/index.html", b"x")
    target.put(MANIFEST, b"{}")
    page = s3.head_object(Bucket="site", Key="en/track/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "public, max-age=0, must-revalidate"
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket="contracts")["Contents"]]
    assert keys == ["manifest.json"]


@dataclass
class Distribution:
    """Replaces CloudFront, because no emulator here supports invalidation."""

    asked: list[dict[str, Any]] = field(default_factory=list)

    def create_invalidation(self, **request: Any) -> None:
        """Records the request."""
        self.asked.append(request)


@pytest.mark.usefixtures("ministack")
def test_one_invalidation_of_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """One request invalidates changed pages by address and by file, and no hashed files."""
    target = S3Target("site", "contracts", "E2EXAMPLE")
    distribution = Distribution()
    monkeypatch.setattr(boto3, "client", lambda service: distribution)
    target.announce(("contracts/0.json", "assets/a.0.css", "index.html", "en/track/index.html"))
    target.announce(("contracts/0.json",))
    (asked,) = distribution.asked
    assert asked["DistributionId"] == "E2EXAMPLE"
    paths = asked["InvalidationBatch"]["Paths"]
    assert paths["Items"] == ["/", "/en/track/", "/en/track/index.html", "/index.html"]
    assert paths["Quantity"] == 4
    target.announce(tuple(f"{number}/index.html" for number in range(600)))
    assert distribution.asked[-1]["InvalidationBatch"]["Paths"]["Items"] == ["/*"]

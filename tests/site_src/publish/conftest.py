"""Each kind of target, so that one suite of tests holds for all of them."""

from pathlib import Path

import boto3
import pytest

from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.s3 import S3Target
from site_src.publish.targets.target import Target


@pytest.fixture
def s3_target(ministack: str) -> S3Target:
    """Two empty buckets."""
    s3 = boto3.client("s3", region_name="us-east-1")
    for bucket in ("site", "contracts"):
        s3.create_bucket(Bucket=bucket)
    return S3Target("site", "contracts", None)


@pytest.fixture(params=["folder", "s3"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """Each target without files."""
    if request.param == "folder":
        return FolderTarget(tmp_path / "www")
    bucket: S3Target = request.getfixturevalue("s3_target")
    return bucket
